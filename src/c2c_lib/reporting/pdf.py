"""Prints pages of a built site as tagged PDFs: the full card, and its one sheet."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from c2c_lib.errors import BuildError
from c2c_lib.reporting.devtools import Browser, Tab, launched
from c2c_lib.reporting.pdf_files import BEHIND_CHARTS, all_or_none, page_count, scales, too_long
from c2c_lib.reporting.pdf_tasks import Paper, PdfTask

__all__ = ["make_pdfs"]

_INCHES: Final[dict[Paper, tuple[float, float]]] = {
    "a4": (210 / 25.4, 297 / 25.4),
    "letter": (8.5, 11.0),
}
_TABS: Final = 2
"""Pages that are printed at once."""
# Runs in the page. Ways to other pages of the site would be paths on this computer: they lead to
# the site's own address, or are plain words if that is not known.
_PREPARE: Final = """async (root, behind, address, tables) => {
  for (const part of document.querySelectorAll("details")) {
    if (tables || !part.matches(behind)) part.open = true;
  }
  // Only the picture in it is a figure of the PDF, with its text: one around it would have none.
  for (const part of document.querySelectorAll("figure")) part.setAttribute("role", "none");
  const here = location.href.split("#")[0];
  for (const link of document.querySelectorAll("a[href]")) {
    const [page] = link.href.split("#");
    if (!link.href.startsWith("file:") || page === here) continue;
    if (address && link.href.startsWith(root)) {
      link.href = address + link.href.slice(root.length).replace(/index\\.html(?=#|$)/, "");
      link.dataset.within = "";
    } else link.removeAttribute("href");
  }
  if (!document.querySelector(".one-page")) {
    const title = JSON.stringify(document.querySelector("h1").textContent);
    const styles = new CSSStyleSheet();
    styles.replaceSync(`@page { @bottom-left { content: ${title}; font: 8pt sans-serif; } }`);
    document.adoptedStyleSheets = [styles];
  }
  await document.fonts.ready;
  const pictures = [...document.images];
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  return pictures.filter((picture) => !picture.naturalWidth).map((picture) => picture.src);
}"""


def make_pdfs(
    site: Path,
    tasks: Sequence[PdfTask],
    folder: Path,
    program: str,
    address: str = "",
    *,
    tables: bool = False,
) -> list[Path]:
    """Print pages of a site, and put all PDFs into a folder, or none.

    Every PDF is tagged, names title and language, has bookmarks made of the headings, and the
    pictures' alternative texts.

    Parameters
    ----------
    site : Path
        A built site.
    tasks : sequence of PdfTask
        What to print.
    folder : Path
        Where the PDFs go; made if it is missing. Files of other names in it stay.
    program : str
        From `c2c_lib.reporting.chromium.require_chromium`.
    address : str
        Where the site is read; links to its other pages lead there. Without one they are plain
        words.
    tables : bool
        Whether the tables behind the charts are printed too. Without them a card is a booklet
        that a board reads; with them it is half as long again, and every figure is on paper.

    Returns
    -------
    list of Path
        The PDFs, in the order of the tasks.

    Raises
    ------
    BuildError
        If the browser fails, a picture does not show, a sheet does not fit on one page, or the
        disk is full. The folder is then as it was before.
    """
    with all_or_none(folder, tasks) as work:
        asyncio.run(_print_all(site, tasks, work, program, (address, tables)))
    return [folder / task.name for task in tasks]


async def _print_all(
    site: Path, tasks: Sequence[PdfTask], work: Path, program: str, how: tuple[str, bool]
) -> None:
    waiting = list(reversed(tasks))

    async def make(browser: Browser) -> None:
        # A page after another in one tab: a new one would start a process of its own.
        async with browser.tab() as tab:
            while waiting:
                task = waiting.pop()
                pdf = await _print(tab, site.resolve(), task, how)
                (work / task.name).write_bytes(pdf)

    async with launched(program) as browser:
        workers = [asyncio.create_task(make(browser)) for _ in range(min(_TABS, len(tasks)))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)


async def _print(tab: Tab, site: Path, task: PdfTask, how: tuple[str, bool]) -> bytes:
    width, height = _INCHES[task.paper]
    await tab.open((site / task.address).as_uri())
    behind = ", ".join(f"{part} *" for part in BEHIND_CHARTS)
    broken = await tab.run(_PREPARE, f"{site.as_uri()}/", behind, *how)
    if broken:
        names = ", ".join(str(source).rsplit("/", 1)[-1] for source in broken)
        raise BuildError(f"{task.address}: pictures do not show: {names}")
    for scale in scales(task):
        pdf = base64.b64decode(
            await tab.print(
                paperWidth=width,
                paperHeight=height,
                scale=scale,
                printBackground=True,
                preferCSSPageSize=False,
                generateTaggedPDF=True,
                generateDocumentOutline=True,
            )
        )
        if not task.one_sheet or page_count(pdf) == 1:
            return pdf
    raise too_long(task)
