"""All groups of one indicator on one axis, with the line of all children."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import house_style, to_svg
from c2c_lib.figures.ticks import axis_start, whole_ticks
from c2c_lib.findings import Finding, GapSet, Limits
from c2c_lib.language import Language

__all__ = ["gap_chart"]

_ROW = 0.25  # inches


@dataclass(frozen=True)
class _Row:
    label: str
    value: float
    interval: Limits | None
    size: float | None
    kind: str


def gap_chart(finding: Finding, sets: tuple[GapSet, ...], language: Language) -> str:
    """Return the groups of a finding as SVG: a dot each, on one axis (from zero, see `axis_start`).

    Each dimension begins with its name and period and the dot of all children; a dotted line
    carries that value down its groups. Groups are in the order of the catalog, never by value.
    A dot is open where the difference from all children may be chance.

    Parameters
    ----------
    sets : tuple of GapSet
        The dimensions to draw; each must have a group that is shown.
    """
    blocks = [_rows(gaps, language) for gaps in sets]
    count = sum(len(rows) for rows in blocks)
    with house_style():
        figure = Figure(figsize=(4.8, 0.5 + _ROW * count), layout="constrained")
        axes = figure.add_subplot()
        top = count
        for rows in blocks:
            _draw(axes, rows, top, finding, language)
            top -= len(rows)
        _finish(axes, finding, blocks, count, language)
        return to_svg(figure)


def _rows(gaps: GapSet, language: Language) -> list[_Row]:
    name = f"{language.of(gaps.dimension.name)}, {gaps.reference.period.label.replace('-', '–')}"
    rows = [_Row(name, math.nan, None, None, "heading")]
    everyone = str(language.text("All"))
    reference = gaps.reference
    rows.append(
        _Row(everyone, reference.value, gaps.reference_interval, reference.denominator, "all")
    )
    for gap in gaps.shown:
        observation = gap.observation
        kind = "beyond" if gap.beyond_chance else "chance"
        rows.append(
            _Row(
                language.of(gap.group.name),
                observation.value,
                gap.own_interval,
                observation.denominator,
                kind,
            )
        )
    return rows


def _draw(axes: Axes, rows: list[_Row], top: int, finding: Finding, language: Language) -> None:
    unit = finding.indicator.unit
    reference = rows[1].value
    axes.vlines(
        reference, top - len(rows) + 0.3, top - 1.0, color=MUTED, linestyle=(0, (1, 2)), zorder=1
    )
    for position, row in enumerate(rows):
        y = top - position - 0.5
        if row.kind == "heading":
            _heading(axes, row.label, y)
            continue
        colour = MUTED if row.kind == "all" else HIGHLIGHT
        if row.interval is not None:
            axes.hlines(y, row.interval.low, row.interval.high, color=colour, linewidth=1.4)
        axes.plot(
            row.value,
            y,
            marker="D" if row.kind == "all" else "o",
            markersize=7,
            zorder=3,
            markerfacecolor=PAPER if row.kind == "chance" else colour,
            markeredgecolor=colour,
        )
        text = value_text(row.value, unit, language)
        if row.size is not None:
            size = language.text("n={count}", count=language.number(row.size))
            text += f"  {size}"
        axes.text(
            1.0,
            y,
            text,
            transform=axes.get_yaxis_transform(),
            va="center",
            ha="right",
            fontsize=9.5,
            color=INK,
        )


def _heading(axes: Axes, label: str, y: float) -> None:
    """Write a dimension from the left edge of the chart, where there is room for long names."""
    heading = axes.annotate(
        label,
        (0.01, y),
        xycoords=("figure fraction", "data"),
        va="center",
        fontweight="bold",
        color=INK,
        fontsize=10,
        annotation_clip=False,
    )
    heading.set_in_layout(False)


def _finish(
    axes: Axes, finding: Finding, blocks: list[list[_Row]], count: int, language: Language
) -> None:
    unit = finding.indicator.unit
    rows = [row for block in blocks for row in block]
    tops = [row.value for row in rows if row.kind != "heading"]
    tops += [row.interval.high for row in rows if row.interval is not None]
    low = axis_start(unit, tops)
    top = low + (max(tops) - low) * 1.05
    top = min(top, 1.0) if unit == "share" else top
    axes.set_xlim(low, low + (top - low) * 1.62)
    axes.set_ylim(0, count)
    locator = whole_ticks(unit, top)
    ticks = locator.tick_values(low, top)
    axes.set_xticks([t for t in ticks if low <= t <= low + (top - low) * 1.001])
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: value_text(value, unit, language))
    )
    positions = [count - i - 0.5 for i, row in enumerate(rows) if row.kind != "heading"]
    axes.set_yticks(positions, [row.label for row in rows if row.kind != "heading"])
    axes.grid(axis="x", color=RULE, alpha=0.25, linewidth=0.8)
    axes.set_axisbelow(True)
