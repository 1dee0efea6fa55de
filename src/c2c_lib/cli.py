"""The command line: ``c2c build``, ``c2c plan``, ``c2c show`` and the rest.

Every command imports what it needs when it runs, so that ``c2c --help`` and a build with
nothing to do are quick. Exit codes: 0 done, 1 failed, 2 wrong input.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from c2c_lib.cli_progress import progress
from c2c_lib.errors import BuildError, C2CError, InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from c2c_lib.catalog import Catalog, Indicator
    from c2c_lib.reporting.build import BuildReport
    from c2c_lib.reporting.project import Project

__all__ = ["app", "main"]

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    name="c2c",
    help="Report cards of cradle-to-career partnerships, from published figures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_WIDE: Final = 220
"""Columns of a table that goes into a file or a pipe, so that no id is cut off there."""
_out: Final = Console(soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
_err: Final = Console(stderr=True, soft_wrap=True)
_debug = False


class RendererName(StrEnum):
    """Who turns notebooks into pages."""

    auto = "auto"
    nbconvert = "nbconvert"
    quarto = "quarto"


class EngineName(StrEnum):
    """How notebooks are executed."""

    auto = "auto"
    fork = "fork"
    kernel = "kernel"


Cities = Annotated[
    list[str] | None, typer.Argument(metavar="CITY", help="Cities; all if none is named.")
]
Output = Annotated[Path | None, typer.Option(help="Folder of the site [reports/_site].")]
Renderer = Annotated[RendererName, typer.Option(help="auto takes Quarto if it is installed.")]
Force = Annotated[bool, typer.Option("--force", help="Run everything, changed or not.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        from c2c_lib import __version__

        _out.print(__version__, highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the whole traceback of an error.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    global _debug  # noqa: PLW0603 - one process, one command line
    _debug = debug


def _readable(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors into words on the terminal and an exit code."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except C2CError as error:
            if _debug:
                raise
            _say(str(error))
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            if _debug:
                raise
            _say(f"could not read or write: {error}")
            raise typer.Exit(BuildError.exit_code) from None

    return wrapped


def _say(text: str) -> None:
    _err.print(text, markup=False, highlight=False)


def _project(output: Path | None = None) -> Project:
    from c2c_lib.paths import project_root
    from c2c_lib.reporting.project import Project

    return Project.at(project_root(), output.resolve() if output else None)


@app.command()
@_readable
def build(
    cities: Cities = None,
    renderer: Renderer = RendererName.auto,
    output: Output = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes at once; 0: one per core.")] = 0,
    engine: Annotated[EngineName, typer.Option(help="kernel works everywhere.")] = EngineName.auto,
    force: Force = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show notebooks' logs.")] = False,
) -> None:
    """Build the site and publish it as a whole, or leave the old one untouched."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.build import BuildOptions
    from c2c_lib.reporting.build import build as build_site
    from c2c_lib.reporting.home import home_body
    from c2c_lib.reporting.inputs import store_in_use
    from c2c_lib.reporting.progress import Progress

    options = BuildOptions(tuple(cities or ()), renderer.value, jobs, engine.value, force)
    with Progress(_err) as progress:
        report = build_site(
            _project(output), load_cities(), options, home_body, store_in_use(), progress
        )
    _summary(report, verbose=verbose)


def _summary(report: BuildReport, *, verbose: bool) -> None:
    if not report.changed:
        _out.print(f"Nothing changed: {report.site} is up to date ({report.seconds:.1f} s).")
        return
    table = Table("page", "seconds", box=None)
    for job, outcome in sorted(report.outcomes.items()):
        table.add_row(job, f"{outcome.seconds:.1f}")
        if verbose and outcome.log:
            _say(f"{job}:\n{outcome.log}")
    _out.print(table)
    kept = sum(step.action == "reuse" for step in report.steps)
    rest = f", {kept} unchanged" if kept else ""
    _out.print(
        f"{len(report.outcomes)} made{rest}; published {report.site} in {report.seconds:.1f} s.",
        highlight=False,
    )


@app.command()
@_readable
def plan(cities: Cities = None, output: Output = None, force: Force = False) -> None:
    """Say which pages a build would make, and why."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.build import BuildOptions, plan_build
    from c2c_lib.reporting.inputs import store_in_use

    options = BuildOptions(tuple(cities or ()), force=force)
    steps, _, _ = plan_build(_project(output), load_cities(), options, store_in_use())
    table = Table("page", "address", "action", "why", box=None)
    for step in steps:
        table.add_row(step.job.id, step.job.address, step.action, step.reason)
    _out.print(table)


@app.command()
@_readable
def check(
    site: Annotated[Path | None, typer.Argument(help="A built site [reports/_site].")] = None,
) -> None:
    """Check a built site: the right cities, whole pages, true numbers, nothing private."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.check import check_site
    from c2c_lib.reporting.failure import CheckFailedError

    project = _project(site)
    if not project.site.is_dir():
        raise InputError(
            [
                Problem(
                    where="check",
                    what="there is no such folder",
                    value=str(site or project.site),
                    remedy="Run `c2c build` first.",
                )
            ]
        )
    names = {slug: city.name for slug, city in load_cities().items()}
    problems = check_site(project.site, names, headings=_headings(project), root=project.root)
    if problems:
        raise CheckFailedError(problems)
    _out.print(f"{project.site}: no problems found.", highlight=False)


