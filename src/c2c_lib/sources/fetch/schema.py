"""Whether a publisher's table still has the columns that are expected, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from c2c_lib.errors import Problems, did_you_mean

__all__ = ["new_columns", "note_missing_columns"]

_SHOWN: Final = 40


def new_columns(found: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return the columns that the table did not have the last time; none the first time.

    Examples
    --------
    >>> new_columns(["Town", "Rate", "Margin"], ["Town", "Rate"]), new_columns(["Town"], [])
    (['Margin'], [])
    """
    return [name for name in found if name not in before] if before else []


def note_missing_columns(
    where: str,
    expected: Sequence[str],
    found: Sequence[str],
    before: Sequence[str],
    problems: Problems,
) -> None:
    """Note every expected column that is not there, and then what stands there instead.

    Parameters
    ----------
    where : str
        The table.
    expected, found, before : sequence of str
        The columns that are read, the ones that are there, and the ones that were there the
        last time (empty if there was none).
    problems : Problems
        Where each missing column is noted with its nearest name and, only if one is missing,
        each column that is there and is not expected, as it may be the renamed one.

    Examples
    --------
    >>> problems = Problems()
    >>> note_missing_columns("t", ["Town", "Rate"], ["Town", "Ratio"], ["Town", "Rate"], problems)
    >>> [(problem.what, problem.value) for problem in problems]
    [('an expected column is missing', 'Rate'), ('a column is new', 'Ratio')]
    """
    missing = [name for name in expected if name not in found]
    others = [name for name in found if name not in expected]
    for name in missing:
        problems.add(
            where,
            "an expected column is missing",
            value=name,
            column=name,
            allowed=", ".join(found[:_SHOWN]) + (" ..." if len(found) > _SHOWN else ""),
            remedy=did_you_mean(name, others)
            or "If the publisher renamed it, change `fetch` in the catalog and the reader.",
        )
    new = new_columns(found, before) if before else others
    for name in new[:_SHOWN] if missing else ():
        what = "a column is new" if before else "a column is not read"
        problems.add(where, what, value=name, column=name)
