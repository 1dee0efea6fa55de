"""What every way of making PDFs shares: how many pages, how small, and all files or none."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from c2c_lib.errors import BuildError
from c2c_lib.reporting.pdf_tasks import PdfTask

__all__ = ["BEHIND_CHARTS", "all_or_none", "page_count", "scales", "too_long"]

BEHIND_CHARTS: Final = (".over-time", ".groups", ".topic", "#neighborhoods", "#method")
"""Parts of a page whose folded tables stand behind a chart: a booklet goes without them."""

_SCALES: Final = (1.0, 0.95, 0.9, 0.85, 0.8)
"""How far a sheet may be made smaller to stay one: its smallest type is then 6 points."""
_PAGE: Final = re.compile(rb"/Type\s*/Page\b(?!s)")


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has whose maker writes each page's entry in the clear.

    Chromium and Typst do.

    Examples
    --------
    >>> page_count(b"<< /Type /Pages /Count 1 >> << /Type /Page /Parent 1 0 R >>")
    1
    """
    return len(_PAGE.findall(pdf))


def scales(task: PdfTask) -> tuple[float, ...]:
    """Return how large a PDF is tried to be made, largest first: only a sheet is made smaller.

    Examples
    --------
    >>> scales(PdfTask("norwalk/index.html", "norwalk-report-card-en-a4.pdf", "a4"))
    (1.0,)
    """
    return _SCALES if task.one_sheet else _SCALES[:1]


def too_long(task: PdfTask) -> BuildError:
    """Return the error of a sheet that fits on one page at no scale."""
    return BuildError(
        f"{task.address} does not fit on one {task.paper} page, even at {_SCALES[-1]:.0%} of its "
        "size: shorten the city's texts in its parameters file"
    )


@contextmanager
def all_or_none(folder: Path, tasks: Sequence[PdfTask]) -> Iterator[Path]:
    """Give a folder to work in, whose PDFs go into their own only when all are made.

    Parameters
    ----------
    folder : Path
        Where the PDFs go; made if it is missing. Files of other names in it stay.
    tasks : sequence of PdfTask
        Each has to be in the folder given, by its name, when the work is done.

    Raises
    ------
    BuildError
        If the disk is full or not to be written. What the work itself raises is passed on; in
        both cases the folder is as it was before.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".c2c-pdf-") as work:
            yield Path(work)
            # All are there: from here on nothing is left but to rename them.
            folder.mkdir(exist_ok=True)
            for task in tasks:
                (Path(work) / task.name).replace(folder / task.name)
    except OSError as error:
        raise BuildError(f"the PDFs could not be written to {folder.name}: {error}") from error
