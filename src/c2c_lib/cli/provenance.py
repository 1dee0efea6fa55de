"""What stands behind the figures: agreement of reports, sources, what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from c2c_lib.cli.options import Raw
from c2c_lib.cli.terminal import problem_table, stdout

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def reconcile(
    raw: Raw,
    output: Annotated[Path | None, typer.Option(help="Write all pairs as .csv or .json.")] = None,
    last: Annotated[int, typer.Option(min=0, help="How many differing figures to list.")] = 20,
) -> None:
    """Say where two reports give the same figure: whether they agree, which one wins, and why."""
    from c2c_lib.catalog import load_catalog
    from c2c_lib.errors import Problems
    from c2c_lib.sources.ingest import read_raw
    from c2c_lib.sources.reconcile import pair_counts, write_reconciliation
    from c2c_lib.sources.reconcile import reconcile as compare
    from c2c_lib.sources.terminal import counts_table, differences_table

    with problem_table():
        catalog = load_catalog()
        problems = Problems()
        frame = read_raw(raw, catalog, problems)
        problems.raise_if_any()
        pairs = compare(frame, catalog)
        if output is not None:
            write_reconciliation(pairs, output)
    stdout.print(counts_table(pair_counts(pairs)))
    differing = int((pairs["verdict"] == "different").sum())
    stdout.print(
        f"{len(pairs):,} pairs of figures, of which {differing:,} differ.", highlight=False
    )
    if differing:
        stdout.print(differences_table(pairs, last))
    if output is not None:
        stdout.print(f"Wrote {output}.", highlight=False)


@commands.command()
def sources(
    left_out: Annotated[
        bool, typer.Option("--left-out", help="What is not in the store, and why.")
    ] = False,
) -> None:
    """List the publishers' reports: terms, years and figures in the store."""
    from c2c_lib.catalog import load_catalog
    from c2c_lib.observations import load_observations
    from c2c_lib.observations.summary import held, spans

    catalog = load_catalog()
    if left_out:
        table = Table("id", "kind", "what", "publisher", "why", box=None)
        for entry in catalog.left_out.values():
            kind = entry.kind.replace("_", " ")
            table.add_row(entry.id, kind, entry.title.en, entry.publisher, entry.reason.en)
        stdout.print(table)
        return
    there = held(load_observations(), "source")
    table = Table("source", "publisher", "years", "figures", "retrieved", "terms", box=None)
    for source in catalog.sources.values():
        own = there.get(source.id)
        runs = spans(own.periods) if own else []
        years = ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in runs)
        figures = f"{own.rows:,}" if own else "0"
        if not source.redistributable:
            figures = f"may not be passed on; get them from {source.url}"
        terms = f"{source.licence}: {source.terms}"
        table.add_row(source.id, source.publisher, years, figures, source.retrieved, terms)
    stdout.print(table)


@commands.command()
def holdings(
    raw: Raw,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the table there too.")] = None,
) -> None:
    """Say what raw exports hold against what a store holds, every row accounted for."""
    from c2c_lib.catalog import load_catalog
    from c2c_lib.sources.holdings import holdings as take_stock

    found = take_stock(raw, load_catalog())
    frame = found.table()
    table = Table(frame.columns[0], box=None)
    for name in frame.columns[1:]:
        table.add_column(name, justify="right")
    for row in frame.itertuples(index=False):
        table.add_row(row[0], *(f"{count:,}" for count in row[1:]))
    stdout.print(table)
    stdout.print("read = repeated + superseded + elsewhere + withheld + kept", highlight=False)
    rest = Table("left out", "files not read", "rows in them", "files read in part", box=None)
    for entry in found.left_out:
        rest.add_row(entry.left_out, f"{entry.files:,}", f"{entry.rows:,}", f"{entry.partly:,}")
    stdout.print(rest)
    stdout.print("`c2c sources --left-out` says why.", highlight=False)
    for name in found.unexplained:
        stdout.print(f"Neither read nor left out with a reason: {name}", highlight=False)
    if csv is not None:
        frame.to_csv(csv, index=False, lineterminator="\n")
        stdout.print(f"Wrote {csv}.", highlight=False)
