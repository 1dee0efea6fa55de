"""The pages of the built site have no accessibility violation that axe-core can find."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.axe import SCREENS, Screen, violations
from support.pages import one_of_each, site_pages
from support.server import served

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]


def problems(browser: Browser, site: Path, screen: Screen, pages: list[str], **how: bool) -> str:
    """Return what axe finds on these pages, one violation per line."""
    with served(site) as home, screen.window(browser) as window:
        return "\n".join(
            f"{page}: {violation}"
            for page in pages
            for violation in violations(window, home + page, **how)
        )


@pytest.mark.parametrize("screen", SCREENS[1:], ids=str)
def test_no_accessibility_violation_on_other_screens(
    browser: Browser, built_site: Path, screen: Screen
):
    # What a screen changes is the style sheet, which all pages of one kind share.
    pages = one_of_each(built_site, "en")
    found = problems(browser, built_site, screen, pages, abridged=True)
    assert not found, found


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_accessibility_violation_on_any_page(browser: Browser, built_site: Path, language: str):
    pages = [
        page for page in site_pages(built_site) if page.startswith("es/") == (language == "es")
    ]
    # The same words in Spanish have the same colours.
    found = problems(browser, built_site, SCREENS[0], pages, colours=language == "en")
    assert not found, found
