"""Puts pages, pictures, downloads and shared files together into one site folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

import nbformat
from nbformat import NotebookNode

from c2c_lib.reporting.compact import compact_figures, drop_second_ids
from c2c_lib.reporting.dataset_metadata import dataset_metadata
from c2c_lib.reporting.edition import edition_of, server_path
from c2c_lib.reporting.editions import address_of
from c2c_lib.reporting.figure_files import FIGURE_FOLDER
from c2c_lib.reporting.front import FrontPage
from c2c_lib.reporting.front.data import data_body
from c2c_lib.reporting.front.news import News, read_city_news
from c2c_lib.reporting.one_page import one_page, sheet_address, wants_one_page
from c2c_lib.reporting.page import (
    PageContext,
    PageTemplate,
    SiteContext,
    add_heading_ids,
    first_paragraph,
    language_links,
)
from c2c_lib.reporting.part_sheet import part_sheet, parts_of
from c2c_lib.reporting.plain_links import without_links_to
from c2c_lib.reporting.plan import NOT_FOUND, Job, page_address
from c2c_lib.reporting.project import DEFAULT_LANGUAGE, CityInfo, Project
from c2c_lib.reporting.publishable import (
    body_cells,
    headings_of,
    html_of,
    page_from_html,
    title_of,
)
from c2c_lib.reporting.quarto_renderer import render_site, write_project
from c2c_lib.reporting.search import SEARCH, search_body
from c2c_lib.reporting.task import BODY, CODEBOOK, DATA_FOLDER, DESCRIPTOR, RESULT

__all__ = ["Renderer", "SitePage", "assemble", "site_pages"]

Renderer = Literal["nbconvert", "quarto"]


@dataclass(frozen=True)
class SitePage:
    """One page that is ready to be rendered.

    Attributes
    ----------
    context : PageContext
        For the template.
    notebook : NotebookNode
        Publishable.
    body : str
        The notebook's body as HTML.
    folder : Path or None
        The job's folder, with its pictures and perhaps its city's downloads.
    """

    context: PageContext
    notebook: NotebookNode
    body: str
    folder: Path | None = None

    @property
    def headings(self) -> list[str]:
        """Headings that the rendered page must have."""
        return [words for _, words in headings_of(self.notebook)]


def site_pages(
    project: Project,
    jobs: Sequence[Job],
    cities: Mapping[str, CityInfo],
    fronts: Mapping[str, FrontPage],
) -> list[SitePage]:
    """Return every page: one per job that has a result, the data pages, and the front pages.

    Parameters
    ----------
    project : Project
        Where results are kept.
    jobs : sequence of Job
        Jobs with results.
    cities : mapping of str to CityInfo
        All cities, by slug.
    fronts : mapping of str to callable
        The pages that no notebook makes, by name; the front page has none. Each takes the
        cities of a language, the language and what is new, and returns HTML with an ``<h1>``.
        Where there are any, there is an index of all pages too.
    """
    sources = {
        (job.language, job.city): job.folder(project.build)
        for job in jobs
        if (job.folder(project.build) / DATA_FOLDER / DESCRIPTOR).is_file()
    }
    pages = [
        *(page for job in jobs for page in _job_pages(project, job, jobs, cities)),
        *_data_pages(sources, cities, {job.address for job in jobs}),
        *_front_pages(project, jobs, cities, fronts, sources),
    ]
    pages = _with_siblings(pages)
    return [*pages, *_index_pages(pages)] if fronts else pages


def _job_pages(
    project: Project, job: Job, jobs: Sequence[Job], cities: Mapping[str, CityInfo]
) -> Iterator[SitePage]:
    """Return the page of a job and, of a card, the page that holds it on one sheet."""
    folder = job.folder(project.build)
    notebook = _read(folder / RESULT)
    body = (folder / BODY).read_text(encoding="utf-8")
    twins = [(other.language, other.address) for other in jobs if job.is_twin(other)]
    name = cities[job.city].name if job.city else ""
    context = _context(notebook, body, job.language, job.address, (job.city, name), twins)
    page = SitePage(context, notebook, body, folder)
    yield page
    if wants_one_page(body):
        yield from _sheets(page, [other for other, _ in twins], address_of(project))


def _front_pages(
    project: Project,
    jobs: Sequence[Job],
    cities: Mapping[str, CityInfo],
    fronts: Mapping[str, FrontPage],
    sources: Mapping[tuple[str, str], Path],
) -> Iterator[SitePage]:
    edition = edition_of(project.edition)
    languages = list(dict.fromkeys(job.language for job in jobs)) or [DEFAULT_LANGUAGE]
    for language in languages:
        there = {job.city for job in jobs if job.language == language and job.city}
        listed = [city for slug, city in cities.items() if slug in there]
        own = {slug: folder for (code, slug), folder in sources.items() if code == language}
        news = News(*edition, {slug: read_city_news(folder) for slug, folder in own.items()})
        for name, front in fronts.items():
            twins = [(o, page_address(name, "", o)) for o in languages if o != language]
            html = front(listed, language, news)
            page = _front(html, language, page_address(name, "", language), twins)
            if name == NOT_FOUND:
                base = server_path(project.edition)
                page = replace(page, context=replace(page.context, base=base))
            yield page


def _sheets(card: SitePage, others: Sequence[str], site: str) -> Iterator[SitePage]:
    """Return the pages that hold the card, and each part of its frame, on one sheet of paper."""
    context = card.context
    language, title = context.language, context.title
    where = f"{site}{context.address.removesuffix('index.html')}" if site else context.address
    yield _sheet(card, others, one_page(card.body, title, language, where))
    for part in parts_of(card.body):
        yield _sheet(card, others, part_sheet(card.body, part, title, language, where), part)


def _sheet(card: SitePage, others: Sequence[str], html: str, part: str = "") -> SitePage:
    city, language = card.context.city, card.context.language
    twins = [(other, sheet_address(city, other, part)) for other in others]
    address = sheet_address(city, language, part)
    sheet = _front(html, language, address, twins, (city, card.context.city_name))
    # Its headings are all in sight: a list of them would only take room.
    return replace(sheet, context=replace(sheet.context, contents=()))


def _index_pages(pages: Sequence[SitePage]) -> Iterator[SitePage]:
    """Return the index of all pages, in every language that there are pages in."""
    languages = list(dict.fromkeys(page.context.language for page in pages))
    for language in languages:
        twins = [(o, page_address(SEARCH, "", o)) for o in languages if o != language]
        spoken = [(p.context, p.body) for p in pages if p.context.language == language]
        html = search_body(spoken, language)
        yield _front(html, language, page_address(SEARCH, "", language), twins)


def _data_pages(
    sources: Mapping[tuple[str, str], Path],
    cities: Mapping[str, CityInfo],
    made: Collection[str],
) -> Iterator[SitePage]:
    for (language, slug), folder in sources.items():
        others = [code for code, other in sources if other == slug and code != language]
        twins = [(code, page_address(DATA_FOLDER, slug, code)) for code in others]
        absent = {page_address("codebook", "", language)}.difference(made)
        yield _data_page(folder / DATA_FOLDER, cities[slug], language, twins, absent)


def _data_page(
    folder: Path,
    city: CityInfo,
    language: str,
    twins: Sequence[tuple[str, str]],
    absent: Collection[str],
) -> SitePage:
    """Return the page of a city's downloads, made from what describes them."""
    package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    entries = json.loads((folder / CODEBOOK).read_text(encoding="utf-8"))["indicators"]
    address = page_address(DATA_FOLDER, city.slug, language)
    html = without_links_to(absent, data_body(package, city, language), address)
    page = _front(html, language, address, twins, (city.slug, city.name))
    dataset = dataset_metadata(package, entries, language)
    return replace(page, context=replace(page.context, dataset=dataset))


