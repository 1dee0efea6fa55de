"""What a publisher prints for one figure, and the arithmetic on survey estimates."""

import csv
import gzip
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import openpyxl

Key = tuple[str, str, str, str, str]
"""Indicator, place as in the address of its page, period, dimension and group."""

HIDDEN = {"", "*", "N/A", "NA", ".", "a", "-9999", "-6666", "-9999.0"}
"""What publishers print instead of a number which they do not give."""


@dataclass(frozen=True)
class Cell:
    """One figure as its publisher prints it, or as it follows from what they print.

    Attributes
    ----------
    estimate : float or None
        None where the publisher hides or does not have it; then nothing else is given either.
    numerator, denominator, moe90 : float or None
        None where the publisher does not print them.
    file : str
        Where it stands.
    """

    estimate: float | None
    numerator: float | None = None
    denominator: float | None = None
    moe90: float | None = None
    file: str = field(default="", compare=False)


Cells = Iterable[tuple[Key, Cell]]

DIMENSIONS = {
    "all": ("all",),
    "gender": ("female", "male"),
    "race_ethnicity": (
        "american_indian",
        "asian",
        "black",
        "hispanic",
        "pacific_islander",
        "two_or_more",
        "white",
    ),
    "economic_status": ("free_meals", "reduced_meals", "free_or_reduced_meals", "not_eligible"),
    "english_learner": ("english_learner", "not_english_learner"),
    "disability": ("with_disabilities", "without_disabilities"),
    "high_needs": ("high_needs", "not_high_needs"),
}
DIMENSION = {group: dimension for dimension, groups in DIMENSIONS.items() for group in groups}


def key(indicator: str, place: str, period: str, group: str = "all") -> Key:
    """Return what a page says about a figure."""
    return indicator, place, period, DIMENSION[group], group


def number(printed: object) -> float | None:
    """Return a printed number, or None where a mark stands in its place."""
    text = str(printed if printed is not None else "").strip().rstrip("%").replace(",", "")
    return None if text in HIDDEN else float(text)


def percent(printed: object) -> float | None:
    """Return a printed percent as a share, without what binary division would add."""
    text = str(printed if printed is not None else "").strip().rstrip("%").replace(",", "")
    return None if text in HIDDEN else float(Decimal(text) / 100)


def whole(estimate: float | None, file: Path, **counts: float | None) -> Cell:
    """Return a figure, with nothing at all where its estimate is hidden."""
    return (
        Cell(None, file=file.name) if estimate is None else Cell(estimate, **counts, file=file.name)
    )


def lines(path: Path) -> Iterator[list[str]]:
    """Yield the lines of a CSV file which are not empty."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from (line for line in csv.reader(stream) if line)


def table(path: Path, first: str = "") -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file by column; a repeated column name gets a number.

    Parameters
    ----------
    first : str
        A column of the header, which may stand below title lines. Without it the header is
        the first line.
    """
    header: list[str] = []
    for line in lines(path):
        if header:
            yield dict(zip(header, (cell.strip() for cell in line), strict=False))
        elif not first or first in line:
            names = [" ".join(name.split()) for name in line]
            header = [
                f"{name} ({names[:at].count(name) + 1})" if names.count(name) > 1 else name
                for at, name in enumerate(names)
            ]


def sheet(path: Path, name: str) -> list[tuple[object, ...]]:
    """Return the rows of a sheet of a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return [tuple(row) for row in book[name].iter_rows(values_only=True)]
    finally:
        book.close()


Estimate = tuple[float, float]
"""An estimate of the Census Bureau and its margin of error."""


def total(parts: Iterable[Estimate]) -> Estimate:
    """Return a sum of estimates; of parts that are zero only the widest margin counts."""
    parts = list(parts)
    squares = sum(margin**2 for estimate, margin in parts if estimate)
    squares += max((margin for estimate, margin in parts if not estimate), default=0.0) ** 2
    return sum(estimate for estimate, _ in parts), math.sqrt(squares)


def share(part: Estimate, base: Estimate, file: Path) -> Cell:
    """Return part / base as the Census Bureau's handbook for data users works it out.

    Its margin is sqrt(m_x^2 - p^2 m_y^2) / y, and with a plus where the root would be negative.
    """
    (x, m_x), (y, m_y) = part, base
    if not y:
        return Cell(None, file=file.name)
    p = x / y
    under = m_x**2 - p**2 * m_y**2
    # Where both are everyone, or nearly so, the handbook's root is of zero or less.
    if under <= 1e-9 * m_x**2:
        under = m_x**2 + p**2 * m_y**2
    return Cell(p, x, y, math.sqrt(under) / y, file.name)
