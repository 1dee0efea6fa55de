"""Tables of the Census Bureau: whole, with their marks, in the layouts that are read here."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog.fetching import CensusFetch
from c2c_lib.errors import InputError
from c2c_lib.sources.fetch.census import fetch_census
from c2c_lib.sources.fetch.errors import FetchError, NotThereError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import Manifest
from support.publisher import Answer, Publisher, Question, as_json

CODES = [f"B99999_00{line}{kind}" for line in (1, 2) for kind in ("E", "EA", "M", "MA")]
TABLE = [[*CODES, "GEO_ID", "NAME"]]
STATE_CELLS = ["3600000", None, "-555555555", "*****", "12", None, "5", None]
STATE = [[*STATE_CELLS, "0400000US09", "Connecticut"]]
TOWN_CELLS = ["900", None, "120", None, "-666666666", "-", "-222222222", "**"]
NORWALK = "Norwalk city, Western Connecticut Planning Region, Connecticut"
TOWN = [[*TOWN_CELLS, "0600000US0919056060", NORWALK]]
LABELS = {
    "variables": {
        "B99999_001E": {"label": "Estimate!!Total:"},
        "B99999_001M": {"label": "Margin of Error!!Total:"},
        "B99999_002E": {"label": "Estimate!!Total:!!At work"},
    }
}


@pytest.fixture
def client(
    tmp_path: Path,
    make_client: Callable[[Path, Manifest], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Client]:
    monkeypatch.setenv("CENSUS_API_KEY", "k" * 40)
    made = make_client(tmp_path, Manifest())
    yield made
    made.close()


def block(publisher: Publisher, **changes: Any) -> CensusFetch:
    entry = CensusFetch.model_validate(
        {
            "kind": "census",
            "file": "folder/ACS_{yy}_5YR_B99999_with_ann.csv",
            "layout": "factfinder",
            "levels": ["state", "town"],
            "tables": [{"id": "B99999", "lines": 2, "name": "work"}],
            **changes,
        }
    )
    return entry.model_copy(update={"host": publisher.address})


def answering(question: Question) -> Answer:
    """Answer like the Bureau: by the kind of place."""
    assert question.query["key"] == "k" * 40
    assert question.query["get"] == "group(B99999)"
    if question.query["for"] == "state:09":
        return as_json(TABLE + STATE, ETag='"s"')
    assert question.query["for"] == "county subdivision:*"
    assert question.query["in"] == "state:09 county:*"
    return as_json(TABLE + TOWN, ETag='"t"')


def publish(publisher: Publisher, year: int = 2022) -> None:
    publisher.says(f"/data/{year}/acs/acs5", answering)
    publisher.says(f"/data/{year}/acs/acs5/groups/B99999.json", as_json(LABELS))


def test_a_table_is_written_as_factfinder_wrote_it(publisher: Publisher, client: Client) -> None:
    publish(publisher)
    found = fetch_census(block(publisher), [2022], [], client)
    assert found.name == "folder/ACS_22_5YR_B99999_with_ann.csv"
    rows = list(csv.reader(io.StringIO(found.content.decode())))
    assert rows[0][:5] == ["GEO.id", "GEO.id2", "GEO.display-label", "B99999_001E", "B99999_001M"]
    assert rows[1][3:] == [
        "Estimate!!Total:",
        "Margin of Error!!Total:",
        "Estimate!!Total:!!At work",
        "Margin of Error!!Total:!!At work",
    ]
    assert rows[2] == ["0400000US09", "09", "Connecticut", "3600000", "*****", "12", "5"]
    assert rows[3] == ["0600000US0919056060", "0919056060", NORWALK, "900", "120", "-", "**"]
    assert found.rows == 2
    assert all("key" not in address for address in found.addresses)


def test_the_long_layout_holds_no_number_for_a_mark(publisher: Publisher, client: Client) -> None:
    publish(publisher)
    water = [*STATE_CELLS, "0600000US0912000000", "County subdivisions not defined, Connecticut"]
    publisher.says("/data/2022/acs/acs5", answering, as_json(TABLE + TOWN + [water]))
    long = block(publisher, layout="long", file="folder/acs5_{year}_long.parquet")
    found = fetch_census(long, [2022], [], client)
    frame = pd.read_parquet(io.BytesIO(found.content))
    assert found.name == "folder/acs5_2022_long.parquet"
    assert list(frame.columns) == [
        *("year", "level", "geoid", "name", "table", "variable", "estimate", "moe")
    ]
    assert set(frame["table"]) == {"work"}
    town = frame[frame["level"] == "town"]
    assert set(town["geoid"]) == {"0919056060"}
    assert town["estimate"].isna().tolist() == [False, True]
    state = frame[frame["level"] == "state"]
    assert state["moe"].isna().tolist() == [True, False]


def test_the_newest_window_is_the_first_one_that_is_there(
    publisher: Publisher, client: Client
) -> None:
    publish(publisher, 2021)
    assert fetch_census(block(publisher), [2023, 2022, 2021], [], client).name.count("_21_") == 1
    with pytest.raises(NotThereError, match="/data/2019/"):
        fetch_census(block(publisher), [2020, 2019], [], client)


def test_without_a_key_nothing_is_asked(
    publisher: Publisher, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CENSUS_API_KEY")
    with pytest.raises(InputError, match=r"CENSUS_API_KEY.*key_signup") as caught:
        fetch_census(block(publisher), [2022], [], client)
    assert caught.value.exit_code == 2
    assert publisher.asked == []


@pytest.mark.parametrize(
    "refusal",
    [
        Answer(b"", "", 302, {"Location": "https://api.census.gov/data/invalid_key.html"}),
        Answer(b"<html><h1>Invalid Key</h1></html>", "text/html"),
    ],
    ids=["leads to a page about keys", "gives a page about keys"],
)
def test_a_key_that_is_not_taken_is_told_and_never_shown(
    publisher: Publisher, client: Client, refusal: Answer
) -> None:
    publisher.says("/data/2022/acs/acs5", refusal)
    with pytest.raises(InputError, match="does not take the key") as caught:
        fetch_census(block(publisher), [2022], [], client)
    assert "kkk" not in str(caught.value)


def test_a_renamed_column_is_named_with_what_stands_there(
    publisher: Publisher, client: Client
) -> None:
    header = [name.replace("_002M", "_002MOE") for name in TABLE[0]]
    publisher.says("/data/2022/acs/acs5", as_json([header, *STATE]))
    with pytest.raises(InputError) as caught:
        fetch_census(block(publisher, levels=["state"]), [2022], TABLE[0], client)
    told = {(problem.what, problem.value) for problem in caught.value.problems}
    assert told == {
        ("an expected column is missing", "B99999_002M"),
        ("a column is new", "B99999_002MOE"),
        ("a column is new", "B99999_002MOEA"),
    }


def test_a_table_with_more_lines_than_expected_is_another_table(
    publisher: Publisher, client: Client
) -> None:
    publish(publisher)
    one = block(publisher, tables=[{"id": "B99999", "lines": 1}])
    with pytest.raises(InputError, match="more lines than expected"):
        fetch_census(one, [2022], [], client)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b'[["NAME"],["Conn', "application/json"), "does not read as JSON"),
        (Answer(b"error: unknown variable", "text/plain", 400), "unknown variable"),
        (Answer(b"", "application/json", 204), "204 No Content"),
    ],
)
def test_what_is_no_table_is_told(
    publisher: Publisher, client: Client, answer: Answer, words: str
) -> None:
    publisher.says("/data/2022/acs/acs5", answer)
    with pytest.raises(FetchError, match=words):
        fetch_census(block(publisher), [2022], [], client)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"file": "folder/acs.csv"}, "expected to hold {year} or {yy}"),
        ({"tables": [{"id": "B01001", "lines": 1}, {"id": "B01002", "lines": 1}]}, "exactly one"),
        ({"tables": [{"id": "S1701", "lines": 1}]}, "should match pattern"),
        ({"tabels": []}, "Extra inputs"),
    ],
)
def test_a_block_of_the_catalog_that_makes_no_sense_is_refused(
    publisher: Publisher, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        block(publisher, **change)
