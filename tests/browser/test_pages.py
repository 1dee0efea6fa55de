"""Every page of the built site: it loads, reflows, zooms, and reads without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.pages import (
    LAYOUTS,
    Layout,
    layout_problems,
    loading_problems,
    one_of_each,
    scriptless_problems,
    site_pages,
    with_and_without_scripts,
)
from support.server import served

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]


@pytest.fixture(scope="module")
def address(built_site: Path) -> Iterator[str]:
    """The built site's address on a plain web server."""
    with served(built_site) as home:
        yield home


def report(pages: list[str], check: Callable[[str], list[str]]) -> str:
    """Return the problems of these pages, one per line."""
    return "\n".join(f"{page}: {problem}" for page in pages for problem in check(page))


def test_every_page_loads_from_a_web_server(browser: Browser, built_site: Path, address: str):
    problems = report(site_pages(built_site), lambda page: loading_problems(browser, address, page))
    assert not problems, problems


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_loads_from_a_folder(browser: Browser, built_site: Path, language: str):
    home = built_site.resolve().as_uri() + "/"
    # The page for missing addresses is a server's: it names its own place on it.
    pages = [page for page in one_of_each(built_site, language) if not page.endswith("404.html")]
    problems = report(pages, lambda page: loading_problems(browser, home, page))
    assert not problems, problems


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_text_is_cut(
    browser: Browser, built_site: Path, address: str, layout: str, language: str
):
    with LAYOUTS[layout].window(browser) as window:
        problems = report(
            one_of_each(built_site, language),
            lambda page: layout_problems(window, address + page, LAYOUTS[layout]),
        )
    assert not problems, problems


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_reads_the_same_without_javascript(
    browser: Browser, built_site: Path, address: str, language: str
):
    with with_and_without_scripts(browser) as windows:
        problems = report(
            one_of_each(built_site, language),
            lambda page: scriptless_problems(windows, address + page),
        )
    assert not problems, problems


@pytest.mark.parametrize("folder", ["", "es/"])
def test_a_phone_shows_the_first_answer_of_a_card_without_scrolling(
    browser: Browser, address: str, folder: str, site_cities: tuple[str, ...]
):
    with Layout(360, 740).window(browser) as window:
        for slug in site_cities:
            window.goto(f"{address}{folder}{slug}/index.html")
            first = window.locator(".three-things li").first
            box = first.bounding_box()
            assert box is not None
            line = first.evaluate("element => parseFloat(getComputedStyle(element).lineHeight)")
            assert box["y"] + 2 * line <= 740, (slug, box)
