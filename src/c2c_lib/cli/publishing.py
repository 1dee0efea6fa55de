"""Keep an edition for good, and put a checked site where it is published from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from c2c_lib.cli.options import project_at
from c2c_lib.cli.reports import check as check_command
from c2c_lib.cli.terminal import stderr, stdout
from c2c_lib.errors import InputError

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def edition() -> None:
    """Keep the edition that reports/site.yml names, for good, in reports/editions."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.build import BuildOptions, build
    from c2c_lib.reporting.edition import edition_of
    from c2c_lib.reporting.editions import refuse_kept
    from c2c_lib.reporting.front import FRONT_PAGES
    from c2c_lib.reporting.inputs import store_in_use
    from c2c_lib.reporting.progress import Progress

    project = project_at()
    label, _ = edition_of(project.edition)
    refuse_kept(label, project.editions)
    project = replace(project, site=project.editions / label)
    with Progress(stderr) as progress:
        build(
            project,
            load_cities(),
            BuildOptions(keep=True),
            FRONT_PAGES,
            store_in_use(),
            progress,
        )
    stdout.print(
        f"Kept edition {label} in reports/editions/{label}. `c2c build` gives it its own address, "
        f"editions/{label}/. It never changes from now on: for the next edition, change "
        "reports/site.yml.",
        highlight=False,
    )


@commands.command()
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New, empty, or an earlier copy.")],
    site: Annotated[Path | None, typer.Option(help="A built site [reports/_site].")] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Add the PDFs of reports/_pdf, and links to them.")
    ] = False,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Refuse a translation that no person has reviewed.")
    ] = False,
) -> None:
    """Check the built site and copy it to a folder, all of it or nothing."""
    from c2c_lib.language.reviews import review_problems
    from c2c_lib.params import load_cities
    from c2c_lib.reporting.copy_site import copy_site

    codes = dict.fromkeys(code for city in load_cities().values() for code in city.languages)
    if reviewed and (problems := review_problems(codes)):
        raise InputError(problems)
    check_command(site)
    project = project_at(site)
    count = copy_site(project.site, folder, project.root / "reports" / "_pdf" if pdf else None)
    stdout.print(
        f"Published {count} files in {folder}. SHA256SUMS lists them: to check a copy, run "
        "`sha256sum --check SHA256SUMS` in it.",
        highlight=False,
    )
