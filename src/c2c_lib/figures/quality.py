"""The four words of quality, each with its reason in one short sentence."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from c2c_lib.findings import Finding
from c2c_lib.language import Language, mark

__all__ = ["QUALITY_REASONS", "QUALITY_WORDS", "quality_reason", "quality_word"]

QUALITY_REASONS: Final = {
    "no_figure": mark("There is no figure."),
    "hidden": mark("The publisher hides it."),
    "few_children": mark("Fewer than 30 people stand behind it."),
    "few_events": mark("Fewer than 10 cases stand behind it."),
    "wide_interval": mark("The range of likely values is very wide."),
    "wide_for_its_size": mark("The range of likely values is wide for so small a figure."),
    "fairly_wide_interval": mark("The range of likely values is fairly wide."),
    "zero_or_all": mark("It is exactly none or all, which one child can change."),
    "complement_weak": mark("Few people are on the other side."),
    "high_variation": mark("The margin of error is too wide."),
    "medium_variation": mark("The margin of error is fairly wide."),
    "precision_unknown": mark("The publisher does not say how many people stand behind it."),
    "modelled": mark("The publisher estimates it and does not say how closely."),
    "narrow_interval": mark("The range of likely values is narrow."),
    "meets_standard": mark("The range of likely values is narrow enough."),
    "low_variation": mark("The margin of error is small."),
    "full_count": mark("Everyone was counted."),
}
"""A message for every reason code of `c2c_lib.equity.reliability` and of the findings."""

QUALITY_WORDS: Final = {
    "strong": mark("Strong"),
    "use_with_care": mark("Use with care"),
    "too_weak": mark("Too weak to act on"),
    "not_shown": mark("Not shown"),
}
"""A message for every word of quality."""


def quality_word(finding: Finding, language: Language) -> Markup:
    """Return one of the four words of quality."""
    return language.text(QUALITY_WORDS[finding.quality.word])


def quality_reason(finding: Finding, language: Language) -> Markup:
    """Return the reason of the quality word in one short sentence."""
    if finding.quality.reason == "hidden" and not any(
        o.status == "suppressed_by_source" for o in finding.series
    ):
        return language.text("We hide it to protect children.")
    return language.text(QUALITY_REASONS[finding.quality.reason])
