"""What a finding says, in sentences: count, range, change, state and gaps."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Localized, Unit
from c2c_lib.figures.change import change_sentence
from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.number import apart, derived, figure, in_ten, limit_text, points, with_unit
from c2c_lib.figures.places import in_place
from c2c_lib.figures.quality import quality_reason, quality_word
from c2c_lib.findings import Finding, Gap, GapSet, Limits
from c2c_lib.language import Language, mark
from c2c_lib.observations.observation import Observation

__all__ = [
    "answer",
    "below",
    "change_sentence",
    "gap_sentence",
    "gap_size",
    "group_words",
    "hidden_reason",
    "latest_sentence",
    "likely_range",
    "no_figure",
    "quality_reason",
    "quality_word",
    "range_sentence",
    "state_sentence",
    "survey_range",
]


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
    """Return why nothing can be said.

    A figure that is too weak is left out of the sentence; it stands in the table where the
    publisher printed it as a figure.
    """
    words = {"place": in_place(finding.place, language)}
    if finding.quality.word != "too_weak":
        return language.text("There is no figure for {place} that may be shown.", **words)
    if finding.latest is None:
        return language.text("The survey reached too few people in {place} to say.", **words)
    if finding.latest.moe90 is not None:
        return language.text(
            "The survey reached too few people in {place} to say. The report card’s table has the "
            "figure and its margin of error.",
            **words,
        )
    return language.text(
        "Too few people stand behind the figure for {place} to act on it. It is in the report "
        "card’s table.",
        **words,
    )


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
    elif unit == "score":
        message = mark("In {period}, {people} in {place} scored {share} points {predicate}.")
    elif unit == "per_1000":
        message = mark("In {period}, {share} of every 1,000 {people} in {place} {predicate}.")
    elif unit != "share":
        message = mark("In {period}, {share} {people} in {place} {predicate}.")
    else:
        return share_sentence(
            latest, indicator.people, indicator.predicate, words["place"], language
        )
    return language.text(message, **words)


def share_sentence(
    observation: Observation,
    people: Localized | str,
    predicate: Localized,
    place: str,
    language: Language,
) -> Markup:
    """Return a share of some people with its count, or with "x in 10" where none is known.

    Of a survey the counts are estimates, so they are said with "about".
    """
    words = {
        "period": observation.period.label,
        "people": people if isinstance(people, str) else language.of(people),
        "predicate": language.of(predicate),
        "place": place,
        "share": figure(observation, "share", language),
    }
    if observation.numerator is None or observation.denominator is None:
        words["in_ten"] = in_ten(observation.value, language)
        return language.text(
            "In {period}, {in_ten} {people} in {place} ({share}) {predicate}.", **words
        )
    words["part"] = figure(observation, "share", language, field="numerator")
    words["whole"] = figure(observation, "share", language, field="denominator")
    return language.text(
        mark("In {period}, about {part} of {whole} {people} in {place} ({share}) {predicate}.")
        if observation.moe90 is not None
        else mark("In {period}, {part} of {whole} {people} in {place} ({share}) {predicate}."),
        **words,
    )


def range_sentence(finding: Finding, language: Language) -> Markup:
    """Return what the survey's margin of error means; empty for a full count."""
    if finding.latest is None or finding.interval is None or finding.latest.moe90 is None:
        return Markup()
    unit = finding.indicator.unit
    return language.text(
        "If all had been asked, the figure would likely be between {low} and {high}.",
        low=derived(limit_text(max(finding.interval.low, 0.0), unit, language), "limit"),
        high=derived(limit_text(finding.interval.high, unit, language), "limit"),
    )


def survey_range(finding: Finding, language: Language) -> Markup:
    """Return the likely range of a survey's newest figure for the foot of a cell."""
    return likely_range(finding.latest, finding.interval, finding.indicator.unit, language)


def likely_range(
    observation: Observation | None, interval: Limits | None, unit: Unit, language: Language
) -> Markup:
    """Return a survey's likely range for the foot of a cell; empty for a full count."""
    if observation is None or interval is None or observation.moe90 is None:
        return Markup()
    said = language.text(
        "likely {low} to {high}",
        low=derived(limit_text(max(interval.low, 0.0), unit, language, 1), "limit"),
        high=derived(limit_text(interval.high, unit, language, 1), "limit"),
    )
    return below(said)


def below(said: Markup) -> Markup:
    """Return words for the foot of a cell, under its figure."""
    return Markup(' <span class="range">{}</span>').format(said)


def state_sentence(finding: Finding, language: Language) -> Markup:
    """Return the state's figure of the same period; empty if there is none."""
    if finding.state is None or finding.latest is None:
        return Markup()
    unit = finding.indicator.unit
    return language.text(
        "Connecticut: {value}.",
        value=with_unit(figure(finding.state, unit, language), unit, language),
    )


def gap_sentence(finding: Finding, gaps: GapSet, gap: Gap, language: Language) -> Markup:
    """Return one gap: the group with its count, all children, and the size in points."""
    if gap.difference is None:
        return Markup()
    unit = finding.indicator.unit
    own = gap.observation.estimate or 0.0
    words = {
        "all": with_unit(figure(gaps.reference, unit, language), unit, language),
        "size": derived(apart(own, own - gap.difference, unit, language), "gap"),
    }
    group = group_words(finding, gap, language)
    place = in_place(finding.place, language)
    if unit == "share":
        said = share_sentence(gap.observation, group, finding.indicator.predicate, place, language)
    else:
        said = language.text(
            "In {period}, the figure for {group} in {place} was {value}.",
            period=gap.observation.period.label,
            group=group,
            place=place,
            value=with_unit(figure(gap.observation, unit, language), unit, language),
        )
    return said + " " + language.text("For all groups it was {all}: a gap of {size}.", **words)


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
