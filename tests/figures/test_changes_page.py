"""What changed on the page: every figure of the cities, causes, words, and nothing hidden."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.changes_page import ChangesPage
from c2c_lib.figures.report_card import Edition
from c2c_lib.findings.revisions import revisions
from c2c_lib.language import language
from c2c_lib.observations.codebook import codebook_data
from support.synthetic import catalog

BASE: dict[str, Any] = {
    "indicator": "reading_well",
    "geo_level": "district",
    "geo_id": "1030011",
    "period": "2019-20",
    "period_end": 2020,
    "dimension": "all",
    "group": "all",
    "estimate": 0.25,
    "numerator": 50.0,
    "denominator": 200.0,
    "moe90": np.nan,
    "status": "published",
    "source": "first",
    "place": "norwalk",
}
BLACK = {"dimension": "race_ethnicity", "group": "black"}
GONE = {"indicator": "given_up", "estimate": 0.5}
HIDDEN = {"estimate": np.nan, "numerator": np.nan, "denominator": np.nan}
BEFORE = [{}, BLACK, BLACK | {"group": "white"}, GONE]
NOW = [
    {"estimate": 0.3},
    BLACK | HIDDEN | {"status": "suppressed_small"},
    BLACK | {"group": "white", "estimate": 0.4},
    {"period": "2020-21", "period_end": 2021, "estimate": 0.35},
]


def frame(changes: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([BASE | change for change in changes])


def page(spoken: str = "en", defined: dict[str, dict[str, object]] | None = None) -> ChangesPage:
    return ChangesPage(
        moved=revisions(frame(BEFORE), frame(NOW)),
        previous=Edition("2025", "2025-11-20"),
        defined=defined
        if defined is not None
        else {"given_up": {"name": "Given up", "unit": "share"}},
        put_first={"reading_well", "given_up"},
        cities=("norwalk",),
        corrections=(),
        catalog=catalog(),
        edition=Edition("2026", "2026-11-20"),
        language=language(spoken),
    )


def rows(html: object, identifier: str) -> list[list[str]]:
    found = BeautifulSoup(str(html), "html.parser").find(id=identifier)
    assert found is not None, identifier
    return [[c.get_text() for c in r.find_all(["th", "td"])] for r in found.tbody.find_all("tr")]


def test_every_figure_of_a_city_is_there_all_children_first_and_what_is_hidden_is_not_told():
    read = "Reading well (public schools)"
    assert rows(page().since_last().html, "changes-main") == [
        ["Norwalk", "Given up", "All", "2019-20", "50.0%", "Not there", "No longer given"],
        ["Norwalk", read, "All", "2019-20", "25.0%", "30.0%", "Changed by its publisher"],
        ["Norwalk", read, "All", "2020-21", "Not there", "35.0%", "New year"],
        ["Norwalk", read, "Black", "2019-20", "It was shown", "Not shown", "Hidden now"],
        ["Norwalk", read, "White", "2019-20", "25.0%", "40.0%", "Changed by its publisher"],
    ]


def codebook() -> dict[str, dict[str, object]]:
    entries = codebook_data(frame(BEFORE[:1]), catalog(), "en")
    return {str(entry["id"]): entry for entry in entries}


def test_a_name_and_a_definition_that_changed_are_told_though_no_figure_did():
    was = codebook()
    assert "changed-words" not in str(page(defined=was).since_last().html)
    was["reading_well"] |= {"name": "Good readers", "definition": "Readers in grade 4."}
    told = rows(page(defined=was).since_last().html, "changed-words")
    assert [row[1:3] for row in told] == [
        ["Name", "Good readers"],
        ["Definition", "Readers in grade 4."],
    ]
    assert told[0][3] == "Reading well"


@pytest.mark.parametrize("spoken", ["es"])
def test_words_of_an_earlier_edition_are_marked_as_english(spoken: str):
    was = codebook()
    was["reading_well"]["name"] = "Good readers"
    html = str(page(spoken, was).since_last().html)
    assert '<span lang="en">Good readers</span>' in html


def test_a_group_that_is_no_longer_there_is_told_by_its_id():
    gone = {"dimension": "given_up", "group": "of_old"}
    moved = revisions(frame([{}, gone]), frame([{}]))
    html = dataclasses.replace(page(), moved=moved).since_last().html
    assert [row[2] for row in rows(html, "changes-main")] == ["of_old"]
