"""Month by month: run and control charts of a partnership's own counts, with its cycles."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.equity import ControlChart, RunChart
from c2c_lib.figures.cells import folded
from c2c_lib.figures.image import image
from c2c_lib.figures.number import derived
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import WIDTH, house_style, to_svg
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language, mark
from c2c_lib.theory_of_action.improvement import FEWEST_POINTS, Month, Series, charts_of

__all__ = ["improvement_section", "run_chart_svg", "series_part"]

_VERDICTS = {
    "shifted": mark(
        "The figures shifted: more months in a row lie on one side of the middle, or fewer cross "
        "it, than chance would make."
    ),
    "stable": mark("The months vary as chance would make them. No shift can be seen."),
    "too_few_points": mark("Too few months lie off the middle line to judge."),
}

_STEPS = {
    "plan": mark("Plan"),
    "do": mark("Do"),
    "study": mark("Study"),
    "act": mark("Act"),
}


def improvement_section(
    series: Sequence[Series], slug: str, place: str, language: Language
) -> Markup:
    """Return a chart and a table for every series, or what it takes to have one."""
    if not series:
        return Markup("<p>{}</p><p>{}</p>").format(
            language.text(
                "No monthly counts are kept here for {place} yet. Yearly figures come too late to "
                "steer by.",
                place=place,
            ),
            language.text(
                "It takes one row per month and school or program: how many children were counted, "
                "out of how many. After {count} months the chart can tell a shift from chance.",
                count=language.number(FEWEST_POINTS),
            ),
        )
    note = language.text(
        "These are the partnership’s own counts, not a publisher’s. A chart tells that something "
        "changed, not why: a marked step is no proof."
    )
    parts = [series_part(one, slug, number, language) for number, one in enumerate(series, 1)]
    return Markup("<p>{}</p>\n{}").format(note, Markup("\n").join(parts))


def series_part(series: Series, slug: str, number: int, language: Language) -> Markup:
    """Return one series: heading, verdict, chart, and the table of its months."""
    name = language.of(series.indicator.name)
    identifier = f"months-{number}"
    heading = Markup("<h3>{}</h3>").format(
        language.text("{name}: {site}", name=name, site=series.site)
    )
    charts = charts_of(series)
    if charts is None:
        said = language.text(
            "There are {count} months to show; {needed} are needed for a chart that can judge.",
            count=language.number(series.shown),
            needed=language.number(FEWEST_POINTS),
        )
        return Markup('<section class="indicator">{}<p>{}</p>{}</section>').format(
            heading, said, _months(series, identifier, language)
        )
    run, control = charts
    verdict = str(run.verdict)
    alt = language.text(
        "Run and control chart of {name}, {site}, {count} months from {first} to {last}. Middle "
        "{centre}. {verdict}",
        name=name,
        site=series.site,
        count=language.number(series.shown),
        first=series.months[0].label,
        last=series.months[-1].label,
        centre=language.percent(float(run.centre), 1),
        verdict=language.text(_VERDICTS[verdict]).split(":")[0],
    ).unescape()
    caption = Markup("<strong>{}</strong> {}").format(
        language.text("{name}, {site}.", name=name, site=series.site),
        language.text(
            "Line: the middle of all months. Band: where months usually lie. Open dots lie "
            "outside it. Numbers are the steps of a cycle, listed below."
        ),
    )
    svg = run_chart_svg(series, run, control, language)
    chart = image(svg, f"{slug}-{identifier}", alt, caption, identifier)
    return Markup('<section class="indicator">{}<p class="answer">{}</p>{}{}{}</section>').format(
        heading,
        _verdict_words(run, control, language),
        chart,
        _steps(series, language),
        folded(language.text("The months as a table"), _months(series, identifier, language)),
    )


def _verdict_words(run: RunChart, control: ControlChart, language: Language) -> Markup:
    verdict = language.text(_VERDICTS[str(run.verdict)])
    outside = int(np.sum(control.outside))
    rules = language.text(
        "Longest run: {run} (up to {most} by chance). Crossings: {crossings} (at least {least}). "
        "Months outside the band: {outside}.",
        run=language.number(int(run.longest_run)),
        most=_limit(run.longest_run_limit, language),
        crossings=language.number(int(run.crossings)),
        least=_limit(run.crossings_limit, language),
        outside=language.number(outside),
    )
    return Markup("{} {}").format(verdict, derived(rules, "count"))


def _limit(value: float | np.ndarray, language: Language) -> str:
    number = float(value)
    return str(language.text("none")) if math.isnan(number) else language.number(number)


def _steps(series: Series, language: Language) -> Markup:
    steps = [month for month in series.months if month.pdsa]
    if not steps:
        return Markup()
    items = Markup("\n").join(
        Markup("<li>{}: <strong>{}</strong>. {}</li>").format(
            month.label,
            language.text(_STEPS[month.pdsa]),
            language.note(month.note) if month.note else "",
        )
        for month in steps
    )
    title = language.text("Steps of the cycle (plan, do, study, act)")
    return Markup("<p>{}</p><ol>{}</ol>").format(title, items)


def _months(series: Series, identifier: str, language: Language) -> Markup:
    columns = [
        Column(language.text("Month"), numeric=False, whole=True),
        Column(language.text("Counted")),
        Column(language.text("Out of")),
        Column(language.text("%")),
    ]
    rows = [_month_row(month, language) for month in series.months]
    caption = language.text(
        "{name}, {site}, by month (the partnership’s own counts)",
        name=language.of(series.indicator.name),
        site=series.site,
    )
    return table(identifier, caption, columns, rows)


def _month_row(month: Month, language: Language) -> list[Cell]:
    if month.counted is None or month.out_of is None:
        why = language.text(
            mark("Not shown (too few children)")
            if month.status == "hidden"
            else mark("Not collected")
        )
        return [month.label, why, why, why]
    share = "–" if math.isnan(month.share) else language.percent(month.share, 1)
    return [
        month.label,
        derived(language.number(month.counted), "own-count"),
        derived(language.number(month.out_of), "own-count"),
        derived(share, "own-count"),
    ]


def run_chart_svg(series: Series, run: RunChart, control: ControlChart, language: Language) -> str:
    """Return run and control chart of one series in one picture, as SVG."""
    shares = np.array([month.share for month in series.months])
    x = np.arange(len(shares))
    with house_style():
        drawing = Figure(figsize=(WIDTH, 2.6), layout="constrained")
        axes = drawing.add_subplot()
        known = ~np.isnan(shares)
        axes.fill_between(
            x, control.lower, control.upper, where=known.tolist(), color=RULE, alpha=0.22,
            step="mid", linewidth=0,
        )  # fmt: skip
        axes.axhline(float(run.centre), color=MUTED, linewidth=1.4)
        axes.plot(x, shares, color=HIGHLIGHT, linewidth=1.6, zorder=2)
        _dots(axes, x, shares, control)
        _step_numbers(axes, series)
        top = float(np.nanmax([*shares[known], *control.upper[known]])) * 1.18
        axes.set_ylim(0, min(top, 1.0))
        axes.set_xlim(-0.5, len(shares) - 0.5)
        every = max(1, math.ceil(len(shares) / 4))
        ticks = list(range(0, len(shares), every))
        axes.set_xticks(ticks, [series.months[t].label for t in ticks])
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: language.percent(v)))
        axes.grid(axis="y", color=RULE, alpha=0.25, linewidth=0.8)
        axes.set_axisbelow(True)
        return to_svg(drawing)


def _dots(axes: Axes, x: np.ndarray, shares: np.ndarray, control: ControlChart) -> None:
    for position, share, outside in zip(x, shares, control.outside, strict=True):
        if not math.isnan(share):
            axes.plot(
                position, share, "o", markersize=8 if outside else 5, zorder=3,
                markerfacecolor=PAPER if outside else HIGHLIGHT, markeredgecolor=HIGHLIGHT,
            )  # fmt: skip


def _step_numbers(axes: Axes, series: Series) -> None:
    steps = [n for n, month in enumerate(series.months) if month.pdsa]
    for number, position in enumerate(steps, start=1):
        axes.axvline(position, color=INK, linestyle=(0, (2, 3)), linewidth=0.8, zorder=1)
        axes.annotate(
            str(number),
            (position, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, -2),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=10,
            bbox={"boxstyle": "round,pad=0.2", "facecolor": PAPER, "edgecolor": INK},
        )
