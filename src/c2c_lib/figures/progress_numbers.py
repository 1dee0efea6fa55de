"""What the numbers show: the seven outcomes, their gaps, and the picture of both."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Indicator
from c2c_lib.figures.cells import folded
from c2c_lib.figures.image import image
from c2c_lib.figures.number import derived, figure, points, with_unit
from c2c_lib.figures.places import name_and_scope
from c2c_lib.figures.progress_numbers_chart import changes_chart
from c2c_lib.figures.progress_words import (
    CHANGE_VERDICTS,
    GAP_VERDICTS,
    STRICT_VERDICTS,
    change_reason,
    gap_reason,
    range_words,
    signed,
)
from c2c_lib.figures.table import Cell, Column, table, whole
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.gap_evidence import GapEvidence
from c2c_lib.theory_of_action.outcome_change import OutcomeChange

__all__ = ["gaps_table", "numbers_section", "outcomes_table"]


def numbers_section(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the picture and the table of the seven outcomes, and how to read them."""
    words = [change.verdict for change in evidence.changes]
    lead = language.text(
        "Since {baseline}, {improved} of {of} core indicators improved, {same} stayed about the "
        "same and {slipped} slipped. For {unknown} there is not enough data to say.",
        baseline=evidence.baseline,
        of=language.number(len(words)),
        improved=language.number(words.count("improved")),
        same=language.number(words.count("about_the_same")),
        slipped=language.number(words.count("slipped")),
        unknown=language.number(words.count("not_enough_data")),
    )
    parts = [Markup('<p class="answer">{}</p>').format(lead)]
    judged = [c for c in evidence.changes if c.verdict != "not_enough_data"]
    if judged:
        parts.append(_picture(evidence, judged, language))
    parts.append(outcomes_table(evidence, language))
    parts.append(gaps_table(evidence, language))
    return Markup("\n").join(parts)


