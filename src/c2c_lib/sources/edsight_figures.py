"""From EdSight exports to observations: places, groups, numbers and why one is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

from c2c_lib.catalog import Place
from c2c_lib.errors import Problems
from c2c_lib.sources.base import STATUS_OF_MARK, RawFile, parse_number, share
from c2c_lib.sources.edsight import place_code, read_export
from c2c_lib.sources.edsight_layout import Export, Layout
from c2c_lib.sources.names import Names

__all__ = ["Labels", "read_averages", "read_figures", "read_table"]

Labels = Mapping[str, Mapping[str, str]]
"""Labels that only one report uses: group ids by dimension and label."""

_KEYS: Final = ("where", "geo_level", "geo_id", "period", "dimension", "group")
_MARKS: Final = ", ".join(STATUS_OF_MARK)
_WRONG: Final = "wrong"
_ROUNDING: Final = 0.1
"""How far, in points, a printed percent may lie from its printed counts."""


def read_table(
    files: Sequence[RawFile], layout: Layout, names: Names, labels: Labels | None = None
) -> pd.DataFrame:
    """Read the exports of one report into one table, with the figures still as text.

    Parameters
    ----------
    files : sequence of RawFile
        The report's exports, of any years and student groups.
    layout : Layout
        What they look like.
    names : Names
        Resolves places and groups; its `problems` collects what is wrong.
    labels : mapping of str to mapping of str to str, optional
        Labels that only this report uses, by dimension.

    Returns
    -------
    DataFrame
        One row per row of the exports, with ``where`` (file and line), ``geo_level``,
        ``geo_id``, ``period``, ``dimension``, ``group`` and a text column per field of the
        layout (missing where a file does not have it). Rows with an unknown place or group
        are noted and left out.
    """
    fields = list(dict.fromkeys([*layout.columns.values(), *layout.required]))
    columns: dict[str, list[str | None]] = {name: [] for name in (*_KEYS, *fields)}
    for file in files:
        export = read_export(file, layout, names.problems)
        if export is not None:
            _add_rows(export, fields, columns, names, labels or {})
    return pd.DataFrame(columns, dtype="str")


def read_figures(
    table: pd.DataFrame, layout: Layout, problems: Problems, rate: str = "rate"
) -> pd.DataFrame:
    """Turn the printed cells of a table into figures, each with its status.

    Parameters
    ----------
    table : DataFrame
        As from `read_table`; with a column `rate` and, where the publisher prints them,
        ``numerator`` and ``denominator``.
    layout : Layout
        For the names of columns in messages.
    problems : Problems
        Where cells that do not read are noted, each with file and line: an empty cell, a
        percent outside 0 to 100, a count that is not a whole number, a numerator above its
        denominator, a percent that its counts do not give. Their rows are left out.
    rate : str
        The field that holds the percent.

    Returns
    -------
    DataFrame
        The keys of `read_table`, and ``indicator`` where the table has it, with ``estimate``
        (share 0-1), ``numerator``, ``denominator`` and ``status``. Where the percent is a
        mark the row carries no value at all, even if the publisher prints the counts beside
        it: what is hidden is not worked out again.

    Examples
    --------
    >>> layout = Layout("", {"Of": "denominator", "%": "rate"}, required=("rate",))
    >>> keys = dict.fromkeys(("geo_level", "geo_id", "period", "dimension", "group"), "")
    >>> table = pd.DataFrame({"where": ["f:2", "f:3"], "denominator": ["40", "16"],
    ...                       "rate": ["37.5", "*"]}).assign(**keys)
    >>> figures = read_figures(table, layout, Problems())
    >>> figures[["estimate", "denominator", "status"]]
       estimate  denominator                status
    0     0.375         40.0             published
    1       NaN          NaN  suppressed_by_source
    """
    where = table["where"]
    percent, status = _cells(table[rate], where, layout.headings(rate), problems, _is_percent)
    wrong = status.eq(_WRONG)
    counts = {}
    for name in ("numerator", "denominator"):
        cells = table[name] if name in table else pd.Series(pd.NA, table.index, dtype="str")
        heading = layout.headings(name)
        counts[name], read = _cells(cells, where, heading, problems, _is_count)
        wrong |= read.eq(_WRONG)
    wrong |= _disagreeing(where, percent, counts["numerator"], counts["denominator"], problems)
    published = status.eq("published")
    shares = {value: share(value) for value in percent.dropna().unique()}
    figures = table[_keys(table)].assign(
        estimate=percent.map(shares).astype("float64").where(published),
        numerator=counts["numerator"].where(published),
        denominator=counts["denominator"].where(published),
        status=status,
    )
    return figures[~wrong].reset_index(drop=True)


def read_averages(
    table: pd.DataFrame,
    layout: Layout,
    problems: Problems,
    name: str,
    limits: tuple[float, float],
) -> pd.DataFrame:
    """Turn printed averages, such as scores, into figures, each with its status.

    Parameters
    ----------
    table : DataFrame
        As from `read_table`; with a column `name` and, where the publisher prints it,
        ``denominator``.
    layout : Layout
        For the names of columns in messages.
    problems : Problems
        Where cells that do not read or lie outside the limits are noted; their rows are
        left out.
    name : str
        The field that holds the average.
    limits : (float, float)
        Lowest and highest average that can be.

    Returns
    -------
    DataFrame
        The keys of `read_table`, and ``indicator`` where the table has it, with ``estimate``
        as printed, ``denominator`` and ``status``. A hidden average has no denominator.

    Examples
    --------
    >>> layout = Layout("", {"Tests": "denominator", "Average": "score"}, required=("score",))
    >>> keys = dict.fromkeys(("geo_level", "geo_id", "period", "dimension", "group"), "")
    >>> table = pd.DataFrame({"where": ["f:2", "f:3"], "denominator": ["627", "7"],
    ...                       "score": ["2358", "*"]}).assign(**keys)
    >>> figures = read_averages(table, layout, Problems(), "score", (2000, 3000))
    >>> figures[["estimate", "denominator", "status"]]
       estimate  denominator                status
    0    2358.0        627.0             published
    1       NaN          NaN  suppressed_by_source
    """
    low, high = limits

    def fits(value: float) -> str:
        return "" if low <= value <= high else f"a number from {low:g} to {high:g}"

    where = table["where"]
    averages, status = _cells(table[name], where, layout.headings(name), problems, fits)
    counts = table["denominator"] if "denominator" in table else pd.Series(pd.NA, table.index)
    heading = layout.headings("denominator")
    denominator, read = _cells(counts.astype("str"), where, heading, problems, _is_count)
    published = status.eq("published")
    figures = table[_keys(table)].assign(
        estimate=averages.where(published),
        denominator=denominator.where(published),
        status=status,
    )
    return figures[~(status.eq(_WRONG) | read.eq(_WRONG))].reset_index(drop=True)


def _keys(table: pd.DataFrame) -> list[str]:
    return [name for name in (*_KEYS, "indicator") if name in table]


def _add_rows(
    export: Export,
    fields: Sequence[str],
    columns: dict[str, list[str | None]],
    names: Names,
    labels: Labels,
) -> None:
    """Append the rows of one export whose place and group are known."""
    at = export.positions
    own_labels = labels.get(export.dimension)
    places: dict[tuple[str, str], Place | None] = {}
    groups: dict[str, str | None] = {}
    for number, row in export.rows:
        where = f"{export.name}:{number}"
        printed = (row[at["place"]], place_code(row[at["code"]]) if "code" in at else "")
        if printed not in places:
            places[printed] = _place(export, printed, where, names)
        label = row[at["group"]] if "group" in at else "all"
        cells = [row[at[f]] if f in at else export.fields.get(f) for f in fields]
        if not label and all(cell in STATUS_OF_MARK for cell in cells):
            continue  # a leftover of the publisher: no group, and no figure either
        if label not in groups:
            groups[label] = names.group(export.dimension, label, where, own_labels)
        place, group = places[printed], groups[label]
        if place is None or group is None:
            continue
        keys = (where, place.geo_level, place.geo_id, export.period, export.dimension, group)
        for name, value in zip((*_KEYS, *fields), (*keys, *cells), strict=True):
            columns[name].append(value)
    levels = {place.geo_level if place else "unknown" for place in places.values()}
    if not export.state and levels == {"state"}:
        names.problems.add(
            export.name,
            "the file holds no district, though its title or name says all districts",
            allowed="State of Connecticut in the title, or _ct at the end of the name",
        )


def _place(export: Export, printed: tuple[str, str], where: str, names: Names) -> Place | None:
    """Return the place of a row; a district in the state's own file is noted."""
    place = names.place("district", printed[0], where, printed[1] or None)
    if place is not None and export.state and place.geo_level != "state":
        names.problems.add(
            where,
            "a district stands in a file of the state",
            value=printed[0],
            remedy="Export the report again, for all districts.",
        )
        return None
    return place


