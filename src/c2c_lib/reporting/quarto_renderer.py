"""Renders publishable notebooks with Quarto, where Quarto is installed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import nbformat
import yaml
from nbformat import NotebookNode

from c2c_lib.errors import BuildError, InputError, Problem
from c2c_lib.reporting.page import PageContext, PageTemplate, SiteContext
from c2c_lib.reporting.publishable import title_of
from c2c_lib.reporting.quarto import require_quarto, run_quarto

__all__ = ["render_site", "write_project"]

_BODY: Final = "c2c-body-goes-here"
_OUT: Final = "_site"


def write_project(
    folder: Path,
    base: Path,
    pages: Sequence[tuple[PageContext, NotebookNode]],
    template: PageTemplate,
    site: SiteContext,
) -> None:
    """Write a Quarto website project that renders the pages and executes nothing.

    Every page brings its own Pandoc template, made from the project's page template, so
    that both renderers give the same frame and Quarto adds no theme, script or font.

    Parameters
    ----------
    folder : Path
        Emptied and written.
    base : Path
        The project file to start from (``reports/_quarto.yml``).
    pages : sequence of (PageContext, NotebookNode)
        Publishable notebooks with their places on the site.
    template : PageTemplate
        The frame of every page.
    site : SiteContext
        What the frame says about the site.

    Raises
    ------
    InputError
        If the project file is missing or is not a mapping.
    """
    settings = _settings(base)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = [_source(page) for page, _ in pages]
    project = {**settings.get("project", {}), "type": "website", "output-dir": _OUT}
    settings = {**settings, "project": {**project, "render": sources}}
    (folder / "_quarto.yml").write_text(
        yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    for (page, notebook), source in zip(pages, sources, strict=True):
        file = folder / source
        file.parent.mkdir(parents=True, exist_ok=True)
        frame = _pandoc_template(template.render(page, site, _BODY))
        frame_file = file.with_suffix(".template.html")
        frame_file.write_text(frame, encoding="utf-8")
        nbformat.write(_with_template(notebook, frame_file.name), file)


def _settings(base: Path) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(base.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError([Problem(where=base.name, what=f"does not read: {error}")]) from error
    if not isinstance(loaded, dict):
        raise InputError([Problem(where=base.name, what="is not a mapping of settings")])
    return loaded


def _source(page: PageContext) -> str:
    return str(Path(page.address).with_suffix(".ipynb").as_posix())


def _pandoc_template(page: str) -> str:
    """Turn a rendered frame into a Pandoc template: ``$`` is doubled, the body is a variable."""
    return page.replace("$", "$$").replace(_BODY, "$body$")


def _with_template(notebook: NotebookNode, template: str) -> NotebookNode:
    front = {"title": title_of(notebook), "format": {"html": {"template": template}}}
    language = notebook.cells[0].source.splitlines()[2].removeprefix("lang: ")
    text = yaml.safe_dump({**front, "lang": language}, sort_keys=False, allow_unicode=True)
    copy: NotebookNode = nbformat.from_dict(json.loads(nbformat.writes(notebook)))
    copy.cells[0].source = f"---\n{text}---"
    return copy


def render_site(
    folder: Path, pages: Sequence[tuple[PageContext, NotebookNode]]
) -> Mapping[str, str]:
    """Run ``quarto render`` once for the whole project and return the pages.

    Parameters
    ----------
    folder : Path
        From `write_project`.
    pages : sequence of (PageContext, NotebookNode)
        The same pages.

    Returns
    -------
    mapping of str to str
        HTML by address.

    Raises
    ------
    InputError
        If Quarto is not installed.
    BuildError
        If Quarto fails, takes longer than 15 minutes, or leaves a page out.
    """
    run_quarto([require_quarto(), "render", "--no-execute", "--to", "html"], folder)
    found = {page.address: folder / _OUT / page.address for page, _ in pages}
    missing = [address for address, file in found.items() if not file.is_file()]
    if missing:
        raise BuildError(f"quarto render left out {', '.join(missing)}")
    return {address: file.read_text(encoding="utf-8") for address, file in found.items()}
