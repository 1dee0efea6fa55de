"""One row of the tidy table as an object, for sentences, charts and tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from c2c_lib.catalog import Period, parse_period

__all__ = ["Observation", "observations_of"]


@dataclass(frozen=True)
class Observation:
    """One figure: indicator x place x period x group, and why it is there or not.

    Attributes
    ----------
    place : str
        Slug of the place.
    estimate, numerator, denominator, moe90 : float or None
        As in the tidy table; None where it has no value.
    """

    indicator: str
    place: str
    geo_level: str
    geo_id: str
    period: Period
    dimension: str
    group: str
    estimate: float | None
    numerator: float | None
    denominator: float | None
    moe90: float | None
    status: str
    source: str
    note: str

    @property
    def shown(self) -> bool:
        """Whether the figure may stand in a sentence, a chart and a table."""
        return self.status == "published" and self.estimate is not None

    @property
    def value(self) -> float:
        """The estimate of a shown figure; asking a hidden one for it is an error."""
        if not self.shown or self.estimate is None:
            raise ValueError(f"{self.key} has no figure to show: status is {self.status!r}")
        return self.estimate

    @property
    def key(self) -> str:
        """The five names of the figure in one string, unique in one store."""
        return "/".join((self.indicator, self.place, self.period.label, self.dimension, self.group))


def observations_of(frame: pd.DataFrame, slugs: Mapping[tuple[str, str], str]) -> list[Observation]:
    """Return the rows of a tidy frame as observations, in their order.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    slugs : mapping of (geo_level, geo_id) to str
        The slug of every place in the frame.
    """
    return list(_rows(frame, slugs))


def _rows(frame: pd.DataFrame, slugs: Mapping[tuple[str, str], str]) -> Iterator[Observation]:
    rows: Iterator[Any] = frame.itertuples(index=False)
    for row in rows:
        yield Observation(
            indicator=row.indicator,
            place=slugs[(row.geo_level, row.geo_id)],
            geo_level=row.geo_level,
            geo_id=row.geo_id,
            period=parse_period(row.period),
            dimension=row.dimension,
            group=row.group,
            estimate=_optional(row.estimate),
            numerator=_optional(row.numerator),
            denominator=_optional(row.denominator),
            moe90=_optional(row.moe90),
            status=row.status,
            source=row.source,
            note=row.note,
        )


def _optional(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
