"""Everything that must be true of a built site before it is published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from c2c_lib.errors import Problem, Problems
from c2c_lib.reporting.check_figures import Table, check_figures, read_table
from c2c_lib.reporting.check_languages import check_languages
from c2c_lib.reporting.check_links import check_links, check_loads
from c2c_lib.reporting.check_page import check_page, problems_of_files
from c2c_lib.reporting.editions import EDITIONS
from c2c_lib.reporting.html_document import HtmlDocument, read_html
from c2c_lib.reporting.project import DEFAULT_LANGUAGE
from c2c_lib.reporting.task import DATA_FOLDER, DESCRIPTOR, INDICATORS

if TYPE_CHECKING:
    from c2c_lib.privacy import Rules

__all__ = ["NEWEST", "check_site", "place_of"]

_TEXT_FILES: Final = {".html", ".css", ".csv", ".json", ".geojson", ".js", ".svg", ".txt", ".xml"}
_EMPTY_WORDS: Final = {"nan", "NaN", "None", "<NA>", "NaT", "inf"}
_LANGUAGE_LENGTH: Final = 2
NEWEST: Final = "../../index.html"
"""The way from the root of a kept edition, ``editions/<label>/``, to the newest site."""


def place_of(address: str, cities: Mapping[str, str]) -> tuple[str, str]:
    """Return (language, city slug) of an address; the slug is empty if it is about all.

    Examples
    --------
    >>> place_of("es/norwalk/index.html", {"norwalk": "Norwalk"})
    ('es', 'norwalk')
    >>> place_of("index.html", {"norwalk": "Norwalk"})
    ('en', '')
    """
    folders = address.split("/")[:-1]
    language = DEFAULT_LANGUAGE
    if folders and len(folders[0]) == _LANGUAGE_LENGTH and folders[0] not in cities:
        language = folders.pop(0)
    city = folders[0] if folders and folders[0] in cities else ""
    return language, city


def check_site(
    site: Path,
    cities: Mapping[str, str],
    *,
    headings: Mapping[str, Sequence[str]] | None = None,
    expected: Sequence[str] = (),
    root: Path | None = None,
    kept: bool = False,
    rules: Rules | None = None,
) -> list[Problem]:
    """Check a built site and return everything that is wrong with it.

    Parameters
    ----------
    site : Path
        Folder of the site.
    cities : mapping of str to str
        Name by slug, of all cities that can have pages.
    headings : mapping of str to sequence of str, optional
        Headings of the notebook behind each page, by address.
    expected : sequence of str
        Addresses of pages that must be there.
    root : Path, optional
        The project's folder, whose path must not be published.
    kept : bool
        Whether this is an edition that is kept for good, whose pages lead out of their folder
        to the newest site.
    rules : Rules, optional
        The privacy rules of the site: then nothing that it hides may follow from what it shows.

    Returns
    -------
    list of Problem
        Empty if the site may be published.
    """
    problems = Problems()
    if not (site / "index.html").is_file():
        problems.add(site.name, "is not a built site: it has no index.html")
        return list(problems)
    texts = _texts(site)
    pages = {name: read_html(text) for name, text in texts.items() if name.endswith(".html")}
    for address in expected:
        if address not in pages:
            problems.add(address, "the page is missing")
    tables = _tables(site, texts, problems)
    for address, document in pages.items():
        language, city = place_of(address, cities)
        check_page(
            document,
            address,
            language=language,
            city=city,
            cities=cities,
            headings=(headings or {}).get(address, ()),
            problems=problems,
        )
        check_links(pages, address, site, problems, outside=NEWEST if kept else "")
        check_languages(pages, address, problems)
        here = [tables.get((language, city))] if city else list(tables.values())
        check_figures(document, address, [table for table in here if table], problems)
    for name, text in texts.items():
        if Path(name).suffix in (".html", ".css", ".svg"):
            check_loads(name, text, problems)
    _check_downloads(site, pages, cities, tables, problems)
    if rules is not None:
        # It reads tables, which a check of links and words has no need of.
        from c2c_lib.catalog import load_catalog  # noqa: PLC0415
        from c2c_lib.reporting.check_privacy import check_privacy  # noqa: PLC0415

        files = [site / city / DATA_FOLDER / INDICATORS for city in cities]
        check_privacy([f for f in files if f.is_file()], rules, load_catalog(), problems)
    problems.extend(problems_of_files(texts, root))
    _check_titles(pages, problems)
    return list(problems)


def _texts(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(site.rglob("*"))
        if file.is_file()
        and file.suffix in _TEXT_FILES
        # A kept edition was checked when it was made, and is as it was by its own list.
        and not (file.relative_to(site).parts[0] == EDITIONS and file.parent.name != EDITIONS)
    }


def _tables(
    site: Path, texts: Mapping[str, str], problems: Problems
) -> dict[tuple[str, str], Table]:
    """Return the tables of the site by language and city folder."""
    found = {}
    for name in texts:
        *folders, data, file = ["", "", *name.split("/")]
        if file == INDICATORS and data == DATA_FOLDER:
            path = [folder for folder in folders if folder]
            language = path[0] if len(path) > 1 else DEFAULT_LANGUAGE
            try:
                found[(language, path[-1] if path else "")] = read_table(site / name)
            except ValueError as error:
                problems.add(name, str(error))
    return found


def _check_titles(pages: Mapping[str, HtmlDocument], problems: Problems) -> None:
    seen: dict[tuple[str, str], str] = {}
    for address, page in pages.items():
        key = (page.language, page.title)
        if key in seen:
            problems.add(address, f"has the same title as {seen[key]}", value=page.title)
        seen[key] = address


def _check_downloads(
    site: Path,
    pages: Mapping[str, HtmlDocument],
    cities: Mapping[str, str],
    tables: Mapping[tuple[str, str], Table],
    problems: Problems,
) -> None:
    """Check that every city's folder has its own numbers and nobody else's title."""
    places = {place_of(address, cities) for address in pages}
    for language, city in sorted(places):
        if not city:
            continue
        prefix = "" if language == DEFAULT_LANGUAGE else f"{language}/"
        folder = f"{prefix}{city}/{DATA_FOLDER}"
        for file in (INDICATORS, DESCRIPTOR):
            if not (site / folder / file).is_file():
                problems.add(f"{folder}/{file}", "the download is missing")
        if (language, city) in tables:
            _check_table(tables[(language, city)], f"{folder}/{INDICATORS}", city, problems)
        if (site / folder / DESCRIPTOR).is_file():
            _check_descriptor(site / folder / DESCRIPTOR, folder, city, cities, problems)


def _check_table(table: Table, where: str, city: str, problems: Problems) -> None:
    if not any(place == city for _, place, *_ in table.rows):
        problems.add(where, "the download has no row about its city", value=city)
    for key, values in table.rows.items():
        if not _EMPTY_WORDS.isdisjoint(values):
            problems.add(where, "an empty value is spelled out", value="/".join(key))


def _check_descriptor(
    file: Path, folder: str, city: str, cities: Mapping[str, str], problems: Problems
) -> None:
    where = f"{folder}/{file.name}"
    try:
        described = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        problems.add(where, f"does not read as JSON: {error}")
        return
    title = str(described.get("title", ""))
    if cities[city] not in title:
        problems.add(where, f"the title does not name {cities[city]}", value=title)
    for slug, name in cities.items():
        if slug != city and name in title:
            problems.add(where, f"the title names another city: {name}", value=title)
    for resource in described.get("resources", []):
        if not (file.parent / str(resource.get("path", ""))).is_file():
            problems.add(where, "names a file that is not there", value=resource.get("path", ""))
