"""One series over time: the city, the state in grey, baseline and target, gaps admitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from c2c_lib.catalog import Period, parse_period
from c2c_lib.catalog.comparability import may_draw_line
from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.places import place_name, state_name
from c2c_lib.figures.style import WIDTH, chart, text_width, to_svg
from c2c_lib.figures.ticks import axis_start, whole_ticks
from c2c_lib.findings import Finding, Limits
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation

__all__ = [
    "draw_band",
    "draw_line",
    "drawn_figures",
    "new_series_starts",
    "short_period",
    "spaced",
    "stand_alone_figures",
    "trend_chart",
]


_TICKS = 0.5  # inches for the numbers of the vertical axis


@dataclass(frozen=True)
class _End:
    """The right end of a line: its height, its name, and its colour."""

    value: float
    text: str
    colour: str


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
        raise ValueError(
            f"{finding.id} has no figure for {finding.place.name} to draw; draw only findings "
            "with a shown figure in their series"
        )
    state = [o for o in finding.state_series if o.shown]
    with chart() as (figure, axes):
        draw_band(axes, finding)
        draw_line(axes, finding, state, MUTED, width=1.6, dot=3)
        draw_line(axes, finding, shown, HIGHLIGHT, width=2.4, dot=5)
        _marks(axes, finding, language)
        ends = _ends(finding, shown, state, language)
        _axes(axes, finding, [*shown, *state], ends, language)
        _labels(axes, ends, max(o.period.end for o in (*shown, *state)))
        return to_svg(figure)


def drawn_figures(finding: Finding) -> list[Observation]:
    """Return the figures that the chart draws: those shown of the place, then of the state."""
    return [o for o in (*finding.series, *finding.state_series) if o.shown]


def stand_alone_figures(finding: Finding) -> list[Observation]:
    """Return the drawn figures that are compared with no other period: the open dots."""
    alone = {b.period for b in finding.breaks if b.kind == "not_comparable"}
    return [o for o in drawn_figures(finding) if o.period.label in alone]


def new_series_starts(finding: Finding) -> list[Period]:
    """Return the first periods of new series that begin inside the chart: the dotted lines."""
    ends = [o.period.end for o in drawn_figures(finding)]
    starts = [parse_period(b.period) for b in finding.breaks if b.kind == "new_series"]
    return [start for start in starts if min(ends) < start.end <= max(ends)]


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


def draw_line(
    axes: Axes,
    finding: Finding,
    figures: Sequence[Observation],
    colour: str,
    *,
    width: float,
    dot: float,
) -> None:
    """Draw one series: a line over each stretch without a break, open dots for lone periods."""
    for run in _runs(finding, figures):
        x = [o.period.end for o in run]
        y = [o.value for o in run]
        axes.plot(
            x, y, color=colour, linewidth=width, marker="o", markersize=dot, zorder=3, clip_on=False
        )
    alone = stand_alone_figures(finding)
    open_dots = [o for o in figures if o in alone]
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


def draw_band(axes: Axes, finding: Finding) -> None:
    """Draw the 95 % intervals of the city's figures behind its line."""
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
    for start in new_series_starts(finding):
        axes.axvline(start.end - 0.5, color=RULE, linestyle=(0, (2, 3)))
    if finding.baseline is not None:
        axes.plot(
            finding.baseline.period.end,
            finding.baseline.value,
            linestyle="none",
            marker="o",
            markersize=11,
            markerfacecolor="none",
            markeredgecolor=HIGHLIGHT,
            markeredgewidth=1.4,
            zorder=5,
            clip_on=False,
        )
    if finding.target is not None:
        axes.axhline(finding.target.value, color=INK, linestyle="--", linewidth=1)
        axes.annotate(
            str(
                language.text(
                    "Target {period}: {value}",
                    period=finding.target.by,
                    value=value_text(finding.target.value, finding.indicator.unit, language),
                )
            ),
            (0, finding.target.value),
            xycoords=("axes fraction", "data"),
            va="bottom",
            fontsize=10,
        )


def _axes(
    axes: Axes,
    finding: Finding,
    figures: Sequence[Observation],
    ends: Sequence[_End],
    language: Language,
) -> None:
    unit = finding.indicator.unit
    tops = [o.value for o in figures]
    tops += [i.high for i in finding.intervals if i is not None]
    tops += [finding.target.value] if finding.target else []
    low = axis_start(unit, tops)
    top = max(low + (max(tops) - low) * 1.15, 0.02 if unit == "share" else 1.0)
    axes.set_ylim(low, min(top, 1.0) if unit == "share" else top)
    axes.yaxis.set_major_locator(whole_ticks(unit, axes.get_ylim()[1]))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: value_text(value, unit, language))
    )
    axes.grid(axis="y", color=RULE, alpha=0.25, linewidth=0.8)
    axes.set_axisbelow(True)
    periods = sorted({o.period for o in figures})
    ticks = spaced(periods)
    axes.set_xticks([p.end for p in ticks], [short_period(p) for p in ticks])
    first, last = periods[0].end, periods[-1].end
    span = max(last - first, 2)
    axes.set_xlim(first - 0.06 * span - 0.2, last + _room(ends) * span)


def spaced(periods: Sequence[Period], most: int = 3) -> list[Period]:
    """Return at most a handful of periods, the last one always among them."""
    last = periods[-1]
    span = max(last.end - periods[0].end, 1)
    room = span / most
    kept = [last]
    for period in reversed(periods[:-1]):
        if kept[-1].end - period.end >= max(room, 1) and kept[-1].end != period.end:
            kept.append(period)
    return kept[::-1]


def _ends(
    finding: Finding,
    shown: Sequence[Observation],
    state: Sequence[Observation],
    language: Language,
) -> list[_End]:
    """Return the names of the lines from low to high, with the figures that the sentence gives.

    A newest figure that is too weak to act on is named without its value. A state whose
    figures end earlier is named with its last period.
    """
    unit = finding.indicator.unit
    latest = finding.latest or shown[-1]
    name = place_name(finding.place.place)
    if finding.headline is not None:
        name += f" {value_text(latest.value, unit, language)}"
    ends = [_End(latest.value, name, HIGHLIGHT)]
    if state:
        other = finding.state or state[-1]
        text = f"{state_name()} {value_text(other.value, unit, language)}"
        if finding.state is None:
            text += f"\n({short_period(other.period)})"
        ends.append(_End(other.value, text, MUTED))
    return sorted(ends, key=lambda end: end.value)


def _room(ends: Sequence[_End]) -> float:
    """Return the room that the names need right of the lines, in lengths of the lines."""
    lines = [line for end in ends for line in end.text.splitlines()]
    share = (max(map(text_width, lines)) + 0.15) / (WIDTH - _TICKS)
    return share / (1 - share)


def _labels(axes: Axes, ends: Sequence[_End], right: int) -> None:
    """Name the lines at their right ends."""
    heights = _apart([end.value for end in ends], axes.get_ylim())
    for y, end in zip(heights, ends, strict=True):
        axes.annotate(
            end.text,
            (right, y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            color=end.colour,
            fontweight="bold" if end.colour == HIGHLIGHT else "normal",
        )


def _apart(values: Sequence[float], limits: tuple[float, float]) -> list[float]:
    """Return rising values moved apart by the height of a line, and kept inside the axis."""
    low, high = limits
    room = (high - low) * 0.12
    placed: list[float] = []
    for value in values:
        placed.append(max([value, *(p + room for p in placed[-1:])]))
    top = high
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], top)
        top = placed[number] - room
    return placed
