from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.observations import COLUMNS, KEY, STATUSES, sort_observations
from c2c_lib.privacy import Rules, publishable
from c2c_lib.reporting.downloads import read_download, write_downloads

CATALOG = load_catalog()


@pytest.fixture
def written(tmp_path: Path, observations: pd.DataFrame, city_info: Any) -> Path:
    table = publishable(sort_observations(observations), Rules(), CATALOG)
    places = {("district", "0150011"), ("state", "09")}
    write_downloads(tmp_path, table, city_info("bridgeport", "Bridgeport"), places, CATALOG)
    return tmp_path


def test_the_table_comes_back_exactly(written: Path, observations: pd.DataFrame) -> None:
    read = read_download(written)
    kept = observations[observations["geo_id"].isin(["0150011", "09"])]
    expected = publishable(sort_observations(kept), Rules(), CATALOG).frame
    names = [column.name for column in COLUMNS]
    pd.testing.assert_frame_equal(read[names], expected[names])
    assert set(read["status"]) == {"published", "suppressed_small"}


def test_names_in_words_stand_beside_the_codes(written: Path) -> None:
    read = read_download(written)
    row = read[(read["place"] == "bridgeport") & (read["group"] == "black")].iloc[0]
    assert row["geo_id"] == "0150011"
    assert row["place_name"] == CATALOG.place("bridgeport", "district").name
    assert row["indicator_name"] == CATALOG.indicator("graduation_4yr").name.en
    assert row["group_name"] == "Black"
    assert row["unit"] == "share"
    assert set(read["place"]) == {"bridgeport", "connecticut"}


def test_the_file_is_plain_utf8_with_codes_as_text(written: Path) -> None:
    content = (written / "indicators.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    assert {row["geo_id"] for row in rows} == {"0150011", "09"}
    hidden = [row for row in rows if row["status"] != "published"]
    assert hidden
    assert all(row["estimate"] == row["numerator"] == "" for row in hidden)


def test_the_descriptor_says_what_the_data_package_standard_asks_for(written: Path) -> None:
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["title"].startswith("Bridgeport")
    assert package["sources"]
    assert package["licenses"]
    for resource in package["resources"]:
        content = (written / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if resource["format"] == "json":
            continue
        header = next(csv.reader(content.decode("utf-8").splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    schema = package["resources"][0]["schema"]
    assert schema["primaryKey"] == list(KEY)
    text = (written / "indicators.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({tuple(row[name] for name in schema["primaryKey"]) for row in rows}) == len(rows)
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        values = [row[field["name"]] for row in rows]
        if constraints.get("required"):
            assert all(values)
        if "enum" in constraints:
            assert set(values) <= set(constraints["enum"])
        if field["type"] in ("number", "integer"):
            assert all(float(value) >= constraints.get("minimum", 0) for value in values if value)


def test_the_dictionary_explains_every_column_code_and_status(written: Path) -> None:
    with (written / "data-dictionary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    explained = {(row["kind"], row["name"]) for row in rows}
    read = read_download(written)
    wanted = {("column", name) for name in read.columns}
    wanted |= {("status", status) for status in STATUSES}
    wanted |= {("indicator", i) for i in read["indicator"]}
    wanted |= {("source", s) for s in read["source"]}
    wanted |= {("group", f"{d}/{g}") for d, g in zip(read["dimension"], read["group"], strict=True)}
    assert wanted <= explained
    assert all(row["description"] for row in rows if row["kind"] in ("column", "status"))


def test_names_follow_the_language(
    tmp_path: Path, observations: pd.DataFrame, city_info: Any
) -> None:
    table = publishable(sort_observations(observations), Rules(), CATALOG)
    city = city_info("norwalk", "Norwalk")
    write_downloads(tmp_path, table, city, {("district", "1030011")}, CATALOG, "es")
    read = read_download(tmp_path)
    assert set(read["group_name"]) >= {"Personas negras", "Personas blancas"}
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert "indicadores" in package["title"]


def test_only_a_table_from_the_privacy_gate_can_be_written(
    tmp_path: Path, observations: pd.DataFrame, city_info: Any
) -> None:
    with pytest.raises(AttributeError):
        write_downloads(tmp_path, observations, city_info("x", "X"), set(), CATALOG)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
