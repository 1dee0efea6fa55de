"""Gateways by pillars: the picture, the table that says the same, and every benchmark."""

from __future__ import annotations

from collections import Counter
from typing import Final

from markupsafe import Markup

from c2c_lib.figures.cells import folded
from c2c_lib.figures.image import image
from c2c_lib.figures.progress_gateways_chart import gateways_chart
from c2c_lib.figures.progress_words import NOT_REPORTED, REPORTED, SHOWN, check_words
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language, mark
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.framework import Benchmark, Gateway
from c2c_lib.theory_of_action.reported import UNDATED, Entry

__all__ = ["benchmark_lists", "gateways_section"]

_COUNTED: Final = {
    "met": mark("{count} reported as met"),
    "in_progress": mark("{count} in progress"),
    "not_met": mark("{count} reported as not met"),
    "described": mark("{count} described"),
    "intended": mark("{count} intended"),
    "": mark("{count} not reported"),
}


def gateways_section(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return what is reported on each gateway and pillar, as a picture and as a table."""
    statuses = Counter(_status(b, evidence) for b in evidence.framework.benchmarks)
    total = len(evidence.framework.benchmarks)
    own = sum(statuses[s] for s in ("met", "in_progress", "not_met"))
    read = statuses["described"] + statuses["intended"]
    lead = language.text(
        "The partnership itself has reported on {own} of {total} benchmarks. Its public documents "
        "speak of {read} more. {blank} are not reported, which does not mean that they are not "
        "met.",
        total=language.number(total),
        own=language.number(own),
        read=language.number(read),
        blank=language.number(statuses[""]),
    )
    claimed = evidence.progress.gateway
    gateway = (
        language.text("No gateway is reported.")
        if claimed is None
        else language.text(
            "The gateway reported is: {gateway} ({date}).",
            gateway=_gateway_name(claimed.id, evidence, language),
            date=_date(claimed.date, language),
        )
    )
    note = language.text(
        "This page awards no gateway: that is for the StriveTogether network to do."
    )
    parts = [
        Markup('<p class="answer">{}</p><p>{} {}</p>').format(lead, gateway, note),
        _picture(evidence, language),
        _overview(evidence, language),
        benchmark_lists(evidence, language),
    ]
    return Markup("\n").join(parts)


def _status(benchmark: Benchmark, evidence: ProgressEvidence) -> str:
    entry = evidence.progress.entry(benchmark.id)
    return "" if entry is None else entry.status


def _gateway_name(identifier: str, evidence: ProgressEvidence, language: Language) -> str:
    return language.of(evidence.framework.gateways[evidence.framework.rank(identifier)].name)


def _date(date: str, language: Language) -> str:
    return str(language.text("no date given")) if date == UNDATED else date


def _overview(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the table of six gateways by four pillars, with reported and computed counts."""
    framework = evidence.framework
    columns = [
        Column(language.text("Gateway"), numeric=False),
        *(Column(language.of(pillar.name), numeric=False) for pillar in framework.pillars),
    ]
    rows: list[list[Cell]] = []
    for gateway in framework.gateways:
        cells = [_cell(gateway.id, pillar.id, evidence, language) for pillar in framework.pillars]
        rows.append([language.of(gateway.name), *cells])
    caption = language.text(
        "Benchmarks by gateway and pillar in {place}: reported, and what the numbers show",
        place=evidence.city.name,
    )
    return table("gateways", caption, columns, rows)


def _cell(gateway: str, pillar: str, evidence: ProgressEvidence, language: Language) -> Markup:
    benchmarks = evidence.framework.of(gateway, pillar)
    if not benchmarks:
        return language.text("No benchmarks of its own; see the counts below")
    counts = Counter(_status(b, evidence) for b in benchmarks)
    lines = [
        language.text(message, count=language.number(counts[status]))
        for status, message in _COUNTED.items()
        if counts[status]
    ]
    checks = [evidence.checks[b.check] for b in benchmarks if b.check]
    lines += [
        Markup('<span class="computed">{}</span>').format(
            language.text("Numbers: {shown}", shown=str(language.text(SHOWN[check.shown])).lower())
        )
        for check in checks
    ]
    return Markup("<br>").join(lines)


def benchmark_lists(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return every benchmark of every gateway, one folded table each."""
    return Markup("\n").join(
        folded(
            language.text("{gateway}: every benchmark", gateway=language.of(gateway.name)),
            _benchmarks(gateway, evidence, language),
        )
        for gateway in evidence.framework.gateways
        if evidence.framework.of(gateway.id)
    )


def _benchmarks(gateway: Gateway, evidence: ProgressEvidence, language: Language) -> Markup:
    pillars = {p.id: p.name for p in evidence.framework.pillars}
    columns = [
        Column(language.text("Benchmark"), numeric=False),
        Column(language.text("Pillar"), numeric=False),
        Column(language.text("What is reported"), numeric=False),
        Column(language.text("What the numbers show"), numeric=False),
    ]
    rows: list[list[Cell]] = [
        [
            language.of(benchmark.label),
            language.of(pillars[benchmark.pillar]),
            _reported(evidence.progress.entry(benchmark.id), language),
            _checked(benchmark, evidence, language),
        ]
        for benchmark in evidence.framework.of(gateway.id)
    ]
    caption = language.text(
        "Benchmarks of the gateway “{gateway}” in {place}",
        gateway=language.of(gateway.name),
        place=evidence.city.name,
    )
    return table(f"gateway-{gateway.id.replace('_', '-')}", caption, columns, rows)


def _reported(entry: Entry | None, language: Language) -> Markup:
    if entry is None:
        return language.text(NOT_REPORTED)
    source = Markup('<a href="{}">{}</a>').format(
        entry.evidence.url, language.foreign(entry.evidence.title)
    )
    parts = [
        Markup("<strong>{}</strong>.").format(language.text(REPORTED[entry.status])),
        language.note(entry.note) if entry.note else Markup(),
        language.text(
            "By: {role}; {date}. {source}",
            role=language.note(entry.by),
            date=_date(entry.date, language),
            source=source,
        ),
    ]
    return Markup(" ").join(part for part in parts if part)


def _checked(benchmark: Benchmark, evidence: ProgressEvidence, language: Language) -> Markup:
    if benchmark.check is None:
        return language.text("Numbers cannot show it")
    check = evidence.checks[benchmark.check]
    return Markup("<strong>{}</strong>. {}").format(
        language.text(SHOWN[check.shown]), check_words(check, language)
    )


def _picture(evidence: ProgressEvidence, language: Language) -> Markup:
    checked = sum(b.check is not None for b in evidence.framework.benchmarks)
    reported = sum(_status(b, evidence) != "" for b in evidence.framework.benchmarks)
    alt = language.text(
        "Picture of six gateways by four pillars in {place}, one mark for each of {total} "
        "benchmarks: something is reported or written on {reported}, and numbers speak to "
        "{checked}.",
        place=evidence.city.name,
        total=language.number(len(evidence.framework.benchmarks)),
        reported=language.number(reported),
        checked=language.number(checked),
    ).unescape()
    caption = Markup("<strong>{}</strong> {}").format(
        language.text("Benchmarks of {place}.", place=evidence.city.name),
        language.text(
            "A circle is what is reported: full, met; half, in progress or described in a public "
            "document; a quarter, intended there; crossed, not met; empty, not reported. A square "
            "is what the numbers show: full, shown; half, in part; empty, not shown."
        ),
    )
    svg = gateways_chart(evidence, language)
    return image(svg, f"{evidence.city.slug}-gateways", alt, caption, "gateways")
