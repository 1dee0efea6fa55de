"""Reads the figures back out of HTML and compares them with the table they come from."""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pandas as pd
from bs4 import BeautifulSoup, Tag

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.language import language

KEY = ["indicator", "geo_id", "period", "dimension", "group"]


def printed(value: str, digits: int, *, scale: int) -> str:
    """Return a number as it must be printed: scaled, rounded half up, thousands grouped.

    The scaled number is read to ten digits after the point, which takes back what binary
    arithmetic adds.
    """
    exact = Decimal(value) * scale
    exact = exact.quantize(Decimal("1e-10"))
    return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,}"


def figure_problems(html: str, frame: pd.DataFrame, catalog: Catalog) -> list[str]:
    """Return every ``<data>`` element that disagrees with its value or with its row.

    The row must be published; a share is printed as percent with a sign, its margin as points.
    """
    rows = frame[frame["status"] == "published"].set_index(KEY).sort_index()
    by_place = {(p.place, p.geo_level): p.geo_id for p in catalog.places}
    problems = []
    for element in BeautifulSoup(html, "html.parser").find_all("data"):
        indicator = catalog.indicator(element["data-indicator"])
        for level in _levels(element, indicator.level):
            geo_id = by_place.get((element["data-place"], level))
            key = (indicator.id, geo_id, *(element[f"data-{k}"] for k in KEY[2:]))
            if key in rows.index:
                break
        else:
            problems.append(f"no published row: {element}")
            continue
        field = element["data-field"]
        if not math.isclose(float(element["value"]), float(rows.loc[key, field]), rel_tol=1e-6):
            problems.append(f"value differs from {rows.loc[key, field]}: {element}")
        share = indicator.unit == "share" and field in ("estimate", "moe90")
        text = printed(
            repr(float(rows.loc[key, field])),
            int(element["data-digits"]),
            scale=100 if share else 1,
        )
        text += "%" if share and field == "estimate" else ""
        if element.get_text() != text:
            problems.append(f"text is not {text}: {element}")
    return problems


def _levels(element: Tag, level: str) -> list[str]:
    if element["data-place"] == "connecticut":
        return ["state"]
    inside = [name for name in ("tract", "school") if f"-{name}-" in element["data-place"]]
    return inside or [level]


def loose_numbers(html: str) -> list[str]:
    """Return the text pieces with percents that are neither a figure nor marked as worked out."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(["data", "img"]):
        element.decompose()
    for element in soup.find_all(attrs={"data-derived": True}):
        element.decompose()
    texts = [_without_definitions(text) for text in soup.find_all(string=True)]
    return [text for text in texts if "%" in text and _digit_before(text)]


def _without_definitions(text: str) -> str:
    """Return a text without what the catalog counts by: 30% of the income is no figure."""
    for words in _definitions():
        text = text.replace(words, "")
    return text


@cache
def _definitions() -> frozenset[str]:
    predicates = [one.predicate for one in load_catalog().indicators.values()]
    said = {str(language(code).of(words)) for words in predicates for code in ("en", "es")}
    return frozenset(words for words in said if "%" in words)


def _digit_before(text: str) -> bool:
    position = text.find("%")
    return position > 0 and text[position - 1].isdigit()
