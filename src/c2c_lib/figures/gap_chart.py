"""All groups of one indicator on one axis, with the line of all children."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import WIDTH, house_style, text_width, to_svg, wrapped
from c2c_lib.figures.ticks import axis_start, whole_ticks
from c2c_lib.findings import Finding, GapSet, Limits
from c2c_lib.language import Language

__all__ = ["gap_chart"]

_ROW = 0.25  # inches
_LINE = 0.15  # inches that a further line of a label takes
_NAMES = 1.6  # inches for the names of groups
_SIZE = 10  # points of their type


@dataclass(frozen=True)
class _Row:
    label: str
    value: float
    interval: Limits | None
    size: float | None
    kind: str

    @property
    def height(self) -> float:
        """Inches of the row: more where its label needs several lines."""
        return _ROW + _LINE * self.label.count("\n")


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
    total = sum(row.height for rows in blocks for row in rows)
    with house_style():
        figure = Figure(figsize=(WIDTH, 0.45 + total), layout="constrained")
        axes = figure.add_subplot()
        top = total
        placed: list[tuple[_Row, float]] = []
        for rows in blocks:
            heights = _middles(rows, top)
            _draw(axes, rows, heights, finding, language)
            placed += zip(rows, heights, strict=True)
            top -= sum(row.height for row in rows)
        _finish(axes, finding, placed, total, language)
        return to_svg(figure)


def _middles(rows: list[_Row], top: float) -> list[float]:
    """Return where the middle of each row is, in inches from the foot of the chart."""
    middles = []
    for row in rows:
        middles.append(top - row.height / 2)
        top -= row.height
    return middles


def _rows(gaps: GapSet, language: Language) -> list[_Row]:
    name = f"{language.of(gaps.dimension.name)}, {gaps.reference.period.label.replace('-', '–')}"
    rows = [_Row(wrapped(name, WIDTH - 0.1), math.nan, None, None, "heading")]
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
                wrapped(language.of(gap.group.name), _NAMES, _SIZE),
                observation.value,
                gap.own_interval,
                observation.denominator,
                kind,
            )
        )
    return rows


def _draw(
    axes: Axes, rows: list[_Row], middles: list[float], finding: Finding, language: Language
) -> None:
    reference = rows[1].value
    foot = middles[-1] - rows[-1].height * 0.3
    axes.vlines(reference, foot, middles[1], color=MUTED, linestyle=(0, (1, 2)), zorder=1)
    for row, y in zip(rows, middles, strict=True):
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
        axes.text(
            1.0,
            y,
            _figure(row, finding, language),
            transform=axes.get_yaxis_transform(),
            va="center",
            ha="right",
            fontsize=_SIZE,
            color=INK,
        )


def _figure(row: _Row, finding: Finding, language: Language) -> str:
    """Return what stands at the end of a row: its value, and how many stand behind it."""
    text = value_text(row.value, finding.indicator.unit, language)
    if row.size is not None:
        size = language.text("n={count}", count=language.number(row.size))
        text += f"  {size}"
    return text


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
    axes: Axes,
    finding: Finding,
    placed: list[tuple[_Row, float]],
    total: float,
    language: Language,
) -> None:
    unit = finding.indicator.unit
    marked = [(row, y) for row, y in placed if row.kind != "heading"]
    tops = [row.value for row, _ in marked]
    tops += [row.interval.high for row, _ in marked if row.interval is not None]
    low = axis_start(unit, tops)
    top = low + (max(tops) - low) * 1.05
    top = min(top, 1.0) if unit == "share" else top
    axes.set_xlim(low, low + (top - low) / (1 - _share_of_figures(marked, finding, language)))
    axes.set_ylim(0, total)
    locator = whole_ticks(unit, top)
    ticks = locator.tick_values(low, top)
    axes.set_xticks([t for t in ticks if low <= t <= low + (top - low) * 1.001])
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: value_text(value, unit, language))
    )
    axes.set_yticks([y for _, y in marked], [row.label for row, _ in marked], fontsize=_SIZE)
    axes.grid(axis="x", color=RULE, alpha=0.25, linewidth=0.8)
    axes.set_axisbelow(True)


def _share_of_figures(
    marked: list[tuple[_Row, float]], finding: Finding, language: Language
) -> float:
    """Return which part of the axis the figures at the ends of the rows need for themselves."""
    names = max(text_width(line, _SIZE) for row, _ in marked for line in row.label.splitlines())
    figures = max(text_width(_figure(row, finding, language), _SIZE) for row, _ in marked)
    return min((figures + 0.1) / (WIDTH - names - 0.2), 0.6)
