"""Classes that all maps of one figure share, and what they are called."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import mapclassify
import numpy as np
from markupsafe import Markup, escape
from numpy.typing import ArrayLike, NDArray

from c2c_lib.catalog import Unit
from c2c_lib.language import Language

__all__ = ["CLASS_COLORS", "MapClasses", "map_classes"]

CLASS_COLORS: Final = ("#c6dcef", "#8fbcdf", "#5596c8", "#2b6aa5", "#0c3b6e")
"""One hue, light to dark; the lightest stands out from white paper at 1.4 to 1."""

_PRINTED: Final[dict[str, float]] = {"share": 0.01, "per_1000": 0.1, "index": 0.1, "years": 0.1}
"""The last digit that is printed of a figure, by unit; of the others the ones."""
_STEP: Final[dict[str, float]] = {"dollars": 1000}
"""Limits of classes fall on multiples of this, by unit; of the others on the last digit."""


@dataclass(frozen=True)
class MapClasses:
    """The classes of one figure, the same on every map.

    Attributes
    ----------
    breaks : tuple of float
        Ascending, between two printed values, so that no figure can look to be in two classes.
    unit : str
        Unit of the figure.
    """

    breaks: tuple[float, ...]
    unit: Unit = "share"

    def __post_init__(self) -> None:
        ascending = all(low < high for low, high in pairwise(self.breaks))
        if not 1 <= len(self.breaks) < len(CLASS_COLORS) or not ascending:
            raise ValueError(
                f"breaks are {self.breaks}, but are expected to be 1 to {len(CLASS_COLORS) - 1} "
                "ascending numbers, as map_classes returns them"
            )

    @property
    def colors(self) -> tuple[str, ...]:
        """One colour per class, from light to dark."""
        places = np.linspace(0, len(CLASS_COLORS) - 1, len(self.breaks) + 1).round().astype(int)
        return tuple(CLASS_COLORS[place] for place in places)

    def class_of(self, values: ArrayLike) -> NDArray[np.int64]:
        """Return the class of each value, from 0; a value on a break is in the upper class."""
        found = np.searchsorted(np.asarray(self.breaks), np.asarray(values, float), side="right")
        return np.asarray(found, dtype=np.int64)

    def labels(self, language: Language) -> list[Markup]:
        """Return one label per class, lowest first, in printed values without overlap.

        Examples
        --------
        >>> from c2c_lib.language import language
        >>> [str(label) for label in MapClasses((0.095, 0.245)).labels(language("en"))]
        ['9% or less', '10 to 24%', '25% or more']
        >>> [str(label) for label in MapClasses((44999.5,), "dollars").labels(language("en"))]
        ['$44,999 or less', '$45,000 or more']
        """
        half = _PRINTED.get(self.unit, 1.0) / 2
        tops = [edge - half for edge in self.breaks]
        bottoms = [edge + half for edge in self.breaks]
        say = language.text
        labels = [say("{high} or less", high=self._printed(tops[0], language))]
        labels += [
            self._range(low, high, language) for low, high in zip(bottoms, tops[1:], strict=False)
        ]
        return [*labels, say("{low} or more", low=self._printed(bottoms[-1], language))]

    def _range(self, low: float, high: float, language: Language) -> Markup:
        top = self._printed(high, language)
        if self._printed(low, language) == top:
            return escape(top)  # a class of one printed value
        bottom = self._printed(low, language, bare=self.unit == "share")
        return language.text("{low} to {high}", low=bottom, high=top)

    def _printed(self, value: float, language: Language, *, bare: bool = False) -> str:
        if self.unit == "share":
            number = language.number(value * 100)
            return number if bare else f"{number}%"
        if self.unit == "dollars":
            return f"${language.number(value)}"
        return language.number(value, 1 if self.unit in _PRINTED else 0)


def map_classes(values: Sequence[float], unit: Unit = "share", k: int = 5) -> MapClasses:
    """Return the classes that all maps of one figure share.

    Parameters
    ----------
    values : sequence of float
        The figures of every area of every city and year that is compared, pooled; NaN does
        not count.
    unit : str
        Unit of the figure, as in the catalog.
    k : int
        Number of classes, 2 to 5; fewer where fewer than `k` values differ.

    Returns
    -------
    MapClasses
        Quantiles of the pooled values (`mapclassify.Quantiles`), moved to lie between two
        printed values; for dollars to the thousands. Breaks that fall together are one, and
        there are fewer classes. Where no two values differ, one class ends above them.

    Raises
    ------
    ValueError
        If `k` is out of range, or a share is not from 0 to 1.

    Examples
    --------
    >>> values = [0.02, 0.05, 0.11, 0.16, 0.21, 0.27, 0.33, 0.38, 0.46, 0.60]
    >>> map_classes(values).breaks
    (0.095, 0.195, 0.295, 0.395)
    """
    pooled = np.asarray(values, dtype=float)
    pooled = pooled[~np.isnan(pooled)]
    if not 2 <= k <= len(CLASS_COLORS):
        raise ValueError(f"k is {k}, but is expected to be from 2 to {len(CLASS_COLORS)}")
    if unit == "share" and ((pooled < 0) | (pooled > 1)).any():
        outside = pooled[(pooled < 0) | (pooled > 1)]
        raise ValueError(f"values hold {outside[0]:g}, but are expected to be shares from 0 to 1")
    printed = _PRINTED.get(unit, 1.0)
    step = _STEP.get(unit, printed)
    distinct = len(np.unique(pooled))
    if distinct < 2:
        highest = float(pooled.max(initial=0.0))
        return MapClasses(((math.floor(round(highest / printed, 6)) + 0.5) * printed,), unit)
    edges = mapclassify.Quantiles(pooled, k=min(k, distinct)).bins[:-1]
    # Counted in steps, so that no binary rounding decides on which side a figure falls.
    whole = {math.floor(round(edge / step, 6)) for edge in edges}
    if unit in _STEP:
        breaks = [round(edge / step) * step - printed / 2 for edge in edges]
    else:
        breaks = [round((n + 0.5) * step, 10) for n in whole]
    # Below the lowest and above the highest figure no class is needed.
    inside = sorted({edge for edge in breaks if pooled.min() < edge < pooled.max()})
    return MapClasses(tuple(inside or sorted(set(breaks))), unit)
