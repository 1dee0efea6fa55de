"""Single results, as the functions on arrays return them, in one plain sentence."""

from __future__ import annotations

import math
from functools import singledispatch

import numpy as np

from c2c_lib.equity.comparisons import Comparison
from c2c_lib.equity.education import ProficiencyGap
from c2c_lib.equity.gap_change import GapChange
from c2c_lib.equity.idea import RiskRatio
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.equity.kendall_test import TrendTest
from c2c_lib.equity.level_gap import VStatistic
from c2c_lib.equity.measures import find_measure
from c2c_lib.equity.pace import Pace
from c2c_lib.equity.period_change import Change
from c2c_lib.equity.said import Said, sentence_of, told
from c2c_lib.equity.sen_slope import TheilSen
from c2c_lib.equity.trend_lines import TrendLine
from c2c_lib.errors import Problems
from c2c_lib.language import language as read_language

__all__ = ["say"]


def say(
    result: object,
    language: str = "en",
    *,
    unit: str = "share",
    polarity: str = "higher_is_better",
    measure: str = "",
    since: str = "",
    reference: str = "",
) -> str:
    """Return one result in a sentence that uses its interval.

    Parameters
    ----------
    result : NamedTuple
        A single result (not arrays) of `compare`, `change_between`, `gap_change_between`,
        `mann_kendall`, `theil_sen`, `linear_trend`, `pace_to_target`, `idea_risk_ratio`,
        `proficiency_gap`, `v_statistic`, or a measure of inequality.
    language : {"en", "es"}
    unit : str
        Unit of the figures.
    polarity : str
        Which way is good, for gaps.
    measure : str
        Which measure of inequality it is; only for those.
    since : str
        The first period, for change and trend.
    reference : str
        What a group is compared with, in words.

    Raises
    ------
    InputError
        For anything that has no sentence, arrays, and inequality without its name.

    Examples
    --------
    >>> from c2c_lib.equity import Measured, compare
    >>> girls = Measured.of(0.51, numerator=51, denominator=100)
    >>> boys = Measured.of(0.48, numerator=48, denominator=100)
    >>> print(say(compare(girls, boys), reference="boys"))
    About the same as boys; the difference is smaller than the margin of error.
    >>> print(say(compare(girls, boys), "es", reference="los niños"))
    Casi igual que los niños; la diferencia es menor que el margen de error.
    """
    words = read_language(language, domain="measures")
    _check_single(result)
    said = _said(result)
    if isinstance(result, Inequality):
        said = _named(said, measure)
    turned = {"lower_is_better": -1.0, "neutral": 0.0}.get(polarity, 1.0)
    if said.measure == "gap":
        said = said._replace(verdict=_gap_verdict(said, turned))
    named = said.unit or unit
    if said.measure in {"pace", "trend_line", "pace_needed"}:
        named = f"{unit} per year"
    plain = reference or told(words, "the group it is compared with")
    start = since or told(words, "the first period")
    return sentence_of(said._replace(unit=named, since=start, reference=plain), words)


def _check_single(result: object) -> None:
    problems = Problems()
    fields = result if isinstance(result, tuple) else ()
    if any(np.ndim(field) for field in fields):
        problems.add(
            "result",
            "holds several results",
            allowed="one",
            remedy="Call `measure` and `sentences`, or take one of them.",
        )
    problems.raise_if_any()


def _named(said: Said, measure: str) -> Said:
    """Return a measure of inequality with its name, its unit and what its limits say."""
    if not measure:
        problems = Problems()
        problems.add("measure", "must be given", remedy="measure='theil', for example.")
        problems.raise_if_any()
    one = find_measure(measure)
    differs = said.lower > one.equal or said.upper < one.equal
    verdict = ("unequal" if differs else "within_chance") if said.known else ""
    unit = "" if one.unit.startswith("indicator") else one.unit
    return said._replace(measure=measure, verdict=verdict, unit=unit)


