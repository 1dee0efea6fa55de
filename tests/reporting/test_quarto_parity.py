"""Both renderers make the same site: every page, way, language, heading, figure and file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import nbformat
import pytest
import yaml

from c2c_lib.params import load_cities
from c2c_lib.paths import project_root
from c2c_lib.reporting.assemble import Renderer, SitePage, assemble, site_pages
from c2c_lib.reporting.figure_files import FIGURE_FOLDER
from c2c_lib.reporting.front import FRONT_PAGES
from c2c_lib.reporting.page import SiteContext, add_heading_ids
from c2c_lib.reporting.plan import Job
from c2c_lib.reporting.project import Project
from c2c_lib.reporting.publishable import page_from_html
from c2c_lib.reporting.quarto import find_quarto
from c2c_lib.reporting.search import SEARCH
from c2c_lib.reporting.task import BODY, RESULT
from support.parity import differences
from support.quarto import install, stand_in
from support.sample_card import card

LANGUAGES = ("en", "es")
PAGES = ("report_card", "neighborhoods", "progress")
"""The pages of a city; of no city there are these:"""
SITE_PAGES = ("compare", "codebook", "changes", "sources", "progress_compared")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The real template, styles and Quarto project, with results of made-up notebooks."""
    root = tmp_path_factory.mktemp("parity")
    (root / "reports").symlink_to(project_root() / "reports")
    return Project(root, root / "site")


@pytest.fixture(scope="module")
def pages(project: Project) -> list[SitePage]:
    jobs = [
        Job("norwalk" if page in PAGES else "", page, language, Path("x"))
        for page in (*PAGES, *SITE_PAGES)
        for language in LANGUAGES
    ]
    jobs += [Job("", "outcome", language, Path("x"), outcome="reading") for language in LANGUAGES]
    for job in jobs:
        title = f"{job.page} {job.language} costs $5" + (" in Norwalk" if job.city else "")
        html = card() if job.page == "report_card" else "<h2>What now?</h2><p>31 % of $x$</p>"
        made = page_from_html(f"<h1>{title}</h1>{html}", job.language)
        folder = job.folder(project.build)
        (folder / FIGURE_FOLDER).mkdir(parents=True)
        nbformat.write(made.notebook, folder / RESULT)
        (folder / BODY).write_text(add_heading_ids(html)[0], encoding="utf-8")
    cities = {"norwalk": load_cities()["norwalk"]}
    fronts = {name: partial(front, name) for name in FRONT_PAGES}
    return site_pages(project, jobs, cities, fronts)


def front(name: str, cities: object, language: str, news: object) -> str:  # noqa: ARG001 - as every front page
    return f"<h1>Page {name} {language}</h1><h2>One</h2><p>A</p><h2>One</h2><p>`B` $1</p>"


@pytest.fixture(scope="module")
def frame() -> SiteContext:
    listed = frozenset({*SITE_PAGES, *FRONT_PAGES, SEARCH})
    cities = (("norwalk", "Norwalk"),)
    return SiteContext(cities, "1", "abc", "2026-01-31", "2026", "2026-01-31", pages=listed)


def built(
    renderer: Renderer, project: Project, pages: list[SitePage], frame: SiteContext, folder: Path
) -> Path:
    folder.mkdir()
    assemble(folder, project, pages, frame, renderer)
    return folder


@pytest.mark.parametrize("real", [False, True], ids=["stand-in", "Quarto"])
def test_both_renderers_make_the_same_pages(
    project: Project,
    pages: list[SitePage],
    frame: SiteContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    real: bool,
):
    if real and find_quarto() is None:
        pytest.skip("Quarto is not installed")
    if not real:
        install(tmp_path, stand_in(), monkeypatch)
    ours = built("nbconvert", project, pages, frame, tmp_path / "nbconvert")
    theirs = built("quarto", project, pages, frame, tmp_path / "quarto")
    assert differences(ours, theirs) == []


def test_the_quarto_project_has_every_page_in_every_language(
    project: Project,
    pages: list[SitePage],
    frame: SiteContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    install(tmp_path, stand_in(), monkeypatch)
    site = built("quarto", project, pages, frame, tmp_path / "quarto")
    work = project.build / "quarto"
    listed = yaml.safe_load((work / "_quarto.yml").read_text("utf-8"))["project"]["render"]
    made = [p.relative_to(site).with_suffix(".ipynb").as_posix() for p in site.rglob("*.html")]
    assert sorted(listed) == sorted(made)
    wanted = {f"{name.replace('_', '-')}/index.ipynb" for name in (*SITE_PAGES, SEARCH)}
    wanted |= {f"{name}/index.ipynb" for name in ("methods", "words", "about", "privacy")}
    wanted |= {"index.ipynb", "404.ipynb", "outcomes/reading/index.ipynb", "norwalk/index.ipynb"}
    wanted |= {f"norwalk/{n}/index.ipynb" for n in ("neighborhoods", "progress", "one-page")}
    assert wanted <= set(listed)
    assert {f"es/{name}" for name in wanted} <= set(listed)
    for name in listed:
        front = nbformat.read(work / name, as_version=4).cells[0].source
        settings = yaml.safe_load(front.strip("-\n"))
        assert settings["lang"] == ("es" if name.startswith("es/") else "en")
        template = (work / name).parent / settings["format"]["html"]["template"]
        text = template.read_text("utf-8")
        assert text.count("$body$") == 1
        assert "$" not in text.replace("$$", "").replace("$body$", "")
