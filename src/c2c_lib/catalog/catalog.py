"""Everything the project knows about what is measured, as one immutable object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeVar

from c2c_lib.catalog.models import (
    Dimension,
    Frame,
    Group,
    Indicator,
    LeftOut,
    Outcome,
    Place,
    Source,
    Topic,
)
from c2c_lib.errors import InputError, Problem, did_you_mean

__all__ = ["PARENT_LEVELS", "Catalog"]

PARENT_LEVELS: Final = {"tract": "town", "school": "district", "neighborhood": "town"}
"""The level of the place in which a place of a level lies, and with which it ships."""
Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything the project knows about what is measured.

    Attributes
    ----------
    frames, outcomes, indicators, dimensions, sources : mapping of str to entry
        In the order of the data files, which is the order on a page.
    places : tuple of Place
        Every district, town, census tract and public school of Connecticut, the state, the
        neighborhoods that publishers have figures for, and the cities of the city-level
        sources.
    peer_groups : mapping of str to tuple of str
        Connecticut's District Reference Groups, as place slugs; the store that ships
        holds these places and the state.
    left_out : mapping of str to LeftOut
        What is not in the table, and why.
    topics : mapping of str to Topic
        Which figures of surroundings a card shows together.
    """

    frames: Mapping[str, Frame]
    outcomes: Mapping[str, Outcome]
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    sources: Mapping[str, Source]
    places: tuple[Place, ...]
    peer_groups: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)

    @cached_property
    def in_topics(self) -> frozenset[str]:
        """Ids of the indicators that a topic shows."""
        return frozenset(i for topic in self.topics.values() for i in topic.indicators)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one indicator; a wrong id raises with the nearest right ones."""
        return _get(self.indicators, indicator_id, "indicator")

    def outcome(self, outcome_id: str) -> Outcome:
        """Return one outcome; a wrong id raises with the nearest right ones."""
        return _get(self.outcomes, outcome_id, "outcome")

    def dimension(self, dimension_id: str) -> Dimension:
        """Return one dimension; a wrong id raises with the nearest right ones."""
        return _get(self.dimensions, dimension_id, "dimension")

    def source(self, source_id: str) -> Source:
        """Return one source; a wrong id raises with the nearest right ones."""
        return _get(self.sources, source_id, "source")

    def group(self, dimension_id: str, group_id: str) -> Group:
        """Return one group of one dimension."""
        dimension = self.dimension(dimension_id)
        return _get({g.id: g for g in dimension.groups}, group_id, f"group of {dimension_id}")

    def place(self, slug: str, level: str) -> Place:
        """Return the place of a slug at a level, for example the district of Bridgeport."""
        try:
            return self._by_slug[(slug, level)]
        except KeyError:
            slugs = sorted({s for s, at in self._by_slug if at == level})
            raise _unknown(slug, slugs, f"place at level {level}") from None

    def slug(self, level: str, geo_id: str) -> str:
        """Return the slug of a place id at a level; a wrong id raises with the nearest ones.

        Examples
        --------
        >>> from c2c_lib.catalog import load_catalog
        >>> load_catalog().slug("district", "1030011")
        'norwalk'
        """
        try:
            return self._by_id[(level, geo_id)].place
        except KeyError:
            codes = sorted(code for at, code in self._by_id if at == level)
            raise _unknown(geo_id, codes, f"place code at level {level}") from None

    @cached_property
    def shipped(self) -> tuple[str, ...]:
        """Slugs of the places whose figures ship in the store."""
        members = {slug for group in self.peer_groups.values() for slug in group}
        return ("connecticut", *sorted(members))

    def ships(self, place: Place) -> bool:
        """Whether figures of a place ship; a tract or neighborhood when its town does.

        A school ships when its district does. A school that belongs to the state and to no
        district does not.

        Examples
        --------
        >>> from c2c_lib.catalog import load_catalog
        >>> catalog = load_catalog()
        >>> catalog.ships(catalog.place("bridgeport-tract-0701", "tract"))
        True
        >>> catalog.ships(catalog.place("greenwich", "town"))
        False
        >>> catalog.ships(catalog.place("norwalk-school-1036111", "school"))
        True
        """
        level = PARENT_LEVELS.get(place.geo_level)
        whole = self._by_id.get((level, place.parent)) if level else place
        return whole is not None and whole.place in self._shipped

    @cached_property
    def _shipped(self) -> frozenset[str]:
        return frozenset(self.shipped)

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Place]:
        return {(p.place, p.geo_level): p for p in self.places}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Place]:
        return {(p.geo_level, p.geo_id): p for p in self.places}


def _get(entries: Mapping[str, Value], key: str, what: str) -> Value:
    try:
        return entries[key]
    except KeyError:
        raise _unknown(key, entries, what) from None


def _unknown(key: str, allowed: Iterable[str], what: str) -> InputError:
    options = list(allowed)
    return InputError(
        [
            Problem(
                where="",
                what=f"unknown {what}",
                value=key,
                allowed=", ".join(options) if len(options) <= 60 else f"{len(options)} ids",
                remedy=did_you_mean(key, options),
            )
        ]
    )
