"""Open data portals: page by page, by the titles of columns, and as many rows as promised."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from c2c_lib.catalog.fetching import SocrataFetch
from c2c_lib.errors import InputError
from c2c_lib.sources.fetch.errors import FetchError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import Manifest
from c2c_lib.sources.fetch.socrata import fetch_socrata
from support.publisher import Answer, Publisher, Question, as_json

COLUMNS = [
    {"name": "District", "fieldName": "district"},
    {"name": "District Code", "fieldName": "district_code"},
    {"name": "Rate (%) ", "fieldName": "rate"},
    {"name": "Counties", "fieldName": ":@computed_region_1"},
]
ROWS = [("Ansonia", "20011", "8.10"), ("Derby", "370011", ""), ("Shelton", "1260011.0", "100")]


@pytest.fixture
def client(tmp_path: Path, make_client: Callable[[Path, Manifest], Client]) -> Iterator[Client]:
    made = make_client(tmp_path, Manifest())
    yield made
    made.close()


def block(publisher: Publisher, **changes: Any) -> SocrataFetch:
    entry = SocrataFetch.model_validate(
        {
            "kind": "socrata",
            "host": "https://data.example.org",
            "dataset": "abcd-1234",
            "file": "folder/kites.csv",
            "required": ["District", "District Code"],
            **changes,
        }
    )
    return entry.model_copy(update={"host": publisher.address})


def publish(publisher: Publisher, rows: list[tuple[str, str, str]], count: int | None = None):
    fields = ["district", "district_code", "rate"]

    def page(question: Question) -> Answer:
        assert question.query["$order"] == ":id"
        start, size = int(question.query["$offset"]), int(question.query["$limit"])
        wanted = question.query["$select"].split(",")
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(wanted)
        for row in rows[start : start + size]:
            writer.writerow([dict(zip(fields, row, strict=True))[name] for name in wanted])
        return Answer(
            text.getvalue().encode(), "text/csv;charset=UTF-8", headers={"ETag": f'"{start}"'}
        )

    about = {"name": "Kites, 2024 release", "columns": COLUMNS}
    publisher.says("/api/views/abcd-1234.json", as_json(about, ETag='"v"'))
    number = len(rows) if count is None else count
    publisher.says("/resource/abcd-1234.json", as_json([{"n": str(number)}], ETag='"c"'))
    publisher.says("/resource/abcd-1234.csv", page)


def written(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_all_pages_are_read_once(publisher: Publisher, client: Client, page: int) -> None:
    publish(publisher, ROWS)
    found = fetch_socrata(block(publisher, pad={"District Code": 7}), [], client, page=page)
    assert written(found.content) == [
        ["District", "District Code", "Rate (%)"],
        ["Ansonia", "0020011", "8.10"],
        ["Derby", "0370011", ""],
        ["Shelton", "1260011", "100"],
    ]
    assert (found.rows, found.kept) == (3, False)
    assert found.columns == ("District", "District Code", "Rate (%)")


def test_chosen_columns_are_written_under_the_readers_headings(
    publisher: Publisher, client: Client
) -> None:
    publish(publisher, ROWS)
    chosen = block(
        publisher,
        required=[],
        columns={"District": "place", "Rate (%)": "value"},
        constants={"release": "{release}"},
        labels={"place": {"Derby": "Derby town"}},
        percents=["value"],
        file="folder/kites_{release}.csv",
    )
    found = fetch_socrata(chosen, [], client)
    assert found.name == "folder/kites_2024.csv"
    assert written(found.content) == [
        ["place", "value", "release"],
        ["Ansonia", "0.081", "2024"],
        ["Derby town", "", "2024"],
        ["Shelton", "1.0", "2024"],
    ]


def test_a_condition_goes_along_with_rows_and_count(publisher: Publisher, client: Client) -> None:
    publish(publisher, ROWS)
    fetch_socrata(block(publisher, where="rate > 8"), [], client)
    asked = [question for question in publisher.asked if question.path.startswith("/resource")]
    assert {question.query["$where"] for question in asked} == {"rate > 8"}


def test_a_second_fetch_of_the_same_asks_but_downloads_nothing(
    publisher: Publisher, client: Client
) -> None:
    publish(publisher, ROWS)
    first = fetch_socrata(block(publisher), [], client, page=2)
    again = fetch_socrata(block(publisher), first.columns, client, page=2)
    assert (again.content, again.kept) == (first.content, True)


def test_a_token_goes_along_where_there_is_one(
    publisher: Publisher, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(publisher, ROWS)
    fetch_socrata(block(publisher), [], client)
    assert all("X-App-Token" not in question.headers for question in publisher.asked)
    publisher.asked.clear()
    monkeypatch.setenv("SOCRATA_APP_TOKEN", "hush")
    found = fetch_socrata(block(publisher), [], client)
    assert {question.headers["X-App-Token"] for question in publisher.asked} == {"hush"}
    assert "hush" not in str(found.addresses)


def test_a_changed_schema_is_named_column_by_column(publisher: Publisher, client: Client) -> None:
    publish(publisher, ROWS)
    wanted = block(publisher, required=["District", "Org Code", "Rate"])
    with pytest.raises(InputError) as caught:
        fetch_socrata(wanted, ["District", "Org Code", "Rate"], client)
    told = [(problem.what, problem.value) for problem in caught.value.problems]
    assert told == [
        ("an expected column is missing", "Org Code"),
        ("an expected column is missing", "Rate"),
        ("a column is new", "District Code"),
        ("a column is new", "Rate (%)"),
    ]
    assert caught.value.problems[0].allowed == "District, District Code, Rate (%)"
    assert "'Rate (%)'" in caught.value.problems[1].remedy


@pytest.mark.parametrize("count", [2, 4])
def test_rows_that_are_not_as_many_as_promised_are_not_taken(
    publisher: Publisher, client: Client, count: int
) -> None:
    publish(publisher, ROWS, count=count)
    with pytest.raises(FetchError, match=rf"3 rows.*{count} rows"):
        fetch_socrata(block(publisher), [], client)


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("/api/views/abcd-1234.json", as_json({"message": "moved"}), "list of columns"),
        ("/resource/abcd-1234.json", as_json([]), "how many rows"),
        ("/resource/abcd-1234.csv", Answer(b"<html>", "text/html"), "another kind"),
        (
            "/resource/abcd-1234.csv",
            Answer(b"district,district_code,rate\nAnsonia,20"),
            "a row of the page is cut off",
        ),
        ("/resource/abcd-1234.csv", Answer(b'district,district_code,rate\n"An'), "as CSV"),
    ],
)
def test_what_is_no_table_is_told(
    publisher: Publisher, client: Client, path: str, answer: Answer, words: str
) -> None:
    publish(publisher, ROWS)
    publisher.says(path, answer)
    with pytest.raises(FetchError, match=words):
        fetch_socrata(block(publisher), [], client)


def test_a_release_that_the_portal_does_not_name_is_told(
    publisher: Publisher, client: Client
) -> None:
    publish(publisher, ROWS)
    publisher.says("/api/views/abcd-1234.json", as_json({"name": "Kites", "columns": COLUMNS}))
    with pytest.raises(FetchError, match="which release it is"):
        fetch_socrata(block(publisher, file="folder/kites_{release}.csv"), [], client)


def test_a_percent_that_does_not_read_is_told(publisher: Publisher, client: Client) -> None:
    publish(publisher, [("Ansonia", "20011", "8,1")])
    chosen = block(publisher, required=[], columns={"Rate (%)": "v"}, percents=["v"])
    with pytest.raises(InputError, match="'8,1'"):
        fetch_socrata(chosen, [], client)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"required": []}, "either `required` or `columns`"),
        ({"columns": {"District": "x"}}, "either `required` or `columns`"),
        ({"pad": {"Code": 7}}, "'Code' is expected"),
        ({"dataset": "abcd"}, "should match pattern"),
        ({"host": "http://data.example.org"}, "should match pattern"),
        ({"constants": {"District": "x"}}, "stand once"),
    ],
)
def test_a_block_of_the_catalog_that_makes_no_sense_is_refused(
    publisher: Publisher, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        block(publisher, **change)
