"""Print the report cards as PDFs."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from c2c_lib.cli.options import Cities, project_at
from c2c_lib.cli.terminal import say, stdout

__all__ = ["commands"]

commands = typer.Typer()


class PaperName(StrEnum):
    """What is printed on."""

    a4 = "a4"
    letter = "letter"


class Engine(StrEnum):
    """What makes the PDFs."""

    chromium = "chromium"
    quarto = "quarto"


@commands.command()
def pdf(
    cities: Cities = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Two letters; may be given again [all].")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder of PDFs [reports/_pdf].")] = None,
    one_page: Annotated[bool, typer.Option("--one-page", help="Only the one-page ones.")] = False,
    tables: Annotated[
        bool, typer.Option("--tables", help="Print the tables behind the charts too.")
    ] = False,
    paper: Annotated[PaperName, typer.Option(help="Paper.")] = PaperName.letter,
    engine: Annotated[
        Engine, typer.Option(help="Print with the browser, or set with Quarto's Typst.")
    ] = Engine.chromium,
    site: Annotated[Path | None, typer.Option(help="A built site [reports/_site].")] = None,
) -> None:
    """Print the built cards: each in full and on one page, all of them or none."""
    from c2c_lib.params import load_cities
    from c2c_lib.reporting import pdf as chromium_pdf
    from c2c_lib.reporting import typst_pdf
    from c2c_lib.reporting.chromium import require_chromium
    from c2c_lib.reporting.editions import address_of
    from c2c_lib.reporting.pdf_files import page_count
    from c2c_lib.reporting.pdf_tasks import pdf_tasks
    from c2c_lib.reporting.quarto import require_typst

    project = project_at(site)
    tasks = pdf_tasks(
        project.site,
        load_cities(),
        cities or (),
        language or (),
        paper.value,
        only_one_page=one_page,
    )
    set_by_quarto = engine is Engine.quarto
    program = require_typst() if set_by_quarto else require_chromium()
    make_pdfs = (
        partial(typst_pdf.make_pdfs, templates=project.paper)
        if set_by_quarto
        else chromium_pdf.make_pdfs
    )
    folder = output or project.root / "reports" / "_pdf"
    say(f"Printing {len(tasks)} PDFs with {Path(program).name} …")
    files = make_pdfs(project.site, tasks, folder, program, address_of(project), tables=tables)
    table = Table("PDF", "pages", "kB", box=None)
    for file in files:
        content = file.read_bytes()
        table.add_row(file.name, str(page_count(content)), str(len(content) // 1000))
    stdout.print(table)
    stdout.print(f"{len(files)} PDFs in {folder}.", highlight=False)