def _gap_verdict(said: Said, sign: float) -> str:
    if not said.known:
        return ""
    if said.lower <= 0 <= said.upper:
        return "about_the_same"
    if sign == 0:
        return "higher" if said.estimate > 0 else "lower"
    return "ahead" if sign * said.estimate > 0 else "behind"


def _status(estimate: float, lower: float) -> str:
    if math.isnan(estimate):
        return "not_available"
    return "without_interval" if math.isnan(lower) else "estimated"


def _of(measure: str, estimate: float, lower: float, upper: float, unit: str = "") -> Said:
    low, high = float(lower), float(upper)
    status = _status(float(estimate), low)
    return Said(measure, float(estimate), low, high, unit=unit, status=status)


@singledispatch
def _said(result: object) -> Said:
    problems = Problems()
    problems.add("result", "has no sentence", value=type(result).__name__)
    problems.raise_if_any()
    raise AssertionError


@_said.register
def _(result: Comparison) -> Said:
    return _of("gap", result.difference, result.lower, result.upper)  # type: ignore[arg-type]


@_said.register
def _(result: Change) -> Said:
    found = _of("change", result.difference, result.lower, result.upper)  # type: ignore[arg-type]
    return found._replace(verdict=str(result.verdict), reason=str(result.reason))


@_said.register
def _(result: GapChange) -> Said:
    found = _of("gap_change", result.change, result.lower, result.upper)  # type: ignore[arg-type]
    reason = "levelling_down" if result.levelling_down else str(result.reason)
    return found._replace(verdict=str(result.verdict), reason=reason)


@_said.register
def _(result: TrendTest) -> Said:
    missing = math.isnan(float(result.p_value))
    estimate = math.nan if missing else float(result.tau)
    found = _of("trend_test", estimate, math.nan, math.nan, unit="none")
    return found._replace(verdict=str(result.verdict), reason=str(result.verdict))


@_said.register
def _(result: TheilSen) -> Said:
    found = _of("pace", result.slope, result.lower, result.upper)  # type: ignore[arg-type]
    unclear = found.known and found.lower <= 0 <= found.upper
    return found._replace(verdict="no_clear_trend" if unclear else "", reason="too_few_years")


@_said.register
def _(result: TrendLine) -> Said:
    found = _of("trend_line", result.slope, result.lower, result.upper)  # type: ignore[arg-type]
    return found._replace(verdict=str(result.verdict), reason=str(result.verdict))


@_said.register
def _(result: Pace) -> Said:
    verdict = str(result.verdict)
    if math.isinf(float(result.years)) or math.isnan(float(result.years)):
        found = _of("distance_to_target", result.distance, math.nan, math.nan)  # type: ignore[arg-type]
        return found._replace(verdict=verdict)
    found = _of("years_to_target", result.years, result.years_lower, result.years_upper)  # type: ignore[arg-type]
    return found._replace(verdict=verdict, unit="years")


@_said.register
def _(result: RiskRatio) -> Said:
    found = _of("idea_risk_ratio", result.ratio, result.lower, result.upper)  # type: ignore[arg-type]
    above, below = found.lower > 1, found.upper < 1
    verdict = "more_often" if above else "less_often" if below else "about_the_same"
    return found._replace(
        verdict=verdict if found.known else "", reason=str(result.status), unit="ratio"
    )


@_said.register
def _(result: ProficiencyGap) -> Said:
    # The gap is reference minus focal; a sentence is about the focal group.
    return _of("gap", -result.points, -result.points_upper, -result.points_lower)  # type: ignore[arg-type]


@_said.register
def _(result: VStatistic) -> Said:
    found = _of("v_statistic", result.v, result.lower, result.upper)
    same = found.known and found.lower <= 0 <= found.upper
    verdict = "about_the_same" if same else "behind" if result.v > 0 else "ahead"
    return found._replace(
        verdict=verdict if found.known else "", unit="deviations", reason=result.reason
    )


@_said.register
def _(result: Inequality) -> Said:
    return _of("", *result[:1], *result[2:])  # type: ignore[arg-type]
