from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.figures.report_card import Edition
from c2c_lib.observations import COLUMNS, STATUSES, sort_observations
from c2c_lib.privacy import Rules, publishable
from c2c_lib.reporting.downloads import read_download, write_downloads

CATALOG = load_catalog()
EDITION = Edition("2026", "2026-11-21")


@pytest.fixture
def plain(tmp_path: Path, observations: pd.DataFrame, city_info: Any) -> Path:
    table = publishable(sort_observations(observations), Rules(), CATALOG)
    places = {("district", "0150011"), ("state", "09")}
    write_downloads(
        tmp_path, table, city_info("bridgeport", "Bridgeport"), places, CATALOG, edition=EDITION
    )
    return tmp_path


def test_the_table_comes_back_exactly(plain: Path, observations: pd.DataFrame) -> None:
    read = read_download(plain)
    kept = observations[observations["geo_id"].isin(["0150011", "09"])]
    expected = publishable(sort_observations(kept), Rules(), CATALOG).frame
    names = [column.name for column in COLUMNS]
    pd.testing.assert_frame_equal(read[names], expected[names])
    assert set(read["status"]) == {"published", "suppressed_small"}


def test_names_in_words_stand_beside_the_codes(plain: Path) -> None:
    read = read_download(plain)
    row = read[(read["place"] == "bridgeport") & (read["group"] == "black")].iloc[0]
    assert row["geo_id"] == "0150011"
    assert row["place_name"] == CATALOG.place("bridgeport", "district").name
    assert row["indicator_name"] == CATALOG.indicator("graduation_4yr").name.en
    assert row["group_name"] == "Black"
    assert row["unit"] == "share"
    assert set(read["place"]) == {"bridgeport", "connecticut"}


def test_the_file_is_plain_utf8_with_codes_as_text(plain: Path) -> None:
    content = (plain / "indicators.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    assert {row["geo_id"] for row in rows} == {"0150011", "09"}
    hidden = [row for row in rows if row["status"] != "published"]
    assert hidden
    assert all(row["estimate"] == row["numerator"] == "" for row in hidden)


def test_the_dictionary_explains_every_column_code_and_status(plain: Path) -> None:
    with (plain / "data-dictionary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    explained = {(row["kind"], row["name"]) for row in rows}
    read = read_download(plain)
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
    write_downloads(
        tmp_path, table, city, {("district", "1030011")}, CATALOG, "es", edition=EDITION
    )
    read = read_download(tmp_path)
    assert set(read["group_name"]) >= {"Personas negras", "Personas blancas"}
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert "indicadores" in package["title"]


def test_only_a_table_from_the_privacy_gate_can_be_written(
    tmp_path: Path, observations: pd.DataFrame, city_info: Any
) -> None:
    with pytest.raises(AttributeError):
        write_downloads(
            tmp_path, observations, city_info("x", "X"), set(), CATALOG, edition=EDITION
        )
    assert list(tmp_path.iterdir()) == []


def test_the_same_table_gives_the_same_bytes(
    written: Any, write_again: Any, tmp_path: Path
) -> None:
    again = write_again(tmp_path)
    assert [file.name for file in again.files] == [file.name for file in written.files]
    for first, second in zip(written.files, again.files, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_figures_whose_terms_do_not_let_them_be_passed_on_are_refused(
    tmp_path: Path, observations: pd.DataFrame, city_info: Any
) -> None:
    closed = next(s.id for s in CATALOG.sources.values() if not s.redistributable)
    table = publishable(sort_observations(observations.assign(source=closed)), Rules(), CATALOG)
    folder = tmp_path / "data"
    with pytest.raises(InputError, match=closed):
        write_downloads(
            folder,
            table,
            city_info("norwalk", "Norwalk"),
            {("district", "1030011")},
            CATALOG,
            edition=EDITION,
        )
    assert not folder.exists()


def test_codes_of_tracts_stand_with_their_version_and_their_other_code(written: Any) -> None:
    rows = read_download(written.folder).drop_duplicates("geo_id").set_index("geo_id")
    codes = rows[["geo_vintage", "geo_id_other"]].agg(tuple, axis=1).to_dict()
    assert codes["09120070100"] == ("planning-region-2022", "09001070100")
    assert codes["09001070100"] == ("county-2010", "")
    assert codes["0150011"] == codes["09"] == codes["bridgeport-black-rock"] == ("", "")
