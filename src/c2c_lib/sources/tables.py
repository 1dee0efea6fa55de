"""Raw tables as text, with the line that every cell stands in.

The readers of this package take nothing on trust: a column that is missing, a row that is
cut short, a number that does not read, a label or a place that nobody knows is noted in
`Problems` with its place, and reading goes on.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import pandas as pd

from c2c_lib.catalog import parse_period
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.sources.base import RawFile, read_text
from c2c_lib.sources.names import Names

__all__ = [
    "EXPORT_AGAIN",
    "NUMBER",
    "csv_rows",
    "find_places",
    "note_bad_periods",
    "note_missing_places",
    "note_unknown",
    "numbers",
    "observations",
    "read_csv",
]

NUMBER: Final = r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
EXPORT_AGAIN: Final = "Export the report again."
"""The remedy for a file that is damaged."""

_SHOWN: Final = 20  # problems of one kind in one column that are spelt out
_OBSERVATION: Final = (
    "indicator",
    "geo_level",
    "geo_id",
    "period",
    "dimension",
    "group",
    "estimate",
    "numerator",
    "denominator",
    "moe90",
    "status",
    "note",
)


def observations(rows: Iterable[dict[str, Any]] | pd.DataFrame) -> pd.DataFrame:
    """Return what a reader found with every column that the ingest looks for.

    Parameters
    ----------
    rows : iterable of dict, or DataFrame
        Figures; a value that is not given stays empty.

    Examples
    --------
    >>> observations([]).columns[-2:].tolist()
    ['status', 'note']
    """
    frame = pd.DataFrame(rows).reindex(columns=list(_OBSERVATION))
    types = {column: "float64" if column in VALUE_COLUMNS else "str" for column in _OBSERVATION}
    frame = frame.astype({"note": "object"}).fillna({"note": ""})
    return frame.astype(types).reset_index(drop=True)


def csv_rows(file: RawFile, problems: Problems) -> list[tuple[int, list[str]]]:
    """Return the rows of a comma-separated file with the line each one ends on.

    Lines without any text are left out. A file that is not text or holds no row is noted.
    """
    rows: list[tuple[int, list[str]]] = []
    line = 0
    try:
        text = read_text(file, problems)
        if text is None:
            return []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        for row in reader:
            line = reader.line_num
            if any(cell.strip() for cell in row):
                rows.append((line, row))
    except (csv.Error, OSError) as error:
        problems.add(
            f"{file.name}:{line + 1}",
            f"does not read as a comma-separated file ({error})",
            allowed="UTF-8 text with whole rows",
            remedy=EXPORT_AGAIN,
        )
        return []
    if not rows:
        problems.add(file.name, "the file is empty", remedy=EXPORT_AGAIN)
    return rows


def read_csv(file: RawFile, columns: Sequence[str], problems: Problems) -> pd.DataFrame:
    """Read some columns of a comma-separated file as text.

    Parameters
    ----------
    file : RawFile
        With a header line that may stand below a title.
    columns : sequence of str
        The columns that are wanted.
    problems : Problems
        Where missing columns, rows with too few or too many cells and empty files are noted.

    Returns
    -------
    DataFrame
        Text, without surrounding white space; the index is the line in the file. Without
        rows if the file cannot be used.
    """
    rows = csv_rows(file, problems)
    nothing = pd.DataFrame({column: pd.Series([], dtype="str") for column in columns})
    if not rows:
        return nothing
    wanted = set(columns)
    at = max(range(min(10, len(rows))), key=lambda i: len(wanted & {c.strip() for c in rows[i][1]}))
    header = [cell.strip() for cell in rows[at][1]]
    missing = [column for column in columns if column not in header]
    for column in missing:
        problems.add(
            f"{file.name}:{rows[at][0]}",
            "a column is missing",
            value=column,
            allowed=", ".join(header),
            remedy=did_you_mean(column, header) or EXPORT_AGAIN,
        )
    if missing:
        return nothing
    body = rows[at + 1 :]
    if not body:
        problems.add(file.name, "the file has a header but no rows", remedy=EXPORT_AGAIN)
    _note_odd_rows(file, body, len(header), problems)
    whole = [(line, row) for line, row in body if len(row) == len(header)]
    places = [header.index(column) for column in columns]
    return pd.DataFrame(
        [[row[i].strip() for i in places] for _, row in whole],
        columns=list(columns),
        index=pd.Index([line for line, _ in whole], name="line", dtype="int64"),
        dtype="str",
    )


def _note_odd_rows(
    file: RawFile, body: Iterable[tuple[int, list[str]]], width: int, problems: Problems
) -> None:
    for line, row in [(n, r) for n, r in body if len(r) != width][:_SHOWN]:
        problems.add(
            f"{file.name}:{line}",
            "the row is cut short or has a cell too many",
            value=f"{len(row)} cells",
            allowed=f"{width} cells, as in the header",
            remedy=EXPORT_AGAIN,
        )


def numbers(
    frame: pd.DataFrame,
    column: str,
    file: RawFile,
    problems: Problems,
    *,
    missing: Collection[str] = (),
    low: float = 0.0,
    high: float = math.inf,
) -> pd.Series[float]:
    """Return a column of text as numbers.

    Parameters
    ----------
    frame : DataFrame
        As `read_csv` returns it.
    column : str
        Whose cells are read; thousands separators do not count.
    file : RawFile
        For the problems.
    problems : Problems
        Where cells that are no number or out of range are noted, each wrong value once
        with the first line it stands in.
    missing : collection of str
        The marks that this report uses for a figure that is not given.
    low, high : float
        The range that is allowed, ends included.

    Returns
    -------
    Series of float
        NaN where a mark stands or where a problem was noted.
    """
    text = frame[column]
    marked = text.isin(list(missing))  # first, as a mark may look like a number (-9999)
    readable = text.str.fullmatch(NUMBER) & ~marked
    values = pd.to_numeric(text.where(readable).str.replace(",", ""), errors="coerce")
    unreadable = ~readable & ~marked
    marks = f"a number or one of {', '.join(repr(m) for m in missing)}" if missing else "a number"
    _note_cells(text[unreadable], file, problems, "the cell does not read as a number", marks)
    outside = readable & ~values.between(low, high)
    span = f"{low:g} or more" if high == math.inf else f"{low:g} to {high:g}"
    _note_cells(text[outside], file, problems, "the number is out of range", span)
    return values.mask(outside).astype("float64")


def _note_cells(
    cells: pd.Series[str], file: RawFile, problems: Problems, what: str, allowed: str
) -> None:
    first = cells.drop_duplicates()
    for line, value in list(first.items())[:_SHOWN]:
        problems.add(
            f"{file.name}:{line}",
            what,
            value=value,
            column=str(cells.name),
            allowed=allowed,
            remedy="Look at the publisher's report; a wrong cell is mended there, not here.",
        )
    if len(first) > _SHOWN:
        problems.add(
            file.name, f"{what}: {len(first) - _SHOWN} further values", column=str(cells.name)
        )


def note_unknown(
    frame: pd.DataFrame, column: str, known: Collection[str], file: RawFile, problems: Problems
) -> None:
    """Note every label of a column that this report is not known to use."""
    first = frame.loc[~frame[column].isin(list(known)), column].drop_duplicates()
    for line, label in list(first.items())[:_SHOWN]:
        problems.add(
            f"{file.name}:{line}",
            "unknown label",
            value=label,
            column=column,
            allowed=", ".join(sorted(known)),
            remedy=did_you_mean(label, known) or "Look at the publisher's report.",
        )


def note_bad_periods(
    frame: pd.DataFrame, column: str, file: RawFile, problems: Problems
) -> pd.Series[bool]:
    """Note every label that is no period, and return which rows have a good one."""
    good = {}
    for line, label in frame[column].drop_duplicates().items():
        try:
            good[label] = bool(parse_period(label))
        except ValueError as error:
            good[label] = False
            problems.add(f"{file.name}:{line}", str(error), value=label, column=column)
    return frame[column].map(good).astype(bool)


def find_places(
    frame: pd.DataFrame, level: str, name: str, file: RawFile, names: Names, code: str | None = None
) -> pd.DataFrame:
    """Return the level and the id of the place in every row.

    Parameters
    ----------
    frame : DataFrame
        As `read_csv` returns it.
    level : str
        What the report describes; a state row is found at every level.
    name, code : str
        The columns that hold the name and the code of the place.
    file : RawFile
        For the problems; an unknown place is noted once, with its first line.
    names : Names
        Knows the places.

    Returns
    -------
    DataFrame
        ``geo_level`` and ``geo_id``, with the index of `frame` and without the rows whose
        place is unknown.
    """
    keys = [name, code] if code else [name]
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for line, *key in frame.drop_duplicates(keys)[keys].itertuples():
        place = names.place(level, key[0], f"{file.name}:{line}", key[1] if code else None)
        if place is not None:
            found[tuple(key)] = (place.geo_level, place.geo_id)
    places = [found.get(key) for key in frame[keys].itertuples(index=False, name=None)]
    kept = [place for place in places if place is not None]
    index = frame.index[[place is not None for place in places]]
    return pd.DataFrame(kept, columns=["geo_level", "geo_id"], index=index, dtype="str")


def note_missing_places(frame: pd.DataFrame, level: str, where: str, names: Names) -> None:
    """Note which places of a level a report that has them all does not have, per period.

    Parameters
    ----------
    frame : DataFrame
        Observations with ``geo_level``, ``geo_id`` and ``period``.
    level : str
        ``town`` checks every town and the state; ``state`` checks the state only.
    where : str
        The file, for the problem.
    names : Names
        Knows the places.
    """
    levels = {level, "state"}
    places = {(p.geo_level, p.geo_id): p for p in names.catalog.places if p.geo_level in levels}
    for period, rows in frame.groupby("period", sort=True):
        there = set(zip(rows["geo_level"], rows["geo_id"], strict=True))
        absent = [place.name for key, place in places.items() if key not in there]
        if absent:
            shown = ", ".join(absent[:5])
            problem = "a row is missing" if len(absent) == 1 else f"{len(absent)} rows are missing"
            names.problems.add(
                where,
                f"{problem} for {period}; the file may be cut short",
                value=shown,
                remedy=EXPORT_AGAIN,
            )
