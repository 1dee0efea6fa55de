from __future__ import annotations

import pickle

from c2c_lib.errors import Problem
from c2c_lib.reporting.failure import (
    BuildFailedError,
    CheckFailedError,
    Failure,
    describe,
    nearest_heading,
)

FAILURE = Failure(
    job="norwalk/report_card-en",
    city="norwalk",
    page="report_card",
    parameters={"city": "norwalk", "language": "en"},
    error_type="KeyError",
    message="\x1b[31m'rate'\x1b[0m\nmore",
    heading="Who is left out?",
    cell=9,
    source="\n".join(f"line {n}" for n in range(1, 31)),
    traceback=tuple(f"\x1b[0;32mframe {n}\x1b[0m" for n in range(1, 101)),
    notebook="build/failed/norwalk/report_card-en.ipynb",
)


def test_one_screen_says_everything_and_no_more() -> None:
    screen = describe(FAILURE)
    lines = screen.splitlines()
    assert len(lines) <= 45
    assert "\x1b" not in screen
    assert lines[0] == "norwalk/report_card-en failed: KeyError: 'rate'"
    for words in (
        "norwalk",
        "notebooks/report/report_card.ipynb",
        "Who is left out?",
        "city=norwalk, language=en",
        "| line 1",
        "... 18 more lines",
        "frame 100",
    ):
        assert words in screen
    assert "line 13" not in screen
    assert "frame 50" not in screen
    assert lines[-1].endswith("jupyter lab build/failed/norwalk/report_card-en.ipynb")


def test_errors_travel_between_processes_with_their_fields() -> None:
    failed = pickle.loads(pickle.dumps(BuildFailedError([FAILURE])))  # noqa: S301
    assert failed.failures == (FAILURE,)
    assert failed.exit_code == 1
    problem = Problem("index.html", "has no h1")
    checked = pickle.loads(pickle.dumps(CheckFailedError([problem])))  # noqa: S301
    assert checked.problems == (problem,)
    assert "has no h1" in str(checked)


def test_the_nearest_heading_is_the_last_one_above() -> None:
    cells = [
        {"cell_type": "code", "source": "1"},
        {"cell_type": "markdown", "source": "# A\ntext\n\n## B ##\ntext"},
        {"cell_type": "markdown", "source": "no heading"},
        {"cell_type": "code", "source": "# a comment"},
        {"cell_type": "markdown", "source": "## C"},
    ]
    assert [nearest_heading(cells, n) for n in range(5)] == ["", "B", "B", "B", "C"]
