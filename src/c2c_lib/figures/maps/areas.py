"""What one area of a map shows, and the same in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.hidden import why_hidden
from c2c_lib.figures.number import figure_text, points, value_text
from c2c_lib.figures.quality import QUALITY_WORDS
from c2c_lib.geography import tract_quality
from c2c_lib.language import Language, mark
from c2c_lib.observations.observation import Observation

__all__ = ["QUALITIES", "Area", "AreaQuality", "areas_of", "quality_of"]

AreaQuality = Literal["strong", "use_with_care", "too_weak", "no_margin", "hidden", "missing"]

QUALITIES: Final[Mapping[str, str]] = {
    **{word: QUALITY_WORDS[word] for word in ("strong", "use_with_care", "too_weak")},
    "no_margin": mark("The publisher gives no margin of error"),
    "hidden": QUALITY_WORDS["not_shown"],
    "missing": mark("No figure"),
}
"""A message for everything that an area can be."""

_NOTHING: Final = ("not_collected", "not_applicable")


@dataclass(frozen=True)
class Area:
    """One area: its code, its name, its figure and how far that can be trusted.

    Attributes
    ----------
    observation : Observation or None
        From a table that has passed the privacy gate; None where there is no row.
    words : str
        Value, margin, count and quality in one sentence; what is hidden stays hidden.
    """

    id: str
    name: str
    observation: Observation | None
    quality: AreaQuality
    words: str

    @property
    def shown(self) -> bool:
        """Whether it has a figure to draw."""
        return self.quality not in ("hidden", "missing")

    @property
    def value(self) -> float:
        """The estimate of a shown area; NaN of another."""
        return self.observation.value if self.observation and self.shown else math.nan

    @property
    def margin(self) -> float:
        """The 90 % margin of a shown area; NaN where there is none."""
        known = self.observation is not None and self.shown and self.observation.moe90 is not None
        return float(self.observation.moe90) if known else math.nan  # type: ignore[union-attr, arg-type]


def quality_of(observation: Observation | None, catalog: Catalog) -> AreaQuality:
    """Return how far the figure of a small area can be trusted.

    A margin that a survey does not give makes its figure too weak; a figure of a model or a
    full count, which has none, is told apart (``no_margin``).
    """
    if observation is None or observation.status in _NOTHING:
        return "missing"
    if observation.status == "too_weak":
        return "too_weak"
    if not observation.shown:
        return "hidden"
    if observation.moe90 is None:
        return "too_weak" if catalog.source(observation.source).sampled else "no_margin"
    return tract_quality(observation.value, observation.moe90)


def areas_of(
    names: Mapping[str, str],
    observations: Sequence[Observation],
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
) -> list[Area]:
    """Return one area per name, in the order of the names.

    Parameters
    ----------
    names : mapping of str to str
        Name of every area that is drawn, by its code.
    observations : sequence of Observation
        At most one per area, of one period and group, from `c2c_lib.findings.Figures`.
    indicator : Indicator
        What they measure.

    Raises
    ------
    ValueError
        If an observation is of no area that is drawn, or an area has two: a figure would be
        lost without a word.
    """
    known = {o.geo_id: o for o in observations}
    lost = sorted(set(known) - set(names))
    if lost or len(known) != len(observations):
        raise ValueError(
            f"figures of {', '.join(lost) or 'one area twice'} find no area of their own on the "
            "map; join them with c2c_lib.geography.join_figures, which says why"
        )
    found = []
    for code, name in names.items():
        observation = known.get(code)
        quality = quality_of(observation, catalog)
        words = _words(name, observation, quality, indicator, language, catalog)
        found.append(Area(code, name, observation, quality, words))
    return found


def _words(
    name: str,
    observation: Observation | None,
    quality: AreaQuality,
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
) -> str:
    say = language.text
    if observation is None or quality == "missing":
        return str(say("{name}: {value}", name=name, value=say("No figure")).unescape())
    if quality == "hidden" or not observation.shown:
        why = why_hidden(observation, catalog.source(observation.source), language)
        return str(say("{name}: {value}", name=name, value=why).unescape())
    unit = indicator.unit
    parts = [say("{name}: {value}", name=name, value=_value(observation, indicator, language))]
    if observation.moe90 is not None:
        margin: Markup | str = points(observation.moe90, unit, language, 1)
        parts.append(say("give or take {margin}", margin=margin))
    elif observation.note and quality == "too_weak":
        parts.append(language.note(observation.note).removesuffix("."))
    if observation.numerator is not None and observation.denominator is not None:
        parts.append(
            say(
                "about {part} of {whole}",
                part=figure_text(observation, unit, language, field="numerator"),
                whole=figure_text(observation, unit, language, field="denominator"),
            )
        )
    parts.append(say(QUALITIES[quality]))
    return str(Markup("; ").join(parts).unescape())


def _value(observation: Observation, indicator: Indicator, language: Language) -> str:
    text = value_text(observation.value, indicator.unit, language, digits=1)
    return f"${text}" if indicator.unit == "dollars" else text
