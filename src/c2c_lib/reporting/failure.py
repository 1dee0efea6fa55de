"""One screen that says what failed, where, and how to open it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from c2c_lib.errors import BuildError, Problem

__all__ = ["BuildFailedError", "CheckFailedError", "Failure", "describe", "nearest_heading"]

_ANSI: Final = re.compile(r"\x1b\[[0-9;]*m")
_HEADING: Final = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_SOURCE_LINES: Final = 12
_TRACE_LINES: Final = 14
_MESSAGE_LINES: Final = 20


@dataclass(frozen=True)
class Failure:
    """Why one page could not be made.

    Attributes
    ----------
    job : str
        Id of the job, for example ``bridgeport/report_card-en``.
    city, page : str
        Slug of the city (empty for a page about all) and stem of the notebook.
    parameters : mapping of str to str
        What the notebook was given.
    error_type, message : str
        Name and words of the error.
    heading : str
        The nearest heading above the cell.
    cell : int or None
        Position of the cell in the kept notebook, from 1; None if no cell is to blame.
    source : str
        The cell's code.
    traceback : tuple of str
        Lines, the innermost last.
    notebook : str
        Where the executed notebook is kept, relative to the project.
    """

    job: str
    city: str
    page: str
    parameters: Mapping[str, str]
    error_type: str
    message: str
    heading: str = ""
    cell: int | None = None
    source: str = ""
    traceback: tuple[str, ...] = field(default=())
    notebook: str = ""


class BuildFailedError(BuildError):
    """Pages could not be made; carries one `Failure` for each."""

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__(self.failures)

    def __str__(self) -> str:
        return "\n\n".join(describe(failure) for failure in self.failures)


class CheckFailedError(BuildError):
    """Pages were made but must not be published; carries every problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [f"  - {problem}" for problem in self.problems]
        return "\n".join([f"The built site failed {len(lines)} check(s):", *lines])


def nearest_heading(cells: Sequence[Mapping[str, Any]], index: int) -> str:
    """Return the last markdown heading at or above a cell; empty if there is none.

    Examples
    --------
    >>> cells = [{"cell_type": "markdown", "source": "## Who is left out?"},
    ...          {"cell_type": "code", "source": "1 / 0"}]
    >>> nearest_heading(cells, 1)
    'Who is left out?'
    """
    for cell in reversed(cells[: index + 1]):
        if cell["cell_type"] == "markdown":
            found = _HEADING.findall(cell["source"])
            if found:
                return str(found[-1])
    return ""


def plain(text: str) -> str:
    r"""Return text without terminal colours.

    Examples
    --------
    >>> plain("\x1b[31mZeroDivisionError\x1b[0m")
    'ZeroDivisionError'
    """
    return _ANSI.sub("", text)


def _shortened(text: str, lines: int, *, tail: bool = False) -> list[str]:
    """Keep the first (or last) lines and say how many were left out."""
    every = text.splitlines()
    left_out = len(every) - lines
    if left_out <= 0:
        return every
    note = f"... {left_out} more lines"
    return [note, *every[-lines:]] if tail else [*every[:lines], note]


def describe(failure: Failure) -> str:
    """Return one screen of text about a failure.

    It names the city, the notebook, the nearest heading, the cell and its code, the
    parameters and the error, and ends with the command that opens the executed notebook.

    Examples
    --------
    >>> print(describe(Failure("norwalk/report_card-en", "norwalk", "report_card",
    ...       {"city": "norwalk"}, "KeyError", "'rate'", notebook="build/failed/n.ipynb")))
    norwalk/report_card-en failed: KeyError: 'rate'
      city        norwalk
      notebook    notebooks/report/report_card.ipynb
      parameters  city=norwalk
      open it     jupyter lab build/failed/n.ipynb
    """
    message = _shortened(plain(failure.message), _MESSAGE_LINES) or [""]
    lines = [f"{failure.job} failed: {failure.error_type}: {message[0]}"]
    lines += [f"    {line}" for line in message[1:]]
    parameters = ", ".join(f"{name}={value}" for name, value in failure.parameters.items())
    facts = {
        "city": failure.city or "all cities",
        "notebook": f"notebooks/report/{failure.page}.ipynb",
        "heading": failure.heading,
        "cell": "" if failure.cell is None else str(failure.cell),
        "parameters": parameters,
    }
    lines += [f"  {name:<11} {value}" for name, value in facts.items() if value]
    if failure.source:
        lines += [
            "  code",
            *(f"    | {line}" for line in _shortened(failure.source, _SOURCE_LINES)),
        ]
    if failure.traceback:
        trace = plain("\n".join(failure.traceback))
        lines += [
            "  traceback",
            *(f"    {line}" for line in _shortened(trace, _TRACE_LINES, tail=True)),
        ]
    if failure.notebook:
        lines.append(f"  open it     jupyter lab {failure.notebook}")
    return "\n".join(lines)
