"""Broken exports: `c2c ingest` tells all problems in a table and leaves the store as it was.

Every case breaks one of three small reports that read well, in one or more ways that happen:
a publisher's change, a spreadsheet program's help, a download that ended too early.
"""

import csv
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from c2c_lib.catalog import load_catalog
from c2c_lib.cli import app
from c2c_lib.observations import load_observations
from c2c_lib.sources import accountability, ingest
from c2c_lib.sources.base import RawFile

Export = Callable[[str, str | bytes], RawFile]

ABSENCE = "chronic-absenteeism-district/raw/chronic-absenteeism__2018-19_race.csv"
ABSENCE_TEXT = (
    '"Chronic Absenteeism, 2018-19"\n"All Districts, Race/Ethnicity"\n\n'
    '"District","District Code","Race/Ethnicity","Student Count","%"\n'
    '"Bridgeport School District","=""0150011""","Hispanic/Latino of any race",2250,21.0\n'
    '"Bridgeport School District","=""0150011""","Asian",25,*\n'
    '"Norwalk School District","=""1030011""","White",120,4.9\n'
)
GRADUATION = "four-year-graduation-district/raw/four-year-graduation-rates__2018-19_race_grad.csv"
GRADUATION_TEXT = (
    '"Four-Year Graduation Rates, 2018-19"\n"All Districts, Race/Ethnicity"\n\n'
    '"","","","","Graduates",\n'
    '"District","District Code","Race/Ethnicity","Four-Year Cohort Count","Graduation Count",'
    '"Graduation Rate"\n'
    '"Bridgeport School District","=""0150011""","White",250,200,80.0\n'
    '"Norwalk School District","=""1030011""","White",350,322,92.0\n'
)
STATE_FILE = "next-generation-accountability/nextgenacct.csv"


