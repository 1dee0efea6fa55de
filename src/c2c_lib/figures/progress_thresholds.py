"""The thresholds with their arithmetic, the definitions behind them, and what others would give."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.number import derived, figure, points, with_unit
from c2c_lib.figures.places import name_and_scope
from c2c_lib.figures.progress_words import (
    ANSWERS,
    CHANGE_VERDICTS,
    change_reason,
    condition_name,
    condition_words,
)
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language, mark
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.outcome_change import OutcomeChange
from c2c_lib.theory_of_action.thresholds import ThresholdResult

__all__ = ["count_lines", "definitions_table", "sensitivity_table", "thresholds_section"]

_VARIANTS = {
    "chosen": mark("The rules of this page"),
    "strict": mark("Stricter reading: one way over three figures or more"),
    "baseline": mark("Baseline {value}"),
    "window": mark("Change over the last {value} years"),
    "minimum": mark("Smallest change that counts: {points}"),
    "unknown_precision/not_enough_data": mark("No verdict where no counts are printed"),
    "unknown_precision/judge_by_size": mark("Judge by size where no counts are printed"),
    "after_a_break/not_enough_data": mark("No verdict where a series broke or began later"),
    "after_a_break/restart": mark("Count from the first year after a break"),
    "gap_of_an_outcome/any": mark("Any gap speaks, if none widened"),
    "gap_of_an_outcome/widest": mark("Only the widest gap speaks"),
}


def thresholds_section(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return every threshold: each count, what is needed, and what cannot be said."""
    columns = [
        Column(language.text("Threshold and count"), numeric=False),
        Column(language.text("Arithmetic"), numeric=False),
        Column(language.text("Answer"), numeric=False),
    ]
    rows: list[list[Cell]] = []
    for result in evidence.thresholds:
        name = language.of(result.threshold.name)
        rows.append(
            [
                Markup("<strong>{}</strong>").format(name),
                language.text("All of the counts below it must hold"),
                _answer(result.answer, language),
            ]
        )
        rows += [
            [
                Markup("{}: {}").format(name, condition_name(condition, language)),
                derived(condition_words(condition, evidence.baseline, language), "count"),
                _answer(condition.answer, language),
            ]
            for condition in result.conditions
        ]
    caption = language.text(
        "What each threshold counts in {place}, and how far the counts go",
        place=evidence.city.name,
    )
    note = language.text(
        "A count is “not met” only if it would stay too low whatever the missing data say, and "
        "“met” only if it is reached without them. These are counts, and no award."
    )
    return Markup("{}\n{}<p>{}</p>\n{}").format(
        count_lines(evidence, language),
        table("thresholds", caption, columns, rows),
        note,
        _adjacent(evidence, language),
    )


