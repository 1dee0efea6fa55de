"""Everything that one indicator says about one city.

Sentence, chart, alt text and table are all made from the same finding, so that they cannot
disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from c2c_lib.catalog import Break, Dimension, Group, Indicator, Localized, Period, Place
from c2c_lib.equity import QualityWord, Verdict
from c2c_lib.observations.observation import Observation
from c2c_lib.params import Target

__all__ = ["Change", "Finding", "Gap", "GapSet", "Limits", "Quality", "TwoLenses"]


@dataclass(frozen=True)
class Limits:
    """Limits within which the figure would fall 95 times in 100."""

    low: float
    high: float


@dataclass(frozen=True)
class Quality:
    """One of the four words of quality and the code of its reason."""

    word: QualityWord
    reason: str


@dataclass(frozen=True)
class Change:
    """From the baseline to the latest period.

    Attributes
    ----------
    difference : float
        Latest minus baseline, in the unit of the indicator.
    interval : Limits or None
        None where neither counts nor a margin of error are published.
    verdict : Verdict
        By the interval and the smallest change that matters; by size alone without one.
    """

    difference: float
    interval: Limits | None
    verdict: Verdict


@dataclass(frozen=True)
class Gap:
    """One group against the reference.

    Attributes
    ----------
    observation : Observation
        The group's figure; it may be one that is not shown.
    difference, ratio : float or None
        Group minus reference, and group over reference; None for a hidden group.
    interval : Limits or None
        Of the difference.
    adverse : bool
        Whether the group fares worse, by the polarity of the indicator.
    beyond_chance : bool
        Whether the interval of the difference leaves out zero (without an interval: whether
        the difference is at least the smallest one that matters).
    """

    group: Group
    observation: Observation
    quality: Quality
    own_interval: Limits | None
    difference: float | None = None
    ratio: float | None = None
    interval: Limits | None = None
    adverse: bool = False
    beyond_chance: bool = False

    @property
    def shown(self) -> bool:
        """Whether the group's figure may stand on a page."""
        return self.observation.shown


@dataclass(frozen=True)
class TwoLenses:
    """One group's gap to all, then and now, through both lenses.

    Attributes
    ----------
    since : Period
        The earliest that may be compared with the period of the gap.
    difference, ratio : (float, float)
        Group minus all and group over all, then and now.
    """

    group: Group
    since: Period
    difference: tuple[float, float]
    ratio: tuple[float, float]

    @property
    def closer_in_points(self) -> bool:
        """Whether the gap in points got smaller (and that by ratio larger)."""
        return abs(self.difference[1]) < abs(self.difference[0])


@dataclass(frozen=True)
class GapSet:
    """All groups of one dimension in the latest period that shows any.

    Attributes
    ----------
    reference : Observation
        All children of the same place and period.
    gaps : tuple of Gap
        In the order of the catalog (alphabetical), never by value.
    caution : Localized or None
        Why these groups cannot be compared here, where that is so.
    lenses : tuple of TwoLenses
        The groups whose gap got smaller in points and larger as a ratio, or the other way.
    """

    dimension: Dimension
    reference: Observation
    reference_interval: Limits | None
    gaps: tuple[Gap, ...]
    caution: Localized | None
    lenses: tuple[TwoLenses, ...] = ()

    @property
    def shown(self) -> tuple[Gap, ...]:
        """The groups with a figure."""
        return tuple(gap for gap in self.gaps if gap.shown)

    @property
    def hidden(self) -> tuple[Gap, ...]:
        """The groups without one."""
        return tuple(gap for gap in self.gaps if not gap.shown)


@dataclass(frozen=True)
class Finding:
    """What one indicator says about one city.

    Attributes
    ----------
    place : Place
        The district, town or city that the figures describe.
    latest : Observation or None
        The newest figure for all children; None if there is none to show.
    baseline, change : Observation and Change, or None
        None where no earlier period may be compared; `change_note` says why.
    state : Observation or None
        Connecticut in the same period.
    peers : tuple of Observation
        The peer places in the same period, where they have a figure to show.
    series, state_series : tuple of Observation
        All periods in order, shown or not.
    """

    indicator: Indicator
    place: Place
    latest: Observation | None
    interval: Limits | None
    quality: Quality
    baseline: Observation | None
    change: Change | None
    change_note: Localized | None
    state: Observation | None
    peers: tuple[Observation, ...]
    series: tuple[Observation, ...]
    intervals: tuple[Limits | None, ...]
    state_series: tuple[Observation, ...]
    breaks: tuple[Break, ...]
    gap_sets: tuple[GapSet, ...]
    target: Target | None

    @property
    def id(self) -> str:
        """Id of the indicator."""
        return self.indicator.id

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Every figure that the block of the indicator shows or says why it does not."""
        gaps = (
            row for s in self.gap_sets for row in (s.reference, *(g.observation for g in s.gaps))
        )
        return (*self.series, *self.state_series, *gaps)

    @property
    def headline(self) -> Observation | None:
        """The latest figure, if it is strong enough to stand in a sentence or a headline."""
        return None if self.quality.word in ("too_weak", "not_shown") else self.latest

    @property
    def adverse_gaps(self) -> tuple[tuple[GapSet, Gap], ...]:
        """Gaps in which a group fares worse beyond chance, widest first; weak ones left out."""
        found = [
            (gaps, gap)
            for gaps in self.gap_sets
            if gaps.caution is None
            for gap in gaps.shown
            if gap.adverse and gap.beyond_chance and gap.quality.word != "too_weak"
        ]
        return tuple(sorted(found, key=lambda pair: -abs(pair[1].difference or 0.0)))
