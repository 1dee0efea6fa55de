"""One series over time: the city, the state in grey, baseline and target, gaps admitted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from c2c_lib.catalog import Period, parse_period
from c2c_lib.figures.language import Language
from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import chart, to_svg
from c2c_lib.figures.ticks import whole_ticks
from c2c_lib.findings import Finding, Limits
from c2c_lib.findings.comparability import may_draw_line
from c2c_lib.observations.observation import Observation

__all__ = ["short_period", "trend_chart"]


def trend_chart(finding: Finding, language: Language) -> str:
    """Return the trend of a finding as SVG.

    The vertical axis begins at zero. A line joins neighbouring years only; it is broken where
    a year is missing and where the catalog knows of a break. A period that is compared with no
    other stands as an open dot. The band around the city's line is the 95 % interval.

    Raises
    ------
    ValueError
        If the finding has no figure to draw.
    """
    shown = [o for o in finding.series if o.shown]
    if not shown:
        raise ValueError(f"{finding.id} has no figure for {finding.place.name} to draw")
    state = [o for o in finding.state_series if o.shown]
    with chart(4.8, 2.6) as (figure, axes):
        _band(axes, finding)
        _line(axes, finding, state, MUTED, width=1.6, dot=3)
        _line(axes, finding, shown, HIGHLIGHT, width=2.4, dot=5)
        _marks(axes, finding, language)
        _axes(axes, finding, [*shown, *state], language)
        _labels(axes, finding, shown, state, language)
        return to_svg(figure)


def short_period(period: Period) -> str:
    """Return a period for an axis: pooled years lose the century of their end.

    Examples
    --------
    >>> short_period(parse_period("2019-2023")), short_period(parse_period("2018-19"))
    ('2019–23', '2018–19')
    """
    if period.pooled:
        return f"{period.start}–{period.end % 100:02d}"
    return period.label.replace("-", "–")


def _line(
    axes: Axes,
    finding: Finding,
    figures: Sequence[Observation],
    colour: str,
    *,
    width: float,
    dot: float,
) -> None:
    for run in _runs(finding, figures):
        x = [o.period.end for o in run]
        y = [o.value for o in run]
        axes.plot(x, y, color=colour, linewidth=width, marker="o", markersize=dot, zorder=3)
    alone = {b.period for b in finding.breaks if b.kind == "not_comparable"}
    open_dots = [o for o in figures if o.period.label in alone]
    axes.plot(
        [o.period.end for o in open_dots],
        [o.value for o in open_dots],
        linestyle="none",
        marker="o",
        markersize=dot,
        markerfacecolor=PAPER,
        markeredgecolor=colour,
        zorder=4,
    )


def _runs(finding: Finding, figures: Sequence[Observation]) -> list[list[Observation]]:
    """Return the stretches of a series that a line may join."""
    if not figures:
        return []
    runs = [[figures[0]]]
    for before, after in pairwise(figures):
        if may_draw_line(finding.indicator, before.period, after.period, place=before.place):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _band(axes: Axes, finding: Finding) -> None:
    intervals: dict[str, Limits] = {
        o.period.label: i
        for o, i in zip(finding.series, finding.intervals, strict=True)
        if i is not None and o.shown
    }
    figures = [o for o in finding.series if o.period.label in intervals]
    for run in _runs(finding, figures):
        x = [o.period.end for o in run]
        low = [intervals[o.period.label].low for o in run]
        high = [intervals[o.period.label].high for o in run]
        if len(run) == 1:
            axes.vlines(x, low, high, color=HIGHLIGHT, linewidth=6, alpha=0.2)
        else:
            axes.fill_between(x, low, high, color=HIGHLIGHT, alpha=0.15, linewidth=0)


def _marks(axes: Axes, finding: Finding, language: Language) -> None:
    for entry in finding.breaks:
        if entry.kind == "new_series":
            axes.axvline(parse_period(entry.period).end - 0.5, color=RULE, linestyle=(0, (2, 3)))
    if finding.baseline is not None:
        axes.plot(
            finding.baseline.period.end,
            finding.baseline.value,
            marker="o",
            markersize=11,
            markerfacecolor="none",
            markeredgecolor=HIGHLIGHT,
            markeredgewidth=1.4,
            zorder=5,
        )
    if finding.target is not None:
        axes.axhline(finding.target.value, color=INK, linestyle="--", linewidth=1)
        axes.annotate(
            str(language.text("Target {period}", period=finding.target.by)),
            (0, finding.target.value),
            xycoords=("axes fraction", "data"),
            va="bottom",
            fontsize=9,
        )


def _axes(axes: Axes, finding: Finding, figures: Sequence[Observation], language: Language) -> None:
    unit = finding.indicator.unit
    tops = [o.value for o in figures]
    tops += [i.high for i in finding.intervals if i is not None]
    tops += [finding.target.value] if finding.target else []
    top = max(max(tops) * 1.15, 0.02 if unit == "share" else 1.0)
    axes.set_ylim(0, min(top, 1.0) if unit == "share" else top)
    axes.yaxis.set_major_locator(whole_ticks(unit, axes.get_ylim()[1]))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: value_text(value, unit, language))
    )
    axes.grid(axis="y", color=RULE, alpha=0.25, linewidth=0.8)
    axes.set_axisbelow(True)
    periods = sorted({o.period for o in figures})
    ticks = _spaced(periods)
    axes.set_xticks([p.end for p in ticks], [short_period(p) for p in ticks])
    first, last = periods[0].end, periods[-1].end
    span = max(last - first, 2)
    axes.set_xlim(first - 0.06 * span - 0.2, last + 0.58 * span)


def _spaced(periods: Sequence[Period], most: int = 4) -> list[Period]:
    """Return at most a handful of periods, the last one always among them."""
    last = periods[-1]
    span = max(last.end - periods[0].end, 1)
    room = span / most
    kept = [last]
    for period in reversed(periods[:-1]):
        if kept[-1].end - period.end >= max(room, 1) and kept[-1].end != period.end:
            kept.append(period)
    return kept[::-1]


def _labels(
    axes: Axes,
    finding: Finding,
    shown: Sequence[Observation],
    state: Sequence[Observation],
    language: Language,
) -> None:
    """Name the lines at their right ends, moved apart where they would touch."""
    unit = finding.indicator.unit
    ends = [(shown[-1], finding.place.place.replace("-", " ").title(), HIGHLIGHT)]
    if state:
        ends.append((state[-1], "Connecticut", MUTED))
    low, high = axes.get_ylim()
    room = (high - low) * 0.105
    right = max(o.period.end for o, _, _ in ends)
    placed: list[float] = []
    for observation, name, colour in sorted(ends, key=lambda end: end[0].value):
        y = max([observation.value, *(p + room for p in placed)])
        placed.append(y)
        axes.annotate(
            f"{name} {value_text(observation.value, unit, language)}",
            (right, y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontweight="bold" if colour == HIGHLIGHT else "normal",
        )
