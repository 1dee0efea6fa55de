"""Every page of the built site has no accessibility violation that axe-core can find."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.axe import SCREENS, Screen, violations
from support.pages import one_of_each, site_pages
from support.server import served

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_no_accessibility_violation(browser: Browser, built_site: Path, screen: Screen):
    pages = site_pages(built_site) if screen == SCREENS[0] else one_of_each(built_site)
    with served(built_site) as home, screen.window(browser) as window:
        found = "\n".join(
            f"{page}: {violation}"
            for page in pages
            for violation in violations(window, home + page)
        )
    assert not found, found
