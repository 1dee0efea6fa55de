"""What a finding says, in sentences: count, change, state, gaps, quality, reasons."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from c2c_lib.catalog import Source
from c2c_lib.figures.language import Language, mark
from c2c_lib.figures.number import figure, in_ten, points, value_text
from c2c_lib.figures.places import in_place, place_name
from c2c_lib.findings import Finding, Gap, GapSet
from c2c_lib.observations.observation import Observation

__all__ = [
    "answer",
    "change_sentence",
    "gap_sentence",
    "gap_size",
    "group_words",
    "hidden_reason",
    "latest_sentence",
    "quality_reason",
    "quality_word",
    "range_sentence",
    "state_sentence",
]

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
    "narrow_interval": mark("The range of likely values is narrow."),
    "meets_standard": mark("The range of likely values is narrow enough."),
    "low_variation": mark("The margin of error is small."),
}

QUALITY_WORDS: Final = {
    "strong": mark("Strong"),
    "use_with_care": mark("Use with care"),
    "too_weak": mark("Too weak to act on"),
    "not_shown": mark("Not shown"),
}


def answer(finding: Finding, language: Language) -> Markup:
    """Return the whole answer: how many, since when, how sure, and the state."""
    if finding.headline is None:
        return no_figure(finding, language)
    parts = [
        latest_sentence(finding, language),
        range_sentence(finding, language),
        change_sentence(finding, language),
        state_sentence(finding, language),
    ]
    return Markup(" ").join(part for part in parts if part)


def no_figure(finding: Finding, language: Language) -> Markup:
    """Return why nothing can be said."""
    words = {"place": in_place(finding.place, language)}
    if finding.quality.word == "too_weak":
        return language.text(
            "The survey reached too few people in {place} to say. The figure and its margin of "
            "error are in the table.",
            **words,
        )
    return language.text("There is no figure for {place} that may be shown.", **words)


def latest_sentence(finding: Finding, language: Language) -> Markup:
    """Return the newest figure with its count, or with "x in 10" where no count is known."""
    latest = finding.latest
    if latest is None:
        return Markup()
    indicator = finding.indicator
    unit = indicator.unit
    words = {
        "period": latest.period.label,
        "people": language.of(indicator.people),
        "predicate": language.of(indicator.predicate),
        "place": in_place(finding.place, language),
        "share": figure(latest, unit, language),
    }
    if unit == "index":
        message = mark("In {period}, {people} in {place} scored {share} of 100 points {predicate}.")
    elif unit == "per_1000":
        message = mark("In {period}, {share} of every 1,000 {people} in {place} {predicate}.")
    elif latest.numerator is not None and latest.denominator is not None:
        words["part"] = figure(latest, unit, language, field="numerator")
        words["whole"] = figure(latest, unit, language, field="denominator")
        message = (
            mark("In {period}, about {part} of {whole} {people} in {place} ({share}) {predicate}.")
            if latest.moe90 is not None
            else mark("In {period}, {part} of {whole} {people} in {place} ({share}) {predicate}.")
        )
    else:
        words["in_ten"] = in_ten(latest.value, language)
        message = mark("In {period}, {in_ten} {people} in {place} ({share}) {predicate}.")
    return language.text(message, **words)


def range_sentence(finding: Finding, language: Language) -> Markup:
    """Return what the survey's margin of error means; empty for a full count."""
    if finding.latest is None or finding.interval is None or finding.latest.moe90 is None:
        return Markup()
    unit = finding.indicator.unit
    return language.text(
        "If everyone had been asked, the true figure is probably between {low} and {high}.",
        low=derived(value_text(max(finding.interval.low, 0.0), unit, language), "limit"),
        high=derived(value_text(finding.interval.high, unit, language), "limit"),
    )


def change_sentence(finding: Finding, language: Language) -> Markup:
    """Return the change since the baseline, or why it cannot be told."""
    baseline, change = finding.baseline, finding.change
    if finding.latest is None:
        return Markup()
    if baseline is None or change is None:
        if finding.change_note is not None:
            return language.text(
                "It cannot be compared with earlier years: {reason}",
                reason=language.of(finding.change_note),
            )
        return language.text("There is no earlier figure to compare it with.")
    unit = finding.indicator.unit
    words = {
        "period": baseline.period.label,
        "value": figure(baseline, unit, language),
        "size": derived(points(change.difference, unit, language), "difference"),
    }
    more = change.difference > 0
    if change.verdict == "about_the_same":
        message = (
            mark(
                "That is about the same as in {period} ({value}); the difference is smaller than "
                "chance alone could make."
            )
            if change.interval is not None
            else mark("That is about the same as in {period} ({value}).")
        )
    elif change.verdict == "improved":
        message = (
            mark("That is {size} more than in {period} ({value}), which is better.")
            if more
            else mark("That is {size} less than in {period} ({value}), which is better.")
        )
    elif change.verdict == "slipped":
        message = (
            mark("That is {size} more than in {period} ({value}), which is worse.")
            if more
            else mark("That is {size} less than in {period} ({value}), which is worse.")
        )
    else:
        message = mark("Whether it changed since {period} ({value}) cannot be said.")
    sentence = language.text(message, **words)
    if change.interval is None and change.verdict in ("improved", "slipped"):
        sentence += " " + language.text("Without counts, chance cannot be ruled out.")
    return sentence


