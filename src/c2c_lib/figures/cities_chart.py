"""Small multiples: one panel a city, all on the same axes, with the state in grey."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, RULE
from c2c_lib.figures.style import WIDTH, house_style, to_svg
from c2c_lib.figures.ticks import axis_start, whole_ticks
from c2c_lib.figures.trend_chart import draw_band, draw_line, drawn_figures, short_period, spaced
from c2c_lib.findings import Finding
from c2c_lib.language import Language

__all__ = ["cities_chart"]

_COLUMNS: Final = 2
_PANEL: Final = 1.55  # inches


def cities_chart(findings: Mapping[str, Finding], language: Language) -> str:
    """Return the trend of one indicator in several cities as SVG.

    Every panel has the same axes, so that heights can be compared; a band is the 95 %
    interval. A line is broken as in `c2c_lib.figures.trend_chart.trend_chart`.

    Parameters
    ----------
    findings : mapping of str to Finding
        Of one indicator, by the name of the city, in the order of the panels.

    Raises
    ------
    ValueError
        If no city has a figure to draw.
    """
    drawn = {name: f for name, f in findings.items() if any(o.shown for o in f.series)}
    if not drawn:
        raise ValueError("no city has a figure to draw; draw only indicators with a shown figure")
    rows = math.ceil(len(drawn) / _COLUMNS)
    with house_style():
        figure = Figure(figsize=(WIDTH, _PANEL * rows + 0.2), layout="constrained")
        grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False)
        panels = [axes for line in grid for axes in line]
        for axes, (name, finding) in zip(panels, drawn.items(), strict=False):
            _panel(axes, name, finding, language)
        for axes in panels[len(drawn) :]:
            axes.set_visible(False)
        _share_axes(panels[: len(drawn)], list(drawn.values()), language)
        return to_svg(figure)


def _panel(axes: Axes, name: str, finding: Finding, language: Language) -> None:
    state = [o for o in finding.state_series if o.shown]
    shown = [o for o in finding.series if o.shown]
    draw_band(axes, finding)
    draw_line(axes, finding, state, MUTED, width=1.2, dot=2)
    draw_line(axes, finding, shown, HIGHLIGHT, width=2, dot=3.5)
    title = name
    if finding.headline is not None:
        unit = finding.indicator.unit
        title += f"  {value_text(finding.headline.value, unit, language)}"
    axes.set_title(title, color=INK, fontweight="bold", fontsize=10)


def _share_axes(panels: Sequence[Axes], findings: Sequence[Finding], language: Language) -> None:
    unit = findings[0].indicator.unit
    figures = [o for finding in findings for o in drawn_figures(finding)]
    tops = [o.value for o in figures]
    tops += [i.high for f in findings for i in f.intervals if i is not None]
    low = axis_start(unit, tops)
    top = max(low + (max(tops) - low) * 1.08, 0.02 if unit == "share" else 1.0)
    periods = sorted({o.period for o in figures})
    ticks = spaced(periods, most=2)
    first, last = periods[0].end, periods[-1].end
    margin = 0.06 * max(last - first, 2)
    for axes in panels:
        axes.set_ylim(low, min(top, 1.0) if unit == "share" else top)
        axes.yaxis.set_major_locator(whole_ticks(unit, axes.get_ylim()[1]))
        axes.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: value_text(value, unit, language))
        )
        axes.grid(axis="y", color=RULE, alpha=0.25, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xticks([p.end for p in ticks], [short_period(p) for p in ticks])
        axes.set_xlim(first - margin, last + margin)
        axes.tick_params(labelsize=9)