def _headings(project: Project) -> dict[str, list[str]]:
    """Return the headings of the pages that the last build made, by address."""
    import nbformat

    from c2c_lib.params import load_cities
    from c2c_lib.reporting.plan import plan_jobs
    from c2c_lib.reporting.publishable import headings_of
    from c2c_lib.reporting.task import RESULT

    found = {}
    for job in plan_jobs(project, load_cities()):
        file = job.folder(project.build) / RESULT
        if file.is_file():
            notebook = nbformat.read(file, as_version=4)
            found[job.address] = [words for _, words in headings_of(notebook)]
    return found


@app.command()
@_readable
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

    with _problem_table(problems):
        _one_input(raw, table, mapping, source, store, merge=merge)
        if raw is not None:
            place = store or store_folder()
            print_ingest(_out, read_and_write(raw, place, sources=source or (), dry_run=dry_run))
        elif table is not None and mapping is not None:
            from c2c_lib.sources.own_store import ingest_table

            report = ingest_table(table, mapping, store, merge=merge, dry_run=dry_run)
            _out.print(
                f"{report.source}: {report.read:,} figures read, {report.kept:,} kept; "
                f"{report.duplicates:,} stand in a publisher's report too and were left out.",
                highlight=False,
            )
            print_changes(_out, report.changes)
            print_written(_out, report.store)


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


@contextlib.contextmanager
def _problem_table(file: Path | None = None) -> Iterator[None]:
    """Print what is wrong with the input as a table, and end with exit code 2."""
    try:
        yield
    except InputError as error:
        if _debug:
            raise
        from c2c_lib.sources.terminal import print_problems, write_problems

        print_problems(_err, error.problems)
        if file is not None:
            write_problems(error.problems, file)
            _say(f"Wrote {file}.")
        raise typer.Exit(error.exit_code) from None


@app.command()
@_readable
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
        _out.print(table)
        return
    with _problem_table():
        report = bring(source, raw, year=year)
    figures = "" if report.figures is None else f", {report.figures:,} figures"
    _out.print(f"{report.file}: {report.outcome}; {report.rows:,} rows{figures}.", highlight=False)
    if report.new_columns:
        _out.print(f"New columns, not read: {', '.join(report.new_columns)}.", highlight=False)
    if report.figures is not None and report.outcome != "unchanged":
        _out.print(f"Next: c2c ingest --raw {raw} --source {source}", highlight=False)