def state_sentence(finding: Finding, language: Language) -> Markup:
    """Return the state's figure of the same period; empty if there is none."""
    if finding.state is None or finding.latest is None:
        return Markup()
    return language.text(
        "Connecticut: {value}.", value=figure(finding.state, finding.indicator.unit, language)
    )


def gap_sentence(finding: Finding, gaps: GapSet, gap: Gap, language: Language) -> Markup:
    """Return one gap in points and as a ratio, with the reference named."""
    if gap.difference is None:
        return Markup()
    unit = finding.indicator.unit
    words = {
        "period": gap.observation.period.label,
        "group": group_words(finding, gap, language),
        "predicate": language.of(finding.indicator.predicate),
        "place": in_place(finding.place, language),
        "value": figure(gap.observation, unit, language),
        "all": figure(gaps.reference, unit, language),
        "size": gap_size(finding, gap, language),
    }
    message = (
        mark(
            "In {period}, {value} of {group} in {place} {predicate}, compared with {all} of all: "
            "a gap of {size}."
        )
        if unit == "share"
        else mark(
            "In {period}, {group} in {place} stood at {value}, compared with {all} for all: a "
            "gap of {size}."
        )
    )
    return language.text(message, **words)


def group_words(finding: Finding, gap: Gap, language: Language) -> str:
    """Return the group as people: students in a school figure, residents otherwise."""
    if finding.indicator.level == "district":
        return language.of(gap.group.people)
    return str(
        language.text(
            "{people} (group: {group})",
            people=language.of(finding.indicator.people),
            group=language.of(gap.group.name),
        )
    )


def gap_size(finding: Finding, gap: Gap, language: Language) -> Markup:
    """Return the size of a gap in points, marked as worked out from two figures."""
    return derived(points(gap.difference or 0.0, finding.indicator.unit, language), "gap")


def derived(text: Markup | str, kind: str) -> Markup:
    """Mark a number that is worked out from figures of the table and is not itself one."""
    return Markup('<span data-derived="{}">{}</span>').format(kind, text)


def hidden_reason(observation: Observation, source: Source, language: Language) -> Markup:
    """Return why a figure is not shown, in words that never look like a number."""
    return Markup('<span class="why">{}</span>').format(why_hidden(observation, source, language))


def why_hidden(observation: Observation, source: Source, language: Language) -> Markup:
    """Return the reason of `hidden_reason` as text."""
    status = observation.status
    if status == "suppressed_by_source":
        return language.text("Not shown: the publisher hides small numbers of children")
    if status == "suppressed_small":
        return language.text("Not shown: too few children")
    if status == "suppressed_complementary":
        return language.text("Not shown: it would give away another hidden figure")
    if status == "too_weak":
        return language.text("Too weak to act on")
    if status == "not_applicable":
        return language.text("No figure: {source} lists none", source=language.of(source.short))
    return language.text("Not collected")


def quality_word(finding: Finding, language: Language) -> Markup:
    """Return one of the four words of quality."""
    return language.text(QUALITY_WORDS[finding.quality.word])


def quality_reason(finding: Finding, language: Language) -> Markup:
    """Return the reason of the quality word in one short sentence."""
    return language.text(QUALITY_REASONS[finding.quality.reason])


def state_name() -> str:
    """Return the name of the state in charts and tables."""
    return place_name("connecticut")


def change_words(finding: Finding, language: Language) -> Markup:
    """Return the change since the baseline in a few words, for a table."""
    if finding.change is None or finding.baseline is None:
        return language.text(
            mark("Not comparable") if finding.change_note else mark("First figure")
        )
    words = {
        "size": derived(
            points(finding.change.difference, finding.indicator.unit, language), "difference"
        ),
        "period": finding.baseline.period.label,
    }
    more = finding.change.difference > 0
    if finding.change.verdict == "improved":
        message = (
            mark("Better: {size} more than in {period}")
            if more
            else mark("Better: {size} less than in {period}")
        )
    elif finding.change.verdict == "slipped":
        message = (
            mark("Worse: {size} more than in {period}")
            if more
            else mark("Worse: {size} less than in {period}")
        )
    elif finding.change.verdict == "about_the_same":
        message = mark("About the same as in {period}")
    else:
        message = mark("Cannot be said since {period}")
    return language.text(message, **words)