def _adjacent(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return what is known of the outcomes of adjacent sectors, one sentence each."""
    return Markup("\n").join(
        Markup("<p>{}</p>").format(_adjacent_sentence(change, language))
        for change in evidence.adjacent
    )


def _adjacent_sentence(change: OutcomeChange, language: Language) -> Markup:
    words = {
        "outcome": language.of(change.outcome.name),
        "verdict": str(language.text(CHANGE_VERDICTS[change.verdict])).lower(),
        "why": change_reason(change, language),
    }
    before, after = change.span.baseline, change.span.latest
    if change.indicator is None or before is None or after is None:
        return language.text("Adjacent sector, {outcome}: {verdict}. {why}", **words)
    unit = change.indicator.unit
    return language.text(
        "Adjacent sector, {outcome}: {name} went from {before} ({first}) to {after} ({last}): "
        "{verdict}. {why}",
        name=name_and_scope(change.indicator, language),
        before=with_unit(figure(before, unit, language), unit, language),
        first=before.period.label,
        after=with_unit(figure(after, unit, language), unit, language),
        last=after.period.label,
        **words,
    )


def count_lines(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return one line for each threshold, with the counts that figures can give."""
    lines = Markup("\n").join(_line(result, evidence, language) for result in evidence.thresholds)
    return Markup('<ul class="counts">{}</ul>').format(lines)


def _line(result: ThresholdResult, evidence: ProgressEvidence, language: Language) -> Markup:
    counted = [
        language.text(
            "{what}: {count}",
            what=str(condition_name(condition, language)).lower(),
            count=derived(condition_words(condition, evidence.baseline, language), "count"),
        )
        for condition in result.conditions
        if condition.kind in ("maintained_or_improved", "improved", "gaps_reduced")
    ]
    return Markup("<li><strong>{}: {}.</strong> {}.</li>").format(
        language.of(result.threshold.name),
        str(language.text(ANSWERS[result.answer])).lower(),
        Markup(". ").join(_capital(line) for line in counted),
    )


def _capital(line: Markup) -> Markup:
    return line[:1].upper() + line[1:]


def _answer(answer: str, language: Language) -> Markup:
    return Markup('<strong class="verdict verdict-{}">{}</strong>').format(
        answer, language.text(ANSWERS[answer])
    )


def definitions_table(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the definitions that this page used, in words."""
    columns = [
        Column(language.text("Rule"), numeric=False),
        Column(language.text("On this page"), numeric=False),
    ]
    rows = _definitions(evidence, evidence.definitions, language)
    caption = language.text("The rules of this page; no public source fixes them")
    return table("definitions", caption, columns, rows)


def _definitions(
    evidence: ProgressEvidence, rules: Definitions, language: Language
) -> list[list[Cell]]:
    say = language.text
    smallest = _size(rules.minimum, language)
    sure = language.percent(rules.level)
    known = load_catalog().dimensions
    dimensions = [language.of(known[name].name) for name in rules.dimensions]
    return [
        [say("Baseline"), _baseline(evidence, rules, language)],
        [say("Where a series broke or began later"), say(_BREAKS[rules.after_a_break])],
        [
            say("Improved or slipped"),
            say(
                "The change is at least {smallest}, and its {sure} range leaves out "
                "zero. About the same: neither.",
                smallest=smallest,
                sure=sure,
            ),
        ],
        [say("Where no counts are printed"), say(_PRECISION[rules.unknown_precision])],
        [
            say("Stricter reading"),
            say(
                "The same, and at least {count} figures in a row that never go the other way.",
                count=language.number(rules.strict_periods),
            ),
        ],
        [say("Not enough data"), say(_NO_DATA[rules.no_data])],
        [
            say("Groups and reference"),
            say(
                "Groups by {dimensions}, each compared with all children of the same place.",
                dimensions=language.list([name.lower() for name in dimensions]),
            ),
        ],
        [say("Which gap speaks for an outcome"), say(_GAPS[rules.gap_of_an_outcome])],
        [
            say("Gap reduced or widened"),
            say("Its change is at least {smallest}, and the {sure} range of the change "
                "leaves out zero.", smallest=smallest, sure=sure),
        ],
        [
            say("Gap eliminated"),
            say(
                "What is left is at most {closed}, its range holds zero, and both figures "
                "are strong.",
                closed=_size(rules.closed_within, language),
            ),
        ],
        [
            say("Current figure"),
            say(
                "It ends at most {count} years before this edition.",
                count=language.number(rules.current_within),
            ),
        ],
    ]  # fmt: skip


_BREAKS = {
    "restart": mark("Counted from the first year that the newest figure may be compared with."),
    "not_enough_data": mark("Not enough data."),
}
_PRECISION = {
    "judge_by_size": mark("The size decides, and the page says so."),
    "not_enough_data": mark("Not enough data."),
}
_NO_DATA = {
    "open": mark("The outcome may count either way: the threshold stays open."),
    "against": mark("The outcome counts as not reached."),
    "left_out": mark("The outcome is left out, and the number needed falls with it."),
}
_GAPS = {
    "widest": mark("The one that was widest at the baseline, whatever became of it."),
    "any": mark("Any that was reduced, if none widened."),
}


def _size(share: float, language: Language) -> Markup:
    """Return a size of shares in points, with a decimal only where it has one."""
    whole = abs(share * 100 - round(share * 100)) < 1e-9
    return points(share, "share", language, digits=0 if whole else 1)


def _baseline(evidence: ProgressEvidence, rules: Definitions, language: Language) -> Markup:
    if rules.window is not None:
        return language.text(
            "{count} years before each newest figure",
            count=language.number(rules.window),
        )
    return language.text("{period}, or the newest figure before it", period=evidence.baseline)


def sensitivity_table(
    frame: pd.DataFrame, evidence: ProgressEvidence, language: Language
) -> Markup:
    """Return the counts under other rules, one thing changed at a time."""
    columns = [
        Column(language.text("Rules"), numeric=False),
        Column(language.text("Maintained or improved")),
        Column(language.text("Improved")),
        Column(language.text("Slipped")),
        Column(language.text("Not known yet")),
        Column(language.text("Gaps reduced")),
        Column(language.text("Gaps: not known yet")),
    ]
    rows: list[list[Cell]] = [
        [
            _variant(str(row["kind"]), str(row["value"]), language),
            *(
                derived(language.number(row[name]), "count")
                for name in (
                    "maintained_or_improved",
                    "improved",
                    "slipped",
                    "unknown",
                    "gaps_reduced",
                    "gaps_unknown",
                )
            ),
        ]
        for row in frame.to_dict("records")
    ]
    caption = language.text(
        "Counts of the seven outcomes in {place} under other rules", place=evidence.city.name
    )
    note = language.text(
        "With an earlier baseline, figures that end before {baseline} count too. So more can be "
        "said, but of years that are long past.",
        baseline=evidence.baseline,
    )
    return table("sensitivity", caption, columns, rows) + Markup("<p>{}</p>").format(note)


def _variant(kind: str, value: str, language: Language) -> Markup:
    message = _VARIANTS.get(f"{kind}/{value}") or _VARIANTS[kind]
    size = _size(float(value), language) if kind == "minimum" else ""
    return language.text(message, value=value, points=size)
