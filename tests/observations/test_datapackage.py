"""The descriptor says what the table holds, by the Data Package standard (version 2)."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import c2c_lib
from c2c_lib.catalog import load_catalog
from c2c_lib.observations import COLUMNS, KEY, STATUSES, write_store
from c2c_lib.observations.datapackage import field, licences, publishers


@pytest.fixture
def file(table: pd.DataFrame, tmp_path: Path) -> Path:
    return write_store(table, tmp_path)


@pytest.fixture
def descriptor(file: Path) -> dict[str, Any]:
    text = (file.parent / "datapackage.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    return dict(json.loads(text))


@pytest.fixture
def resource(descriptor: dict[str, Any]) -> dict[str, Any]:
    (only,) = descriptor["resources"]
    return dict(only)


def test_the_descriptor_names_itself(descriptor: dict[str, Any]):
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["name"] == "c2c-observations"
    assert descriptor["version"] == c2c_lib.__version__
    assert descriptor["title"]
    assert descriptor["description"]
    assert descriptor["contributors"] == [{"title": "The c2c authors", "roles": ["wrangler"]}]


def test_nothing_in_it_changes_from_one_writing_to_the_next(descriptor: dict[str, Any]):
    # No time of writing, no user, no machine: the same figures give the same bytes.
    assert {"created", "id"} & descriptor.keys() == set()


def test_size_and_hash_are_those_of_the_file(file: Path, resource: dict[str, Any]):
    content = file.read_bytes()
    assert resource["path"] == file.name
    assert resource["bytes"] == len(content)
    assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert resource["mediatype"] == "application/vnd.apache.parquet"


def test_the_fields_are_the_columns_of_the_file(file: Path, resource: dict[str, Any]):
    fields = resource["schema"]["fields"]
    assert [entry["name"] for entry in fields] == list(pd.read_parquet(file).columns)
    types = {entry["name"]: entry["type"] for entry in fields}
    assert types["period_end"] == "integer"
    assert types["estimate"] == types["moe90"] == "number"
    assert types["geo_id"] == "string"
    assert set(types.values()) == {"string", "integer", "number"}  # types of Table Schema


def test_the_primary_key_names_one_row(table: pd.DataFrame, resource: dict[str, Any]):
    assert resource["schema"]["primaryKey"] == list(KEY)
    assert not table.duplicated(resource["schema"]["primaryKey"]).any()


def test_every_field_is_a_data_dictionary_entry(resource: dict[str, Any]):
    for entry, column in zip(resource["schema"]["fields"], COLUMNS, strict=True):
        assert (entry["title"], entry["description"]) == (column.title, column.description)


def test_the_statuses_are_categories_in_plain_words(resource: dict[str, Any]):
    (status,) = [f for f in resource["schema"]["fields"] if f["name"] == "status"]
    assert status["categories"] == [{"value": s, "label": w} for s, w in STATUSES.items()]
    assert status["constraints"] == {"required": True}


def test_constraints_are_what_the_schema_checks():
    described = {column.name: field(column) for column in COLUMNS}
    assert described["estimate"]["constraints"] == {"minimum": 0.0}
    assert described["indicator"]["constraints"] == {"required": True}
    assert "constraints" not in described["note"]
    assert "district" in described["geo_level"]["constraints"]["enum"]


def test_only_the_publishers_of_the_table_are_named(
    table: pd.DataFrame, descriptor: dict[str, Any]
):
    catalog = load_catalog()
    used = [source for name, source in catalog.sources.items() if name in set(table["source"])]
    assert len(used) == 4
    assert [entry["path"] for entry in descriptor["sources"]] == [source.url for source in used]
    for entry, source in zip(descriptor["sources"], used, strict=True):
        assert entry["title"] == f"{source.publisher}: {source.title}"
        assert entry["version"] == f"retrieved {source.retrieved}"


def test_each_licence_is_named_once_with_its_terms(table: pd.DataFrame, descriptor: dict[str, Any]):
    catalog = load_catalog()
    ids = {"PDDL-1.0": "ODC-PDDL-1.0", "ODC-By-1.0": "ODC-BY-1.0", "public-domain": "other-pd"}
    terms = {
        (ids.get(s.licence, "notspecified"), s.terms.en)
        for n, s in catalog.sources.items()
        if n in set(table["source"])
    }
    found = [(entry["name"], entry["title"]) for entry in descriptor["licenses"]]
    assert len(set(found)) == len(found)
    assert {name for name, _ in found} == {name for name, _ in terms}
    assert set(found) == terms


def test_an_empty_table_has_neither_publishers_nor_licences(table: pd.DataFrame):
    nothing = table.head(0)
    assert publishers(nothing, load_catalog()) == []
    assert licences(nothing, load_catalog()) == []
