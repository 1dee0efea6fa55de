"""The layout that EdSight exports share: title lines, notes, headers, codes, marks.

An export is a comma-separated file of

- title lines: report and school year, then scope and what the rows tell apart
  (``All Districts, Race/Ethnicity``); some reports have none;
- perhaps notes, a blank line, and a line of merged headings with an empty first cell;
- the header, which starts with the name of the place column, or with its code;
- one row per place and student group, without totals or footers.

What changes from year to year is read and not assumed: byte-order marks, line ends, codes
as ``="0150011"`` or as a bare number, trailing empty cells, quotes or none, and a heading
of the group column that stays behind where the rows have no group. The heading ``%`` stands
several times and is read by position: it belongs to the column before it. So does a bare
``Count``: it belongs to the merged heading above it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.sources.base import RawFile, read_text
from c2c_lib.sources.edsight_layout import (
    CODE_COLUMNS,
    DIMENSION_COLUMNS,
    PLACE_COLUMNS,
    Export,
    Layout,
)
from c2c_lib.sources.edsight_titles import check_dimension, read_titles

__all__ = ["Export", "Layout", "place_code", "read_export"]

Line = tuple[int, list[str]]


def read_export(file: RawFile, layout: Layout, problems: Problems) -> Export | None:
    r"""Take one export apart and check that it is what it says.

    Parameters
    ----------
    file : RawFile
        The export as the publisher gives it.
    layout : Layout
        What the report's exports look like.
    problems : Problems
        Where everything that is wrong is noted, with file and line.

    Returns
    -------
    Export or None
        None if there is nothing that could be read: no text, no header, no rows, or a
        header without the columns that are needed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> layout = Layout("", {"Count": "numerator", "Count %": "rate"}, required=("rate",))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "suspension-rates__2018-19_.csv"
    ...     _ = path.write_text('District,Count,%\nNorwalk School District,520,4.5\n')
    ...     export = read_export(RawFile(path, path.name), layout, Problems())
    >>> export.period, export.dimension, export.positions["rate"], export.rows
    ('2018-19', 'all', 2, [(2, ['Norwalk School District', '520', '4.5'])])
    """
    lines = _lines(file, problems)
    at = next((i for i, (_, row) in enumerate(lines) if _place_column(row) is not None), None)
    if at is None:
        if lines:
            problems.add(
                file.name,
                "no header line, so the file is cut off or is another report",
                allowed=f"a line that starts with {', '.join(PLACE_COLUMNS)}",
                remedy="Export the report again.",
            )
        return None
    export = Export(file.name)
    titled = read_titles(lines[:at], layout, export, problems)
    number, rows = lines[at][0], lines[at + 1 :]
    if not rows:
        problems.add(
            f"{file.name}:{number}", "no rows follow the header", remedy="Export the report again."
        )
        return None
    header = _header(_named_counts(lines[at][1], lines[:at]), rows)
    if not _find_columns(header, f"{file.name}:{number}", layout, export, problems):
        return None
    check_dimension(titled, export, problems)
    export.rows = list(_whole_rows(rows, len(header), export.name, problems))
    return export


def place_code(cell: str) -> str:
    """Return a place code without formula signs, and with the zeros that a number lost.

    Examples
    --------
    >>> place_code('="0150011"'), place_code("150011"), place_code("")
    ('0150011', '0150011', '')
    """
    code = cell.strip().lstrip("=").strip('"')
    return code.zfill(7) if code.isdigit() else code


def _lines(file: RawFile, problems: Problems) -> list[Line]:
    """Return the lines that are not blank, each with its number and trimmed cells."""
    text = read_text(file, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        problems.add(
            f"{file.name}:{reader.line_num}",
            f"the file does not read as comma-separated values ({error})",
            remedy="It may be cut off: export the report again.",
        )
    return lines


def _place_column(row: Sequence[str]) -> int | None:
    """Return where a header names the place; None if the row is no header."""
    at = 1 if row[0] in CODE_COLUMNS and len(row) > 1 else 0
    return at if row[at] in PLACE_COLUMNS else None


def _named_counts(header: Sequence[str], above: Sequence[Line]) -> list[str]:
    """Return the header with every bare ``Count`` named after the merged heading above it."""
    merged = above[-1][1] if above and not above[-1][1][0] else []
    named = [*merged, *[""] * len(header)]
    return [
        f"{named[at]} Count" if heading == "Count" and named[at] else heading
        for at, heading in enumerate(header)
    ]


def _header(header: Sequence[str], rows: Sequence[Line]) -> list[str]:
    """Return the headings that stand above cells.

    Empty cells at the end are padding. The export of all students of some reports keeps the
    heading of the dimension that was chosen last, so that five names stand above four values
    in every row: that heading is left out.
    """
    names = list(header)
    while not names[-1]:
        names.pop()
    stray = [i for i, heading in enumerate(names) if heading in DIMENSION_COLUMNS]
    if len(stray) == 1 and all(len(row) == len(names) - 1 for _, row in rows):
        del names[stray[0]]
    return names


def _squeezed(heading: str) -> str:
    """Return a heading without white space: exports lose or double it at line breaks."""
    return re.sub(r"\s+", "", heading)


def _find_columns(
    header: Sequence[str], where: str, layout: Layout, export: Export, problems: Problems
) -> bool:
    """Find where each field stands; return whether every column is known and none is missing."""
    known = {_squeezed(heading): name for heading, name in layout.columns.items()}
    known.update({_squeezed(heading): "code" for heading in CODE_COLUMNS})
    ignored = {_squeezed(heading) for heading in layout.ignored}
    dimensions = {_squeezed(heading): name for heading, name in DIMENSION_COLUMNS.items()}
    found = {"place": _place_column(header) or 0}
    fits = True
    for position, heading in enumerate(header):
        if position == found["place"]:
            continue
        full = f"{header[position - 1]} %" if heading == "%" else heading
        key = _squeezed(full)
        if key in ignored:
            continue
        name = known.get(key, "group" if key in dimensions else "")
        if name == "group":
            export.dimension = dimensions[key]
        if not name or name in found:
            allowed = [*CODE_COLUMNS, *DIMENSION_COLUMNS, *layout.columns, *layout.ignored]
            problems.add(
                where,
                "two columns give the same thing" if name else "unknown column",
                value=full,
                column=name,
                allowed="" if name else ", ".join(allowed),
                remedy="" if name else did_you_mean(full, allowed),
            )
            fits = False
        found[name] = position
    for name in layout.required:
        if name not in found and name not in export.fields:
            problems.add(where, "a column is missing", allowed=layout.headings(name))
            fits = False
    export.positions = found
    return fits


def _whole_rows(rows: Sequence[Line], width: int, name: str, problems: Problems) -> Iterator[Line]:
    """Yield the rows that have a value for every heading; note the others."""
    for number, row in rows:
        if len(row) == width or (len(row) > width and not any(row[width:])):
            yield number, row
        else:
            problems.add(
                f"{name}:{number}",
                "the row and the header have different numbers of cells",
                value=f"{len(row)} cells",
                allowed=f"{width} cells",
                remedy="The file may be cut off: export the report again.",
            )
