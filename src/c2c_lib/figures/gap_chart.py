"""All groups of one indicator on one axis, with the line of all children."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.cells import is_estimated
from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import WIDTH, house_style, text_width, to_svg, wrapped
from c2c_lib.figures.ticks import axis_start, whole_ticks
from c2c_lib.findings import Finding, Gap, GapSet, Limits
from c2c_lib.language import Language, mark

__all__ = ["gap_chart"]

_ROW = 0.225  # inches
_LINE = 0.15  # inches that a further line of a label takes
_NAMES = 1.6  # inches for the names of groups
_SIZE = 10  # points of their type
_BETWEEN = 0.1  # inches between the columns of figures, and before them
_DOT = 7  # points across


@dataclass(frozen=True)
class _Row:
    label: str
    kind: str
    reference: float
    value: float = math.nan
    interval: Limits | None = None
    size: float | None = None

    @property
    def height(self) -> float:
        """Inches of the row: more where its label needs several lines."""
        return _ROW + _LINE * self.label.count("\n")


def gap_chart(finding: Finding, sets: tuple[GapSet, ...], language: Language) -> str:
    """Return the groups of a finding as SVG: a dot each, on one axis (from zero, see `axis_start`).

    The dot of all children stands first, with its period, and again only where a dimension has
    another period or other children behind it; a dotted line carries its value down the groups.
    Groups are in the order of the catalog, never by value. A dot is open where the difference
    from all children may be chance.

    Parameters
    ----------
    sets : tuple of GapSet
        The dimensions to draw; each must have a group that is shown.
    """
    rows = _rows(sets, language)
    total = sum(row.height for row in rows)
    placed = list(zip(rows, _middles(rows, total), strict=True))
    with house_style():
        figure = Figure(figsize=(WIDTH, 0.45 + total), layout="constrained")
        axes = figure.add_subplot()
        for row, y in placed:
            _draw(axes, row, y)
        _finish(axes, finding, placed, total, language)
        return to_svg(figure)


def _middles(rows: list[_Row], top: float) -> list[float]:
    """Return where the middle of each row is, in inches from the foot of the chart."""
    middles = []
    for row in rows:
        middles.append(top - row.height / 2)
        top -= row.height
    return middles


def _rows(sets: tuple[GapSet, ...], language: Language) -> list[_Row]:
    rows: list[_Row] = []
    before = None
    for gaps in sets:
        everyone = gaps.reference
        compared_with = (everyone.period.label, everyone.value, everyone.denominator)
        if compared_with != before:
            period = everyone.period.label.replace("-", "–")
            rows.append(
                _Row(
                    wrapped(str(language.text("All, {period}", period=period)), _NAMES, _SIZE),
                    "all",
                    everyone.value,
                    everyone.value,
                    gaps.reference_interval,
                    everyone.denominator,
                )
            )
            before = compared_with
        name = wrapped(language.of(gaps.dimension.name), WIDTH - 0.1)
        rows.append(_Row(name, "heading", everyone.value))
        rows += [_group(gap, everyone.value, language) for gap in gaps.shown]
    return rows


def _group(gap: Gap, reference: float, language: Language) -> _Row:
    return _Row(
        wrapped(language.of(gap.group.name), _NAMES, _SIZE),
        "beyond" if gap.beyond_chance else "chance",
        reference,
        gap.observation.value,
        gap.own_interval,
        gap.observation.denominator,
    )


def _draw(axes: Axes, row: _Row, y: float) -> None:
    """Draw one row: its dot with the line of chance, over the line of all children."""
    if row.kind == "heading":
        _heading(axes, row.label, y)
        return
    everyone = row.kind == "all"
    above = 0 if everyone else row.height / 2
    axes.vlines(
        row.reference, y - row.height / 2, y + above, color=MUTED, linestyle=(0, (1, 2)), zorder=1
    )
    colour = MUTED if everyone else HIGHLIGHT
    if row.interval is not None:
        axes.hlines(y, row.interval.low, row.interval.high, color=colour, linewidth=1.4)
    axes.plot(
        row.value,
        y,
        linestyle="none",
        marker="D" if everyone else "o",
        markersize=_DOT,
        zorder=3,
        markerfacecolor=PAPER if row.kind == "chance" else colour,
        markeredgecolor=colour,
    )


def _figures(row: _Row, finding: Finding, language: Language) -> tuple[str, str]:
    """Return what stands at the end of a row: its value, and how many stand behind it."""
    value = value_text(row.value, finding.indicator.unit, language)
    if row.size is None:
        return str(value), ""
    # n is of a count; a survey's or a model's number of people is not how many were asked.
    size = mark("≈{count}") if is_estimated(finding) else mark("n={count}")
    return str(value), str(language.text(size, count=language.number(row.size)))


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
    share, width = _write_figures(axes, marked, finding, language)
    axes.set_xlim(low, low + (top - low) / (1 - share))
    axes.set_ylim(0, total)
    label = text_width(value_text(top, unit, language)) + _BETWEEN
    locator = whole_ticks(unit, top, steps=int(width * (1 - share) / label))
    ticks = locator.tick_values(low, top)
    axes.set_xticks([t for t in ticks if low <= t <= low + (top - low) * 1.001])
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: value_text(value, unit, language))
    )
    axes.set_yticks([y for _, y in marked], [row.label for row, _ in marked], fontsize=_SIZE)
    axes.grid(axis="x", color=RULE, alpha=0.25, linewidth=0.8)
    axes.set_axisbelow(True)


def _write_figures(
    axes: Axes, marked: list[tuple[_Row, float]], finding: Finding, language: Language
) -> tuple[float, float]:
    """Write values and counts in two columns; return their part of the axis, and its inches."""
    texts = [_figures(row, finding, language) for row, _ in marked]
    values = max(text_width(value, _SIZE) for value, _ in texts)
    sizes = max(text_width(size, _SIZE) for _, size in texts)
    names = max(text_width(line, _SIZE) for row, _ in marked for line in row.label.splitlines())
    width = WIDTH - names - 0.2
    second = sizes + _BETWEEN if sizes else 0.0
    for (_, y), (value, size) in zip(marked, texts, strict=True):
        for text, right in ((value, 1 - second / width), (size, 1.0)):
            if text:
                axes.text(
                    right,
                    y,
                    text,
                    transform=axes.get_yaxis_transform(),
                    va="center",
                    ha="right",
                    fontsize=_SIZE,
                    color=INK,
                )
    # A dot at the end of the axis stands out of it by half its width.
    room = values + second + _BETWEEN + _DOT / 2 / 72
    return min(room / width, 0.6), width
