"""What ingest, fetch and reconcile say on the terminal, as tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from c2c_lib.errors import Problem
from c2c_lib.sources.changes import Changes
from c2c_lib.sources.ingest import IngestReport
from c2c_lib.sources.reconcile import VERDICTS

__all__ = [
    "counts_table",
    "differences_table",
    "print_changes",
    "print_ingest",
    "print_problems",
    "print_written",
    "write_problems",
]

_HEADINGS: Final = ("file", "line", "problem", "column", "value", "allowed", "remedy")
_SHOWN: Final = 500
_LONGEST: Final = 300
_WIDE: Final = 100_000
_WHERE: Final = re.compile(r"(?P<file>(?!https?:).*?)[:!](?P<line>\d+)")


def print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print every problem as a row: file, line, what is wrong, column, value, allowed, remedy.

    Parameters
    ----------
    console : Console
        Where it goes. On a terminal, columns are folded to its width; in a pipe or a file,
        nothing is folded, so that a search finds every word.
    problems : sequence of Problem
        All of them; of more than 500, the first are shown and the others counted.
    """
    count = len(problems)
    console.print(f"{count:,} problem{'' if count == 1 else 's'} with the input:", highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold", no_wrap=not console.is_terminal)
    for problem in problems[:_SHOWN]:
        cells = [" ".join(cell.split()) for cell in _cells(problem)]
        cells = [_short(cell) for cell in cells] if console.is_terminal else cells
        table.add_row(*(Text(cell) for cell in cells))
    if console.is_terminal:
        console.print(table)
    else:  # in a pipe a table as wide as its text: nothing is folded or cut
        Console(file=console.file, width=_WIDE).print(table)
    if count > _SHOWN:
        rest = f"... and {count - _SHOWN:,} further ones; --problems FILE.csv writes them all."
        console.print(rest, highlight=False)


def write_problems(problems: Sequence[Problem], file: Path) -> None:
    """Write every problem as a row of a CSV file."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEADINGS)
        writer.writerows(_cells(problem) for problem in problems)


def counts_table(counts: pd.DataFrame) -> Table:
    """Return how often each pair of reports agrees.

    Parameters
    ----------
    counts : DataFrame
        As from `c2c_lib.sources.reconcile.pair_counts`.
    """
    words = [verdict.replace("_", " ") for verdict in VERDICTS]
    table = Table("indicator", "wins", "other", "compared", *words, "largest difference", box=None)
    for row in counts.to_dict("records"):
        numbers = [f"{row[name]:,}" for name in ("compared", *VERDICTS)]
        largest = "" if row["largest"] != row["largest"] else f"{row['largest']:.4g}"  # NaN
        table.add_row(row["indicator"], row["wins"], row["other"], *numbers, largest)
    return table


def differences_table(pairs: pd.DataFrame, shown: int) -> Table:
    """Return the figures that differ, the largest differences first.

    Parameters
    ----------
    pairs : DataFrame
        As from `c2c_lib.sources.reconcile.reconcile`.
    shown : int
        At most so many.
    """
    table = Table("figure", "wins", "value", "other", "value", "difference", "why", box=None)
    rows = pairs[pairs["verdict"] == "different"]
    order = rows["difference"].abs().sort_values(ascending=False, kind="stable").index[:shown]
    for row in rows.loc[order].to_dict("records"):
        parts = ("indicator", "geo_level", "geo_id", "period", "dimension", "group")
        table.add_row(
            "/".join(str(row[part]) for part in parts),
            row["wins"],
            f"{row['winning_estimate']:.6g}",
            row["other"],
            f"{row['other_estimate']:.6g}",
            f"{row['difference']:+.4g}",
            row["why"],
        )
    return table


def print_ingest(console: Console, report: IngestReport) -> None:
    """Print what an ingest read and kept, and what it changes in the store."""
    table = Table("source", "figures read", "figures kept", box=None)
    for source, count in report.read.items():
        table.add_row(source, f"{count:,}", f"{report.kept.get(source, 0):,}")
    total = sum(report.kept.get(source, 0) for source in report.read)
    table.add_row("all", f"{sum(report.read.values()):,}", f"{total:,}")
    console.print(table)
    console.print(f"{report.duplicates:,} figures stand in another report too and were left out.")
    print_changes(console, report.changes)
    print_written(console, report.store)


def print_changes(console: Console, changes: Changes | None) -> None:
    """Print what differs from the store that was there."""
    if changes is None:
        return
    console.print(
        f"Against the store that was there: {changes.added:,} figures are new, "
        f"{changes.revised:,} have another value, {changes.gone:,} are gone.",
        highlight=False,
    )
    if changes.gone:
        console.print("If figures should not be gone, an export may be cut off.", highlight=False)


def print_written(console: Console, store: Path | None) -> None:
    """Print where the store was written."""
    where = f"Wrote {store}." if store else "Nothing was written (--dry-run)."
    console.print(where, highlight=False)


def _cells(problem: Problem) -> tuple[str, ...]:
    return (
        *_place(problem.where),
        problem.what,
        problem.column,
        problem.value,
        problem.allowed,
        problem.remedy,
    )


def _place(where: str) -> tuple[str, str]:
    """Return the file and its line or lines.

    Examples
    --------
    >>> _place("a.csv:5 and a.csv:6"), _place("a.csv:5 and b.csv:6"), _place("book.xlsx:Table!9")
    (('a.csv', '5 and 6'), ('a.csv:5 and b.csv:6', ''), ('book.xlsx:Table', '9'))
    """
    found = [_WHERE.fullmatch(part) for part in where.split(" and ")]
    files = {match["file"] if match else "" for match in found}
    if len(files) != 1 or "" in files:
        return where, ""
    return files.pop(), " and ".join(match["line"] for match in found if match)


def _short(cell: str) -> str:
    """Return a cell for the terminal; a long list of what is allowed is cut there."""
    return cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 4]} ..."
