"""From the name of a source to a file that its reader understands, or to nothing at all."""

import dataclasses
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.cli import app
from c2c_lib.errors import InputError
from c2c_lib.observations.store import store_folder
from c2c_lib.sources import ingest
from c2c_lib.sources.fetch import run
from c2c_lib.sources.fetch.errors import FetchError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import Manifest
from c2c_lib.sources.fetch.run import fetch, fetchable
from support.publisher import Answer, Publisher, Question, as_json

MakeClient = Callable[[Path, Manifest], Client]
SOURCE = "acs_youth"
FILE = "employed-or-enrolled-youth/ACS_22_5YR_B14005_with_ann.csv"
SEXES = {2: "Male", 16: "Female"}
LINES = {
    3: "Enrolled in school:",
    4: "Enrolled in school:!!Employed",
    5: "Enrolled in school:!!Unemployed",
    6: "Enrolled in school:!!Not in labor force",
    7: "Not enrolled in school:",
    8: "Not enrolled in school:!!High school graduate:",
    9: "Not enrolled in school:!!High school graduate:!!Employed",
    10: "Not enrolled in school:!!High school graduate:!!Unemployed",
    11: "Not enrolled in school:!!High school graduate:!!Not in labor force",
    12: "Not enrolled in school:!!Not high school graduate:",
    13: "Not enrolled in school:!!Not high school graduate:!!Employed",
    14: "Not enrolled in school:!!Not high school graduate:!!Unemployed",
    15: "Not enrolled in school:!!Not high school graduate:!!Not in labor force",
}


def labels() -> dict[str, dict[str, str]]:
    words = {1: "Total:", 2: "Total:!!Male:", 16: "Total:!!Female:"}
    words.update({n: f"Total:!!Male:!!{text}" for n, text in LINES.items()})
    words.update({n + 14: f"Total:!!Female:!!{text}" for n, text in LINES.items()})
    kinds = {"E": "Estimate", "M": "Margin of Error"}
    return {
        f"B14005_{n:03d}{k}": {"label": f"{kind}!!{text}"}
        for n, text in words.items()
        for k, kind in kinds.items()
    }


def row(geo_id: str, name: str) -> list[str | None]:
    """A place with 100 young people of each sex, of whom 4 are in each line that counts."""
    values: list[str | None] = []
    for line in range(1, 30):
        people = {1: 200, 2: 100, 16: 100}.get(line, 4)
        values += [str(people), None, "3", None]
    return [*values, geo_id, name]


HEADER = [f"B14005_{n:03d}{k}" for n in range(1, 30) for k in ("E", "EA", "M", "MA")]


def towns(catalog: Catalog) -> list[list[str | None]]:
    return [
        row(f"0600000US{place.other_ids[0]}", f"{place.name} town, Some Region, Connecticut")
        for place in catalog.places
        if place.geo_level == "town"
    ]


@pytest.fixture
def catalog(publisher: Publisher) -> Catalog:
    """The real catalog with one source, whose publisher answers on loopback."""
    whole = load_catalog()
    entry = whole.source(SOURCE)
    assert entry.fetch is not None
    local = entry.model_copy(
        update={"fetch": entry.fetch.model_copy(update={"host": publisher.address})}
    )
    return dataclasses.replace(whole, sources={SOURCE: local})


@pytest.fixture
def published(publisher: Publisher, catalog: Catalog) -> Publisher:
    """A publisher with the whole table of 2018 to 2022."""

    def answer(question: Question) -> Answer:
        header = [*HEADER, "GEO_ID", "NAME"]
        if question.query["for"].startswith("state"):
            return as_json([header, row("0400000US09", "Connecticut")], ETag='"s"')
        return as_json([header, *towns(catalog)], ETag='"t"')

    publisher.says("/data/2022/acs/acs5", answer)
    about = as_json({"variables": labels()}, ETag='"g"')
    publisher.says("/data/2022/acs/acs5/groups/B14005.json", about)
    return publisher


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, no_keys: None) -> None:  # noqa: ARG001 - comes first
    monkeypatch.setenv("CENSUS_API_KEY", "k" * 40)


