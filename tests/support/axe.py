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
RUN = """(tags) => axe.run(document, {
  runOnly: { type: "tag", values: tags }, resultTypes: ["violations"],
})"""


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


def violations(window: Page, url: str) -> list[str]:
    """Return axe's violations on `url`: rule, impact, target, HTML and how to mend each."""
    window.goto(url)
    window.evaluate(SCRIPT)
    results = window.evaluate(RUN, TAGS)
    return [
        f"{rule['id']} ({node['impact']}) at {' '.join(map(str, node['target']))}\n"
        f"    {node['html'][:200]}\n"
        f"    {node['failureSummary']}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]
