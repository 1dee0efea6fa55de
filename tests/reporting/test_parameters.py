from __future__ import annotations

from typing import Any

import pytest

from c2c_lib.errors import Problems
from c2c_lib.reporting.parameters import check_parameters, read_parameters


def cell(source: str | list[str], *tags: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}


def test_reads_one_quoted_slug_per_line_whatever_stands_behind_it() -> None:
    lines = ['city = "norwalk"  # which "city" = this\n', "language = 'es'"]
    notebook = {"cells": [cell("x = 1"), cell(lines, "other", "parameters")]}
    problems = Problems()

    assert read_parameters(notebook, "a.ipynb", problems) == {"city": "norwalk", "language": "es"}
    assert len(problems) == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("citi = 'norwalk'", "did you mean 'city'"),
        ("edition = '2026'", "belongs in the city's file"),
        ("city = 'nor' + 'walk'", "more than assignments"),
        ("city = 3", "more than assignments"),
        ("import os\ncity = 'norwalk'", "more than assignments"),
        ("city = ", "does not read as Python"),
    ],
)
def test_refuses_everything_else(source: str, words: str) -> None:
    problems = Problems()
    read_parameters({"cells": [cell(source, "parameters")]}, "a.ipynb", problems)
    assert len(problems) == 1
    assert words in str(next(iter(problems)))


def test_a_notebook_without_the_cell_is_a_problem() -> None:
    problems = Problems()
    assert read_parameters({"cells": [cell("city = 'norwalk'")]}, "a.ipynb", problems) == {}
    assert "no cell is tagged 'parameters'" in str(next(iter(problems)))


def test_collects_every_wrong_value_with_the_nearest_right_one() -> None:
    problems = Problems()
    check_parameters(
        {"city": "norwlak", "language": "fr", "langauge": "en"},
        ["city", "language"],
        {"city": ["bridgeport", "norwalk"], "language": ["en", "es"]},
        "a.ipynb",
        problems,
    )
    assert [problem.remedy for problem in problems] == [
        "did you mean 'norwalk'?",
        "",
        "did you mean 'language'?",
    ]


def test_a_value_that_is_not_a_slug_never_reaches_a_notebook() -> None:
    problems = Problems()
    value = "norwalk'; import os"
    check_parameters({"city": value}, ["city"], {"city": [value]}, "a.ipynb", problems)
    assert len(problems) == 1
