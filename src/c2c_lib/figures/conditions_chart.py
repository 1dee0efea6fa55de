"""Shares of a place beside the state's, one row each: the conditions that surround children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import seaborn as sns
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.image import image
from c2c_lib.figures.number import value_text
from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, RULE
from c2c_lib.figures.places import place_name, state_name
from c2c_lib.figures.style import WIDTH, house_style, text_width, to_svg, wrapped
from c2c_lib.figures.ticks import whole_ticks
from c2c_lib.findings import Finding
from c2c_lib.language import Language

__all__ = ["conditions_chart", "conditions_figure"]

_TEXT = 0.155  # inches of a line of text
_MARKS = 0.23  # inches of the marks under it
_SIZE = 10  # points of the type
_BETWEEN = 0.14  # inches between the columns of figures, and before them
_DOTS = 44  # square points


@dataclass(frozen=True)
class _Row:
    """A finding with its name, and where name and marks stand, in inches from the foot."""

    finding: Finding
    label: str
    words: float
    marks: float


def conditions_figure(
    topic: str, findings: Sequence[Finding], slug: str, name: str, by: str, language: Language
) -> Markup:
    """Return the chart with its alternative text and its caption.

    Parameters
    ----------
    topic : str
        What the rows have in common, in words of the page's language.
    findings : sequence of Finding
        Shares that have a headline, in the order of the rows.
    slug : str
        Of the place.
    name : str
        Of the image, unique on the site.
    by : str
        Id of the table with the same numbers.
    """
    place = place_name(slug)
    caption = Markup("<strong>{}</strong> {}").format(
        language.text(
            "{topic}: {place} (dots) and Connecticut (diamonds).", topic=topic, place=place
        ),
        language.text("Years differ; each stands in the table."),
    )
    if any(_survey(finding) for finding in findings):
        caption += Markup(" ") + language.text(
            "The line through a dot is the range the figure would likely fall in if all had been "
            "asked."
        )
    chart = conditions_chart(findings, place, language)
    return image(chart, name, _alt(topic, findings, place, language), caption, by)


def conditions_chart(findings: Sequence[Finding], place: str, language: Language) -> str:
    """Return the shares as SVG: a dot for the place, a diamond for the state, from zero.

    The line through a dot is the 95 % interval of a survey's figure.

    Raises
    ------
    ValueError
        If a finding is not a share, or has no figure strong enough to be drawn.
    """
    for finding in findings:
        if finding.indicator.unit != "share" or finding.headline is None:
            raise ValueError(
                f"{finding.id} of {finding.place.name} cannot be drawn beside the state's; "
                "choose shares that have a headline"
            )
    columns = _columns(findings, place, language)
    widths = [max(text_width(text, _SIZE) for text in column) for column in columns]
    rows, total = _rows(findings, WIDTH - sum(widths) - 2 * _BETWEEN - 0.15, language)
    with house_style():
        figure = Figure(figsize=(WIDTH, 0.35 + total), layout="constrained")
        axes = figure.add_subplot()
        _dots(axes, rows)
        _write(axes, rows, columns, widths, total)
        _axis(axes, findings, total, language)
        return to_svg(figure)


def _columns(findings: Sequence[Finding], place: str, language: Language) -> list[list[str]]:
    """Return the figures of the place and of the state as text, each under its name."""
    columns: list[list[str]] = [[place], [state_name()]]
    for finding in findings:
        for column, value in zip(columns, _values(finding), strict=True):
            column.append("–" if value is None else str(value_text(value, "share", language)))
    return columns


def _rows(findings: Sequence[Finding], room: float, language: Language) -> tuple[list[_Row], float]:
    """Return the rows from the top, each name over its marks, and the height of all of them."""
    labels = [wrapped(language.of(f.indicator.name), room, _SIZE) for f in findings]
    lines = [1 + label.count("\n") for label in labels]
    total = _TEXT * (1 + sum(lines)) + _MARKS * len(lines)
    top = total - _TEXT
    rows = []
    for finding, label, count in zip(findings, labels, lines, strict=True):
        rows.append(_Row(finding, label, top - _TEXT / 2, top - _TEXT * count - _MARKS * 0.33))
        top -= _TEXT * count + _MARKS
    return rows, total


def _survey(finding: Finding) -> bool:
    latest = finding.headline
    return latest is not None and latest.moe90 is not None and finding.interval is not None


def _values(finding: Finding) -> tuple[float, float | None]:
    latest, state = finding.headline, finding.state
    return (latest.value if latest else 0.0), (state.value if state else None)


def _dots(axes: Axes, rows: Sequence[_Row]) -> None:
    points = []
    for row in rows:
        here, state = _values(row.finding)
        points += [("state", state, row.marks)] * (state is not None)
        points.append(("place", here, row.marks))
        interval = row.finding.interval
        if _survey(row.finding) and interval is not None:
            low = max(interval.low, 0.0)
            axes.hlines(row.marks, low, interval.high, color=HIGHLIGHT, linewidth=1.4, zorder=1)
    sns.scatterplot(
        data=pd.DataFrame(points, columns=["whose", "share", "row"]),
        x="share",
        y="row",
        hue="whose",
        style="whose",
        palette={"place": HIGHLIGHT, "state": MUTED},
        markers={"place": "o", "state": "D"},
        s=_DOTS,
        linewidth=0,
        legend=False,
        zorder=3,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="", yticks=[])


def _write(
    axes: Axes, rows: Sequence[_Row], columns: list[list[str]], widths: list[float], total: float
) -> None:
    """Write each name over its marks, and the figures in two columns at its right."""
    place = axes.get_yaxis_transform()
    for row in rows:
        axes.text(
            0,
            row.words + _TEXT / 2,
            row.label,
            transform=place,
            va="top",
            fontsize=_SIZE,
            color=INK,
            linespacing=1.15,
        )
    heights = [total - _TEXT / 2, *(row.words for row in rows)]
    rights = (1 - (widths[1] + _BETWEEN) / (WIDTH - 0.15), 1.0)
    for column, right, colour in zip(columns, rights, (HIGHLIGHT, MUTED), strict=True):
        for text, y in zip(column, heights, strict=True):
            axes.text(
                right,
                y,
                text,
                transform=place,
                va="center",
                ha="right",
                fontsize=_SIZE,
                fontweight="normal" if colour == MUTED else "bold",
                color=colour,
            )


def _axis(axes: Axes, findings: Sequence[Finding], total: float, language: Language) -> None:
    tops = [value for finding in findings for value in _values(finding) if value is not None]
    tops += [f.interval.high for f in findings if _survey(f) and f.interval is not None]
    top = min(max(tops) * 1.05, 1.0)
    axes.set_xlim(-0.015 * top, top)
    axes.set_ylim(0, total)
    ticks = whole_ticks("share", top).tick_values(0, top)
    axes.set_xticks([tick for tick in ticks if 0 <= tick <= top])
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: value_text(value, "share", language))
    )
    axes.grid(axis="x", color=RULE, alpha=0.25, linewidth=0.8)
    axes.set_axisbelow(True)


def _alt(topic: str, findings: Sequence[Finding], place: str, language: Language) -> str:
    """Return the chart in words: its kind, what it shows, and the figures furthest apart."""

    def apart(finding: Finding) -> float:
        here, state = _values(finding)
        return -1.0 if state is None else abs(here - state)

    text = language.text(
        "Dot chart of shares, {place} and Connecticut: {topic}, {periods}.",
        place=place,
        topic=topic,
        periods=_periods(findings, language),
    )
    widest = max(findings, key=apart)
    here, state = (
        None if share is None else value_text(share, "share", language) for share in _values(widest)
    )
    words = {"name": language.of(widest.indicator.name), "value": here, "place": place}
    if state is not None and here != state:
        text += " " + language.text(
            "Furthest apart: {name}, {value} in {place} and {state} in Connecticut.",
            **words,
            state=state,
        )
    else:
        text += " " + language.text("{name}: {value} in {place}.", **words)
    return str(text.unescape())


def _periods(findings: Sequence[Finding], language: Language) -> Markup | str:
    """Return the period of all rows, or the first and the last."""
    periods = sorted(
        {f.headline.period for f in findings if f.headline is not None},
        key=lambda period: (period.end, period.start),
    )
    first, last = periods[0].label, periods[-1].label
    if first == last:
        return first
    return language.text("{first} to {last}", first=first, last=last)
