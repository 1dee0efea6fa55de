"""The table of problems: whole in a pipe, folded on a terminal, every problem in a file."""

import csv
import io
from pathlib import Path

import pytest
from rich.console import Console

from c2c_lib.errors import Problem
from c2c_lib.sources.terminal import print_problems, write_problems

LONG = ", ".join(f"label {number}" for number in range(100))
PROBLEMS = [
    Problem(
        "folder/a file.csv:12", "unknown label", "[bold]Asiatic[/]", "Race", LONG, "Look again."
    ),
    Problem("folder/a file.csv", "the file is empty", remedy="Export it again."),
    Problem("a.csv:5 and a.csv:6", "more than once", "0.1, 0.2"),
    Problem("book.xlsx:Table 4!24", "no number", "x\ny"),
]


def printed(problems: list[Problem], *, terminal: bool = False) -> str:
    stream = io.StringIO()
    print_problems(Console(file=stream, force_terminal=terminal, width=80), problems)
    return stream.getvalue()


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_in_a_pipe_every_problem_is_one_line_with_every_word() -> None:
    lines = printed(PROBLEMS).splitlines()
    assert lines[0] == "4 problems with the input:"
    assert len(lines) == 2 + len(PROBLEMS)
    assert lines[1].split() == ["file", "line", "problem", "column", "value", "allowed", "remedy"]
    assert "folder/a file.csv  " in lines[2]
    assert lines[2].split()[2:5] == ["12", "unknown", "label"]
    assert "[bold]Asiatic[/]" in lines[2]
    assert "label 99" in lines[2]
    assert "5 and 6" in lines[4]
    assert "x y" in lines[5]


def test_one_problem_is_not_several() -> None:
    assert printed(PROBLEMS[:1]).startswith("1 problem with the input:\n")


def test_on_a_terminal_the_table_fits_its_width() -> None:
    lines = printed(PROBLEMS, terminal=True).splitlines()
    assert len(lines) > 10
    plain = io.StringIO()
    print_problems(Console(file=plain, force_terminal=True, no_color=True, width=80), PROBLEMS)
    visible = [
        line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in plain.getvalue().splitlines()
    ]
    assert max(map(len, visible)) <= 80


def test_of_very_many_problems_the_first_are_shown_and_the_others_counted() -> None:
    many = [Problem(f"a.csv:{number}", "wrong") for number in range(1_234)]
    text = printed(many)
    assert text.startswith("1,234 problems")
    assert text.count("wrong") == 500
    assert "... and 734 further ones" in text


def test_the_file_of_problems_holds_them_all(tmp_path: Path) -> None:
    write_problems(PROBLEMS, tmp_path / "problems.csv")
    rows = rows_of(tmp_path / "problems.csv")
    assert rows[0]["file"] == "folder/a file.csv"
    assert (rows[0]["line"], rows[0]["allowed"]) == ("12", LONG)
    assert (rows[2]["file"], rows[2]["line"]) == ("a.csv", "5 and 6")
    assert (rows[3]["file"], rows[3]["line"]) == ("book.xlsx:Table 4", "24")
    assert [row["value"] for row in rows] == [problem.value for problem in PROBLEMS]


@pytest.mark.parametrize("where", ["", "observations", "C2C_HOME", "https://api.census.gov:443"])
def test_a_place_without_a_line_has_none(tmp_path: Path, where: str) -> None:
    write_problems([Problem(where, "wrong")], tmp_path / "p.csv")
    (row,) = rows_of(tmp_path / "p.csv")
    assert (row["file"], row["line"]) == (where, "")
