"""The descriptor keeps the rules of the Data Package standard, version 2."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.reporting.downloads import read_download

URL_OR_PATH = re.compile(r"https?://\S+|(?![./~])(?!.*\.\./)(?!.*\\)[^:]+")
TYPES = {"string", "number", "integer", "boolean", "date", "datetime", "year", "any"}
LICENCES = {"ODC-PDDL-1.0", "ODC-BY-1.0", "other-pd", "notspecified", "other-closed"}


@pytest.fixture(scope="module")
def package(written) -> dict[str, Any]:
    return json.loads((written.folder / "datapackage.json").read_text(encoding="utf-8"))


def test_the_package_is_named_versioned_dated_and_attributed(package) -> None:
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[-a-z0-9._]+", package["name"])
    assert package["title"] == "Bridgeport: cradle-to-career indicators"
    assert package["version"] == "2026"
    assert datetime.fromisoformat(package["created"]).isoformat() == "2026-11-21T00:00:00+00:00"
    assert package["keywords"]
    assert all(isinstance(word, str) for word in package["keywords"])
    for person in package["contributors"]:
        assert person["title"]
        assert isinstance(person["roles"], list)
        assert URL_OR_PATH.fullmatch(person.get("path", "https://x"))


def test_licences_have_open_definition_ids_and_sources_have_addresses(package, written) -> None:
    assert package["licenses"]
    for licence in package["licenses"]:
        assert licence["name"] in LICENCES
        assert licence["title"]
        assert URL_OR_PATH.fullmatch(licence.get("path", "https://x"))
    assert {s["id"] for s in package["sources"]} == set(written.words["source"])
    for source in package["sources"]:
        assert source["title"]
        assert URL_OR_PATH.fullmatch(source["path"])
        assert source["terms"]


def test_every_file_is_a_resource_with_its_size_and_checksum(package, written) -> None:
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    described = {resource["path"] for resource in package["resources"]}
    assert described == {file.name for file in written.folder.iterdir()} - {"datapackage.json"}
    for resource in package["resources"]:
        content = (written.folder / resource["path"]).read_bytes()
        assert re.fullmatch(r"[-a-z0-9._]+", resource["name"])
        assert URL_OR_PATH.fullmatch(resource["path"])
        assert re.fullmatch(r".+/.+", resource["mediatype"])
        assert Path(resource["path"]).suffix == f".{resource['format']}"
        assert resource["title"]
        assert resource["description"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource.get("type", "table") == "table"
        assert ("schema" in resource) == ("type" in resource)


def test_every_table_fits_its_schema_to_the_cell(package, written) -> None:
    tables = [resource for resource in package["resources"] if "schema" in resource]
    assert {r["name"] for r in tables} == {
        "indicators",
        "tracts",
        "tracts-2010",
        "neighborhoods",
        "data-dictionary",
    }
    for resource in tables:
        schema = resource["schema"]
        text = (written.folder / resource["path"]).read_text(encoding=resource["encoding"])
        rows = list(csv.DictReader(text.splitlines()))
        fields = schema["fields"]
        assert [field["name"] for field in fields] == next(csv.reader(text.splitlines()))
        assert resource["records"] == len(rows)
        assert set(schema.get("primaryKey", ())) <= {field["name"] for field in fields}
        keys = [tuple(row[name] for name in schema.get("primaryKey", ())) for row in rows]
        assert not schema.get("primaryKey") or len(set(keys)) == len(rows)
        for field in fields:
            check_column(field, [row[field["name"]] for row in rows], schema["missingValues"])


def check_column(field: dict[str, Any], cells: list[str], missing: list[str]) -> None:
    assert field["type"] in TYPES
    assert field["title"]
    assert field["description"]
    there = [cell for cell in cells if cell not in missing]
    constraints = field.get("constraints", {})
    assert not constraints.get("required") or len(there) == len(cells)
    if field["type"] in ("number", "integer"):
        numbers = [float(cell) for cell in there]
        assert all(number >= constraints.get("minimum", number) for number in numbers)
        assert field["type"] == "number" or all(number.is_integer() for number in numbers)
    if "enum" in constraints:
        assert set(there) <= set(constraints["enum"])
    if "categories" in field:
        assert set(there) <= {category["value"] for category in field["categories"]}
        assert all(category["label"] for category in field["categories"])


def test_the_table_read_with_its_descriptor_is_the_published_one(written) -> None:
    pd.testing.assert_frame_equal(read_download(written.folder), written.words)


def test_years_place_and_citation_are_told(package) -> None:
    assert package["temporal"] == {"start": "2018", "end": "2023"}
    assert package["spatial"]["title"] == "Bridgeport, Connecticut"
    west, south, east, north = package["spatial"]["bbox"]
    assert west < east < 0 < south < north
    assert "Bridgeport Prospers (2026)" in package["citation"]
