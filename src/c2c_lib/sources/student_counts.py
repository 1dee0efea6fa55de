"""Printed counts of students into figures: an enumeration, with no rate and no denominator.

Where groups stand beside their total, they are held against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.sources.base import STATUS_OF_MARK, parse_number

__all__ = ["note_uneven_sums", "student_counts"]

_KEYS: Final = ("where", "geo_level", "geo_id", "period", "dimension", "group")
_WRONG: Final = "wrong"


def student_counts(table: pd.DataFrame, heading: str, problems: Problems) -> pd.DataFrame:
    """Turn printed counts into figures, each with its status.

    Parameters
    ----------
    table : DataFrame
        With ``where`` (file and line), ``geo_level``, ``geo_id``, ``period``,
        ``dimension``, ``group`` and the printed cell in ``value``.
    heading : str
        What the publisher calls the column, for messages.
    problems : Problems
        Where cells that are neither a whole number from 0 on nor a mark are noted; their
        rows are left out.

    Returns
    -------
    DataFrame
        The keys with ``estimate`` (students), ``numerator`` (the same: the students are
        who is counted, so that the rule on small counts applies to them) and ``status``.
        A mark gives a row without any value.

    Examples
    --------
    >>> keys = dict.fromkeys(("geo_level", "geo_id", "period", "dimension", "group"), "")
    >>> table = pd.DataFrame({"where": ["f:2", "f:3"], "value": ["1,004", "-9999"]})
    >>> figures = student_counts(table.assign(**keys), "Value", Problems())
    >>> figures[["estimate", "numerator", "status"]]
       estimate  numerator                status
    0    1004.0     1004.0             published
    1       NaN        NaN  suppressed_by_source
    """
    cells = table["value"]
    read = {text: _cell(text) for text in cells.unique()}
    status = cells.map({text: known for text, (_, known) in read.items()}).astype("str")
    wrong = status.eq(_WRONG)
    for row in table.index[wrong]:
        problems.add(
            table["where"][row],
            "the cell does not read as a number of students",
            value=cells[row] or "an empty cell",
            column=heading,
            allowed=f"a whole number from 0 on, or one of {', '.join(STATUS_OF_MARK)}",
            remedy="Hold it against the publisher's report.",
        )
    values = cells.map({text: value for text, (value, _) in read.items()}).astype("float64")
    figures = table[list(_KEYS)].assign(estimate=values, numerator=values, status=status)
    return figures[~wrong].reset_index(drop=True)


def note_uneven_sums(
    frame: pd.DataFrame, groups: Sequence[str], total: str, name: str, problems: Problems
) -> None:
    """Note rows whose groups are more than the total, or, all printed, not as many.

    A column that moved, or a number that was typed over, shows there.

    Parameters
    ----------
    frame : DataFrame
        Cells as printed; the index is the line in the file.
    groups : sequence of str
        The columns that make up the total.
    total : str
        The column of the total; where it is hidden nothing is compared.
    name : str
        The file, for the problems.
    problems : Problems
        Where such rows are noted.

    Examples
    --------
    >>> frame = pd.DataFrame({"F": ["2", "*"], "M": ["3", "3"], "Total": ["6", "6"]}, index=[7, 8])
    >>> problems = Problems()
    >>> note_uneven_sums(frame, ["F", "M"], "Total", "kites.csv", problems)
    >>> [(problem.where, problem.value) for problem in problems]
    [('kites.csv:7', '5 of 6')]
    """
    counts = frame[[*groups, total]].apply(
        lambda cells: pd.to_numeric(cells.str.replace(",", ""), errors="coerce")
    )
    shown, whole = counts[list(groups)].sum(axis=1), counts[total]
    in_full = counts[list(groups)].notna().all(axis=1)
    for line in frame.index[(shown > whole) | (in_full & (shown < whole))]:
        problems.add(
            f"{name}:{line}",
            "the groups do not add up to the total",
            value=f"{shown[line]:g} of {whole[line]:g}",
            column=total,
            remedy="Hold it against the publisher's report; columns may have moved.",
        )


def _cell(text: str) -> tuple[float | None, str]:
    """Return number and status of one cell."""
    if text in STATUS_OF_MARK:
        return None, STATUS_OF_MARK[text]
    try:
        value = None if text.endswith("%") else parse_number(text)
    except ValueError:
        value = None
    whole = value is not None and value >= 0 and value == int(value)
    return (value, "published") if whole else (None, _WRONG)
