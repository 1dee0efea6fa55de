"""The script of the maps: one stop for the tab key, arrows within, words for what is met."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AREAS = {"west": (0, 0), "middle": (100, 0), "east": (200, 0), "south": (100, 100)}
PAGE = """<!doctype html><html lang="en"><title>t</title><body><a href="#x">before</a>
<figure><svg class="map" data-map="m" viewBox="0 0 300 200" width="300" height="200">{paths}
<path class="ring" d="" fill="none" pointer-events="none"/></svg>
<p class="map-say" data-hint="Point at an area."></p></figure>
<a href="#y">after</a></body></html>"""


@pytest.fixture
def page(browser: Browser, project_root: Path) -> Iterator[Page]:
    paths = "".join(
        f'<path class="area" role="img" tabindex="-1" data-id="{name}" '
        f'd="M{x} {y}h90v90h-90z"><title>{name}: 1 in 2</title></path>'
        for name, (x, y) in AREAS.items()
    )
    made = browser.new_page(viewport={"width": 400, "height": 400})
    made.set_content(PAGE.format(paths=paths))
    made.add_script_tag(path=project_root / "reports/assets/map.js")
    yield made
    made.close()


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.id ?? document.activeElement.textContent")


def said(page: Page) -> str:
    return page.locator(".map-say").inner_text()


def test_the_tab_key_stops_once(page: Page):
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops == ["before", "west", "after"]
    assert said(page) == "Point at an area."


@pytest.mark.parametrize(
    ("keys", "area"),
    [
        (["ArrowRight"], "middle"),
        (["ArrowRight", "ArrowRight"], "east"),
        (["ArrowRight", "ArrowDown"], "south"),
        (["ArrowRight", "ArrowDown", "ArrowUp"], "middle"),
        (["ArrowLeft"], "west"),  # nothing lies there, so that the focus stays
        (["End"], "south"),
        (["End", "Home"], "west"),
        (["PageDown", "PageDown", "PageUp"], "middle"),
    ],
)
def test_keys_walk_through_the_map(page: Page, keys: list[str], area: str):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for key in keys:
        page.keyboard.press(key)
    assert focused(page) == area
    assert said(page) == f"{area}: 1 in 2"
    x, y = AREAS[area]
    assert page.locator(".ring").get_attribute("d") == f"M{x} {y}h90v90h-90z"


def test_pointing_and_leaving(page: Page):
    page.locator('[data-id="east"]').hover()
    assert said(page) == "east: 1 in 2"
    page.mouse.move(390, 390)
    assert said(page) == "Point at an area."


def test_a_tap_stays(page: Page):
    page.locator('[data-id="south"]').click()
    page.mouse.move(390, 390)
    assert said(page) == "south: 1 in 2"
    page.keyboard.press("Escape")
    assert said(page) == "Point at an area."
