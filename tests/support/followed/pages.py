"""The figures of built pages and the rows of the tables beside them, read as they stand there."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from support.followed.cells import Key

NAMES = ("indicator", "place", "period", "dimension", "group")
NOT_CLOSED = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

Row = dict[str, str]


@dataclass(frozen=True)
class Figure:
    """One ``<data>`` element.

    Attributes
    ----------
    page : str
        Address of the page in the site.
    key : Key
        What it is about; each part may stand on an element around it.
    column : str
        The column of the table which it shows.
    digits : int
        Decimals.
    value, text : str
        The exact value, and what readers see.
    """

    page: str
    key: Key
    column: str
    digits: int
    value: str
    text: str


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.open: list[tuple[str, dict[str, str]]] = [("", {})]
        self.started: dict[str, str] | None = None
        self.text = ""
        self.figures: list[Figure] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_CLOSED:
            return
        own = {name: value or "" for name, value in attrs}
        named = {name: own[f"data-{name}"] for name in NAMES if f"data-{name}" in own}
        self.open.append((tag, {**self.open[-1][1], **named}))
        if tag == "data":
            self.started, self.text = own, ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Closed where it begins, like the shapes of a drawing."""

    def handle_data(self, data: str) -> None:
        self.text += data if self.started is not None else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_CLOSED:
            return
        if tag == "data" and self.started is not None:
            of = self.open[-1][1]
            key = tuple(of.get(name, "") for name in NAMES)
            column = self.started.get("data-field", "estimate")
            digits = int(self.started["data-digits"])
            value = self.started["value"]
            self.figures.append(Figure(self.page, key, column, digits, value, self.text))
            self.started = None
        while self.open.pop()[0] != tag:
            assert self.open, f"{self.page}: </{tag}> closes nothing"


def figures(site: Path) -> Iterator[Figure]:
    """Yield every figure of every page of a site."""
    for path in sorted(site.rglob("*.html")):
        reader = _Reader(path.relative_to(site).as_posix())
        reader.feed(path.read_text(encoding="utf-8"))
        yield from reader.figures


def rows(site: Path) -> dict[Key, Row]:
    """Return the rows of the tables of all cities; those of the state stand in each of them."""
    found: dict[Key, Row] = {}
    tables = sorted(site.glob("*/data/indicators.csv"))
    assert len(tables) == 4, "a table of each city"
    for path in tables:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                key = tuple(row[name] for name in NAMES)
                assert found.setdefault(key, row) == row, f"{path}: {key} differs from city to city"
    return found
