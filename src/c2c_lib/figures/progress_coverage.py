"""What the checks rest on, and what cannot be said yet: which data would say it."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.figures.places import name_and_scope
from c2c_lib.figures.progress_words import change_reason
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language
from c2c_lib.theory_of_action.checks import Breakdown, Coverage
from c2c_lib.theory_of_action.evidence import ProgressEvidence

__all__ = ["coverage_table", "unsaid_section"]


def coverage_table(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the evidence behind the checked benchmarks, one row per outcome."""
    columns = [
        Column(language.text("Outcome"), numeric=False),
        Column(language.text("Core indicator"), numeric=False),
        Column(language.text("Baseline"), numeric=False),
        Column(language.text("Newest"), numeric=False),
        Column(language.text("By race and ethnicity"), numeric=False),
        Column(language.text("By gender"), numeric=False),
        Column(language.text("By economic status"), numeric=False),
        Column(language.text("Contributing indicators"), numeric=False),
    ]
    rows = [_row(found, language) for found in evidence.coverages]
    caption = language.text(
        "What the checks rest on in {place}: periods with figures, and groups shown",
        place=evidence.city.name,
    )
    return table("coverage", caption, columns, rows)


def _row(found: Coverage, language: Language) -> list[Cell]:
    none = language.text("No figure")
    return [
        language.of(found.outcome.name),
        name_and_scope(found.indicator, language)
        if found.indicator
        else language.text("No indicator named"),
        found.baseline.period.label if found.baseline else none,
        found.newest.period.label if found.newest else none,
        *(_groups(cell, language) for cell in found.by_dimension.values()),
        language.list([language.of(i.name) for i in found.contributing])
        or language.text("No indicator named"),
    ]


def _groups(cell: Breakdown | None, language: Language) -> Cell:
    if cell is None:
        return language.text("No figures")
    return language.plural(
        "{period}: {shown} of {count} group",
        "{period}: {shown} of {count} groups",
        cell.listed,
        period=cell.period.label,
        shown=language.number(cell.shown),
    )


def unsaid_section(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return what cannot be said, why, and which data would say it and who holds them."""
    rows: list[list[Cell]] = []
    for change, gap in zip(evidence.changes, evidence.gaps, strict=True):
        what = []
        if change.verdict == "not_enough_data":
            what.append(language.text("The change: {why}", why=change_reason(change, language)))
        if gap.verdict == "not_enough_data":
            what.append(
                language.text(
                    "The gap: no figures by group after {period}.", period=evidence.baseline
                )
                if gap.gaps
                else language.text("The gap: there are no figures by group.")
            )
        if what:
            wanted = change.outcome.wanted
            rows.append(
                [
                    language.of(change.outcome.name),
                    Markup(" ").join(what),
                    language.of(wanted)
                    if wanted
                    else language.text("Newer figures by student group, from the same publisher."),
                ]
            )
    blank = [
        b for b in evidence.framework.benchmarks
        if b.kind == "reported" and evidence.progress.entry(b.id) is None
    ]  # fmt: skip
    told = language.text(
        "Of the benchmarks that only the partnership can speak of, {count} are not reported. A "
        "report needs a status, a date, a role and a link to evidence.",
        count=language.number(len(blank)),
    )
    if not rows:
        return Markup("<p>{}</p>").format(told)
    columns = [
        Column(language.text("Outcome"), numeric=False),
        Column(language.text("What is not known"), numeric=False),
        Column(language.text("Which data would tell, and who holds them"), numeric=False),
    ]
    caption = language.text("What is not known yet in {place}", place=evidence.city.name)
    return Markup("<p>{}</p>{}").format(told, table("unsaid", caption, columns, rows))
