"""One row of the tidy table as an object, for sentences, charts and tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from c2c_lib.catalog import Period, parse_period
from c2c_lib.observations.schema import VALUE_COLUMNS

__all__ = ["Observation", "Rows", "observations_of"]


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


class Rows:
    """A tidy table whose rows are turned into observations one by one, where they are wanted.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations; rows are named by their position.
    slugs : mapping of (geo_level, geo_id) to str
        The slug of every place in the frame.
    """

    def __init__(self, frame: pd.DataFrame, slugs: Mapping[tuple[str, str], str]) -> None:
        names = [field.name for field in fields(Observation) if field.name != "place"]
        self._columns = {name: frame[name].to_numpy(dtype=object) for name in names}
        self._slugs = slugs

    def at(self, position: int) -> Observation:
        """Return the observation in one row."""
        values: dict[str, Any] = {name: c[position] for name, c in self._columns.items()}
        for name in VALUE_COLUMNS:
            values[name] = _optional(values[name])
        values["period"] = parse_period(values["period"])
        place = self._slugs[(values["geo_level"], values["geo_id"])]
        return Observation(place=place, **values)


def observations_of(frame: pd.DataFrame, slugs: Mapping[tuple[str, str], str]) -> list[Observation]:
    """Return the rows of a tidy frame as observations, in their order.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    slugs : mapping of (geo_level, geo_id) to str
        The slug of every place in the frame.
    """
    rows = Rows(frame, slugs)
    return [rows.at(position) for position in range(len(frame))]


def _optional(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