def state_results() -> str:
    """The state's file of results, with a figure or none in every column that is read."""
    columns = list(accountability._COLUMNS)
    given = {"Ind4Rate": "0.158", "Ind8Rate": "0.889", "schoolyear": "2024-25"}
    rows = [
        {"RptngDistrictName": name, "ReportingDistrictCode": code, "Category": category, **given}
        for name, code, category in (
            ("State of Connecticut", '="0000000"', "StateTot"),
            ("Bridgeport School District", '="0150011"', "DistrictTot"),
        )
    ]
    lines = [columns, *([row.get(column, ".") for column in columns] for row in rows)]
    cells = [",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    return '"Next Generation Accountability, 2024-25"\n\n' + "\n".join(cells) + "\n"


GOOD = {
    "edsight_chronic_absence": (ABSENCE, ABSENCE_TEXT),
    "edsight_graduation_4yr": (GRADUATION, GRADUATION_TEXT),
    "csde_accountability": (STATE_FILE, state_results()),
}


@dataclass
class Desk:
    """An analyst's desk: a raw folder, a store made from good exports, and the command line."""

    raw: Path
    store: Path
    export: Export

    def put(self, source: str, content: str | bytes) -> str:
        file = GOOD[source][0]
        self.export(f"raw/{file}", content)
        return file

    def ingest(self, source: str, *further: str) -> Result:
        words = ["ingest", "--raw", str(self.raw), "--source", source, "--store", str(self.store)]
        return CliRunner().invoke(app, [*words, *further])

    def content(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.store.iterdir()}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder of three good reports, and the store that is made from them."""
    folder = tmp_path_factory.mktemp("good")
    for file, text in GOOD.values():
        (folder / "raw" / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / "raw" / file).write_text(text, encoding="utf-8", newline="")
    ingest(folder / "raw", folder / "store", sources=list(GOOD))
    return folder


@pytest.fixture
def desk(good: Path, tmp_path: Path, export: Export) -> Desk:
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path / "raw", tmp_path / "store", export)


def rows_of(result: Result, tmp_path: Path) -> list[dict[str, str]]:
    """Return the table of problems as data, which `--problems` writes."""
    with (tmp_path / "problems.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert f"{len(rows)} problem" in result.output
    for row in rows:
        assert row["problem"] in result.output
        assert row["value"] in result.output
    return rows


CASES = {
    "renamed column": (
        "edsight_chronic_absence",
        lambda text: text.replace('"Student Count"', '"Pupil Count"'),
        [("5?4", "unknown column", "Pupil Count")],
    ),
    "missing column": (
        "csde_accountability",
        lambda text: text.replace('"Ind8Rate"', '"Ind8 Rate"'),
        [("3", "a column is missing", "Ind8Rate")],
    ),
    "new group label": (
        "edsight_chronic_absence",
        lambda text: text.replace('"Asian"', '"Asian or Pacific Islander"'),
        [("6", "unknown label for race_ethnicity", "Asian or Pacific Islander")],
    ),
    "percent above 100": (
        "edsight_chronic_absence",
        lambda text: text.replace("21.0", "210"),
        [("5", "the cell does not read", "210")],
    ),
    "negative percent": (
        "edsight_graduation_4yr",
        lambda text: text.replace("80.0", "-80.0"),
        [("6", "the cell does not read", "-80.0")],
    ),
    "percent where a share is expected": (
        "csde_accountability",
        lambda text: text.replace('"0.158"', '"15.8"', 1),
        [("4", "the number is out of range", "15.8")],
    ),
    "share where a percent is expected": (
        "edsight_graduation_4yr",
        lambda text: text.replace("80.0", "0.800"),
        [("6", "the printed counts do not give the printed percent", "200 of 250, 0.8")],
    ),
    "numerator above its denominator": (
        "edsight_graduation_4yr",
        lambda text: text.replace("250,200", "200,250"),
        [("6", "the numerator is above the denominator", "250 of 200")],
    ),
    "district that changed its code": (
        "edsight_graduation_4yr",
        lambda text: text.replace("1030011", "1030099"),
        [("7", "the code does not belong to Norwalk School District", "1030099")],
    ),
    "district that changed its name": (
        "edsight_graduation_4yr",
        lambda text: text.replace("Norwalk School District", "Norwalk Public Schools"),
        [("7", "unknown district", "Norwalk Public Schools (1030011)")],
    ),
    "leading zeros lost": (
        "csde_accountability",
        lambda text: text.replace('=""0150011""', "150011"),
        [("5", "the code does not belong to Bridgeport School District", "150011")],
    ),
    "a date made of a group": (
        "edsight_chronic_absence",
        lambda text: text.replace('"Asian"', "5-Jun"),
        [("6", "unknown label for race_ethnicity", "5-Jun")],
    ),
    "a number in German": (
        "edsight_chronic_absence",
        lambda text: text.replace("21.0", '"21,0"'),
        [("5", "the cell does not read", "21,0")],
    ),
    "the wrong export": (
        "edsight_chronic_absence",
        lambda text: text.replace("Chronic Absenteeism, 2018-19", "Suspension Rates, 2018-19"),
        [("1", "", "Suspension Rates")],
    ),
    "a figure twice, with different values": (
        "edsight_chronic_absence",
        lambda text: text + text.splitlines()[-1].replace("4.9", "5.9") + "\n",
        [("", "more than once, with different values", "0.049 (published), 0.059 (published)")],
    ),
    "empty file": (
        "edsight_chronic_absence",
        lambda _: "",
        [("", "the file is empty", "")],
    ),
    "headings only": (
        "edsight_graduation_4yr",
        lambda text: "".join(text.splitlines(keepends=True)[:5]),
        [("5", "no rows follow the header", "")],
    ),
    "cut off in a row": (
        "edsight_graduation_4yr",
        lambda text: text[: text.rindex(",322")],
        [("7", "different numbers of cells", "")],
    ),
    "cut off in a quoted cell": (
        "csde_accountability",
        lambda text: text[: text.rindex("Bridgeport") + 4],
        [("", "does not read as a comma-separated file", "")],
    ),
    "cut off above the header": (
        "edsight_graduation_4yr",
        lambda text: text[:40],
        [("", "no header line", "")],
    ),
    "a web page": (
        "edsight_chronic_absence",
        lambda _: "<!DOCTYPE html>\n<html><title>Sign in</title></html>",
        [("1", "the file is a web page, not a table", "<!DOCTYPE html>")],
    ),
    "cp1252": (
        "csde_accountability",
        lambda text: text.replace("Bridgeport", "Bridgéport").encode("cp1252"),
        [("5", "the file is not UTF-8 text", "Bridgéport")],
    ),
    "UTF-16": (
        "edsight_chronic_absence",
        lambda text: text.encode("utf-16"),
        [("", "the file is not UTF-8 text", "UTF-16")],
    ),
    "UTF-16 without a mark": (
        "csde_accountability",
        lambda text: text.encode("utf-16-le"),
        [("", "the file is not UTF-8 text", "UTF-16")],
    ),
    "several faults at once": (
        "edsight_chronic_absence",
        lambda text: (
            text.replace("21.0", "210")
            .replace('"Asian"', '"Asiatic"')
            .replace("1030011", "1030099")
        ),
        [
            ("5", "the cell does not read", "210"),
            ("6", "unknown label", "Asiatic"),
            ("7", "the code does not belong", "1030099"),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_export_is_told_in_full_and_the_store_stays(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    source, spoil, expected = CASES[name]
    file = desk.put(source, spoil(GOOD[source][1]))
    before = desk.content()
    result = desk.ingest(source, "--problems", str(tmp_path / "problems.csv"))
    assert result.exit_code == 2, result.output
    assert desk.content() == before
    assert "Traceback" not in result.output
    rows = rows_of(result, tmp_path)
    for line, problem, value in expected:
        fits = [row for row in rows if problem in row["problem"] and value in row["value"]]
        assert fits, (problem, value, rows)
        assert file in fits[0]["file"]
        if line:
            assert fits[0]["line"] in line.split("?"), rows
    assert all(row["allowed"] or row["remedy"] for row in rows)


HARMLESS = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "line ends of old Macs": lambda text: text.replace("\n", "\r"),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "no line end at the end": lambda text: text.rstrip("\n"),
    "blank lines at the end": lambda text: text + "\n\n",
    "codes without their zeros": lambda text: text.replace('"=""0150011"""', "150011"),
    "the same row twice": lambda text: text + text.splitlines()[-1] + "\n",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_only_spelled_differently_gives_the_same_figures(desk: Desk, name: str) -> None:
    before = load_observations(desk.store)
    desk.put("edsight_chronic_absence", HARMLESS[name](ABSENCE_TEXT))
    result = desk.ingest("edsight_chronic_absence")
    assert result.exit_code == 0, result.output
    assert "0 figures are new, 0 have another value, 0 are gone" in result.output
    assert load_observations(desk.store).equals(before)


def test_shares_in_a_whole_report_are_found_without_counts(desk: Desk, tmp_path: Path) -> None:
    head = "".join(ABSENCE_TEXT.splitlines(keepends=True)[:4]).replace('"Race/Ethnicity",', "")
    head = head.replace("All Districts, Race/Ethnicity", "All Districts, All Students")
    districts = [p for p in load_catalog().places if p.geo_level == "district"][:30]
    rows = [f'"{p.name}","=""{p.geo_id}""",{40 + i},0.1{i:02d}\n' for i, p in enumerate(districts)]
    desk.put("edsight_chronic_absence", head + "".join(rows))
    result = desk.ingest("edsight_chronic_absence", "--problems", str(tmp_path / "problems.csv"))
    assert result.exit_code == 2
    (row,) = rows_of(result, tmp_path)
    assert "look like shares" in row["problem"]
    assert row["value"] == "30 figures, none above 0.13 %"


def test_an_export_cut_off_between_two_rows_is_seen_by_what_is_gone(desk: Desk) -> None:
    desk.put("edsight_chronic_absence", "".join(ABSENCE_TEXT.splitlines(keepends=True)[:-1]))
    result = desk.ingest("edsight_chronic_absence", "--dry-run")
    assert result.exit_code == 0
    assert "1 are gone" in result.output
    assert "may be cut off" in result.output


def test_a_file_far_larger_than_any_export_is_not_even_read(desk: Desk, tmp_path: Path) -> None:
    file = desk.put("edsight_chronic_absence", ABSENCE_TEXT)
    path = desk.raw / file
    with path.open("r+b") as stream:
        stream.truncate(300 * 2**20)  # sparse: the disk holds nothing of it
    before = desk.content()
    result = desk.ingest("edsight_chronic_absence", "--problems", str(tmp_path / "problems.csv"))
    assert result.exit_code == 2
    (row,) = rows_of(result, tmp_path)
    assert (row["file"], row["value"], row["allowed"]) == (file, "300 MB", "up to 64 MB")
    assert desk.content() == before


def test_a_reader_that_breaks_does_not_hide_the_other_reports(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Ind99Rate")

    monkeypatch.setattr(accountability, "read", broken)
    desk.put("edsight_chronic_absence", ABSENCE_TEXT.replace("21.0", "210"))
    result = desk.ingest(
        "csde_accountability",
        *("--source", "edsight_chronic_absence", "--problems", str(tmp_path / "problems.csv")),
    )
    assert result.exit_code == 2
    rows = rows_of(result, tmp_path)
    assert {row["file"] for row in rows} == {STATE_FILE, ABSENCE}
    (broke,) = [row for row in rows if row["file"] == STATE_FILE]
    assert "broke: KeyError: 'Ind99Rate'" in broke["problem"]
    assert broke["value"].startswith("test_bad_input.py:")


def test_a_file_that_may_not_be_read_is_a_problem_of_that_file(desk: Desk, tmp_path: Path) -> None:
    if sys.platform == "win32" or os.geteuid() == 0:
        pytest.skip("this user may read every file")
    (desk.raw / desk.put("edsight_chronic_absence", ABSENCE_TEXT)).chmod(0)
    result = desk.ingest("edsight_chronic_absence", "--problems", str(tmp_path / "problems.csv"))
    assert result.exit_code == 2
    assert "Permission" in rows_of(result, tmp_path)[0]["problem"]


@pytest.mark.thorough
def test_thousands_of_problems_are_told_in_time(desk: Desk, tmp_path: Path) -> None:
    head = "".join(ABSENCE_TEXT.splitlines(keepends=True)[:4])
    rows = [f'"Nowhere {n} School District","=""0150011""","Asian",25,{n}\n' for n in range(2_000)]
    desk.put("edsight_chronic_absence", head + "".join(rows))
    result = desk.ingest("edsight_chronic_absence", "--problems", str(tmp_path / "problems.csv"))
    assert result.exit_code == 2
    assert "2,000 problems" in result.output
    assert "and 1,500 further ones" in result.output
    with (tmp_path / "problems.csv").open(encoding="utf-8") as stream:
        assert sum(1 for _ in stream) == 2_001
