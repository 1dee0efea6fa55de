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
    from c2c_lib.sources.fetch.run import fetch as bring
    from c2c_lib.sources.fetch.run import fetchable

    if source is None:
        table = Table("source", "what", box=None)
        for name, what in fetchable(load_catalog()).items():
            table.add_row(name, what)
        stdout.print(table)
        return
    with problem_table():
        report = bring(source, raw, year=year)
    figures = "" if report.figures is None else f", {report.figures:,} figures"
    stdout.print(
        f"{report.file}: {report.outcome}; {report.rows:,} rows{figures}.", highlight=False
    )
    if report.new_columns:
        stdout.print(f"New columns, not read: {', '.join(report.new_columns)}.", highlight=False)
    if report.figures is not None and report.outcome != "unchanged":
        stdout.print(f"Next: c2c ingest --raw {raw} --source {source}", highlight=False)
