"""The browser checks pass a good page and catch each fault that they are there for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.axe import SCREENS, SCRIPT, TAGS, Screen, violations
from support.chromium import find_chromium
from support.pages import (
    LAYOUTS,
    Layout,
    layout_problems,
    loading_problems,
    scriptless_problems,
    site_pages,
    with_and_without_scripts,
)
from support.server import served

pytestmark = pytest.mark.browser

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --link: #0b57a4 }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #111; --link: #9ecbff } }
body { margin: 0 1rem; font: 1rem/1.5 sans-serif; color: var(--ink); background: var(--paper) }
a { color: var(--link) } img { max-width: 100% } button { font: inherit; min-height: 24px }
.skip { position: absolute; left: -99rem } .skip:focus { left: 0 }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap }
.wide { overflow-x: auto }
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
GOOD_MAIN = """
<h1>Graduation</h1>
<p>In 2024, 81 of 100 students graduated. <span class="sr">For screen readers only.</span></p>
<h2>Over time</h2>
<p><img src="picture.svg" alt="A line that rises" loading="lazy"></p>
<div class="wide" tabindex="0" role="region" aria-label="Figures by year">
  <table><caption>Figures by year</caption>
    <tr><th scope="col">Year</th><th scope="col">Share</th></tr>
    <tr><td>2023</td><td><span style="display:inline-block;width:900px">80 %</span></td></tr>
  </table>
