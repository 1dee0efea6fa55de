"""Why a figure is not shown, in words that never look like a number."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Source
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation

__all__ = ["hidden_reason", "why_hidden"]


def hidden_reason(observation: Observation, source: Source, language: Language) -> Markup:
    """Return why a figure is not shown, as the content of a table cell."""
    return Markup('<span class="why">{}</span>').format(why_hidden(observation, source, language))


def why_hidden(observation: Observation, source: Source, language: Language) -> Markup:
    """Return the reason of `hidden_reason` as text."""
    status = observation.status
    if status == "suppressed_by_source":
        return language.text("Not shown (the publisher hides it to protect children)")
    if status == "suppressed_small":
        return language.text("Not shown (too few people)")
    if status == "suppressed_complementary":
        return language.text("Not shown (it would give away another hidden figure)")
    if status == "too_weak":
        return language.text("Too weak to act on")
    if status == "not_applicable":
        return language.text("No figure ({source} lists none)", source=language.of(source.short))
    return language.text("Not collected")
