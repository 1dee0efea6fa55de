"""Publishable figures, found by indicator, place and group."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.observations.observation import Observation, Rows
from c2c_lib.privacy import Publishable

__all__ = ["Figures"]


class Figures:
    """The figures that may stand on a page.

    Only a table that has passed the privacy gate is taken, so that nothing else can reach a
    sentence, a chart or a table.

    Parameters
    ----------
    publishable : Publishable
        From `c2c_lib.privacy.publishable`.
    catalog : Catalog
        That names the places.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.observations import load_observations
    >>> from c2c_lib.privacy import Rules, publishable
    >>> catalog = load_catalog()
    >>> figures = Figures(publishable(load_observations(), Rules(), catalog), catalog)
    >>> figures.series(catalog.indicator("graduation_4yr"), "norwalk")[0].period.label
    '2010-11'
    """

    def __init__(self, publishable: Publishable, catalog: Catalog) -> None:
        self.catalog = catalog
        frame = publishable.frame.reset_index(drop=True)
        groups = frame.groupby(["indicator", "geo_level", "geo_id"], sort=False).indices
        self._positions = cast("dict[tuple[str, str, str], NDArray[np.intp]]", groups)
        self._rows = Rows(frame, {(p.geo_level, p.geo_id): p.place for p in catalog.places})
        self._ids: dict[tuple[str, str], str] = {
            (p.geo_level, p.place): p.geo_id for p in catalog.places
        }
        self._made: dict[tuple[str, str, str], tuple[Observation, ...]] = {}

    def _of(self, indicator: str, level: str, slug: str) -> tuple[Observation, ...]:
        """Return the figures of one indicator and place; they are made when first asked for."""
        key = (indicator, level, self._ids.get((level, slug), ""))
        if key not in self._made:
            positions = self._positions.get(key, ())
            self._made[key] = tuple(self._rows.at(position) for position in positions)
        return self._made[key]

    def rows(self, indicator: Indicator, slug: str) -> tuple[Observation, ...]:
        """Return every figure of an indicator for one place, in the order of the table."""
        level = "state" if slug == "connecticut" else indicator.level
        return self._of(indicator.id, level, slug)

    def series(
        self, indicator: Indicator, slug: str, dimension: str = "all", group: str = "all"
    ) -> tuple[Observation, ...]:
        """Return one group's figures in the order of their periods, shown or not."""
        rows = (
            row
            for row in self.rows(indicator, slug)
            if row.dimension == dimension and row.group == group
        )
        return tuple(sorted(rows, key=lambda row: row.period))

    def tracts(self, indicator: Indicator, town: str) -> tuple[Observation, ...]:
        """Return the newest figures for all children in the census tracts of a town."""
        inside = [
            p.place for p in self.catalog.places if p.geo_level == "tract" and p.parent == town
        ]
        rows = [
            row
            for slug in inside
            for row in self._of(indicator.id, "tract", slug)
            if row.dimension == "all"
        ]
        newest = max((row.period for row in rows), default=None)
        return tuple(row for row in rows if row.period == newest)