def _cells(
    cells: pd.Series[str],
    where: pd.Series[str],
    heading: str,
    problems: Problems,
    fits: Callable[[float], str],
) -> tuple[pd.Series[float], pd.Series[str]]:
    """Return the number and the status of each cell; note those that do not read."""
    read = {text: _cell(text, fits) for text in cells.dropna().unique()}
    status = cells.map({text: known for text, (_, known, _) in read.items()})
    for row in cells.index[status.eq(_WRONG)]:
        text = cells[row]
        problems.add(
            where[row],
            "the cell does not read" if text else "the cell is empty",
            value=text,
            column=heading,
            allowed=f"{read[text][2]}, or one of {_MARKS}",
            remedy="Hold it against the publisher's report.",
        )
    values = cells.map({text: value for text, (value, _, _) in read.items()})
    return values.astype("float64"), status.astype("str")


def _cell(text: str, fits: Callable[[float], str]) -> tuple[float | None, str, str]:
    """Return number, status and, for a wrong cell, what is allowed."""
    if text in STATUS_OF_MARK:
        return None, STATUS_OF_MARK[text], ""
    try:
        value = parse_number(text)
    except ValueError:
        value = None
    if value is None:
        return None, _WRONG, "a number"
    complaint = fits(value)
    return (None, _WRONG, complaint) if complaint else (value, "published", "")


def _is_percent(value: float) -> str:
    return "" if 0 <= value <= 100 else "a percent from 0 to 100"


def _is_count(value: float) -> str:
    return "" if value >= 0 and value == int(value) else "a whole number from 0 on"


def _disagreeing(
    where: pd.Series[str],
    percent: pd.Series[float],
    numerator: pd.Series[float],
    denominator: pd.Series[float],
    problems: Problems,
) -> pd.Series[bool]:
    """Note rows whose counts contradict each other or their percent."""
    above = numerator > denominator
    worked_out = 100 * numerator / denominator.where(denominator > 0)
    apart = ((worked_out - percent).abs() > _ROUNDING + 1e-9) & ~above
    for row in where.index[above]:
        problems.add(
            where[row],
            "the numerator is above the denominator",
            value=f"{numerator[row]:.0f} of {denominator[row]:.0f}",
            remedy="Hold it against the publisher's report.",
        )
    for row in where.index[apart]:
        problems.add(
            where[row],
            "the printed counts do not give the printed percent",
            value=f"{numerator[row]:.0f} of {denominator[row]:.0f}, {percent[row]:g}",
            remedy="Hold it against the publisher's report; columns may have moved.",
        )
    return above | apart
