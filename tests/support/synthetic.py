"""A small made-up world: indicators of every unit, tables of figures, findings and words.

Tables go through the real privacy gate; only the indicators and sources are invented, so that
the catalog can change without changing what the tests expect.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from bs4 import BeautifulSoup

from c2c_lib.catalog import Break, Catalog, Indicator, Localized, Source, load_catalog, parse_period
from c2c_lib.findings import Figures, Finding, make_finding
from c2c_lib.language import language
from c2c_lib.observations import sort_observations
from c2c_lib.params import City, Target, load_city
from c2c_lib.privacy import Rules, publishable

EN = language("en")
SLUG = "norwalk"
ALL = "all/all"
SHIFT = Break(
    kind="new_series",
    period="2020-21",
    note=Localized(en="A new test began in 2021.", es="En 2021 empezó otra prueba."),
)
CUT_SHORT = Break(
    kind="not_comparable",
    period="2019-20",
    note=Localized(en="That year was cut short.", es="Ese año se interrumpió."),
)
MEALS = Break(
    kind="not_over_time",
    dimension="economic_status",
    note=Localized(en="All meals are free here.", es="Aquí toda comida es gratuita."),
)


def _same(text: str) -> Localized:
    return Localized(en=text, es=text)


def _indicator(identifier: str, people: str, predicate: str, **more: Any) -> Indicator:
    values: dict[str, Any] = {
        "id": identifier,
        "outcomes": ("early_grade_reading",),
        "frames": ("strivetogether",),
        "role": "core",
        "unit": "share",
        "polarity": "higher_is_better",
        "level": "district",
        "name": _same(identifier.replace("_", " ").capitalize()),
        "question": _same(f"How is {identifier.replace('_', ' ')}?"),
        "people": _same(people),
        "predicate": _same(predicate),
        "definition": _same("A definition."),
        "numerator": _same("A numerator."),
        "denominator": _same("A denominator."),
        "sources": ("school_report",),
        "limits": _same("It has limits."),
        "breaks": (),
    }
    return Indicator.model_validate(values | more)


INDICATORS = (
    _indicator("reading_well", "third graders", "met the reading standard"),
    _indicator(
        "reading_anew",
        "third graders",
        "met the reading standard",
        breaks=(CUT_SHORT, SHIFT, MEALS),
    ),
    _indicator("missing_school", "students", "missed a lot of school", polarity="lower_is_better"),
    _indicator("at_work", "residents", "were working", level="town", sources=("survey",)),
    _indicator(
        "babies_lost",
        "babies",
        "died in their first year",
        unit="per_1000",
        polarity="lower_is_better",
        level="town",
    ),
    _indicator("test_score", "students", "on the index", unit="index"),
    _indicator("scale_score", "third graders", "on average", unit="score"),
    _indicator("pupils", "students", "were enrolled", unit="count", polarity="neutral"),
)


def _source(identifier: str, *, sampled: bool) -> Source:
    return Source(
        id=identifier,
        publisher="The publisher",
        title=f"Title of {identifier}",
        short=_same(identifier.replace("_", " ").capitalize()),
        url=f"https://example.org/{identifier}",
        retrieved="2026-01-02",
        licence="CC0-1.0",
        terms=_same("Free to use."),
        sampled=sampled,
        suppression=_same("Small numbers are hidden."),
        files=("*.csv",),
    )


SOURCES = (_source("school_report", sampled=False), _source("survey", sampled=True))


@cache
def catalog() -> Catalog:
    """Return the real catalog with the made-up indicators and sources in it, and no others."""
    return replace(
        load_catalog(),
        indicators={i.id: i for i in INDICATORS},
        sources={s.id: s for s in SOURCES},
    )


def city(**changes: Any) -> City:
    """Return the parameters of Norwalk with the made-up indicators put first."""
    values = {"core": ["reading_well"], "contributing": [], "baseline": "2018-19", "targets": []}
    return load_city(SLUG).model_copy(update=values | changes)


def row(
    period: str,
    cell: tuple[float, float] | float | str | None,
    *,
    group: str = ALL,
    indicator: str = "reading_well",
    place: str = SLUG,
    moe90: float | None = None,
    note: str = "",
) -> dict[str, Any]:
    """Return one row of the tidy table.

    Parameters
    ----------
    cell : (numerator, denominator), an estimate, or a status that hides it
        The estimate of counts follows from them (per 1,000 where that is the unit).
    """
    found = catalog().indicator(indicator)
    level = "state" if place == "connecticut" else found.level
    dimension, name = group.split("/")
    numerator = denominator = estimate = np.nan
    status = "published"
    if isinstance(cell, str):
        status = cell
    elif isinstance(cell, tuple):
        numerator, denominator = cell
        estimate = numerator / denominator * (1000 if found.unit == "per_1000" else 1)
    elif cell is not None:
        estimate = cell
    return {
        "indicator": indicator,
        "geo_level": level,
        "geo_id": catalog().place(place, level).geo_id,
        "period": period,
        "period_end": parse_period(period).end,
        "dimension": dimension,
        "group": name,
        "estimate": estimate,
        "numerator": numerator,
        "denominator": denominator,
        "moe90": np.nan if moe90 is None else moe90,
        "status": status,
        "source": found.sources[0],
        "note": note,
    }


def table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as a tidy table."""
    return sort_observations(pd.DataFrame(list(rows)))


_MADE: dict[str, Figures] = {}


def figures(rows: Iterable[Mapping[str, Any]], rules: Rules | None = None) -> Figures:
    """Return rows as figures that went through the privacy gate, the same rows but once."""
    rows = list(rows)
    key = repr((rows, rules))
    if key not in _MADE:
        _MADE[key] = Figures(publishable(table(rows), rules or Rules(), catalog()), catalog())
    return _MADE[key]


def finding(
    *rows: Mapping[str, Any], target: Target | None = None, rules: Rules | None = None
) -> Finding:
    """Return the finding of the one indicator that the rows are about."""
    (identifier,) = {r["indicator"] for r in rows}
    parameters = city(targets=[target] if target else [])
    return make_finding(catalog().indicator(identifier), parameters, figures(rows, rules))


def words(html: object) -> str:
    """Return the text of HTML as it is read: no tags, single spaces."""
    return " ".join(BeautifulSoup(str(html), "html.parser").get_text().split())


def numbers(text: str) -> list[str]:
    """Return the figures in a text that are neither years nor periods, as they are written."""
    text = re.sub(r"\b(?:19|20)\d\d(?:[-–](?:(?:19|20)\d\d|\d\d))?\b", " ", text)
    return re.findall(r"\d[\d,]*(?:\.\d+)?%?", text)
