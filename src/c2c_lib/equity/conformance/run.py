"""Recomputes cases, judges each value, and words the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from c2c_lib.equity.conformance.area_cases import AREA_MEASURES, recompute_area
from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.conformance.chart_cases import CHART_MEASURES, recompute_chart
from c2c_lib.equity.conformance.education_cases import (
    EDUCATION_MEASURES,
    education_in_our_words,
    recompute_education,
)
from c2c_lib.equity.conformance.income_cases import INCOME_MEASURES, recompute_income
from c2c_lib.equity.conformance.inequality_cases import (
    INEQUALITY_MEASURES,
    numeric_derivative,
    recompute_inequality,
)
from c2c_lib.equity.conformance.interval_cases import (
    INTERVAL_MEASURES,
    in_our_words,
    recompute_interval,
)
from c2c_lib.equity.conformance.partnership_cases import (
    PARTNERSHIP_MEASURES,
    recompute_partnership,
)
from c2c_lib.equity.conformance.segregation_cases import (
    SEGREGATION_MEASURES,
    recompute_segregation,
)
from c2c_lib.equity.conformance.trend_cases import TREND_MEASURES, recompute_trend
from c2c_lib.errors import C2CError

__all__ = [
    "DISPUTED",
    "Checked",
    "Outcome",
    "Recompute",
    "check_case",
    "check_cases",
    "report",
]

Outcome: TypeAlias = Literal[
    "passed", "near", "plausible", "failed", "disputed", "defect", "not applicable"
]
_OUTCOMES: Final[tuple[Outcome, ...]] = (
    "passed",
    "near",
    "plausible",
    "failed",
    "disputed",
    "defect",
    "not applicable",
)
_MEANINGS: Final = {
    "near": "agree to 1e-4; the tool took the derivative numerically",
    "plausible": "simulated there and here; limits within 30 % of the interval's width",
    "disputed": "we hold the expected value for wrong, and say why",
    "defect": "known defects of the tool, beside our value",
}
_NEAR: Final = 1e-4
_PLAUSIBLE: Final = 0.30

DISPUTED: Final[dict[tuple[str, str], str]] = {
    (
        "diff:score",
        "",
    ): "statsmodels 0.15.0 gives limits that do not solve the score equation",
    ("moe_sum", "5556"): "the handbook cuts 5,556.54 off instead of rounding it",
}
"""Measure and expected value (or any) that we do not match, and why."""

Recompute: TypeAlias = Callable[[Case], Value | NotApplicable]
"""What gives our value of a case."""

_KNOWN: Final[dict[str, Recompute]] = {
    **dict.fromkeys(INEQUALITY_MEASURES, recompute_inequality),
    **dict.fromkeys(INTERVAL_MEASURES, recompute_interval),
    **dict.fromkeys(TREND_MEASURES, recompute_trend),
    **dict.fromkeys(CHART_MEASURES, recompute_chart),
    **dict.fromkeys(EDUCATION_MEASURES, recompute_education),
    **dict.fromkeys(PARTNERSHIP_MEASURES, recompute_partnership),
    **dict.fromkeys(AREA_MEASURES, recompute_area),
    **dict.fromkeys(SEGREGATION_MEASURES, recompute_segregation),
    **dict.fromkeys(INCOME_MEASURES, recompute_income),
}
_IN_OUR_WORDS: Final[dict[str, Callable[[Case], Case]]] = {
    **dict.fromkeys(INTERVAL_MEASURES, in_our_words),
    **dict.fromkeys(EDUCATION_MEASURES, education_in_our_words),
}


@dataclass(frozen=True)
class Checked:
    """One case with what came of it.

    Attributes
    ----------
    case : Case
    outcome : str
        ``passed``; ``near`` or ``plausible`` (agrees as far as the tool's own error
        allows); ``failed``; ``disputed``; ``defect`` (the tool is known to be wrong); or
        ``not applicable``.
    value : float, str, bool or None
        What we get.
    note : str
        Why, where the outcome does not say it all.
    """

    case: Case
    outcome: Outcome
    value: Value | None
    note: str = ""


def check_case(case: Case, further: Mapping[str, Recompute] | None = None) -> Checked:
    """Recompute one case and judge it.

    Parameters
    ----------
    case : Case
    further : mapping, optional
        Measures that another room knows, by name.

    Examples
    --------
    >>> case = Case("a", "wilson", {"x": 81, "n": 263}, {"conf_level": 0.95}, "lower",
    ...             "0.2553", "5e-5", "Newcombe 1998", "ok")
    >>> check_case(case).outcome
    'passed'
    """
    recompute = {**(further or {}), **_KNOWN}.get(case.measure)
    if recompute is None:
        return Checked(case, "not applicable", None, "the measure is not known here")
    try:
        value = recompute(case)
    except (C2CError, KeyError, IndexError, TypeError, ValueError) as error:
        return Checked(case, "failed", None, f"{type(error).__name__}: {error}")
    if isinstance(value, NotApplicable):
        return Checked(case, "not applicable", None, value.reason)
    if case.status.startswith("defect_"):
        return Checked(case, "defect", value, case.status)
    if case.status.startswith("monte_carlo"):
        return _judged_simulation(case, float(value))
    if _IN_OUR_WORDS.get(case.measure, _unchanged)(case).agrees(value):
        return Checked(case, "passed", value)
    if numeric_derivative(case) and case.agrees(value, at_least=_NEAR):
        return Checked(case, "near", value)
    for expected in (case.expected, ""):
        if reason := DISPUTED.get((case.measure, expected)):
            return Checked(case, "disputed", value, reason)
    return Checked(case, "failed", value)


def check_cases(
    cases: Iterable[Case], further: Mapping[str, Recompute] | None = None
) -> list[Checked]:
    """Recompute and judge cases, in their order; see `check_case`."""
    return [check_case(case, further) for case in cases]


def _unchanged(case: Case) -> Case:
    return case


def _judged_simulation(case: Case, value: float) -> Checked:
    """Compare simulated limits of two generators: they can only be close."""
    other = {"lowerci": "upperci", "upperci": "lowerci"}.get(case.field)
    if other is None:
        return Checked(case, "not applicable", value, "simulated, and not a limit")
    opposite = recompute_inequality(replace(case, field=other))
    if isinstance(opposite, NotApplicable):
        return Checked(case, "not applicable", value, opposite.reason)
    width = abs(opposite - value)
    close = abs(value - float(case.expected)) <= _PLAUSIBLE * width
    return Checked(case, "plausible" if close else "failed", value)


def report(name: str, checked: Sequence[Checked], *, brief: bool = False) -> str:
    """Return the outcome of one file as text: counts per measure, then what did not pass.

    Parameters
    ----------
    name : str
        Of the file.
    checked : sequence of Checked
    brief : bool
        Count the known defects instead of listing them.

    Examples
    --------
    >>> case = Case("a", "haldane", {}, {}, "lower", "0.2", "5e-5", "tool", "ok")
    >>> print(report("some.csv", [check_case(case)]))
    some.csv: 1 not applicable (of 1)
      haldane: 1 not applicable
      not applicable: haldane: the measure is not known here (1)
    """
    lines = [f"{name}: {_counts(checked)} (of {len(checked)})"]
    lines += [
        f"  {measure}: {_counts([one for one in checked if one.case.measure == measure])}"
        for measure in dict.fromkeys(one.case.measure for one in checked)
    ]
    there = {one.outcome for one in checked}
    lines += [f"  ({word}: {meaning})" for word, meaning in _MEANINGS.items() if word in there]
    for outcome in ("failed", "disputed"):
        lines += [_line(one) for one in checked if one.outcome == outcome]
    defects = [one for one in checked if one.outcome == "defect"]
    if brief:
        counted = Counter(f"{one.case.measure}: {one.note}" for one in defects)
        lines += [f"  defect: {text} ({number})" for text, number in counted.items()]
    else:
        lines += [_line(one) for one in defects]
    skipped = Counter(
        f"{one.case.measure}: {one.note}" for one in checked if one.outcome == "not applicable"
    )
    lines += [f"  not applicable: {text} ({number})" for text, number in skipped.items()]
    return "\n".join(lines) + "\n"


def _counts(checked: Sequence[Checked]) -> str:
    found = Counter(one.outcome for one in checked)
    return ", ".join(f"{found[outcome]} {outcome}" for outcome in _OUTCOMES if found[outcome])


def _line(one: Checked) -> str:
    case = one.case
    ours = f"{one.value:.12g}" if isinstance(one.value, float) else one.value
    why = f"; {one.note}" if one.note else ""
    return (
        f"  {one.outcome}: {case.name} {case.measure} {case.field}: "
        f"{case.tool.partition(' (')[0]} {case.expected}, ours {ours}{why}"
    )
