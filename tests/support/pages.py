"""What every published page must do in a browser; each check returns the problems it saw."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page

CUT_TEXT = Path(__file__).with_name("cut_text.js").read_text(encoding="utf-8")

# Lazy images load only when scrolled to; a reader who scrolls must not find them broken.
BROKEN_IMAGES = """async () => {
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  return images.filter((i) => !i.complete || !i.naturalWidth).map((i) => i.getAttribute("src"));
}"""

# What a script asks for or stumbles over after loading counts as well.
SETTLED = "() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 50)))"

# What stands to be read, without the controls that only a script can offer.
MAIN_WORDS = """() => {
  const main = document.querySelector("main");
  if (!main) return [];
  const controls = "button, select, input, textarea, label, [role=button], [role=tab]";
  const words = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest(controls)) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    words.push(...walker.currentNode.data.split(/\\s+/).filter(Boolean));
  }
  return words;
}"""

DOUBLE_TEXT = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""

# The distances of WCAG 2.2, success criterion 1.4.12.
SPACED_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@dataclass(frozen=True)
class Layout:
    """One way of looking at a page: the window, its pixel density, and a change to the text."""

    width: int
    height: int
    density: float = 1
    change: str = ""

    @contextlib.contextmanager
    def window(self, browser: Browser) -> Iterator[Page]:
        """Open an empty window of this size."""
        with browser.new_context(
            viewport={"width": self.width, "height": self.height},
            device_scale_factor=self.density,
            reduced_motion="reduce",
        ) as context:
            yield context.new_page()


LAYOUTS = {
    "320 px wide": Layout(320, 640),
    # 1280 x 1024 at 200 % has 640 x 512 CSS pixels of two device pixels each.
    "200 % zoom": Layout(640, 512, density=2),
    "200 % text": Layout(1280, 1024, change=DOUBLE_TEXT),
    "WCAG text spacing": Layout(1280, 1024, change=SPACED_TEXT),
    "WCAG text spacing, 320 px wide": Layout(320, 640, change=SPACED_TEXT),
}


@dataclass
class Watch:
    """Listens to a page and notes whatever fails or leaves `home`."""

    home: str
    problems: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Attach to `page` before it goes anywhere."""
        page.on("request", lambda request: self._request(request.url))
        page.on(
            "requestfailed",
            lambda request: self._note(f"request failed: {request.url} ({request.failure})"),
        )
        page.on("response", lambda response: self._response(response.status, response.url))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"page error: {error}"))

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _request(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self._note(f"request to another origin: {url}")

    def _response(self, status: int, url: str) -> None:
        if status >= 400:
            self._note(f"status {status}: {url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console error: {message.text} ({message.location['url']})")


def site_pages(site: Path) -> list[str]:
    """Return the site's HTML pages, relative to it, in order; a site has at least one."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert pages, f"no HTML page in {site}"
    return pages


def one_of_each(site: Path, language: str) -> list[str]:
    """Return one page of each kind in a language: the first city's, outcome's and part's.

    What a layout does to a page depends on its kind, not on the city that fills it.
    """
    seen: set[str] = set()
    kept = []
    cities = "|".join(
        sorted(path.parent.parent.name for path in site.glob("*/data/indicators.csv"))
    )
    for page in site_pages(site):
        if page.startswith("es/") != (language == "es"):
            continue
        kind = re.sub(rf"^(es/)?({cities or 'none'})/", r"\1city/", page)
        kind = re.sub(r"^(es/)?outcomes/[^/]+/", r"\1outcomes/one/", kind)
        kind = re.sub(r"/one-page/[^/]+/", "/one-page/part/", kind)
        if kind not in seen:
            seen.add(kind)
            kept.append(page)
    return kept


def loading_problems(browser: Browser, home: str, page_path: str) -> list[str]:
    """Return failed and foreign requests, console and page errors, and broken images.

    Parameters
    ----------
    browser : Browser
        A running browser.
    home : str
        The site's address, ending in ``/`` (``http://127.0.0.1:.../`` or ``file:///...``);
        the page may ask for nothing outside it.
    page_path : str
        The page, relative to `home`.
    """
    watch = Watch(home)
    with browser.new_context() as context:
        page = context.new_page()
        watch.listen(page)
        page.goto(home + page_path)
        broken = page.evaluate(BROKEN_IMAGES)
        page.evaluate(SETTLED)
    return watch.problems + [f"image does not show: {source}" for source in broken]


def layout_problems(window: Page, url: str, layout: Layout) -> list[str]:
    """Return horizontal scrolling and text that is cut when `url` is opened in the window."""
    window.goto(url)
    if layout.change:
        window.evaluate(layout.change)
    width = window.evaluate("document.documentElement.scrollWidth")
    problems = list(window.evaluate(CUT_TEXT))
    if width > layout.width:
        problems.insert(0, f"scrolls sideways: {width} px wide in a window of {layout.width} px")
    return problems


@contextlib.contextmanager
def with_and_without_scripts(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Open two windows: one that runs JavaScript and one that does not."""
    with browser.new_context() as usual, browser.new_context(java_script_enabled=False) as plain:
        yield usual.new_page(), plain.new_page()


def scriptless_problems(windows: tuple[Page, Page], url: str) -> list[str]:
    """Return what of the main text only a reader with JavaScript gets to see."""
    texts = []
    for window in windows:
        window.goto(url)
        # How to use a script is told by the script alone; what a map says is a table, and what
        # can be found is a list.
        window.evaluate(
            "document.querySelectorAll('.map-say, .find').forEach(part => part.remove())"
        )
        texts.append(Counter(window.evaluate(MAIN_WORDS)))
    with_scripts, without = texts
    if not without:
        return ["no main text without JavaScript"]
    missing = with_scripts - without
    if not missing:
        return []
    return [f"only with JavaScript: {' '.join(missing.elements())[:300]}"]
