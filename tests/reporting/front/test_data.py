"""The data page says what the descriptor says, and its code runs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.report_card import Edition
from c2c_lib.observations import sort_observations
from c2c_lib.params import load_city
from c2c_lib.privacy import Rules, publishable
from c2c_lib.reporting.dataset_metadata import dataset_metadata, dataset_of
from c2c_lib.reporting.downloads import write_downloads
from c2c_lib.reporting.front.data import data_body


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, all_observations: Any) -> Path:
    catalog = load_catalog()
    table = publishable(sort_observations(all_observations), Rules(), catalog)
    made = tmp_path_factory.mktemp("data")
    places = {("district", "1030011"), ("state", "09")}
    edition = Edition("2026", "2026-11-21")
    for code in ("en", "es"):
        city = load_city("norwalk")
        write_downloads(made / code, table, city, places, catalog, code, edition=edition)
    return made


def package_of(folder: Path, code: str = "en") -> dict[str, Any]:
    return json.loads((folder / code / "datapackage.json").read_text(encoding="utf-8"))


def page(folder: Path, code: str = "en") -> BeautifulSoup:
    html = data_body(package_of(folder, code), load_city("norwalk"), code)
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("code", ["en", "es"])
def test_every_file_is_listed_with_what_is_in_it_and_its_size(folder: Path, code: str) -> None:
    rows = page(folder, code).select("#downloads tbody tr")
    resources = package_of(folder, code)["resources"]
    assert [row.a["href"] for row in rows] == [resource["path"] for resource in resources]
    for row, resource in zip(rows, resources, strict=True):
        title, description, _, size = (cell.get_text() for cell in row.find_all(["th", "td"]))
        assert (title, description) == (resource["title"], resource["description"])
        assert size.endswith(("kB", "MB"))
    hrefs = [a["href"] for a in page(folder, code).find_all("a")]
    assert {"datapackage.json", "citation.bib", "citation.json"} <= set(hrefs)
    for href in hrefs:
        assert href.startswith(("https://", "../")) or (folder / code / href).is_file()


def test_columns_statuses_terms_and_citation_are_those_of_the_descriptor(folder: Path) -> None:
    package, soup = package_of(folder), page(folder)
    fields = package["resources"][0]["schema"]["fields"]
    shown = [row.th.get_text() for row in soup.select("#column-meanings tbody tr")]
    assert shown == [field["name"] for field in fields]
    statuses = next(field["categories"] for field in fields if field["name"] == "status")
    shown = [row.th.get_text() for row in soup.select("#status-meanings tbody tr")]
    assert shown == [status["value"] for status in statuses]
    shown = [row.a["href"] for row in soup.select("#terms-table tbody tr")]
    assert shown == [source["path"] for source in package["sources"]]
    assert package["citation"] in soup.select_one("#cite").get_text()


def test_the_python_on_the_page_reads_the_file_it_names(folder: Path) -> None:
    code = next(pre.get_text() for pre in page(folder).find_all("pre") if "read_csv" in pre.text)
    before = Path.cwd()
    os.chdir(folder / "en")
    try:
        names: dict[str, Any] = {}
        exec(code, names)  # noqa: S102 - our own page
    finally:
        os.chdir(before)
    assert set(names["figures"]["geo_id"]) == {"1030011", "09"}
    assert len(names["shown"]) < len(names["figures"])
    assert names["shown"]["estimate"].notna().all()


def test_a_city_without_maps_says_nothing_of_qgis(folder: Path) -> None:
    assert "QGIS" not in page(folder).get_text()


def test_the_metadata_has_what_search_engines_for_data_ask_for(folder: Path) -> None:
    package = package_of(folder)
    entries = json.loads((folder / "en" / "codebook.json").read_text(encoding="utf-8"))
    dataset = dataset_of(package, entries["indicators"], "en")
    assert (dataset["@context"], dataset["@type"]) == ("https://schema.org", "Dataset")
    assert 50 <= len(dataset["description"]) <= 5000
    assert dataset["name"] == "Norwalk: cradle-to-career indicators"
    assert dataset["creator"] == {
        "@type": "Organization",
        "name": "Norwalk ACTS",
        "url": "https://www.norwalkacts.org",
    }
    assert dataset["temporalCoverage"] == "2019/2019"
    assert dataset["spatialCoverage"]["name"] == "Norwalk, Connecticut"
    assert dataset["dateModified"] == "2026-11-21"
    assert [v["propertyID"] for v in dataset["variableMeasured"]] == ["graduation_4yr"]
    assert all(licence["name"] for licence in dataset["license"])
    assert all(work["url"].startswith("https://") for work in dataset["citation"])
    for file in dataset["distribution"]:
        assert (folder / "en" / file["contentUrl"]).is_file()
        assert "/" in file["encodingFormat"]


def test_nothing_in_the_metadata_can_end_its_element(folder: Path) -> None:
    package = package_of(folder) | {"description": "</script><b>"}
    text = dataset_metadata(package, [], "en")
    assert "<" not in text
    assert json.loads(text)["description"] == "</script><b>"