</div>
<p id="tools"></p>
<script>document.getElementById("tools").innerHTML = "<button>Sort the table</button>"</script>
"""


def page(main: str, *, lang: str = ' lang="en"', body: str = "") -> str:
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8"><title>A page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css"></head>'
        f'<body><a class="skip" href="#main">Skip to the report</a>{body}'
        f'<main id="main">{main}</main></body></html>'
    )


def heading(more: str) -> str:
    return page(f"<h1>Graduation</h1>{more}")


LOADING = {
    "request-failed": (heading('<img src="gone.svg" alt="x">'), "status 404"),
    "image-broken": (heading('<img src="style.css" alt="x">'), "image does not show: style.css"),
    "lazy-image-broken": (
        heading('<div style="height:9000px"></div><img loading="lazy" src="no.svg" alt="x">'),
        "image does not show: no.svg",
    ),
    "other-origin": (
        heading('<script src="https://cdn.example/x.js"></script>'),
        "request to another origin: https://cdn.example/x.js",
    ),
    "other-origin-later": (
        heading("<script>setTimeout(() => fetch('https://count.example/'), 20)</script>"),
        "request to another origin: https://count.example/",
    ),
    "console-error": (heading("<script>console.error('lost')</script>"), "console error: lost"),
    "page-error": (heading("<script>undefinedName()</script>"), "page error: undefinedName"),
}
LONG = "Longmeadow_elementary_school_district_of_the_whole_valley"
LAYOUT = {
    "fixed-width": (
        "320 px wide",
        heading('<p style="width:500px">Graduation in four years</p>'),
        "scrolls sideways: 516 px",
    ),
    "hidden-overflow": (
        "320 px wide",
        page(
            f"<h1>Graduation</h1><p>{LONG}</p>",
            body="<style>html { overflow-x: hidden }</style>",
        ),
        "beyond the right edge",
    ),
    "ellipsis": (
        "320 px wide",
        heading(f'<p style="overflow:hidden;text-overflow:ellipsis">{LONG}</p>'),
        "clipped sideways by p",
    ),
    "chart-text": (
        "320 px wide",
        heading(f'<svg width="100" height="20"><text y="15">{LONG}</text></svg>'),
        "clipped sideways by svg",
    ),
    "before-the-edge": (
        "320 px wide",
        heading('<p style="margin-left:-60px">Graduation in four years</p>'),
        "before the left edge",
    ),
    "fixed-height-at-zoom": (
        "200 % zoom",
        heading(
            "<style>@media (max-width: 700px) { .note { height: 1.5rem; overflow: hidden } }"
            f"</style><p class='note'>{'Graduation in four years. ' * 8}</p>"
        ),
        "clipped in height by p.note",
    ),
    "fixed-height-at-double-text": (
        "200 % text",
        heading('<p style="height:24px;overflow:hidden">Graduation<br>Attendance</p>'),
        "clipped in height by p",
    ),
    "fixed-height-at-text-spacing": (
        "WCAG text spacing",
        heading(
            '<p style="font:16px/1.1 sans-serif;height:54px;overflow:hidden">'
            "Graduation<br>Attendance<br>Readiness</p>"
        ),
        "clipped in height by p",
    ),
}
AXE = {
    "contrast": (heading('<p style="color:#999;background:#fff">Faint</p>'), "color-contrast"),
    "no-alt": (heading('<img src="picture.svg">'), "image-alt"),
    "no-language": (page("<h1>Graduation</h1>", lang=""), "html-has-lang"),
    "best-practice": (heading("<h4>A level is left out</h4>"), "heading-order"),
    "small-target": (
        heading(
            "<ul>"
            + '<li style="line-height:.7"><a href="#main" style="font-size:8px">A</a></li>' * 3
            + "</ul>"
        ),
        "target-size",
    ),
    "experimental": (
        heading('<button aria-label="Arrange rows">Sort the table</button>'),
        "label-content-name-mismatch",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small_site")
    folder.joinpath("style.css").write_text(STYLE, encoding="utf-8")
    folder.joinpath("picture.svg").write_text(PICTURE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def write(site: Path):
    def write_page(text: str) -> str:
        site.joinpath("page.html").write_text(text, encoding="utf-8")
        return "page.html"

    return write_page


@pytest.fixture
def good(write) -> str:
    return write(page(GOOD_MAIN))


def test_a_good_page_loads(browser: Browser, site: Path, home: str, good: str):
    assert loading_problems(browser, home, good) == []
    assert loading_problems(browser, site.as_uri() + "/", good) == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_good_page_reflows(browser: Browser, home: str, good: str, layout: Layout):
    with layout.window(browser) as window:
        assert layout_problems(window, home + good, layout) == []


def test_a_good_page_reads_without_javascript(browser: Browser, home: str, good: str):
    with with_and_without_scripts(browser) as windows:
        assert scriptless_problems(windows, home + good) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_a_good_page_is_accessible(browser: Browser, home: str, good: str, screen: Screen):
    with screen.window(browser) as window:
        assert violations(window, home + good) == []


@pytest.mark.parametrize("fault", LOADING)
def test_loading_faults_are_caught(browser: Browser, home: str, write, fault: str):
    text, expected = LOADING[fault]
    assert expected in "\n".join(loading_problems(browser, home, write(text)))


def test_what_works_only_from_a_server_is_caught(browser: Browser, site: Path, write):
    path = write(heading('<script>fetch("style.css")</script>'))
    assert "file:" in "\n".join(loading_problems(browser, site.as_uri() + "/", path))


@pytest.mark.parametrize("fault", LAYOUT)
def test_layout_faults_are_caught(browser: Browser, home: str, write, fault: str):
    layout, text, expected = LAYOUT[fault]
    with LAYOUTS[layout].window(browser) as window:
        problems = layout_problems(window, home + write(text), LAYOUTS[layout])
    assert expected in "\n".join(problems)


@pytest.mark.parametrize(
    ("main", "problem"),
    [
        (
            '<p id="late"></p><script>late.textContent = "81 percent graduated"</script>',
            "no main text without JavaScript",
        ),
        (
            '<h1>Share</h1><b id="late"></b><script>late.textContent = "81 percent"</script>',
            "only with JavaScript: 81 percent",
        ),
        (
            '<h1>Share</h1><p hidden id="late">81 percent</p><script>late.hidden = 0</script>',
            "only with JavaScript: 81 percent",
        ),
    ],
    ids=["all", "written-late", "shown-late"],
)
def test_text_that_needs_javascript_is_caught(
    browser: Browser, home: str, write, main: str, problem: str
):
    with with_and_without_scripts(browser) as windows:
        assert scriptless_problems(windows, home + write(page(main))) == [problem]


@pytest.mark.parametrize("fault", AXE)
def test_accessibility_faults_are_caught(browser: Browser, home: str, write, fault: str):
    text, rule = AXE[fault]
    with SCREENS[0].window(browser) as window:
        found = violations(window, home + write(text))
    assert any(line.startswith(f"{rule} (") for line in found), found


def test_of_many_elements_of_one_kind_the_first_are_looked_at(browser: Browser, home: str, write):
    faint = '<p style="color:#999;background:#fff">Faint</p>'
    clear = "<p>Clear</p>"
    with SCREENS[0].window(browser) as window:
        for text, seen in ((clear * 5 + faint, True), (clear * 6 + faint, False)):
            url = home + write(heading(text))
            assert bool(violations(window, url, abridged=True)) == seen
            assert violations(window, url)
            assert violations(window, url, colours=False) == []


def test_a_fault_of_the_dark_scheme_alone_is_caught(browser: Browser, home: str, write):
    text = heading(
        '<p class="note">Faint in the dark</p><style>.note { background: var(--paper); '
        "color: #555 } @media (prefers-color-scheme: dark) { .note { color: #333 } }</style>"
    )
    url = home + write(text)
    with Screen(1280, 900, "light").window(browser) as window:
        assert violations(window, url) == []
    with Screen(1280, 900, "dark").window(browser) as window:
        assert any("color-contrast" in line for line in violations(window, url))


def test_a_violation_names_rule_impact_target_and_html(browser: Browser, home: str, write):
    url = home + write(heading('<img id="chart" src="picture.svg">'))
    with SCREENS[0].window(browser) as window:
        (found,) = violations(window, url)
    assert found.startswith("image-alt (critical) at #chart")
    assert '<img id="chart" src="picture.svg">' in found


def test_axe_knows_every_tag(browser: Browser):
    with browser.new_context() as context:
        blank = context.new_page()
        blank.evaluate(SCRIPT)
        for tag in TAGS:
            assert blank.evaluate("(tag) => axe.getRules([tag]).length", tag) > 0, tag


def test_a_site_without_pages_is_no_site(tmp_path: Path):
    with pytest.raises(AssertionError, match="no HTML page"):
        site_pages(tmp_path)


def test_a_missing_browser_skips_unless_it_is_required(monkeypatch, tmp_path: Path):
    nowhere = str(tmp_path)
    monkeypatch.delenv("C2C_REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium on PATH"):
        find_chromium(nowhere)
    monkeypatch.setenv("C2C_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="C2C_REQUIRE_BROWSER is set"):
        find_chromium(nowhere)
