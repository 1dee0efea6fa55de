"""Read figures into a store: publishers' exports, or a table of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c2c_lib.cli.terminal import problem_table, stdout
from c2c_lib.errors import InputError, Problem

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def ingest(
    raw: Annotated[Path | None, typer.Option(help="Folder of publishers' exports.")] = None,
    table: Annotated[Path | None, typer.Option(help="A partnership's own table (CSV).")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Says which column is what (YAML).")] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Of --raw, only this report; the rest of the store stays. Repeatable."),
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Folder to write [the one in use].")] = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="Add --table to what the store holds.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, write nothing.")] = False,
    problems: Annotated[
        Path | None, typer.Option(help="Write the problems, if any, to this CSV file.")
    ] = None,
) -> None:
    """Read raw exports, or a table of one's own, into a store; or say everything that is wrong."""
    from c2c_lib.observations.store import store_folder
    from c2c_lib.sources import ingest as read_and_write
    from c2c_lib.sources.terminal import print_changes, print_ingest, print_written

    with problem_table(problems):
        _one_input(raw, table, mapping, source, store, merge=merge)
        if raw is not None:
            place = store or store_folder()
            print_ingest(stdout, read_and_write(raw, place, sources=source or (), dry_run=dry_run))
        elif table is not None and mapping is not None:
            from c2c_lib.sources.own_store import ingest_table

            report = ingest_table(table, mapping, store, merge=merge, dry_run=dry_run)
            stdout.print(
                f"{report.source}: {report.read:,} figures read, {report.kept:,} kept; "
                f"{report.duplicates:,} stand in a publisher's report too and were left out.",
                highlight=False,
            )
            print_changes(stdout, report.changes)
            print_written(stdout, report.store)


def _one_input(
    raw: Path | None,
    table: Path | None,
    mapping: Path | None,
    source: list[str] | None,
    store: Path | None,
    *,
    merge: bool,
) -> None:
    """Raise unless the options of `ingest` name either a folder, or a table with its mapping."""
    wrong = []
    if (raw is None) == (table is None):
        what = "name either a folder with --raw or a table with --table"
        wrong.append(Problem("ingest", what, remedy="See: c2c ingest --help"))
    if (table is None) != (mapping is None):
        wrong.append(Problem("ingest", "--table and --mapping go together"))
    if table is not None and source:
        wrong.append(Problem("ingest", "--source goes with --raw"))
    if raw is not None and merge:
        wrong.append(Problem("ingest", "--merge goes with --table; --source keeps the rest too"))
    if table is not None and store is None:
        remedy = "Name a folder of its own; --merge fills it with the figures that ship first."
        wrong.append(Problem("ingest", "--table needs --store", remedy=remedy))
    if wrong:
        raise InputError(wrong)
