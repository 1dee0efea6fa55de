"""Who is being left out: the widest gaps of every indicator, side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.image import image
from c2c_lib.figures.number import derived, figure, value_text
from c2c_lib.figures.palette import HIGHLIGHT, MUTED, PAPER, RULE
from c2c_lib.figures.places import name_and_scope
from c2c_lib.figures.sentences import gap_size
from c2c_lib.figures.style import WIDTH, house_style, to_svg
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Finding, Gap, GapSet
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["widest_gaps", "widest_gaps_section"]

_MOST = 10
_LABEL = 44
"""Characters of a line of a label, as many as fit the width of the chart."""
_LINE = 0.36
"""Height of a further line of a label, in rows."""
Wide = tuple[Finding, GapSet, Gap]


def widest_gaps(city: City, findings: Mapping[str, Finding]) -> list[Wide]:
    """Return the widest gap of each dimension of each indicator put first, widest first.

    Only shares, only groups that fare worse beyond chance, only figures strong enough to act
    on, and only where groups may be compared.
    """
    found: list[Wide] = []
    for indicator in (*city.core, *city.contributing):
        finding = findings.get(indicator)
        if finding is None or finding.indicator.unit != "share":
            continue
        seen = set()
        for gaps, gap in finding.adverse_gaps:
            if gaps.dimension.id not in seen:
                seen.add(gaps.dimension.id)
                found.append((finding, gaps, gap))
    return sorted(found, key=lambda wide: -abs(wide[2].difference or 0.0))[:_MOST]


def widest_gaps_section(city: City, findings: Mapping[str, Finding], language: Language) -> Markup:
    """Return chart and table of the widest gaps, or a sentence if there are none."""
    found = widest_gaps(city, findings)
    if not found:
        return Markup("<p>{}</p>").format(
            language.text("No gap between groups is larger than chance alone could make.")
        )
    caption = Markup("<strong>{}</strong> {}").format(
        language.text("The widest gaps in {place}.", place=city.name),
        language.text(
            "Diamonds are all children, dots the group. Years differ; each stands in the table."
        ),
    )
    first_finding, first_gaps, first_gap = found[0]
    alt = language.text(
        "Dot chart of the widest gaps in {place}, each group against all. The widest: {name}, "
        "{period}: {group} {value}, all {all}.",
        place=city.name,
        name=name_and_scope(first_finding.indicator, language),
        group=language.of(first_gap.group.name),
        value=language.percent(first_gap.observation.value),
        all=language.percent(first_gaps.reference.value),
        period=first_gap.observation.period.label,
    ).unescape()
    chart = image(_chart(found, language), f"{city.slug}-widest-gaps", alt, caption, "widest-gaps")
    return chart + Markup("\n") + _table(found, city, language)


def _table(found: list[Wide], city: City, language: Language) -> Markup:
    columns = [
        Column(language.text("Indicator"), numeric=False),
        Column(language.text("Group"), numeric=False),
        Column(language.text("Period"), numeric=False, whole=True),
        Column(language.text("Group, %")),
        Column(language.text("All, %")),
        Column(language.text("Gap")),
        Column(language.text("Ratio")),
    ]
    rows: list[list[Cell]] = [
        [
            Markup('<a href="#{}">{}</a>').format(
                finding.id, name_and_scope(finding.indicator, language)
            ),
            language.of(gap.group.name),
            gap.observation.period.label,
            figure(gap.observation, "share", language, digits=1),
            figure(gaps.reference, "share", language, digits=1),
            gap_size(finding, gap, language),
            derived(language.number(gap.ratio or 0.0, 2), "ratio"),
        ]
        for finding, gaps, gap in found
    ]
    caption = language.text(
        "Widest gaps between a group and all children in {place}", place=city.name
    )
    return table("widest-gaps", caption, columns, rows, narrow="label")


def _chart(found: list[Wide], language: Language) -> str:
    labels = [
        textwrap.wrap(
            f"{language.of(finding.indicator.name)}: {language.of(gap.group.name)}", _LABEL
        )
        for finding, _, gap in found
    ]
    heights = [1 + _LINE * (len(lines) - 1) for lines in labels]
    total = sum(heights)
    with house_style():
        drawing = Figure(figsize=(WIDTH, 0.5 + 0.51 * total), layout="constrained")
        axes = drawing.add_subplot()
        for row, (_, gaps, gap) in enumerate(found):
            y = total - sum(heights[: row + 1])
            everyone, group = gaps.reference.value, gap.observation.value
            axes.hlines(
                y,
                min(everyone, group),
                max(everyone, group),
                color=HIGHLIGHT,
                linewidth=2.4,
                zorder=2,
            )
            axes.plot(everyone, y, "D", color=MUTED, markersize=6.5, zorder=3)
            axes.plot(group, y, "o", color=HIGHLIGHT, markersize=7.5, zorder=3)
            label = axes.annotate(
                "\n".join(labels[row]),
                (0, y),
                xycoords=("axes fraction", "data"),
                xytext=(0, 11),
                textcoords="offset points",
                fontsize=10,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
            )
            label.set_in_layout(False)  # it is wrapped to fit; the axis keeps its width
            side = 1 if group > everyone else -1
            axes.annotate(
                value_text(group, "share", language),
                (group, y),
                xytext=(8 * side, 0),
                textcoords="offset points",
                va="center",
                ha="left" if side > 0 else "right",
                fontsize=10,
                color=HIGHLIGHT,
            )
        axes.set_xlim(0, 1.03)
        axes.set_ylim(-0.6, total - 0.2)
        axes.set_yticks([])
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.percent(value)))
        axes.grid(axis="x", color=RULE, alpha=0.25, linewidth=0.8)
        axes.set_axisbelow(True)
        return to_svg(drawing)
