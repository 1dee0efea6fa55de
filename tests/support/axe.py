"""Accessibility by axe-core, which the axe-playwright-python package brings along."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from playwright.sync_api import Browser, Page

TAGS = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
    "experimental",
]
SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """([tags, leaveOut]) => axe.run(document, {
  runOnly: { type: "tag", values: tags }, resultTypes: ["violations"],
  rules: Object.fromEntries(leaveOut.map((rule) => [rule, { enabled: false }])),
})"""
COLOURS = "color-contrast"
"""The rule that takes four fifths of the time, for it looks at what lies behind every word."""

# Of many brothers of one kind (rows, entries, areas of a map) the first few stay.
ABRIDGE = """(most) => {
  for (const parent of document.body.querySelectorAll("*")) {
    const met = {};
    for (const child of [...parent.children]) {
      const kind = `${child.tagName} ${child.getAttribute("class") ?? ""}`;
      met[kind] = (met[kind] ?? 0) + 1;
      if (met[kind] > most) child.remove();
    }
  }
}"""
KEPT = 6


@dataclass(frozen=True)
class Screen:
    """A window's size and the colour scheme that the reader prefers."""

    width: int
    height: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}"

    @contextlib.contextmanager
    def window(self, browser: Browser) -> Iterator[Page]:
        """Open an empty window like this screen."""
        with browser.new_context(
            viewport={"width": self.width, "height": self.height},
            color_scheme=self.scheme,
            reduced_motion="reduce",  # colours in the middle of a transition are nobody's choice
        ) as context:
            yield context.new_page()


SCREENS = [
    Screen(1280, 900, "light"),
    Screen(1280, 900, "dark"),
    Screen(360, 740, "light"),
    Screen(360, 740, "dark"),
]


def violations(
    window: Page, url: str, *, abridged: bool = False, colours: bool = True
) -> list[str]:
    """Return axe's violations on `url`: rule, impact, target, HTML and how to mend each.

    Parameters
    ----------
    window : Page
        An open window.
    url : str
        The page.
    abridged : bool
        Look at no more than six of many elements of one kind side by side.
    colours : bool
        Look at the contrast of the colours too.
    """
    window.goto(url)
    if abridged:
        window.evaluate(ABRIDGE, KEPT)
    window.evaluate(SCRIPT)
    results = window.evaluate(RUN, [TAGS, [] if colours else [COLOURS]])
    return [
        f"{rule['id']} ({node['impact']}) at {' '.join(map(str, node['target']))}\n"
        f"    {node['html'][:200]}\n"
        f"    {node['failureSummary']}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]
