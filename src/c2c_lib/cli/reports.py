"""Build the site, say what a build would make, and check what it made."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from c2c_lib.cli.options import Cities, Force, Output, Site, project_at
from c2c_lib.cli.terminal import say, stderr, stdout
from c2c_lib.errors import InputError, Problem

if TYPE_CHECKING:
    from c2c_lib.reporting.build import BuildReport
    from c2c_lib.reporting.project import Project

__all__ = ["commands"]

commands = typer.Typer()


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


Renderer = Annotated[RendererName, typer.Option(help="auto takes Quarto if it is installed.")]


@commands.command()
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
    from c2c_lib.reporting.front import FRONT_PAGES
    from c2c_lib.reporting.inputs import store_in_use
    from c2c_lib.reporting.progress import Progress

    options = BuildOptions(tuple(cities or ()), renderer.value, jobs, engine.value, force)
    with Progress(stderr) as progress:
        report = build_site(
            project_at(output), load_cities(), options, FRONT_PAGES, store_in_use(), progress
        )
    _summary(report, verbose=verbose)


def _summary(report: BuildReport, *, verbose: bool) -> None:
    if not report.changed:
        stdout.print(f"Nothing changed: {report.site} is up to date ({report.seconds:.1f} s).")
        return
    table = Table("page", "seconds", box=None)
    for job, outcome in sorted(report.outcomes.items()):
        table.add_row(job, f"{outcome.seconds:.1f}")
        if verbose and outcome.log:
            say(f"{job}:\n{outcome.log}")
    stdout.print(table)
    kept = sum(step.action == "reuse" for step in report.steps)
    rest = f", {kept} unchanged" if kept else ""
    stdout.print(
        f"{len(report.outcomes)} made{rest}; published {report.site} in {report.seconds:.1f} s.",
        highlight=False,
    )


@commands.command()
def plan(cities: Cities = None, output: Output = None, force: Force = False) -> None:
    """Say which pages a build would make, and why."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.build import BuildOptions, plan_build
    from c2c_lib.reporting.inputs import store_in_use

    options = BuildOptions(tuple(cities or ()), force=force)
    steps, _, _ = plan_build(project_at(output), load_cities(), options, store_in_use())
    table = Table("page", "address", "action", "why", box=None)
    for step in steps:
        table.add_row(step.job.id, step.job.address, step.action, step.reason)
    stdout.print(table)


@commands.command()
def check(
    site: Site = None,
) -> None:
    """Check a built site: the right cities, whole pages, true numbers, nothing private."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.check import check_site
    from c2c_lib.reporting.failure import CheckFailedError

    project = project_at(site)
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
    from c2c_lib.reporting.cards import site_rules

    problems = check_site(
        project.site,
        names,
        headings=_headings(project),
        root=project.root,
        rules=site_rules(),
    )
    if problems:
        raise CheckFailedError(problems)
    stdout.print(f"{project.site}: no problems found.", highlight=False)


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
