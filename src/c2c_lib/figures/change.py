"""The change since the baseline, as a sentence and in a few words."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.figures.number import apart, derived, figure, points
from c2c_lib.figures.table import whole
from c2c_lib.findings import Change, Finding
from c2c_lib.language import Language, mark

__all__ = ["change_sentence", "change_words"]


def change_sentence(finding: Finding, language: Language) -> Markup:
    """Return the change since the baseline, or why it cannot be told.

    A change is called better or worse only as its verdict says; where the publisher gives
    neither counts nor a margin of error, the sentence says that chance was not ruled out.
    """
    baseline, change = finding.baseline, finding.change
    if finding.latest is None:
        return Markup()
    if baseline is None or change is None:
        if finding.change_note is not None:
            return language.text(
                "It cannot be compared with earlier years. {reason}",
                reason=language.of(finding.change_note),
            )
        return language.text("There is no earlier figure to compare it with.")
    unit, then = finding.indicator.unit, baseline.estimate or 0.0
    words = {
        "period": baseline.period.label,
        "value": figure(baseline, unit, language),
        "size": derived(apart(then + change.difference, then, unit, language), "difference"),
    }
    sentence = language.text(_sentence(change, finding), **words)
    if change.interval is None and change.verdict in ("improved", "slipped"):
        sentence += " " + language.text("Without counts, chance cannot be ruled out.")
    return sentence


def _sentence(change: Change, finding: Finding) -> str:
    more = change.difference > 0
    if change.verdict == "about_the_same":
        return _same(change, finding)
    if change.verdict == "improved":
        return (
            mark("That is {size} more than in {period} ({value}), which is better.")
            if more
            else mark("That is {size} less than in {period} ({value}), which is better.")
        )
    if change.verdict == "slipped":
        return (
            mark("That is {size} more than in {period} ({value}), which is worse.")
            if more
            else mark("That is {size} less than in {period} ({value}), which is worse.")
        )
    if change.verdict == "no_direction":
        return (
            mark("That is {size} more than in {period} ({value}).")
            if more
            else mark("That is {size} less than in {period} ({value}).")
        )
    return mark("Whether it changed since {period} ({value}) is not known.")


def _same(change: Change, finding: Finding) -> str:
    """Return why it is about the same: chance, or a size that does not matter."""
    if change.interval is None:
        return mark("That is about the same as in {period} ({value}).")
    if change.interval.low <= 0 <= change.interval.high:
        return mark(
            "That is about the same as in {period} ({value}); the difference is smaller than "
            "chance alone could make."
        )
    if finding.indicator.unit == "share":
        return mark(
            "That is about the same as in {period} ({value}); the difference is less than 1 point."
        )
    return mark("That is about the same as in {period} ({value}); the difference is very small.")


def change_words(finding: Finding, language: Language) -> Markup:
    """Return the change since the baseline in a few words, for a table."""
    change, baseline = finding.change, finding.baseline
    if change is None or baseline is None:
        return language.text(
            mark("Not comparable") if finding.change_note else mark("First figure")
        )
    words = {
        "size": derived(points(change.difference, finding.indicator.unit, language), "difference"),
        "period": whole(baseline.period.label),
    }
    more = change.difference > 0
    if change.verdict == "improved":
        message = (
            mark("Better: {size} more than in {period}")
            if more
            else mark("Better: {size} less than in {period}")
        )
    elif change.verdict == "slipped":
        message = (
            mark("Worse: {size} more than in {period}")
            if more
            else mark("Worse: {size} less than in {period}")
        )
    elif change.verdict == "about_the_same":
        message = mark("About the same as in {period}")
    elif change.verdict == "no_direction":
        message = (
            mark("{size} more than in {period}") if more else mark("{size} less than in {period}")
        )
    else:
        message = mark("Not known since {period}")
    return language.text(message, **words)
