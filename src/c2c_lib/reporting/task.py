"""A page to be made and what became of it: what travels between processes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from c2c_lib.reporting.failure import Failure

__all__ = [
    "BIBTEX",
    "BODY",
    "CODEBOOK",
    "CSL",
    "DATA_FOLDER",
    "DESCRIPTOR",
    "DICTIONARY",
    "HEADLINE",
    "INDICATORS",
    "RESULT",
    "ROWS",
    "WORKBOOK",
    "Engine",
    "Outcome",
    "Task",
    "task_environment",
]

Engine = Literal["fork", "kernel"]

RESULT: Final = "publishable.ipynb"
"""What a finished job leaves in its folder: the publishable notebook,"""
BODY: Final = "body.html"
"""its body as HTML,"""
DATA_FOLDER: Final = "data"
"""and, with a city's first page, the city's downloads:"""
INDICATORS: Final = "indicators.csv"
DICTIONARY: Final = "data-dictionary.csv"
CODEBOOK: Final = "codebook.json"
DESCRIPTOR: Final = "datapackage.json"
WORKBOOK: Final = "indicators.xlsx"
BIBTEX: Final = "citation.bib"
CSL: Final = "citation.json"
ROWS: Final = "rows"
"""A folder with the rows of each block of the card."""
HEADLINE: Final = "headline.html"
"""What the home page says of the city; it lies beside the downloads, not among them."""


@dataclass(frozen=True)
class Task:
    """Everything that a worker process needs for one page.

    Attributes
    ----------
    job : str
        Id of the job.
    city, page, language : str
        What the page is about.
    notebook : Path
        The report notebook.
    folder : Path
        The job's own folder; replaced as a whole when the job succeeds.
    failed : Path
        Where the executed notebook is kept if something fails.
    root : Path
        The project.
    parameters : mapping of str to str
        Slugs only, checked before.
    engine : {"fork", "kernel"}
        In this process (which was forked after imports), or in a kernel.
    environment : mapping of str to str
        Variables to set in the process.
    downloads : bool
        Whether the city's downloads are written beside this page.
    """

    job: str
    city: str
    page: str
    language: str
    notebook: Path
    folder: Path
    failed: Path
    root: Path
    parameters: Mapping[str, str]
    engine: Engine
    environment: Mapping[str, str]
    downloads: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a task.

    Attributes
    ----------
    job : str
        Id of the job.
    seconds : float
        Wall time in the worker.
    failure : Failure or None
        Why there is no page.
    log : str
        What the process and its kernel wrote to the terminal, known noise left out.
    """

    job: str
    seconds: float
    failure: Failure | None = None
    log: str = ""


def task_environment(root: Path, folder: Path) -> dict[str, str]:
    """Return the variables that make a run independent of who starts it, and from where.

    Parameters
    ----------
    root : Path
        The project; notebooks find it through ``C2C_HOME``.
    folder : Path
        The job's folder, which also takes IPython's settings: nobody's own start-up
        files may change a published report.
    """
    own = {name: value for name, value in os.environ.items() if name.startswith("C2C_")}
    return {
        **own,
        "C2C_HOME": str(root),
        "IPYTHONDIR": str(folder / ".ipython"),
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
