"""Download current figures from publishers' public interfaces."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from c2c_lib.cli.terminal import problem_table, stdout

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def fetch(
    source: Annotated[
        str | None, typer.Argument(help="What to fetch; all are listed without.")
    ] = None,
    raw: Annotated[Path, typer.Option(help="Folder of raw exports to write to.")] = Path("raw"),
    year: Annotated[int | None, typer.Option(help="Census only: the (last) year.")] = None,
) -> None:
    """Download current figures from a publisher's public interface into a raw folder."""
    from c2c_lib.catalog import load_catalog
    from c2c_lib.sources.fetch.run import MAP_FILES, fetchable
    from c2c_lib.sources.fetch.run import fetch as bring

    if source is None:
        table = Table("source", "what", box=None)
        for name, what in fetchable(load_catalog()).items():
            table.add_row(name, what)
        stdout.print(table)
        return
    with problem_table():
        reports = bring(source, raw, year=year)
    for report in reports:
        figures = "" if report.figures is None else f", {report.figures:,} figures"
        line = f"{report.file}: {report.outcome}; {report.rows:,} rows{figures}."
        stdout.print(line, highlight=False)
        if report.new_columns:
            new = ", ".join(report.new_columns)
            stdout.print(f"New columns, not read: {new}.", highlight=False)
    if all(report.outcome == "unchanged" for report in reports):
        return
    if source == MAP_FILES:
        stdout.print(f"Next: c2c geo --raw {raw}", highlight=False)
    elif source in load_catalog().sources:
        stdout.print(f"Next: c2c ingest --raw {raw} --source {source}", highlight=False)
