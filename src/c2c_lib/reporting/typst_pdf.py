"""Sets pages of a built site as tagged PDFs with the Pandoc and the Typst that Quarto brings."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from c2c_lib.errors import BuildError
from c2c_lib.reporting.paper_page import PaperPage, paper_page
from c2c_lib.reporting.pdf_files import all_or_none, page_count, scales, too_long
from c2c_lib.reporting.pdf_tasks import Paper, PdfTask
from c2c_lib.reporting.quarto import run_quarto

__all__ = ["make_pdfs"]

_PAPERS: Final[dict[Paper, str]] = {"a4": "a4", "letter": "us-letter"}
_WORKERS: Final = 2
_SOURCE: Final = "page.typ"
_STANDARD: Final = "ua-1"
"""PDF/UA-1: Typst makes none without a title, a picture's words or headings in order."""


def make_pdfs(
    site: Path,
    tasks: Sequence[PdfTask],
    folder: Path,
    program: str,
    address: str = "",
    *,
    templates: Path,
    tables: bool = False,
) -> list[Path]:
    """Set pages of a site with Quarto's Typst, and put all PDFs into a folder, or none.

    The figures, words and pictures are those of the page: nothing is computed again. Every PDF
    meets PDF/UA-1, or is not made.

    Parameters
    ----------
    site : Path
        A built site.
    tasks : sequence of PdfTask
        What to set.
    folder : Path
        Where the PDFs go; made if it is missing. Files of other names in it stay.
    program : str
        From `c2c_lib.reporting.quarto.require_typst`.
    address : str
        Where the site is read; links to its other pages lead there.
    templates : Path
        Folder of ``paper.typ`` and ``paper.lua``.
    tables : bool
        Whether the tables behind the charts are set too.

    Returns
    -------
    list of Path
        The PDFs, in the order of the tasks.

    Raises
    ------
    BuildError
        If Quarto fails, a picture is missing, a sheet does not fit on one page, or the disk is
        full. The folder is then as it was before.
    """
    pages = list(dict.fromkeys(task.address for task in tasks))

    def make(number: int) -> None:
        page = pages[number]
        html = (site / page).read_text(encoding="utf-8")
        own = work / str(number)
        own.mkdir()
        made = paper_page(html, page, address=address, tables=tables)
        _convert(made, site, own, program, templates)
        for task in tasks:
            if task.address == page:
                (work / task.name).write_bytes(_compile(own, task, program))

    with all_or_none(folder, tasks) as work, ThreadPoolExecutor(_WORKERS) as threads:
        # The first that fails is told; those that have not begun are not begun.
        for done in [threads.submit(make, number) for number in range(len(pages))]:
            try:
                done.result()
            except BaseException:
                threads.shutdown(cancel_futures=True)
                raise
    return [folder / task.name for task in tasks]


def _convert(page: PaperPage, site: Path, folder: Path, program: str, templates: Path) -> None:
    """Write the page and its pictures as a Typst document into a folder."""
    for name, drawing in page.drawn.items():
        (folder / name).write_text(drawing, encoding="utf-8")
    for name, file in page.files.items():
        if not (site / file).is_file():
            raise BuildError(f"{page.title}: pictures do not show: {file}")
        shutil.copyfile(site / file, folder / name)
    (folder / "page.html").write_text(page.body, encoding="utf-8")
    said = {"title": page.title, "description": page.description, "lang": page.language}
    settings = [f"--metadata={name}={value}" for name, value in said.items()]
    settings.append(f"--variable=flow={page.columns}")
    if page.sheet:
        settings.append("--variable=sheet=true")
    run_quarto(
        [
            program,
            "pandoc",
            "page.html",
            "--from=html-auto_identifiers",
            "--to=typst-smart",
            "--standalone",
            "--wrap=none",
            f"--template={(templates / 'paper.typ').resolve()}",
            f"--lua-filter={(templates / 'paper.lua').resolve()}",
            f"--output={_SOURCE}",
            *settings,
        ],
        folder,
    )


def _compile(folder: Path, task: PdfTask, program: str) -> bytes:
    for scale in scales(task):
        run_quarto(
            [
                program,
                "typst",
                "compile",
                _SOURCE,
                task.name,
                f"--pdf-standard={_STANDARD}",
                f"--input=paper={_PAPERS[task.paper]}",
                f"--input=scale={scale}",
            ],
            folder,
        )
        pdf = (folder / task.name).read_bytes()
        if not task.one_sheet or page_count(pdf) == 1:
            return pdf
    raise too_long(task)