def outcomes_table(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the table of the seven outcomes: figures, change, range, verdict, both readings."""
    columns = [
        Column(language.text("Outcome"), numeric=False),
        Column(language.text("Verdict"), numeric=False),
        Column(language.text("Change and its likely range, points")),
        Column(language.text("Baseline")),
        Column(language.text("Newest")),
        Column(language.text("Why"), numeric=False),
        Column(language.text("Stricter reading"), numeric=False),
    ]
    rows = [_row(change, language) for change in evidence.changes]
    caption = language.text(
        "The seven outcomes in {place} since {baseline}, by their core indicators",
        place=evidence.city.name,
        baseline=evidence.baseline,
    )
    return table("numbers", caption, columns, rows, narrow="label")


def _row(change: OutcomeChange, language: Language) -> list[Cell]:
    indicator = change.indicator
    none = language.text("No indicator named")
    outcome = Markup('{} <span class="why">{}</span>').format(
        language.of(change.outcome.name),
        none if indicator is None else name_and_scope(indicator, language),
    )
    verdict = _verdict(change.verdict, language.text(CHANGE_VERDICTS[change.verdict]))
    why = Markup('<span class="told">{}</span>').format(change_reason(change, language))
    strict = language.text(STRICT_VERDICTS[change.strict])
    dash = language.text("Not known")
    if indicator is None:
        return [outcome, verdict, dash, dash, dash, why, strict]
    return [
        outcome,
        verdict,
        _change(change, indicator, language),
        _dated(change.span.baseline, change, language),
        _dated(change.span.latest, change, language),
        why,
        strict,
    ]


def _change(change: OutcomeChange, indicator: Indicator, language: Language) -> Cell:
    if change.difference is None:
        return language.text("Not known")
    limits = change.interval
    return Markup('{} <span class="range">{}</span>').format(
        signed(change.difference, indicator.unit, language),
        language.text("Range not known")
        if limits is None
        else range_words(limits, indicator.unit, language),
    )


def _dated(observation: Observation | None, change: OutcomeChange, language: Language) -> Cell:
    if observation is None or change.indicator is None:
        return language.text("Not known")
    unit = change.indicator.unit
    return language.text(
        "{value} ({period})",
        value=with_unit(figure(observation, unit, language, digits=1), unit, language),
        period=whole(observation.period.label),
    )


def _verdict(code: str, words: Markup) -> Markup:
    return Markup('<strong class="verdict verdict-{}">{}</strong>').format(code, words)


def gaps_table(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the verdict on the gap of each outcome, and every group's gap below it, folded."""
    columns = [
        Column(language.text("Outcome"), numeric=False),
        Column(language.text("Verdict on the gap"), numeric=False),
        Column(language.text("What it rests on"), numeric=False),
    ]
    rows: list[list[Cell]] = [
        [
            language.of(change.outcome.name),
            _verdict(gap.verdict, language.text(GAP_VERDICTS[gap.verdict])),
            Markup('<span class="told">{}</span>').format(gap_reason(gap, language)),
        ]
        for change, gap in zip(evidence.changes, evidence.gaps, strict=True)
    ]
    caption = language.text(
        "The gap of each outcome since {baseline}, a group compared with all children in {place}",
        baseline=evidence.baseline,
        place=evidence.city.name,
    )
    main = table("gap-verdicts", caption, columns, rows)
    everything = [gap for outcome in evidence.gaps for gap in outcome.gaps]
    if not everything:
        return main
    title = language.text("Every group’s gap, as far as figures go")
    return main + Markup("\n") + folded(title, _every_gap(everything, evidence, language))


def _every_gap(gaps: list[GapEvidence], evidence: ProgressEvidence, language: Language) -> Markup:
    columns = [
        Column(language.text("Indicator and group"), numeric=False),
        Column(language.text("Gap at the baseline")),
        Column(language.text("Gap now")),
        Column(language.text("Change")),
        Column(language.text("Range, points")),
        Column(language.text("Verdict"), numeric=False),
    ]
    rows = [_gap_row(gap, language) for gap in gaps]
    caption = language.text(
        "Gaps between each group and all children in {place}; above zero, the figure of all "
        "children is the better one",
        place=evidence.city.name,
    )
    return table("every-gap", caption, columns, rows)


def _gap_row(gap: GapEvidence, language: Language) -> list[Cell]:
    unit = gap.indicator.unit
    unknown = language.text("Not known")
    name = Markup("{}: {}").format(language.of(gap.indicator.name), language.of(gap.group.name))
    before: Cell = unknown
    if gap.before is not None and gap.reference_before is not None:
        before = _sized(gap.before, gap.reference_before.period.label, gap, language)
    after: Cell = unknown
    if gap.after is not None and gap.reference_after is not None:
        after = _sized(gap.after, gap.reference_after.period.label, gap, language)
    return [
        name,
        before,
        after,
        unknown if gap.change is None else signed(gap.change, unit, language),
        range_words(gap.interval, unit, language),
        language.text(GAP_VERDICTS[gap.verdict]),
    ]


def _sized(size: float, period: str, gap: GapEvidence, language: Language) -> Markup:
    text = points(size, gap.indicator.unit, language, digits=1)
    sign = "−" if size < 0 and not text.startswith("0.0 ") else ""
    return language.text(
        "{value} ({period})", value=derived(Markup("{}{}").format(sign, text), "gap"), period=period
    )


def _picture(evidence: ProgressEvidence, judged: list[OutcomeChange], language: Language) -> Markup:
    best = max(judged, key=lambda change: abs(change.difference or 0.0))
    alt = language.text(
        "Dot chart of the change of {count} core indicators in {place} since the baseline, good "
        "to the right. The largest: {name}, {change}, {verdict}.",
        count=language.number(len(judged)),
        place=evidence.city.name,
        name=language.of(best.outcome.name),
        change=signed(best.difference or 0.0, "share", language).striptags(),
        verdict=str(language.text(CHANGE_VERDICTS[best.verdict])).lower(),
    ).unescape()
    caption = Markup("<strong>{}</strong> {}").format(
        language.text("Change since the baseline in {place}.", place=evidence.city.name),
        language.text(
            "Dots to the right of the line moved the good way. Bars show the range of likely "
            "values, where it is known. Open dots are about the same."
        ),
    )
    svg = changes_chart(evidence.changes, language)
    return image(svg, f"{evidence.city.slug}-progress-numbers", alt, caption, "numbers")
