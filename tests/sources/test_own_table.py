"""A partnership's own table: the worked example, and everything that can be wrong with one."""

import dataclasses
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from c2c_lib.catalog import load_catalog
from c2c_lib.catalog.loader import shipped_catalog
from c2c_lib.cli import app
from c2c_lib.errors import InputError, Problems
from c2c_lib.observations import load_observations, write_store
from c2c_lib.observations.store import packaged_store
from c2c_lib.privacy import Rules, publishable
from c2c_lib.sources import ingest
from c2c_lib.sources.own_mapping import read_mapping
from c2c_lib.sources.own_store import ingest_table
from c2c_lib.sources.own_table import read_own_table

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SOURCE = "lakeview_reading"
Spoil = Callable[[str, str], Path]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the worked example to spoil."""
    for name in ("lakeview.csv", "lakeview.yml"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    return tmp_path


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(desk: Path) -> list[dict[str, str]]:
    with pytest.raises(InputError) as caught:
        ingest_table(desk / "lakeview.csv", desk / "lakeview.yml", desk / "store")
    assert not (desk / "store").exists()
    return [
        {"where": p.where, "what": p.what, "value": p.value, "column": p.column}
        | {"allowed": p.allowed, "remedy": p.remedy}
        for p in caught.value.problems
    ]


def only_problem(desk: Path) -> dict[str, str]:
    (problem,) = problems_of(desk)
    return problem


def figure(frame: pd.DataFrame, **key: str) -> dict[str, Any]:
    for column, value in key.items():
        frame = frame[frame[column] == value]
    (row,) = frame.to_dict("records")
    return row


def test_the_worked_example(tmp_path: Path) -> None:
    report = ingest_table(EXAMPLES / "lakeview.csv", EXAMPLES / "lakeview.yml", tmp_path / "store")
    assert (report.read, report.kept, report.duplicates, report.total) == (11, 11, 0, 11)
    frame = load_observations(tmp_path / "store")
    row = figure(frame, geo_id="2743100000", period="2023-24")
    assert (row["estimate"], row["numerator"], row["denominator"]) == (0.68, 1020.0, 1500.0)
    hidden = figure(frame, group="asian")
    assert hidden["status"] == "suppressed_by_source"
    assert all(pd.isna(hidden[name]) for name in ("estimate", "numerator", "denominator", "moe90"))
    missing = figure(frame, geo_id="2743100000", period="2022-23")
    assert missing["status"] == "not_collected"
    assert set(frame["source"]) == {SOURCE}


def test_the_commands_of_the_documentation_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project_root: Path
) -> None:
    text = (project_root / "docs" / "own-table.md").read_text(encoding="utf-8")
    (command,) = [
        line for line in text.splitlines() if "--store my-store" in line and "docs/" in line
    ]
    monkeypatch.chdir(tmp_path)
    words = [
        str(project_root / word) if word.startswith("docs/") else word
        for word in command.split()[1:]
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "11 figures read, 11 kept" in result.output
    assert (tmp_path / "my-store" / "catalog.yml").is_file()


def test_the_catalog_knows_the_table_while_its_store_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest_table(EXAMPLES / "lakeview.csv", EXAMPLES / "lakeview.yml", tmp_path / "store")
    assert SOURCE not in load_catalog().sources
    monkeypatch.setenv("C2C_STORE", str(tmp_path / "store"))
    catalog = load_catalog()
    assert load_catalog() is catalog
    assert catalog.indicator("grade3_reading_aloud").sources == (SOURCE,)
    assert catalog.indicator("grade3_ela_proficient").sources[-1] == SOURCE
    assert catalog.slug("town", "2743000000") == "lakeview"
    frame = publishable(load_observations(), Rules(), catalog).frame
    assert len(frame) == 11
    monkeypatch.delenv("C2C_STORE")
    assert load_catalog() is shipped_catalog()


@pytest.fixture
def small(tmp_path: Path) -> pd.DataFrame:
    """A store with one published indicator of the four cities and the state."""
    shipped = load_observations(packaged_store())
    cities = ["0150011", "1030011", "1350011", "1510011", "09"]
    rows = shipped["indicator"].eq("grade3_ela_proficient") & shipped["geo_id"].isin(cities)
    write_store(shipped[rows], tmp_path / "store")
    return load_observations(tmp_path / "store")


def test_a_table_is_added_to_a_store_and_replaced_by_its_next_edition(
    desk: Path, small: pd.DataFrame
) -> None:
    table, mapping, store = desk / "lakeview.csv", desk / "lakeview.yml", desk / "store"
    first = ingest_table(table, mapping, store, merge=True)
    assert (first.total, first.kept) == (len(small) + 11, 11)
    spoil(table, "Lakeview,2024,Reading aloud,Everyone,Everyone,231,391,59.1\n", "")
    spoil(table, "118,232,50.9", "120,232,51.7")
    second = ingest_table(table, mapping, store, merge=True)
    assert (second.total, second.kept) == (len(small) + 10, 10)
    assert second.changes is not None
    assert (second.changes.added, second.changes.revised, second.changes.gone) == (0, 1, 1)


def test_an_empty_folder_is_filled_with_what_ships_first(desk: Path) -> None:
    words = (desk / "lakeview.csv", desk / "lakeview.yml", desk / "store")
    report = ingest_table(*words, merge=True, dry_run=True)
    assert report.total == len(load_observations(packaged_store())) + 11


def test_a_publishers_report_wins_over_a_table(desk: Path, small: pd.DataFrame) -> None:
    spoil(desk / "lakeview.yml", '"2023": 2022-23', '"2019": 2018-19\n    "2023": 2022-23')
    spoil(desk / "lakeview.yml", "geo_level: town", "geo_level: district")
    head = (desk / "lakeview.csv").read_text(encoding="utf-8").splitlines()[0]
    line = "1030011,2019,Third-grade English,Everyone,Everyone,1,2,50"
    (desk / "lakeview.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    report = ingest_table(desk / "lakeview.csv", desk / "lakeview.yml", desk / "store", merge=True)
    assert (report.read, report.kept, report.duplicates) == (1, 0, 1)
    pd.testing.assert_frame_equal(load_observations(desk / "store"), small)


def test_a_full_ingest_keeps_tables_of_ones_own(
    desk: Path, small: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = desk / "store"
    ingest_table(desk / "lakeview.csv", desk / "lakeview.yml", store, merge=True)
    monkeypatch.setenv("C2C_STORE", str(store))
    whole = load_catalog()
    narrow = dataclasses.replace(whole, sources={SOURCE: whole.source(SOURCE)})
    (desk / "raw").mkdir()
    report = ingest(desk / "raw", store, narrow)
    assert report.kept == {SOURCE: 11}
    assert report.changes is not None
    assert report.changes.gone == len(small)


def test_the_store_that_ships_is_never_written_to() -> None:
    with pytest.raises(InputError, match="not written into the store that ships"):
        ingest_table(EXAMPLES / "lakeview.csv", EXAMPLES / "lakeview.yml", packaged_store())


def test_a_trial_run_writes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    report = ingest_table(EXAMPLES / "lakeview.csv", EXAMPLES / "lakeview.yml", store, dry_run=True)
    assert report.store is None
    assert not store.exists()


TABLE_FAULTS = [
    ("55.2", "155.2", ":2", "out of range", "155.2", "On track (%)"),
    ("55.2", "55,2", ":2", "different number", "", ""),
    ("55.2", '"55,2"', ":2", "does not read as a number", "55,2", "On track (%)"),
    ("55.2", "", ":2", "does not read as a number", "an empty cell", "On track (%)"),
    ("212,384", "384,212", ":2", "numerator is above", "384 of 212", "On track"),
    ("212,384", "112,384", ":2", "counts do not give", "112 of 384, 55.2 %", "On track (%)"),
    ("212,384", "212.5,384", ":2", "not a whole number", "212.5", "On track"),
    ("Lakeview,2023,Reading aloud,Everyone", "Lake View,2023,Reading aloud,Everyone", ":2",
     "unknown town", "Lake View", "Town"),
    ("ethnicity,Black", "ethnicity,Blak", ":4", "unknown group", "Blak", "Children"),
    ("Race or ethnicity,Black", "Race,Black", ":4", "unknown dimension", "Race", "Breakdown"),
    (",Third-grade English", ",English", ":10", "unknown indicator", "English", "Check"),
    ("Stone Creek,2024", "Stone Creek,2024-2025", ":12", "", "", ""),
    ("Stone Creek,2024", "Stone Creek,24", ":12", "period is '24'", "24", "School year"),
    ("On track (%)", "On track", ":1", "a column is missing", "On track (%)", ""),
    ("Town,", "Town ,", "", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "what", "value", "column"), TABLE_FAULTS)
def test_a_fault_in_the_table_is_told_with_its_line(
    desk: Path, old: str, new: str, where: str, what: str, value: str, column: str
) -> None:
    spoil(desk / "lakeview.csv", old, new)
    if not what:  # only spelled differently
        assert ingest_table(desk / "lakeview.csv", desk / "lakeview.yml", None).read == 11
        return
    found = problems_of(desk)
    told = [p for p in found if what.replace("different number", "cut short") in p["what"]]
    assert told, found
    assert told[0]["where"] == f"lakeview.csv{where}"
    assert value in told[0]["value"]
    assert told[0]["column"] == column
    assert told[0]["allowed"] or told[0]["remedy"]


def test_a_rate_where_a_share_is_expected_is_told_with_the_remedy(desk: Path) -> None:
    spoil(desk / "lakeview.yml", "estimate: percent", "estimate: share")
    found = problems_of(desk)
    assert {problem["allowed"] for problem in found} == {"0 to 1"}
    assert "say `estimate: percent`" in found[0]["remedy"]


def test_numbers_where_shares_are_expected_are_told(desk: Path) -> None:
    spoil(desk / "lakeview.yml", "estimate: percent", "estimate: number")
    found = problems_of(desk)
    assert {problem["allowed"] for problem in found} == {"percent or share"}


def test_the_same_figure_twice_with_other_values_is_told_with_both_lines(desk: Path) -> None:
    with (desk / "lakeview.csv").open("a", encoding="utf-8") as stream:
        stream.write("Lakeview,2023,Reading aloud,Everyone,Everyone,213,384,55.5\n")
        stream.write("Lakeview,2024,Reading aloud,Everyone,Everyone,231,391,59.1\n")
    problem = only_problem(desk)
    assert problem["where"] == "lakeview.csv:2 and lakeview.csv:13"
    assert problem["value"] == "0.552 (published), 0.555 (published)"


def test_lost_zeros_of_a_code_are_recognised(desk: Path) -> None:
    spoil(desk / "lakeview.yml", 'geo_id: "2743000000"', 'geo_id: "0143000000"')
    spoil(desk / "lakeview.csv", "Lakeview,2023", "143000000,2023")
    problem = only_problem(desk)
    assert "leading zeros of 0143000000 are lost" in problem["remedy"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b"Town,School year,Check,Breakdown,Children,On track,Checked,On track (%)\n", "no rows"),
        ("Town,Añ".encode("cp1252"), "does not read as utf-8"),
        (b'Town,"School', "does not read as utf-8"),
    ],
)
def test_a_file_that_is_no_table_is_told(desk: Path, content: bytes, what: str) -> None:
    (desk / "lakeview.csv").write_bytes(content)
    assert what in only_problem(desk)["what"]


def test_a_missing_table_is_told_without_the_machines_path(desk: Path) -> None:
    (desk / "lakeview.csv").unlink()
    problem = only_problem(desk)
    assert (problem["where"], "No such file" in problem["what"]) == ("lakeview.csv", True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_other_encodings_and_delimiters_are_read_when_the_mapping_names_them(
    desk: Path, encoding: str, delimiter: str
) -> None:
    table = pd.read_csv(desk / "lakeview.csv", dtype=str, keep_default_na=False)
    table.loc[0, "Children"] = "Señales"
    table.to_csv(
        desk / "lakeview.csv", sep=delimiter, encoding=encoding, index=False, lineterminator="\r\n"
    )
    name = encoding.removesuffix("-sig")
    spoil(
        desk / "lakeview.yml", "estimate:", f'encoding: {name}\ndelimiter: "{delimiter}"\nestimate:'
    )
    spoil(desk / "lakeview.yml", "    Latino:", "    Señales: all\n    Latino:")
    report = ingest_table(desk / "lakeview.csv", desk / "lakeview.yml", None)
    assert report.read == 11


MAPPING_FAULTS = [
    ("estimate: percent", "estimate: percents", "estimate", "percents"),
    ("  place: Town", "  plcae: Town", "", "did you mean 'place'"),
    ("constants:\n", "constants:\n  period: 2023-24\n", "", "in both `columns` and"),
    ("constants:\n", "constants:\n  estimate: '5'\n", "constants", "`constants` can name"),
    ("constants:\n  geo_level: town", "", "", "geo_level: town` under `constants`"),
    ("  licence: CC-BY-4.0\n", "", "source.licence", "Its licence, such as"),
    ("    definition:\n", "    defined:\n", "indicators.0.definition", "docs/own-table.md"),
    ("  estimate: On track (%)\n", "", "", "estimate is expected to stand in `columns`"),
    ("  denominator: Checked", "  denominator: On track", "", "the same column"),
    ('"*": suppressed_by_source', '"*": hidden', "missing.*", "hidden"),
    ('"*": suppressed_by_source', '"*": published', "missing.*", "published"),
    ("  licence: CC-BY-4.0", "  license: CC-BY-4.0", "source.license", "did you mean 'licence'"),
    ("unit: share", "unit: percent", "indicators.0.unit", "percent"),
    ("outcomes: [early_grade_reading]", "outcomes: [early_reading]", "outcomes", "early_reading"),
    ("id: grade3_reading_aloud", "id: graduation_4yr", "", "catalog has this indicator already"),
    ('geo_id: "2743000000"', 'geo_id: "0900156060"', "", "catalog has this town already"),
    ('geo_id: "2743000000"', 'geo_id: "27430"', "places.0", "expected to look like"),
    ('retrieved: "2024-08-01"', "retrieved: 2024", "source.retrieved", "Put it in quotes"),
    (
        "source:\n  id: lakeview_reading",
        "source:\n  id: edsight_sat",
        "",
        "has this source already",
    ),
    ("  indicator:\n    Reading", "  indicator: 5\n  x:\n    Reading", "labels.indicator", ""),
]


@pytest.mark.parametrize(("old", "new", "column", "words"), MAPPING_FAULTS)
def test_a_fault_in_the_mapping_is_told_with_its_line(
    desk: Path, old: str, new: str, column: str, words: str
) -> None:
    spoil(desk / "lakeview.yml", old, new)
    found = problems_of(desk)
    told = [p for p in found if column in p["column"] and words in " ".join(p.values())]
    assert told, found
    assert "lakeview.yml" in told[0]["where"]


def test_groups_without_a_dimension_are_told_what_is_missing(desk: Path) -> None:
    spoil(desk / "lakeview.yml", "  dimension: Breakdown\n", "")
    spoil(desk / "lakeview.yml", "  dimension:\n    Everyone: all\n", "  dimension:\n")
    found = [p for p in problems_of(desk) if p["what"] == "unknown group"]
    assert found
    assert all("`dimension` under `columns`" in problem["remedy"] for problem in found)


def test_a_mapping_in_the_working_directory_is_named_without_a_folder(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    spoil(desk / "lakeview.yml", "estimate: percent", "estimate: percents")
    with pytest.raises(InputError) as raised:
        ingest_table(Path("lakeview.csv"), Path("lakeview.yml"), None)
    assert raised.value.problems[0].where.startswith("lakeview.yml:")


def test_a_mapping_that_is_not_there_or_no_yaml_is_told(desk: Path) -> None:
    (desk / "lakeview.yml").write_text("a: [", encoding="utf-8")
    assert "YAML" in only_problem(desk)["what"]
    (desk / "lakeview.yml").unlink()
    assert "No such file" in only_problem(desk)["what"]


def test_all_faults_of_mapping_and_table_are_in_the_table_of_problems(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(desk / "lakeview.csv", "55.2", "155.2")
    spoil(desk / "lakeview.csv", "Black", "Blak")
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(
        app, ["ingest", "--table", "lakeview.csv", "--mapping", "lakeview.yml", "--store", "s"]
    )
    assert result.exit_code == 2
    assert "2 problems with the input" in result.output
    assert "did you mean 'Black'" in result.output
    assert not (desk / "s").exists()


@given(
    percents=st.lists(
        st.integers(0, 1000).map(lambda tenths: f"{tenths / 10:.1f}"), min_size=1, max_size=30
    )
)
def test_every_printed_percent_is_a_share_of_the_same_digits(
    tmp_path_factory: pytest.TempPathFactory, percents: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("table")
    mapping = yaml.safe_load((EXAMPLES / "lakeview.yml").read_text(encoding="utf-8"))
    mapping["columns"] = {"period": "year", "estimate": "percent"}
    mapping["constants"] = {
        "indicator": "grade3_reading_aloud",
        "geo_level": "town",
        "place": "Lakeview",
    }
    (folder / "m.yml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    rows = "".join(f"{2000 + n},{percent}\n" for n, percent in enumerate(percents))
    (folder / "t.csv").write_text("year,percent\n" + rows, encoding="utf-8")
    problems = Problems()
    read, catalog = read_mapping(folder / "m.yml", shipped_catalog(), problems)
    assert read is not None
    frame = read_own_table(folder / "t.csv", read, catalog, problems)
    assert list(problems) == []
    assert [round(value * 100, 9) for value in frame["estimate"]] == [float(p) for p in percents]
    assert frame["estimate"].tolist() == [float(f"{p[:-2]}{p[-1]}e-3") for p in percents]
    shutil.rmtree(folder)


MANY = """
import sys
from pathlib import Path
from c2c_lib.errors import InputError
from c2c_lib.sources.own_store import ingest_table
table, mapping, rows = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
with table.open("w", encoding="utf-8") as stream:
    stream.write("place,period,percent,n,of\\n")
    for number in range(rows):
        year, part = 1000 + number % 9000, number % 100
        stream.write(f"27{number // 9000:08d},{year},{part}.0,{part},100\\n")
try:
    ingest_table(table, mapping, None)
except InputError as error:
    print(len(error.problems), error.problems[-1].value)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits there")
@pytest.mark.parametrize("rows", [20_000, pytest.param(200_000, marks=pytest.mark.thorough)])
def test_a_long_table_is_read_piece_by_piece(tmp_path: Path, rows: int) -> None:
    mapping = yaml.safe_load((EXAMPLES / "lakeview.yml").read_text(encoding="utf-8"))
    names = {"place": "place", "period": "period", "estimate": "percent"}
    mapping["columns"] = {**names, "numerator": "n", "denominator": "of"}
    mapping["constants"] = {"indicator": "grade3_reading_aloud", "geo_level": "town"}
    (tmp_path / "m.yml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    words = [sys.executable, "-c", MANY, str(tmp_path / "t.csv"), str(tmp_path / "m.yml")]
    done = subprocess.run(
        [*words, str(rows)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    # No town of the table is known: each is told once, by its first line.
    assert done.stdout.split()[0] == str(rows // 9000 + 1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert peak < 2 * 2**30
