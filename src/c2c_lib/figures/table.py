"""Tables with a caption, headed columns and rows, and no empty heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

__all__ = ["Cell", "Column", "table", "whole"]

Cell = Markup | str


@dataclass(frozen=True)
class Column:
    """A column: its heading (with the unit), and whether it holds numbers or short labels.

    Attributes
    ----------
    numeric : bool
        Numbers stand to the right.
    whole : bool
        Its cells are never broken across lines.
    """

    heading: Cell
    numeric: bool = True
    whole: bool = False


def table(
    identifier: str,
    caption: Cell,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    narrow: Literal["scroll", "stack", "label"] = "scroll",
) -> Markup:
    """Return an accessible table in a region that scrolls where it is too wide.

    The first cell of every row is its heading; numbers are aligned to the right.

    Parameters
    ----------
    identifier : str
        Id of the table, unique on the page.
    caption : str or Markup
        What it shows; it also names the scrolling region.
    columns : sequence of Column
        The first one heads the row headings.
    rows : sequence of sequences
        Each as long as `columns`.
    narrow : {"scroll", "stack", "label"}
        What a phone does: scroll sideways; put the heading of each row over its cells, which
        stay in columns; or put all cells under one another, each with the heading of its column.

    Raises
    ------
    ValueError
        If a row is not as long as the columns, or a heading, a cell or the caption is empty.

    Examples
    --------
    >>> html = table("t", "Readers", [Column("Year"), Column("%")], [["2019", "31.4%"]])
    >>> html.count('scope="row"'), html.count('scope="col"')
    (1, 2)
    """
    if not str(caption).strip() or not all(str(column.heading).strip() for column in columns):
        raise ValueError(f"table {identifier} has an empty caption or heading")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(
                f"table {identifier} has {len(row)} cells in row {number}, but {len(columns)} "
                "columns"
            )
        if not all(str(cell).strip() for cell in row):
            raise ValueError(
                f"table {identifier} has an empty cell in row {number}; say why there is nothing"
            )
    head = Markup().join(
        Markup('<th scope="col"{}>{}</th>').format(_number(column), column.heading)
        for column in columns
    )
    label = narrow == "label"
    body = Markup("\n").join(
        Markup("<tr>{}</tr>").format(Markup().join(_cells(row, columns, label=label)))
        for row in rows
    )
    narrowed = Markup(' class="{}"').format(narrow) if narrow != "scroll" else Markup()
    return Markup(
        '<div class="scroll" role="region" tabindex="0" aria-labelledby="{id}-caption">'
        '<table id="{id}"{narrowed} data-quarto-disable-processing="true">'
        '<caption id="{id}-caption"><span>{caption}</span></caption>'
        "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    ).format(id=identifier, narrowed=narrowed, caption=caption, head=head, body=body)


def whole(label: str) -> Markup:
    """Return a short label, such as a school year, that is never broken at its hyphen.

    Examples
    --------
    >>> str(whole("2018-19"))
    '<span class="whole">2018-19</span>'
    """
    return Markup('<span class="whole">{}</span>').format(label)


def _cells(row: Sequence[Cell], columns: Sequence[Column], *, label: bool) -> list[Markup]:
    first = Markup('<th scope="row">{}</th>').format(row[0])
    rest = [
        Markup("<td{}{}>{}</td>").format(
            _number(column),
            Markup(' data-label="{}"').format(column.heading) if label else Markup(),
            cell,
        )
        for column, cell in zip(columns[1:], row[1:], strict=True)
    ]
    return [first, *rest]


def _number(column: Column) -> Markup:
    if column.numeric:
        return Markup(' class="number"')
    return Markup(' class="whole"') if column.whole else Markup()
