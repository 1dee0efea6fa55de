"""How unevenly children of a city are spread over its schools and its census tracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.segregation import effective_numbers, two_group_segregation
from c2c_lib.params import City
from c2c_lib.privacy import Publishable

__all__ = ["COVERAGE", "Spread", "spreads_of"]

COVERAGE: Final = 0.9
"""Part of a group, and of all, whose units must have a figure; below it nothing is said."""

_ENROLLMENT: Final = "enrollment"
_MEALS: Final = "students_meal_eligible"
_RACES: Final = ("asian", "black", "hispanic", "white")
"""Groups that are large enough; the others are hidden in most schools."""
_CHILDREN: Final = "children_under_18"
_TRACTS: Final = (
    *((f"residents_{race}", "denominator") for race in _RACES),
    ("child_low_income", "numerator"),
)
"""Shares by tract, and what in `_CHILDREN` counts everybody there: all residents, or children."""


@dataclass(frozen=True)
class Spread:
    """Dissimilarity of one group from all others, over schools or over tracts.

    Attributes
    ----------
    across : {"school", "tract"}
        What children are spread over.
    indicator, group : str
        Whom it is about: ``enrollment`` of a group of ``race_ethnicity``, or all of another
        indicator (``group`` is then ``all``).
    period : str
        Of the figures.
    units, left_out : int
        How many are compared, and how many have no figure that may be shown.
    reported : bool
        Whether enough units have a figure; else the numbers below are NaN.
    estimate, corrected, lower, upper : float
        The index as it is usually printed; without what chance and small units add; and its
        95 % interval.
    """

    across: Literal["school", "tract"]
    indicator: str
    group: str
    period: str
    units: int
    left_out: int
    reported: bool
    estimate: float = float("nan")
    corrected: float = float("nan")
    lower: float = float("nan")
    upper: float = float("nan")

    @property
    def more_than_chance(self) -> bool:
        """Whether units differ by more than chance would bring."""
        return self.lower > 0


@dataclass(frozen=True, eq=False)
class _Counts:
    """A group and all others in every unit; NaN where a figure is hidden."""

    group: FloatArray
    whole: FloatArray
    asked: FloatArray | None = None


def spreads_of(city: City, table: Publishable, catalog: Catalog) -> tuple[Spread, ...]:
    """Return how unevenly every large group is spread, schools first.

    Parameters
    ----------
    city : City
        Whose district's schools and whose town's tracts are compared.
    table : Publishable
        After the gate, with all groups by school; no cell of it can be told from an index of
        twenty schools and more.

    Notes
    -----
    Schools are those that the district runs, from full counts of enrollment. Tracts are
    estimates of a survey, whose margins say how many it is as if it had asked
    (`c2c_lib.equity.segregation.effective_numbers`); without that an index of tracts is far
    too high. Units without a figure are left out, and nothing is reported where the others
    hold less than nine tenths of the group or of everybody.
    """
    frame = table.frame
    return (*_over_schools(city, frame, catalog), *_over_tracts(city, frame, catalog))


def _over_schools(city: City, frame: pd.DataFrame, catalog: Catalog) -> Iterator[Spread]:
    codes = [
        p.geo_id
        for p in catalog.places
        if p.geo_level == "school" and p.parent == city.places.district
    ]
    period = _newest(frame[(frame["geo_level"] == "school") & (frame["indicator"] == _ENROLLMENT)])
    rows = frame[frame["period"] == period]
    here = rows[(rows["geo_level"] == "school") & rows["geo_id"].isin(codes)]
    district = rows[(rows["geo_level"] == "district") & (rows["geo_id"] == city.places.district)]
    enrolled = _column(here, _ENROLLMENT, "all", "estimate")
    everyone = _total(district, _ENROLLMENT, "all", "estimate")
    for race in _RACES:
        group = _column(here, _ENROLLMENT, race, "estimate").reindex(enrolled.index)
        total = _total(district, _ENROLLMENT, race, "estimate")
        counts = _Counts(_numbers(group), _numbers(enrolled))
        yield _spread("school", _ENROLLMENT, race, period, counts, total, everyone)
    poor = _column(here, _MEALS, "all", "numerator")
    whole = _column(here, _MEALS, "all", "denominator").reindex(poor.index)
    total = _total(district, _MEALS, "all", "numerator")
    counts = _Counts(_numbers(poor), _numbers(whole))
    yield _spread("school", _MEALS, "all", period, counts, total, everyone)


def _over_tracts(city: City, frame: pd.DataFrame, catalog: Catalog) -> Iterator[Spread]:
    codes = [
        p.geo_id for p in catalog.places if p.geo_level == "tract" and p.parent == city.places.town
    ]
    here = frame[
        (frame["geo_level"] == "tract")
        & frame["geo_id"].isin(codes)
        & (frame["dimension"] == "all")
        & frame["indicator"].isin({_CHILDREN, *(name for name, _ in _TRACTS)})
    ]
    period = _newest(here)
    here = here[here["period"] == period]
    people = here[here["indicator"] == _CHILDREN]
    for indicator, counted_by in _TRACTS:
        rows = here[here["indicator"] == indicator].set_index("geo_id").sort_index()
        x, n = (rows[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
        known = ~np.isnan(x)
        if not known.any():
            continue
        asked = np.full(len(x), np.nan)
        asked[known] = effective_numbers(
            rows["estimate"].to_numpy(dtype=float)[known],
            rows["moe90"].to_numpy(dtype=float)[known],
            n[known],
        )
        counts = _Counts(x, n, asked)
        # Where a share is hidden the tract has few of the group, but may have many others.
        everyone = float(people[counted_by].sum())
        yield _spread("tract", indicator, "all", period, counts, float(np.nansum(x)), everyone)


def _column(rows: pd.DataFrame, indicator: str, group: str, field: str) -> pd.Series[float]:
    """Return one number per school; NaN where it is hidden."""
    of_all = (rows["dimension"] == "all") & (rows["group"] == group)
    of_group = (rows["dimension"] == "race_ethnicity") & (rows["group"] == group)
    found = rows[(rows["indicator"] == indicator) & (of_all | of_group)]
    return found.set_index("geo_id")[field].sort_index().astype(float)


def _newest(rows: pd.DataFrame) -> str:
    """Return the newest period of some rows; empty if there are none."""
    ends = dict(zip(rows["period"], rows["period_end"], strict=True))
    return max(ends, key=lambda period: ends[period], default="")


def _numbers(values: pd.Series[float]) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _total(rows: pd.DataFrame, indicator: str, group: str, field: str) -> float:
    found = _column(rows, indicator, group, field)
    return float(found.iloc[0]) if len(found) else float("nan")


def _spread(
    across: Literal["school", "tract"],
    indicator: str,
    group: str,
    period: str,
    counts: _Counts,
    total: float,
    everyone: float,
) -> Spread:
    known = ~np.isnan(counts.group) & ~np.isnan(counts.whole)
    x, n = counts.group[known], counts.whole[known]
    units, left_out = int(known.sum()), int((~known).sum())
    enough = x.sum() >= COVERAGE * total and n.sum() >= COVERAGE * everyone
    if not enough:  # also where a total is not known
        return Spread(across, indicator, group, period, units, left_out, reported=False)
    found = two_group_segregation(
        x,
        np.maximum(n - x, 0.0),
        ["dissimilarity"],
        asked=None if counts.asked is None else counts.asked[known],
    ).iloc[0]
    numbers = (float(found[name]) for name in ("estimate", "corrected", "lower", "upper"))
    return Spread(across, indicator, group, period, units, left_out, True, *numbers)