def _with_siblings(pages: Sequence[SitePage]) -> list[SitePage]:
    """Tell every page of a city which other pages the city has in its language."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for page in pages:
        context = page.context
        if context.city:
            name = PurePosixPath(context.address).parent.name
            key = (context.language, context.city)
            found.setdefault(key, {})[name] = context.address
    return [
        replace(page, context=replace(page.context, city_pages=tuple(own.items())))
        if (own := found.get((page.context.language, page.context.city)))
        else page
        for page in pages
    ]


def _front(
    html: str,
    language: str,
    address: str,
    twins: Sequence[tuple[str, str]],
    city: tuple[str, str] = ("", ""),
) -> SitePage:
    notebook = page_from_html(html, language).notebook
    # It is HTML already: nbconvert, slow to import, would only copy it.
    body, _ = add_heading_ids("\n".join(html_of(cell) or cell for cell in body_cells(notebook)))
    return SitePage(_context(notebook, body, language, address, city, twins), notebook, body)


def _read(file: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(file, as_version=4)
    return notebook


def _context(
    notebook: NotebookNode,
    body: str,
    language: str,
    address: str,
    city: tuple[str, str],
    twins: Sequence[tuple[str, str]],
) -> PageContext:
    return PageContext(
        title=title_of(notebook),
        language=language,
        description=first_paragraph(body),
        address=address,
        city=city[0],
        city_name=city[1],
        contents=add_heading_ids(body)[1],
        languages=language_links(address, twins),
    )


def assemble(
    folder: Path,
    project: Project,
    pages: Sequence[SitePage],
    site: SiteContext,
    renderer: Renderer,
    left_out: Collection[str] = (),
) -> None:
    """Write the whole site into an empty folder.

    Parameters
    ----------
    folder : Path
        Empty.
    project : Project
        Template, shared files and kept downloads.
    pages : sequence of SitePage
        From `site_pages`.
    site : SiteContext
        For the template.
    renderer : {"nbconvert", "quarto"}
        Who makes the bodies; frame, pictures and downloads are the same.
    left_out : collection of str
        Addresses of pages that this build does not make: a link to one becomes plain words.

    Raises
    ------
    InputError, BuildError
        If the template or Quarto fails.
    """
    template = PageTemplate(project.template)
    rendered = _render(project, pages, site, template, renderer)
    for page in pages:
        file = folder / page.context.address
        file.parent.mkdir(parents=True, exist_ok=True)
        html = without_links_to(left_out, rendered[page.context.address], page.context.address)
        file.write_text(drop_second_ids(compact_figures(html)), encoding="utf-8")
        if page.folder is not None:
            shutil.copytree(page.folder / FIGURE_FOLDER, file.parent / FIGURE_FOLDER)
            _copy_downloads(page, folder)
    if project.assets.is_dir():
        shutil.copytree(project.assets, folder / FIGURE_FOLDER, dirs_exist_ok=True)


def _copy_downloads(page: SitePage, site: Path) -> None:
    """Copy a city's downloads to its own address, whichever of its pages brought them."""
    context = page.context
    home = (site / page_address("report_card", context.city, context.language)).parent
    if page.folder is not None and (page.folder / DATA_FOLDER).is_dir():
        shutil.copytree(page.folder / DATA_FOLDER, home / DATA_FOLDER)


def _render(
    project: Project,
    pages: Sequence[SitePage],
    site: SiteContext,
    template: PageTemplate,
    renderer: Renderer,
) -> Mapping[str, str]:
    if renderer == "nbconvert":
        return {p.context.address: template.render(p.context, site, p.body) for p in pages}
    sources = [(page.context, page.notebook) for page in pages]
    work = project.build / "quarto"
    write_project(work, project.quarto, sources, template, site)
    # Pandoc passes our own HTML through as it is, headings without anchors too.
    return {
        address: add_heading_ids(html)[0] for address, html in render_site(work, sources).items()
    }
