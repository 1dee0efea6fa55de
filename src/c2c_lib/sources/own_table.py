"""A partnership's own table of figures, of any place, into the tidy table.

The table is long: one figure per row, in a comma-separated file that any spreadsheet program
writes. A mapping (`c2c_lib.sources.own_mapping`) says which column is what. The file is read
in pieces, so that its size does not matter for the memory; everything that is wrong is noted
with its line, and nothing is guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog, parse_period
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.observations import KEY
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.own_figures import read_values
from c2c_lib.sources.own_keys import Keys
from c2c_lib.sources.own_mapping import OwnMapping
from c2c_lib.sources.tables import observations

__all__ = ["MOST_FIGURES", "read_own_table"]

MOST_FIGURES: Final = 2_000_000
"""A store is read as a whole; this many figures need about one gigabyte of memory."""

_PIECE: Final = 100_000
_SHOWN: Final = 20

Piece = tuple[list[int], pd.DataFrame]


def read_own_table(
    file: Path, mapping: OwnMapping, catalog: Catalog, problems: Problems
) -> pd.DataFrame:
    """Read a partnership's own table.

    Parameters
    ----------
    file : Path
        The table, with its headings in the first line.
    mapping : OwnMapping
        Says which column is what.
    catalog : Catalog
        With what the mapping declares (`read_mapping` returns it).
    problems : Problems
        Where everything that does not fit is noted, with file, line and column.

    Returns
    -------
    DataFrame
        Observations with ``period_end``, ``source`` and ``where`` (file and line). A figure
        that is not given carries no value at all, whatever stands beside it. Whole only if
        nothing was noted.
    """
    raw = RawFile(file, file.name)
    keys = Keys(mapping, catalog, raw, problems)
    kept: list[pd.DataFrame] = []
    rows = 0
    for lines, piece in _pieces(raw, mapping, problems):
        figures = _figures(piece, lines, mapping, keys, raw, problems)
        rows += len(figures)
        if rows <= MOST_FIGURES:
            kept.append(figures)
    if rows > MOST_FIGURES:
        problems.add(
            raw.name,
            "the table holds more figures than one store takes",
            value=f"{rows:,} figures",
            allowed=f"up to {MOST_FIGURES:,}",
            remedy="Keep the places and years that the partnership reports on.",
        )
        return _tidy([], keys, mapping, raw)
    frame = _tidy(kept, keys, mapping, raw)
    _note_twice(frame, problems)
    return frame.drop_duplicates(list(KEY)).reset_index(drop=True)


def _pieces(file: RawFile, mapping: OwnMapping, problems: Problems) -> Iterator[Piece]:
    """Yield the rows of the file, some at a time, with the line each one ends on."""
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    line = 0
    try:
        with file.path.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=mapping.delimiter, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            if not _header_fits(header, mapping, file, problems):
                return
            wanted = {part: header.index(name) for part, name in mapping.columns.items()}
            rows: list[list[str]] = []
            lines: list[int] = []
            for row in reader:
                line = reader.line_num
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) != len(header):
                    _note_odd_row(file, line, len(row), len(header), problems)
                    continue
                rows.append(row)
                lines.append(line)
                if len(rows) == _PIECE:
                    yield lines, _frame(rows, wanted)
                    rows, lines = [], []
            if rows:
                yield lines, _frame(rows, wanted)
            elif line == 0:
                problems.add(file.name, "the file has headings but no rows")
    except (UnicodeError, csv.Error) as error:
        problems.add(
            f"{file.name}:{line + 1}",
            f"does not read as {mapping.encoding} text with the delimiter {mapping.delimiter!r}",
            value=type(error).__name__,
            allowed="utf-8, utf-16 or cp1252, as `encoding` in the mapping says",
            remedy="Save the table as 'CSV UTF-8', or name its encoding in the mapping.",
        )
    except OSError as error:
        problems.add(file.name, f"does not read: {error.strerror}")


def _frame(rows: Sequence[Sequence[str]], wanted: dict[str, int]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True))
    return pd.DataFrame(
        {part: [cell.strip() for cell in columns[at]] for part, at in wanted.items()},
        dtype="object",
    )


def _header_fits(
    header: Sequence[str], mapping: OwnMapping, file: RawFile, problems: Problems
) -> bool:
    if not header:
        problems.add(file.name, "the file is empty")
        return False
    missing = [name for name in mapping.columns.values() if name not in header]
    for name in missing:
        problems.add(
            f"{file.name}:1",
            "a column is missing",
            value=name,
            allowed=", ".join(header),
            remedy=did_you_mean(name, header) or "Name the table's own heading in the mapping.",
        )
    twice = [name for name in mapping.columns.values() if header.count(name) > 1]
    for name in twice:
        problems.add(f"{file.name}:1", "a heading stands twice", value=name)
    return not missing and not twice


def _note_odd_row(file: RawFile, line: int, found: int, width: int, problems: Problems) -> None:
    problems.add(
        f"{file.name}:{line}",
        "the row is cut short or has a cell too many",
        value=f"{found} cells",
        allowed=f"{width} cells, as in the header",
    )


def _figures(
    piece: pd.DataFrame,
    lines: Sequence[int],
    mapping: OwnMapping,
    keys: Keys,
    file: RawFile,
    problems: Problems,
) -> pd.DataFrame:
    """Return one piece as numbers: codes of keys, values, and the line."""
    found = keys.codes(piece, lines)
    values = read_values(piece, lines, mapping, file, problems)
    figures = pd.concat([found, values], axis=1)
    figures["line"] = np.asarray(lines, dtype=np.int32)
    known = (found >= 0).all(axis=1) & values["status"].ge(0)
    return figures[known]


def _tidy(
    kept: Sequence[pd.DataFrame], keys: Keys, mapping: OwnMapping, file: RawFile
) -> pd.DataFrame:
    """Return the pieces as observations."""
    figures = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()
    if figures.empty:
        return observations([]).assign(period_end=0, source=mapping.source.id, where="")
    frame = observations(keys.words(figures))
    ends = {label: parse_period(label).end for label in frame["period"].unique()}
    return frame.assign(
        period_end=frame["period"].map(ends),
        source=mapping.source.id,
        where=f"{file.name}:" + figures["line"].astype("str"),
    )


def _note_twice(frame: pd.DataFrame, problems: Problems) -> None:
    """Note every figure that stands in the table twice with different values."""
    same = frame.drop_duplicates([*KEY, "status", *VALUE_COLUMNS])
    twice = same[same.duplicated(list(KEY), keep=False)]
    groups = list(twice.groupby(list(KEY), sort=True))
    for key, rows in groups[:_SHOWN]:
        values = zip(rows["estimate"], rows["status"], strict=True)
        problems.add(
            " and ".join(rows["where"]),
            f"gives {'/'.join(map(str, key))} more than once, with different values",
            value=", ".join(f"{estimate:g} ({status})" for estimate, status in values),
            remedy="Keep the row that is right.",
        )
    if len(groups) > _SHOWN:
        problems.add(
            frame["where"].iloc[0].rpartition(":")[0],
            f"gives {len(groups) - _SHOWN} further figures more than once, with different values",
        )