@app.command()
@_readable
def reconcile(
    raw: Annotated[Path, typer.Option(help="Folder of publishers' exports as they are.")],
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

    with _problem_table():
        catalog = load_catalog()
        problems = Problems()
        frame = read_raw(raw, catalog, problems)
        problems.raise_if_any()
        pairs = compare(frame, catalog)
        if output is not None:
            write_reconciliation(pairs, output)
    _out.print(counts_table(pair_counts(pairs)))
    differing = int((pairs["verdict"] == "different").sum())
    _out.print(f"{len(pairs):,} pairs of figures, of which {differing:,} differ.", highlight=False)
    if differing:
        _out.print(differences_table(pairs, last))
    if output is not None:
        _out.print(f"Wrote {output}.", highlight=False)


@app.command()
@_readable
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
        _out.print(table)
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
    _out.print(table)


@app.command()
@_readable
def holdings(
    raw: Annotated[Path, typer.Option(help="Folder of publishers' exports as they are.")],
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
    _out.print(table)
    _out.print("read = repeated + superseded + elsewhere + withheld + kept", highlight=False)
    rest = Table("left out", "files not read", "rows in them", "files read in part", box=None)
    for entry in found.left_out:
        rest.add_row(entry.left_out, f"{entry.files:,}", f"{entry.rows:,}", f"{entry.partly:,}")
    _out.print(rest)
    _out.print("`c2c sources --left-out` says why.", highlight=False)
    for name in found.unexplained:
        _out.print(f"Neither read nor left out with a reason: {name}", highlight=False)
    if csv is not None:
        frame.to_csv(csv, index=False, lineterminator="\n")
        _out.print(f"Wrote {csv}.", highlight=False)


@app.command()
@_readable
def indicators() -> None:
    """List what is measured."""
    from c2c_lib.catalog import load_catalog

    table = Table("id", "name", "role", "unit", "level", "outcomes", box=None)
    for entry in load_catalog().indicators.values():
        outcomes = ", ".join(entry.outcomes)
        table.add_row(entry.id, entry.name.en, entry.role, entry.unit, entry.level, outcomes)
    _out.print(table)


@app.command()
@_readable
def cities() -> None:
    """List the cities that have a file in params/."""
    from c2c_lib.params import load_cities

    table = Table("slug", "name", "partnership", "languages", box=None)
    for slug, city in load_cities().items():
        table.add_row(slug, city.name, city.partnership.name, ", ".join(city.languages))
    _out.print(table)


@app.command()
@_readable
def show(
    indicator: Annotated[str, typer.Argument(help="Id of an indicator; see `c2c indicators`.")],
    city: Annotated[str, typer.Option(help="Slug of a city; see `c2c cities`.")],
    last: Annotated[int, typer.Option(min=1, help="How many periods, the latest last.")] = 6,
) -> None:
    """Show one indicator's figures for one city, by period and student group."""
    from c2c_lib.catalog import load_catalog
    from c2c_lib.observations import load_observations
    from c2c_lib.params import load_city
    from c2c_lib.privacy import Rules, publishable

    catalog = load_catalog()
    entry = catalog.indicator(indicator)
    parameters = load_city(city)
    place = catalog.place(parameters.slug, entry.level)
    minimums = parameters.privacy
    rules = Rules(minimums.minimum_numerator, minimums.minimum_denominator)
    frame = publishable(load_observations(), rules, catalog).frame
    rows = frame[
        (frame["indicator"] == entry.id)
        & (frame["geo_level"] == place.geo_level)
        & (frame["geo_id"] == place.geo_id)
    ]
    if rows.empty:
        _out.print(f"The store has no figure on {entry.name.en} for {place.name}.")
        return
    _out.print(f"{entry.name.en}, {place.name} ({entry.unit})", highlight=False)
    _out.print(_figures_table(rows, entry, catalog, last))


def _figures_table(rows: pd.DataFrame, entry: Indicator, catalog: Catalog, last: int) -> Table:
    ordered = rows.sort_values(["period_end", "period"])
    periods = list(dict.fromkeys(ordered["period"]))[-last:]
    table = Table("dimension", "group", *periods, box=None)
    for dimension in catalog.dimensions.values():
        for group in dimension.groups:
            own = rows[(rows["dimension"] == dimension.id) & (rows["group"] == group.id)]
            if own.empty:
                continue
            cells = {row.period: _cell(row, entry.unit) for row in own.itertuples()}
            words = (cells.get(period, "") for period in periods)
            table.add_row(dimension.name.en, group.name.en, *words)
    return table


def _cell(row: Any, unit: str) -> str:
    """Return a figure, or the reason why there is none."""
    if row.estimate != row.estimate:  # NaN
        return str(row.status).replace("_", " ")
    value = f"{row.estimate * 100:.1f} %" if unit == "share" else f"{row.estimate:,.1f}"
    return f"{value} (weak)" if row.status == "too_weak" else value


@app.command("new-city")
@_readable
def new_city(slug: Annotated[str, typer.Argument(help="For example hartford.")]) -> None:
    """Write a first params file for a city; adding a city is adding this file."""
    from c2c_lib.params import new_city_file

    text = new_city_file(slug)
    file = _project().city_file(slug)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError(
            [
                Problem(
                    where=f"params/{file.name}",
                    what="exists already and is not overwritten",
                    remedy="Edit it, or move it away first.",
                )
            ]
        ) from None
    _out.print(f"Wrote params/{file.name}. Edit it, then run: c2c build {slug}", highlight=False)


@app.command()
@_readable
def kernel() -> None:
    """Register this environment as the Jupyter kernel `c2c`."""
    import sys

    from ipykernel.kernelspec import install

    where = install(prefix=sys.prefix, kernel_name="c2c", display_name="Python (c2c)")
    _out.print(f"Registered the kernel c2c in {where}.", highlight=False)


@app.command()
@_readable
def geo(
    raw: Annotated[Path, typer.Option(help="Folder of raw boundaries and crosswalks.")],
    out: Annotated[Path | None, typer.Option(help="Folder to write [geo/].")] = None,
) -> None:
    """Make the map layers that ship with the project from the publishers' boundaries."""
    from c2c_lib.geography.build import build_layers

    for file in build_layers(raw, out or _project().root / "geo"):
        _out.print(f"Wrote {file}", highlight=False)


@app.command()
@_readable
def serve(
    site: Annotated[Path | None, typer.Argument(help="A built site [reports/_site].")] = None,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8000,
) -> None:
    """Show a built site in a browser on this computer, until Ctrl-C."""
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    folder = _project(site).site
    if not folder.is_dir():
        raise InputError(
            [Problem(where="serve", what="there is no such folder", value=str(folder))]
        )
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        host, number = server.server_address[:2]
        _out.print(f"Open http://{host!s}:{number}/ in a browser. Ctrl-C stops.")
        server.serve_forever()


app.command()(_readable(progress))


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
