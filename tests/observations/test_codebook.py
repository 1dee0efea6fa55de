"""The codebook as data: whole, in the catalog's own words, and only of what is there."""

import json

import pandas as pd
import pytest

from c2c_lib.observations.codebook import codebook_data, codebook_entries
from support.synthetic import CUT_SHORT, SHIFT, catalog, row, table


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return table(
        [
            row("2019-20", (200, 1000), indicator="reading_anew"),
            row("2020-21", "suppressed_by_source", indicator="reading_anew"),
            row("2020-21", (5_000, 10_000), indicator="reading_anew", place="connecticut"),
            row("2023", 0.7, indicator="at_work", moe90=0.02),
        ]
    )


def test_every_indicator_of_the_catalog_has_an_entry(frame: pd.DataFrame):
    entries = codebook_entries(frame, catalog())
    assert [entry.indicator.id for entry in entries] == list(catalog().indicators)
    by_id = {entry.indicator.id: entry for entry in entries}
    assert by_id["reading_anew"].held.rows == 3
    assert by_id["pupils"].held.rows == 0
    assert [source.id for source in by_id["at_work"].sources] == ["survey"]


def test_only_indicators_with_rows_stand_in_the_file(frame: pd.DataFrame):
    assert [entry["id"] for entry in codebook_data(frame, catalog(), "en")] == [
        "reading_anew",
        "at_work",
    ]


def test_an_entry_says_all_that_is_asked_of_a_codebook(frame: pd.DataFrame):
    entry = codebook_data(frame, catalog(), "en")[0]
    indicator = catalog().indicator("reading_anew")
    assert entry["definition"] == indicator.definition.en
    assert (entry["numerator"], entry["denominator"]) == ("A numerator.", "A denominator.")
    assert entry["universe"] == "third graders"
    assert (entry["unit"], entry["polarity"]) == ("share", "higher_is_better")
    assert entry["periods"] == [["2019-20", "2020-21"]]
    assert entry["places"] == {"district": 1, "state": 1}
    assert (entry["figures"], entry["figures_with_a_value"]) == (3, 2)
    (source,) = entry["sources"]
    assert (source["publisher"], source["terms"], source["retrieved"]) == (
        "The publisher",
        "Free to use.",
        "2026-01-02",
    )
    assert source["figures"] == 3
    assert [b["kind"] for b in entry["breaks"]] == [
        "not_comparable",
        "new_series",
        "not_over_time",
    ]
    assert [b["note"] for b in entry["breaks"][:2]] == [CUT_SHORT.note.en, SHIFT.note.en]


def test_it_is_json_in_both_languages(frame: pd.DataFrame):
    for language in ("en", "es"):
        found = codebook_data(frame, catalog(), language)
        assert json.loads(json.dumps(found)) == found
    assert found[0]["breaks"][0]["note"] == CUT_SHORT.note.own("es")
