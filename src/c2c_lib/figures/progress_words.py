"""The words of the progress page: verdicts, statuses, reasons and counts."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from c2c_lib.catalog import Unit
from c2c_lib.figures.number import derived, points
from c2c_lib.findings import Limits
from c2c_lib.language import Language, mark, rounded
from c2c_lib.theory_of_action.checks import Check
from c2c_lib.theory_of_action.gap_evidence import GapEvidence, OutcomeGap
from c2c_lib.theory_of_action.outcome_change import OutcomeChange
from c2c_lib.theory_of_action.span import Span
from c2c_lib.theory_of_action.thresholds import Condition, ConditionKind

__all__ = [
    "ANSWERS",
    "CHANGE_VERDICTS",
    "CHECKS",
    "GAP_VERDICTS",
    "NOT_REPORTED",
    "REPORTED",
    "SHOWN",
    "STRICT_VERDICTS",
    "change_reason",
    "check_words",
    "condition_name",
    "condition_words",
    "gap_reason",
    "range_words",
    "signed",
]

CHANGE_VERDICTS: Final = {
    "improved": mark("Improved"),
    "about_the_same": mark("About the same"),
    "slipped": mark("Slipped"),
    "not_enough_data": mark("Not enough data"),
}

STRICT_VERDICTS: Final = {**CHANGE_VERDICTS, "mixed": mark("Up and down")}

GAP_VERDICTS: Final = {
    "reduced": mark("Gap reduced"),
    "eliminated": mark("Gap eliminated"),
    "about_the_same": mark("Gap about the same"),
    "widened": mark("Gap widened"),
    "no_gap": mark("No gap at the baseline"),
    "not_enough_data": mark("Not enough data"),
}

ANSWERS: Final = {
    "met": mark("Met"),
    "not_met": mark("Not met"),
    "cannot_be_said": mark("Not known yet"),
}

NOT_REPORTED: Final = mark("Not reported")

REPORTED: Final = {
    "met": mark("Reported as met"),
    "in_progress": mark("Reported as in progress"),
    "not_met": mark("Reported as not met"),
    "described": mark("Described in a public document"),
    "intended": mark("Intended in a public document"),
}

SHOWN: Final = {
    "shown": mark("Shown"),
    "in_part": mark("Shown in part"),
    "not_shown": mark("Not shown"),
}

CHECKS: Final = {
    "outcomes_named": mark("{have} of {of} outcomes have a core indicator."),
    "grounds_for_priorities": mark(
        "{have} of {of} core indicators have figures by group to choose by."
    ),
    "baseline_card": mark(
        "This site shows a baseline with figures by group for {have} of {of} outcomes."
    ),
    "coverage": mark(
        "Seven core indicators by race, gender and economic status make {of} cells; {have} have "
        "figures in some year."
    ),
    "contributing_chosen": mark("{have} of {of} outcomes have a contributing indicator."),
    "pipeline": mark("{have} of {of} outcomes have a current figure."),
    "improvement_cycles": mark("{have} contributing indicators have monthly counts here."),
    "gaps": mark("{have} of {of} gaps were reduced; {unknown} are not known yet."),
    "real_time": mark(
        "{have} of {of} outcomes have current yearly figures by race, gender and economic "
        "status; none is real-time."
    ),
}

_CONDITIONS: Final[dict[ConditionKind, str]] = {
    "benchmarks": mark("Systems change benchmarks reported as met"),
    "pillars": mark("Pillars in which one of them stands"),
    "gateway": mark("The partnership reports this gateway, or a later one"),
    "examples": mark("Further examples of systems change reported"),
    "maintained_or_improved": mark("Core indicators maintained or improved"),
    "improved": mark("Core indicators improving"),
    "gaps_reduced": mark("Gaps reduced or eliminated"),
    "adjacent_improved": mark("Adjacent-sector outcomes improving"),
}

_REPORTED_KINDS: Final = ("benchmarks", "pillars", "gateway", "examples")


def signed(difference: float, unit: Unit, language: Language) -> Markup:
    """Return a change with its sign, in points for shares.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> [signed(x, "share", language("en")).striptags() for x in (0.053, -0.034)]
    ['+5.3 points', '−3.4 points']
    """
    size = rounded(abs(difference) * (100 if unit == "share" else 1), 1)
    sign = "" if size == 0 else "+" if difference > 0 else "−"
    text = Markup("{}{}").format(sign, points(difference, unit, language, digits=1))
    return derived(text, "difference")


def range_words(interval: Limits | None, unit: Unit, language: Language) -> Markup:
    """Return the limits of a change, or that they are not known.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> range_words(Limits(-0.099, -0.004), "share", language("en")).striptags()
    '−9.9 to −0.4'
    """
    if interval is None:
        return language.text("Not known")
    scale = 100 if unit == "share" else 1
    low, high = (language.number(limit * scale, 1) for limit in (interval.low, interval.high))
    return derived(language.text("{low} to {high}", low=low, high=high), "limit")


def change_reason(change: OutcomeChange, language: Language) -> Markup:
    """Return why a change got its verdict, in one short sentence."""
    if change.reason == "no_indicator":
        return language.text("The city’s file names no core indicator.")
    if change.reason == "too_weak":
        return language.text("Too few people stand behind a figure to say.")
    if change.reason == "precision_unknown":
        return language.text("The publisher does not say how many people stand behind it.")
    if change.verdict == "not_enough_data":
        return _span_reason(change.span, language)
    said = _judged(change, language)
    if change.span.reason == "restarted":
        return Markup("{} {}").format(said, _restarted(change.span, language))
    return said


def _judged(change: OutcomeChange, language: Language) -> Markup:
    if change.reason == "within_chance":
        return language.text("The range holds both a rise and a fall.")
    if change.reason == "below_minimum":
        return language.text("The change is smaller than what counts.")
    if change.reason == "size_only":
        return language.text("By size alone: no counts are printed.")
    return language.text("The range leaves out zero.")


def _restarted(span: Span, language: Language) -> Markup:
    words = {
        "wanted": span.wanted.label,
        "period": span.baseline.period.label if span.baseline else "",
    }
    if span.why is not None:
        return language.text(
            "The series broke after {wanted}, so it is counted from {period}.", **words
        )
    return language.text("The figures begin after {wanted}: counted from {period}.", **words)


def _span_reason(span: Span, language: Language) -> Markup:
    if span.latest is None:
        return language.text("No figure may be shown.")
    words = {"wanted": span.wanted.label, "period": span.latest.period.label}
    if span.reason == "no_data_since":
        if words["period"] == words["wanted"]:
            return language.text("No figure is later than {wanted}.", **words)
        return language.text(
            "The newest figure is for {period}, so none is later than {wanted}.", **words
        )
    if span.reason == "break_in_series":
        return language.text(
            "The newest figure ({period}) cannot be compared with {wanted}.", **words
        )
    return language.text("The figure for {period} is the first.", **words)


def gap_reason(gap: OutcomeGap, language: Language) -> Markup:
    """Return what stands behind the verdict on the gap of an outcome."""
    if not gap.gaps:
        return language.text("There are no figures by group.")
    chosen = gap.chosen
    if chosen is None:
        return language.text("Of all groups.")
    words = {
        "group": language.of(chosen.group.name),
        "size": derived(points(chosen.before or 0.0, chosen.indicator.unit, language, 1), "gap"),
    }
    if gap.verdict == "not_enough_data" and chosen.reference_before is not None:
        return language.text(
            "No figures by group after {period}. Widest then: {group}, {size}.",
            period=chosen.reference_before.period.label,
            **words,
        )
    told = language.text("Widest at the baseline: {group}, {size}.", **words)
    return Markup(" ").join([told, *_flags(chosen, language)])


def _flags(gap: GapEvidence, language: Language) -> list[Markup]:
    flags = []
    if gap.levelling_down:
        flags.append(language.text("Leveling down: it shrank because all children did worse."))
    if gap.reversed:
        flags.append(language.text("Reversed: the group is now better off."))
    return flags


def check_words(check: Check, language: Language) -> Markup:
    """Return the result of a check with its counts."""
    return language.text(
        CHECKS[check.name],
        have=language.number(check.have),
        of=language.number(check.of),
        unknown=language.number(check.unknown),
    )


def condition_name(condition: Condition, language: Language) -> Markup:
    """Return what a condition counts."""
    return language.text(_CONDITIONS[condition.kind])


def condition_words(condition: Condition, baseline: str, language: Language) -> Markup:
    """Return the arithmetic of a condition: how many of how many, needed, unknown.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> from c2c_lib.theory_of_action import count_condition
    >>> found = count_condition("improved", [True, True, True, None, None, False, False], 4)
    >>> str(condition_words(found, "2018-19", language("en")))
    '3 of 7; 4 needed; 2 not known for lack of data since 2018-19'
    """
    parts = [
        language.text(
            "{have} of {of}",
            have=language.number(condition.have),
            of=language.number(condition.of),
        ),
        language.text("{needed} needed", needed=language.number(condition.needed)),
    ]
    if condition.kind == "adjacent_improved":
        parts.append(language.text("others are not followed here"))
    if condition.unknown:
        message = (
            mark("{count} not reported")
            if condition.kind in _REPORTED_KINDS
            else mark("{count} not known for lack of data since {baseline}")
        )
        parts.append(
            language.text(message, count=language.number(condition.unknown), baseline=baseline)
        )
    return Markup("; ").join(parts)