def test_what_is_fetched_is_ingested(
    published: Publisher, catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    raw = tmp_path / "raw"
    (report,) = fetch(SOURCE, raw, year=2022, catalog=catalog, make_client=make_client)
    assert (report.file, report.outcome, report.rows) == (FILE, "new", 170)
    assert report.figures == 170 * 3
    assert len(published.asked) == 3

    done = ingest(raw, tmp_path / "store", catalog)
    assert done.read == {SOURCE: 510}
    described = json.loads((tmp_path / "store" / "datapackage.json").read_text(encoding="utf-8"))
    (source,) = described["sources"]
    assert source["version"] == f"retrieved {datetime.now(UTC).date().isoformat()}"


@pytest.mark.usefixtures("published")
def test_the_list_of_what_was_fetched_lies_beside_the_files(
    catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    text = (tmp_path / "fetched.json").read_text(encoding="utf-8")
    listed = json.loads(text)
    entry = listed["files"][FILE]
    assert (entry["source"], entry["rows"], len(entry["addresses"])) == (SOURCE, 170, 3)
    assert set(listed["answers"]) == set(entry["addresses"])
    assert "kkkk" not in text


def test_a_second_fetch_changes_nothing(
    published: Publisher, catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (report,) = fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    assert report.outcome == "unchanged"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert all("If-None-Match" in question.headers for question in published.asked[3:])


def test_a_table_that_its_reader_does_not_understand_is_not_written(
    published: Publisher, catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    moved = labels()
    moved["B14005_010E"] = {"label": "Estimate!!Total:!!Male:!!Something else"}
    about = as_json({"variables": moved})
    published.says("/data/2022/acs/acs5/groups/B14005.json", about)
    with pytest.raises(InputError, match=r"line 010 of table B14005 has another label"):
        fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    assert not (tmp_path / FILE).exists()


def test_a_download_without_some_towns_is_not_written(
    published: Publisher, catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    header = [*HEADER, "GEO_ID", "NAME"]
    published.says(
        "/data/2022/acs/acs5",
        as_json([header, row("0400000US09", "Connecticut")]),
        as_json([header, *towns(catalog)[:-5]]),
    )
    with pytest.raises(InputError, match="5 rows are missing"):
        fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    assert not (tmp_path / FILE).exists()


@pytest.mark.usefixtures("published")
def test_a_file_that_somebody_put_there_is_not_replaced(
    catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    mine = tmp_path / FILE
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(InputError, match="was not fetched"):
        fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    assert mine.read_text() == "mine"


def test_a_name_without_an_interface_says_what_to_do_by_hand(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        fetch("edsight_graduation_4yr", tmp_path)
    (problem,) = caught.value.problems
    assert "no public interface" in problem.what
    assert "https://public-edsight.ct.gov by hand" in problem.remedy
    assert SOURCE in problem.allowed


def test_an_unknown_name_gets_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'acs_youth'"):
        fetch("acs_yuoth", tmp_path)


def test_a_year_of_a_portal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="all its years at once"):
        fetch("csde_accountability", tmp_path, year=2022)


def test_a_broken_list_is_told_and_kept(
    catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    (tmp_path / "fetched.json").write_text("{}")
    with pytest.raises(InputError, match=r"fetched\.json"):
        fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)


def test_what_can_be_fetched_has_a_reader_or_is_a_boundary() -> None:
    catalog = load_catalog()
    assert {SOURCE, "acs_tracts", "csde_accountability", "boundaries_towns"} <= set(
        fetchable(catalog)
    )


@pytest.fixture
def command(
    catalog: Catalog, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """`c2c fetch`, with the publisher on loopback."""

    def local(name: str, raw: Path, *, year: int | None = None) -> object:
        return fetch(name, raw, year=year, catalog=catalog, make_client=make_client)

    monkeypatch.setattr(run, "fetch", local)
    return lambda *words: CliRunner(env={"COLUMNS": "400"}).invoke(app, ["fetch", *words])


TABLE = "/data/2022/acs/acs5"
RENAMED = ["B14005_001X", *HEADER[1:], "GEO_ID", "NAME"]


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (Answer(b"slow down", "text/plain", 429), 1, "429 Too Many Requests"),
        (Answer(b"", "text/plain", 429, {"Retry-After": "3600"}), 1, "asks to wait"),
        (Answer(b"down", "text/plain", 500), 1, "500 Internal Server Error"),
        (Answer(b'[["NAME"', "application/json", length=900), 1, "is cut off"),
        (Answer(b'[["NAME"', "application/json"), 1, "does not read as JSON"),
        (Answer(b"<html>busy</html>", "text/html"), 1, "another kind than expected"),
        (Answer(b"", "", 302, {"Location": "/missing_key.html"}), 2, "does not take the key"),
        (as_json([]), 2, "the answer has no rows"),
        (as_json([RENAMED, row("0400000US09", "Connecticut")]), 2, "B14005_001E"),
    ],
)
def test_whatever_goes_wrong_folder_and_store_stay_as_they_were(
    published: Publisher,
    command: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    code: int,
    words: str,
) -> None:
    raw, store = tmp_path / "raw", tmp_path / "store"
    shutil.copytree(store_folder(), store)
    monkeypatch.setenv("C2C_STORE", str(store))
    asked = [SOURCE, "--raw", str(raw), "--year", "2022"]
    assert command(*asked).exit_code == 0
    files = [raw / FILE, *store.iterdir()]
    before = [file.read_bytes() for file in files]

    published.says(TABLE, answer)
    result = command(*asked)

    assert result.exit_code == code, result.output
    assert words in " ".join(result.output.split())
    assert "Traceback" not in result.output
    assert [file.read_bytes() for file in files] == before


@pytest.mark.usefixtures("published")
def test_the_command_says_what_it_did_and_what_is_next(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    result = command(SOURCE, "--raw", str(tmp_path), "--year", "2022")
    assert result.exit_code == 0, result.output
    assert "new; 170 rows, 510 figures" in result.output
    assert f"--source {SOURCE}" in result.output


def test_no_key_is_exit_code_2_and_no_network_is_exit_code_1(
    publisher: Publisher,
    command: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publisher.says("/data/2022/acs/acs5", Answer(b"", "text/plain", 503))
    result = command(SOURCE, "--raw", str(tmp_path), "--year", "2022")
    assert result.exit_code == 1
    assert "503 Service Unavailable" in result.output
    monkeypatch.delenv("CENSUS_API_KEY")
    result = command(SOURCE, "--raw", str(tmp_path), "--year", "2022")
    assert result.exit_code == 2
    assert "CENSUS_API_KEY" in result.output
    assert "Traceback" not in result.output


def test_the_error_of_a_publisher_leaves_the_list_readable(
    publisher: Publisher, catalog: Catalog, tmp_path: Path, make_client: MakeClient
) -> None:
    publisher.says("/data/2022/acs/acs5", Answer(b"", "text/plain", 503))
    with pytest.raises(FetchError):
        fetch(SOURCE, tmp_path, year=2022, catalog=catalog, make_client=make_client)
    assert Manifest.read(tmp_path).files == {}
