"""What one worker process does: execute a notebook and keep what may be published of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from c2c_lib.reporting.execute import execute
from c2c_lib.reporting.figure_files import FIGURE_FOLDER
from c2c_lib.reporting.nbconvert_renderer import render_body
from c2c_lib.reporting.publishable import make_publishable
from c2c_lib.reporting.task import BODY, DATA_FOLDER, HEADLINE, RESULT, Outcome, Task

__all__ = ["make_pages", "prepare_pages", "write_result"]


def make_pages(tasks: Sequence[Task]) -> list[Outcome]:
    """Make one page in several languages; meant to be the only thing that its process does.

    Each language's notebook is executed by itself, one after the other. What the library works
    out for the first (the privacy gate, the findings) it has ready for the next.

    Parameters
    ----------
    tasks : sequence of Task
        The same page of the same city.

    Returns
    -------
    list of Outcome
        One per task, with the failure, if there was one; that job's folder is then as it was
        before, and the other languages are made all the same.
    """
    return [execute(task, _keep) for task in tasks]


def prepare_pages(pages: Sequence[Sequence[Task]]) -> None:
    """Read once what most pages need, in the process that theirs are forked from."""
    # The rooms behind it read tables; a build of a single page has its own process read them.
    from c2c_lib.reporting.cards import prepare_cards  # noqa: PLC0415

    tasks = [task for page in pages for task in page]
    os.environ.update(tasks[0].environment)
    prepare_cards(list(dict.fromkeys(task.city for task in tasks if task.city)))


def _keep(task: Task, executed: Any) -> None:
    page = make_publishable(executed, task.language)
    write_result(Path.cwd(), page.notebook, page.figures)
    if task.downloads:
        # The rooms behind it are needed by pages of cities only.
        from c2c_lib.reporting import city_downloads  # noqa: PLC0415

        city_downloads.write_city_downloads(Path.cwd() / DATA_FOLDER, task.city, task.language)
        city_downloads.write_city_headline(Path.cwd() / HEADLINE, task.city, task.language)


def write_result(folder: Path, notebook: NotebookNode, figures: dict[str, bytes]) -> None:
    """Write the publishable notebook, its rendered body and its pictures to a folder."""
    nbformat.write(notebook, folder / RESULT)
    (folder / BODY).write_text(render_body(notebook), encoding="utf-8")
    (folder / FIGURE_FOLDER).mkdir(exist_ok=True)
    for name, content in figures.items():
        (folder / FIGURE_FOLDER / name).write_bytes(content)
