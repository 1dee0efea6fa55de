"""The family of rules over the years: what networks and states say of a series, by size alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import parse_period
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words, entries_of
from c2c_lib.equity.idea_years import DISPROPORTIONALITY_STATUSES, significant_over_years
from c2c_lib.equity.lookup import check_columns, unit_of, words_by_row
from c2c_lib.equity.proof_points import DIRECTIONS, direction_since_baseline, proof_point
from c2c_lib.equity.series import TREND_REASONS
from c2c_lib.equity.series_grid import (
    SeriesGrid,
    series_grid,
    series_keys,
    unit_and_polarity,
    with_period,
)
from c2c_lib.equity.settings import NO_LIMITS, needed, outer_keys, settings_of
from c2c_lib.equity.trend_lines import segmented_trend
from c2c_lib.errors import Problems

__all__ = ["FAMILY", "RULE_REASONS", "RULE_VERDICTS"]

RULE_REASONS: Final[dict[str, str]] = {
    "not_shown": "There is no figure.",
    "too_few_years": TREND_REASONS["too_few_years"],
    "neutral": "Neither direction is better.",
    "not_comparable": "No earlier figure can be compared with the latest one.",
    **NO_LIMITS,
}
"""Why a result is missing or has no interval, in plain words."""

RULE_VERDICTS: Final[dict[str, str]] = {
    **DISPROPORTIONALITY_STATUSES,
    "improved": "It has improved.",
    "maintained": "It has stayed where it was.",
    "declined": "It has declined.",
    "met": "Enough indicators have improved.",
    "not_met": "Too few indicators have improved.",
    "rising": TREND_REASONS["rising"],
    "falling": TREND_REASONS["falling"],
    "no_clear_trend": TREND_REASONS["no_clear_trend"],
}
"""What a rule says, in plain words."""

_WORDS: Final = tuple(RULE_REASONS)


_measure: Final = entries_of("rules", unit="indicator", columns=("period", "estimate"))


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    for one in wanted:
        check_columns(frame, one.columns)
    return [block for one in wanted for block in _BLOCKS[one.name](frame, one, call)]


def _segments(frame: pd.DataFrame, one: Measure, call: Call) -> list[Block]:
    """Return a block for every stretch between two breaks."""
    given = needed(call, "breaks", one.name, "The first period, or year, after each break.")
    breaks = [float(b) if isinstance(b, int | float) else _year(str(b)) for b in given]
    grid = series_grid(frame, series_keys(frame, call.by))
    times = np.array([period.end for period in grid.periods], dtype=float)
    unit = unit_of(one, Words(*words_by_row(grid.rows, call.unit, "unit")))
    blocks = []
    for segment in segmented_trend(grid.figures.estimate, times, breaks, level=call.level):
        inside = np.flatnonzero((times >= segment.first) & (times <= segment.last))
        shown = grid.shown[:, inside]
        some = shown.any(axis=-1)
        first = np.where(some, inside[np.argmax(shown, axis=-1)], -1)
        last = np.where(some, inside[::-1][np.argmax(shown[:, ::-1], axis=-1)], -1)
        line = segment.trend
        missing = np.where(np.isnan(line.slope), "too_few_years", "")
        columns = Columns(
            estimate=np.asarray(line.slope),
            standard_error=np.asarray(line.standard_error),
            lower=np.asarray(line.lower),
            upper=np.asarray(line.upper),
            unit=unit,
            method="Student's t",
            verdict=Words.of(np.asarray(line.verdict), tuple(TREND_REASONS)),
            since=grid.words(first),
            periods=np.asarray(line.years),
            reason=Words.of(
                np.where(np.isnan(line.lower) & (missing == ""), "too_few_years", missing), _WORDS
            ),
        )
        blocks.append(Block(with_period(grid.keys, grid, last), [one], iter([Part(one, columns)])))
    return blocks


def _year(label: str) -> float:
    problems = Problems()
    try:
        return float(parse_period(label).end)
    except ValueError as error:
        problems.add("breaks", str(error))
    problems.raise_if_any()
    return float("nan")


def _over_years(frame: pd.DataFrame, one: Measure, call: Call) -> list[Block]:
    """Return a block for every year: whether the ratios up to it pass the threshold."""
    threshold = float(needed(call, "threshold", one.name, "The state's threshold, a ratio."))
    grid = series_grid(frame, series_keys(frame, call.by))
    ends = np.array([period.end for period in grid.periods], dtype=np.intp)
    # The rule asks for consecutive years: one without a figure has a place of its own.
    years = np.arange(ends.min(initial=0), ends.max(initial=-1) + 1)
    ratios = np.full((len(grid.keys), len(years)), np.nan)
    for column, end in enumerate(ends):
        values = grid.figures.estimate[:, column]
        at = end - years[0]
        ratios[:, at] = np.where(np.isnan(values), ratios[:, at], values)
    found = significant_over_years(
        ratios,
        threshold,
        years=call.option("years", 3),
        least_progress=call.option("least_progress"),
    )
    blocks = []
    for column, end in enumerate(ends):
        at = end - years[0]
        shown = grid.shown[:, column]
        columns = Columns(
            estimate=np.where(shown, grid.figures.estimate[:, column], np.nan),
            unit="ratio",
            verdict=Words.of(
                np.where(shown, found.status[:, at], ""), tuple(DISPROPORTIONALITY_STATUSES)
            ),
            periods=found.years_above[:, at],
            reason=Words.of(np.where(shown, "no_limits", "not_shown"), _WORDS),
        )
        keys = with_period(grid.keys, grid, np.full(len(grid.keys), column))
        blocks.append(Block(keys, [one], iter([Part(one, columns)])))
    return blocks


def _directions(frame: pd.DataFrame, one: Measure, call: Call) -> list[Block]:
    grid = series_grid(frame, series_keys(frame, call.by))
    latest = grid.latest(grid.shown)
    earlier = _baseline(grid, latest, call.option("baseline"))
    now, then = grid.at(latest).estimate, grid.at(earlier).estimate
    verdict = np.full(len(now), "no_data", dtype="<U10")
    neutral = np.zeros(len(now), dtype=bool)
    for _, pole, rows in unit_and_polarity(grid.rows, call):
        if pole == "neutral":
            neutral[rows] = True
            continue
        verdict[rows] = direction_since_baseline(
            then[rows], now[rows], polarity=pole, tolerance=call.option("tolerance", 1e-9)
        )
    moved = np.where(neutral, np.nan, now - then)
    why = np.select(
        [latest < 0, neutral, earlier < 0],
        ["not_shown", "neutral", "not_comparable"],
        default="no_limits",
    )
    columns = Columns(
        estimate=moved,
        unit=unit_of(one, Words(*words_by_row(grid.rows, call.unit, "unit"))),
        verdict=Words.of(verdict, DIRECTIONS),
        since=grid.words(earlier),
        children=grid.at(latest).denominator,
        periods=np.where(np.isnan(moved), 0, 2),
        reason=Words.of(why, _WORDS),
    )
    return [Block(with_period(grid.keys, grid, latest), [one], iter([Part(one, columns)]))]


def _baseline(grid: SeriesGrid, latest: NDArray[np.intp], label: str | None) -> NDArray[np.intp]:
    """Return the newest comparable period up to the baseline, or the first comparable one."""
    comparable, _ = grid.comparable(latest)
    before = np.arange(len(grid.periods)) < latest[:, None]
    usable = comparable & grid.shown & before
    first = np.where(usable.any(axis=-1), np.argmax(usable, axis=-1), -1)
    if label is None:
        return first
    end = _year(label)
    old = usable & np.array([period.end <= end for period in grid.periods])
    newest = old.shape[-1] - 1 - np.argmax(old[:, ::-1], axis=-1)
    return np.where(old.any(axis=-1), newest, first)


def _proof_points(frame: pd.DataFrame, one: Measure, call: Call) -> list[Block]:
    away = ("indicator", "period", "since", "verdict")
    settings = settings_of(frame, outer_keys(frame, call.by, away))
    given = frame["verdict"].astype("str").to_numpy()
    rules = {
        word: value
        for word in ("wording", "at_least", "missing")
        if (value := call.option(word)) is not None
    }
    if "at_least" in rules:
        rules["threshold"] = rules.pop("at_least")
    found = [proof_point(list(given[rows]), **rules) for rows in settings.rows]
    kept = rules.get("wording", "improved") == "improved"
    share = [p.share_improved if kept else p.share_maintained_or_improved for p in found]
    columns = Columns(
        estimate=np.array(share, dtype=float),
        unit="share",
        verdict=Words.of(np.array(["met" if p.met else "not_met" for p in found]), _MET),
        groups=np.array([p.counted for p in found]),
        hidden=np.array([p.no_data for p in found]),
        reason=Words.of(np.where(np.isnan(share), "not_shown", "no_limits"), _WORDS),
    )
    return [Block(settings.keys, [one], iter([Part(one, columns)]))]


_MET: Final = ("met", "not_met")
_BLOCKS: Final[dict[str, Callable[[pd.DataFrame, Measure, Call], list[Block]]]] = {
    "segmented_trend": _segments,
    "significant_disproportionality": _over_years,
    "direction_since_baseline": _directions,
    "proof_point": _proof_points,
}
_YEARS: Final = (
    '{"period": [str(y) for y in range(2011, 2019)], '
    '"estimate": [40, 41, 42, 43, 30, 30.5, 32, 32.4]}'
)

FAMILY: Final = Family(
    name="rules",
    title="Rules over the years",
    rows="a series, one of its years, or all indicators of a place",
    options={
        "breaks": "For segmented_trend: the first period, or year, after each break.",
        "threshold": "For significant_disproportionality: the state's threshold, a ratio.",
        "years": "For significant_disproportionality: how many years in a row; default 3.",
        "least_progress": "For significant_disproportionality: how far a ratio must fall in a "
        "year to be reasonable progress.",
        "baseline": "For direction_since_baseline: a period; default the first comparable one.",
        "tolerance": "For direction_since_baseline: changes up to it are maintained.",
        "wording": "For proof_point: improved (default) or maintained_or_improved.",
        "at_least": "For proof_point: the share that must be reached; default 0.6.",
        "missing": "For proof_point: whether indicators without data are excluded (default) or "
        "counted_against.",
    },
    reasons=RULE_REASONS,
    measures=(
        _measure(
            "segmented_trend",
            "Trend between breaks",
            "How much do the figures move in a year, before and after each break?",
            "weighted least squares within each segment",
            "segmented_trend",
            citation="Draper & Smith 1998, Applied Regression Analysis, chapter 1",
            unit="indicator per year",
            needs=("breaks",),
            scaled="times c",
            shifted="unchanged",
            example=f'equity.measure({_YEARS}, "NAME", breaks=["2015"], unit="count")',
        ),
        _measure(
            "significant_disproportionality",
            "Significant disproportionality over the years",
            "Has a risk ratio passed the state's threshold for so many years, without progress?",
            "risk ratio > threshold in each of up to 3 years, and no reasonable progress",
            "significant_over_years",
            citation="34 CFR 300.646 and 300.647",
            unit="ratio",
            needs=("threshold",),
            scaled="times c",
            example='equity.measure({"period": ["2019", "2020", "2021", "2022"], "estimate": '
            '[3.4, 3.2, 3.1, 2.9]}, "NAME", threshold=3.0, least_progress=0.1)',
        ),
        _measure(
            "direction_since_baseline",
            "Direction since the baseline",
            "Has the figure improved since the baseline, by the networks' rule?",
            "the sign of y_current - y_baseline, beyond a tolerance",
            "direction_since_baseline",
            citation="StriveTogether 2018, proof point",
            needs=("direction",),
            scaled="times c",
            shifted="unchanged",
            example=f'equity.measure({_YEARS}, "NAME", unit="count", polarity="higher_is_better")',
        ),
        _measure(
            "proof_point",
            "Proof point: the share of indicators that improved",
            "Have 60 percent of the indicators improved?",
            "improved / counted >= 0.6",
            "proof_point",
            citation="StriveTogether 2018, proof point",
            unit="share",
            columns=("verdict",),
            needs=("directions of several indicators",),
            example='equity.measure({"indicator": list("abcdefg"), "verdict": ["improved"] * 4 + '
            '["maintained"] + ["declined"] * 2}, "NAME")',
        ),
    ),
    run=_run,
    verdicts=RULE_VERDICTS,
    by_name_only=True,
)
