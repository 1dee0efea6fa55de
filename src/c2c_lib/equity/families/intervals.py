"""The family of intervals of one share and of two shares: every method by name, with its source.

The families of figures, gaps and disproportionality use the best of them by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import FloatArray, Interval
from c2c_lib.equity.differences import difference_interval, ratio_interval
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.lookup import check_columns, key_table, numbers, row_keys
from c2c_lib.equity.odds_ratios import odds_ratio_interval, two_proportion_test
from c2c_lib.equity.pairs import Pairs, pairs_of
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.equity.settings import NO_LIMITS, needed
from c2c_lib.errors import Problems

__all__ = ["FAMILY", "INTERVAL_REASONS", "INTERVAL_VERDICTS"]

INTERVAL_REASONS: Final[dict[str, str]] = {
    "no_counts": "The counts are not shown.",
    "reference_no_counts": "The counts of the group that it is compared with are not shown.",
    "not_defined": "The calculation does not exist for these figures.",
    **NO_LIMITS,
}
"""Why a value or its interval is missing, in plain words."""

INTERVAL_VERDICTS: Final[dict[str, str]] = {
    "about_the_same": "The two may be the same.",
    "higher": "The group's figure is higher than that of the group it is compared with.",
    "lower": "The group's figure is lower than that of the group it is compared with.",
    "differ": "Two groups with the same share would rarely look so different.",
    "no_difference_shown": "Two groups with the same share would often look so different.",
}
"""What an interval or a test says, in plain words."""
_WORDS: Final = tuple(INTERVAL_REASONS)

_COUNTED: Final = ("numerator", "denominator")
_TWO_GROUPS: Final = (
    'equity.measure({"group": ["a", "b"], "numerator": [56, 48], "denominator": [70, 80]}, '
    '"NAME", reference="b")'
)
_SHARE: Final = "Within what limits does the share lie, once chance is allowed for?"
_DIFFERENCE: Final = "Within what limits does the difference of two shares lie?"
_RATIO: Final = "Within what limits does the ratio of two shares lie?"
_ODDS: Final = "Within what limits does the odds ratio of two groups lie?"
_TEST: Final = "Could two groups have the same share?"
_BROWN: Final = "Brown, Cai & DasGupta 2001, Stat Sci 16:101-133"
_NEWCOMBE: Final = "Newcombe 1998, Stat Med 17:857-872"
_MIETTINEN: Final = "Miettinen & Nurminen 1985, Stat Med 4:213-226"
_SCORE: Final = "all d with |p1 - p2 - d| <= z SE(d)"
_SCORE_RATIO: Final = "all t with |p1 - t p2| <= z SE(t)"
_NEAR: Final = ", n/(n-1) times the variance"


def _entries(
    kind: str,
    function: str,
    question: str,
    unit: str,
    methods: dict[str, tuple[str, str, str]],
) -> list[Measure]:
    """Return the methods of one function: title, formula and citation by method."""
    two = function != "proportion_interval"
    return [
        Measure(
            name=f"{method}_{kind}",
            family="intervals",
            title=title,
            question=question,
            formula=formula,
            citation=citation,
            unit=unit,
            columns=("group", *_COUNTED) if two else _COUNTED,
            needs=("reference",) if two else (),
            equal=1.0 if unit == "ratio" else 0.0,
            function=function,
            example=_TWO_GROUPS if two else "",
        )
        for method, (title, formula, citation) in methods.items()
    ]


_ONE: Final = {
    "wilson": (
        "Wilson interval of a share",
        "(x + z^2/2 -+ z sqrt(n p q + z^2/4)) / (n + z^2)",
        "Wilson 1927, J Am Stat Assoc 22:209-212",
    ),
    "agresti_coull": (
        "Agresti-Coull interval of a share",
        "p' -+ z sqrt(p' q' / n'), n' = n + z^2, p' = (x + z^2/2) / n'",
        "Agresti & Coull 1998, Am Stat 52:119-126",
    ),
    "jeffreys": (
        "Jeffreys interval of a share",
        "equal tails of Beta(x + 1/2, n - x + 1/2); 0 at x = 0, 1 at x = n",
        _BROWN,
    ),
    "clopper_pearson": (
        "Clopper-Pearson interval of a share",
        "equal tails of the binomial distribution, turned round",
        "Clopper & Pearson 1934, Biometrika 26:404-413",
    ),
    "mid_p": (
        "Mid-P interval of a share",
        "as Clopper-Pearson, with half the probability of x itself",
        "Berry & Armitage 1995, Statistician 44:417-423",
    ),
    "wilson_continuity": (
        "Wilson interval of a share, with continuity correction",
        "Wilson at x - 1/2 and x + 1/2",
        _NEWCOMBE,
    ),
    "wald": ("Wald interval of a share (only to check others)", "p -+ z sqrt(p q / n)", _BROWN),
    "wald_continuity": (
        "Wald interval of a share, with continuity correction (only to check others)",
        "p -+ (z sqrt(p q / n) + 1 / (2 n))",
        _NEWCOMBE,
    ),
}
_TWO: Final = {
    "newcombe": (
        "Newcombe interval of a difference of shares",
        "d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 + (p2 - l2)^2), Wilson l, u",
        "Newcombe 1998, Stat Med 17:873-890",
    ),
    "miettinen_nurminen": (
        "Miettinen-Nurminen interval of a difference of shares",
        _SCORE + _NEAR,
        _MIETTINEN,
    ),
    "mee": ("Mee interval of a difference of shares", _SCORE, "Mee 1984, Biometrics 40:1175-1176"),
    "agresti_caffo": (
        "Agresti-Caffo interval of a difference of shares",
        "Wald after adding one child to each side of each group",
        "Agresti & Caffo 2000, Am Stat 54:280-288",
    ),
    "wald": (
        "Wald interval of a difference of shares (only to check others)",
        "d -+ z sqrt(p1 q1 / n1 + p2 q2 / n2)",
        "Newcombe 1998, Stat Med 17:873-890",
    ),
}
_OF_RATIOS: Final = {
    "katz": (
        "Katz interval of a ratio of shares",
        "exp(log R -+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2))",
        "Katz et al. 1978, Biometrics 34:469-474",
    ),
    "katz_adjusted": (
        "Adjusted log interval of a ratio of shares",
        "Katz with half a child added everywhere",
        "Walter 1975, Biometrika 62:371-374",
    ),
    "koopman": (
        "Koopman interval of a ratio of shares",
        _SCORE_RATIO,
        "Koopman 1984, Biometrics 40:513-517",
    ),
    "miettinen_nurminen": (
        "Miettinen-Nurminen interval of a ratio of shares",
        _SCORE_RATIO + _NEAR,
        _MIETTINEN,
    ),
}
_OF_ODDS: Final = {
    "independence_smoothed": (
        "Smoothed interval of an odds ratio",
        "logit interval after adding two children, spread as if independent",
        "Agresti 1999, Biometrics 55:597-602",
    ),
    "gart": (
        "Gart interval of an odds ratio",
        "logit interval after adding half a child to each cell",
        "Gart 1966, J R Stat Soc B 28:164-179",
    ),
    "woolf": (
        "Woolf interval of an odds ratio",
        "exp(log OR -+ z sqrt(1/a + 1/b + 1/c + 1/d))",
        "Woolf 1955, Ann Hum Genet 19:251-253",
    ),
    "score": (
        "Score interval of an odds ratio",
        "all t with |x1 - n1 p1| <= z SE(t)" + _NEAR,
        _MIETTINEN,
    ),
}
_TESTS: Final = {
    "pooled": (
        "Chi-squared test of two shares",
        "(p1 - p2)^2 / (p q (1/n1 + 1/n2)), p of both together",
        "Pearson 1900, Philos Mag 50:157-175",
    ),
    "fisher": (
        "Fisher's exact test of two shares",
        "all tables with these margins that are no more likely, added up",
        "Fisher 1935, J R Stat Soc 98:39-82",
    ),
}
_FINITE: Final = Measure(
    name="finite_population_interval",
    family="intervals",
    title="Wilson interval of a share of a finite population",
    question=_SHARE,
    formula="Wilson with n (N - 1) / (N - n) for n",
    citation="Cochran 1977, Sampling Techniques, chapter 2; Wilson 1927",
    unit="share",
    columns=(*_COUNTED, "population"),
    function="proportion_interval",
    example='equity.measure({"numerator": [81], "denominator": [263], "population": [400]}, '
    '"NAME")',
)


class _Counts(NamedTuple):
    """Counts of groups, and of the group that each is compared with."""

    x1: FloatArray
    n1: FloatArray
    x2: FloatArray
    n2: FloatArray


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = row_keys(frame, call.by)
    for one in wanted:
        check_columns(frame, [*keys, *one.columns])
    single = [one for one in wanted if one.function == "proportion_interval"]
    double = [one for one in wanted if one not in single]
    blocks = []
    if single:
        table = key_table(frame, np.arange(len(frame)), keys)
        blocks.append(Block(table, single, _of_shares(frame, single, call)))
    if double:
        pairs = _pairs(frame, keys, double[0], call)
        table = key_table(frame, pairs.group, keys)
        blocks.append(Block(table, double, _of_pairs(frame, pairs, double, call)))
    return blocks


def _of_shares(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> Iterator[Part]:
    x, n = _counts(frame)
    share = _quotient(x, n)
    for one in wanted:
        method: Any = one.name.removesuffix("_interval")
        if one is _FINITE:
            size = numbers(frame, "population")
            limits = proportion_interval(x, n, level=call.level, population=size)
            method = "wilson"
        else:
            limits = proportion_interval(x, n, method, level=call.level)
        yield Part(
            one,
            Columns(
                estimate=share,
                lower=np.asarray(limits.lower),
                upper=np.asarray(limits.upper),
                unit="share",
                method=method,
                children=n,
                reason=Words.of(np.where(np.isnan(share), "no_counts", ""), _WORDS),
            ),
        )


def _pairs(frame: pd.DataFrame, keys: Sequence[str], one: Measure, call: Call) -> Pairs:
    """Pair groups with a reference that shares no child with them."""
    reference = needed(call, "reference", one.name, "The group to compare with.")
    named = [reference] if isinstance(reference, str) else list(reference.values())
    problems = Problems()
    if "all" in named:
        problems.add(
            "reference",
            "holds the groups themselves",
            value="all",
            allowed="a group that shares no child with the others",
            remedy="For groups against all children ask for gap or gap_ratio.",
        )
        problems.raise_if_any()
    plain = frame if "dimension" in frame else frame.assign(dimension="groups")
    names = keys if "dimension" in keys else [*keys, "dimension"]
    return pairs_of(plain, names, reference)


def _of_pairs(
    frame: pd.DataFrame, pairs: Pairs, wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    x, n = _counts(frame)
    there = pairs.reference >= 0
    other = np.maximum(pairs.reference, 0)
    counts = _Counts(
        x[pairs.group],
        n[pairs.group],
        np.where(there, x[other], np.nan),
        np.where(there, n[other], np.nan),
    )
    missing = np.select([np.isnan(counts.x1), np.isnan(counts.x2)], [1, 2], default=0)
    for one in wanted:
        if one.function == "two_proportion_test":
            columns = _tested(one, counts, missing, call)
        else:
            columns = _limited(one, counts, missing, call)
        yield Part(one, Columns(**columns, unit=one.unit, against=pairs.named, children=counts.n1))


def _limited(one: Measure, counts: _Counts, missing: Any, call: Call) -> dict[str, Any]:
    function, estimate, suffix = _KINDS[one.function]
    method: Any = one.name.removesuffix(suffix)
    value = estimate(counts)
    limits = function(*counts, method, call.level)
    low, high = np.asarray(limits.lower), np.asarray(limits.upper)
    return {
        "estimate": value,
        "lower": low,
        "upper": high,
        "method": method,
        "verdict": _verdict(low, high, one.equal),
        "reason": Words(np.where((missing == 0) & np.isnan(value), 3, missing), ("", *_WORDS)),
    }


def _tested(one: Measure, counts: _Counts, missing: Any, call: Call) -> dict[str, Any]:
    method: Any = one.name.removesuffix("_test")
    chance = np.asarray(two_proportion_test(*counts, method).p_value)
    differ = np.where(chance <= 1 - call.level, "differ", "no_difference_shown")
    reason = np.select([missing > 0, np.isnan(chance)], [missing, 3], default=4)
    return {
        "estimate": chance,
        "method": method,
        "verdict": Words.of(np.where(np.isnan(chance), "", differ), tuple(INTERVAL_VERDICTS)),
        "reason": Words(reason, ("", *_WORDS)),
    }


def _verdict(low: FloatArray, high: FloatArray, equal: float) -> Words:
    said = np.select(
        [np.isnan(low) | np.isnan(high), low > equal, high < equal],
        ["", "higher", "lower"],
        default="about_the_same",
    )
    return Words.of(said, tuple(INTERVAL_VERDICTS))


def _counts(frame: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return numerators and denominators; both unknown where either is."""
    x, n = numbers(frame, "numerator"), numbers(frame, "denominator")
    known = ~np.isnan(x) & ~np.isnan(n)
    return np.where(known, x, np.nan), np.where(known, n, np.nan)


def _quotient(top: FloatArray, bottom: FloatArray) -> FloatArray:
    return np.asarray(top / np.where(bottom > 0, bottom, np.nan))


def _difference(counts: _Counts) -> FloatArray:
    return _quotient(counts.x1, counts.n1) - _quotient(counts.x2, counts.n2)


def _ratio(counts: _Counts) -> FloatArray:
    return _quotient(_quotient(counts.x1, counts.n1), _quotient(counts.x2, counts.n2))


def _odds_ratio(counts: _Counts) -> FloatArray:
    x1, n1, x2, n2 = counts
    return _quotient(x1 * (n2 - x2), x2 * (n1 - x1))


_KINDS: Final[dict[str, tuple[Callable[..., Interval], Callable[[_Counts], FloatArray], str]]] = {
    "difference_interval": (difference_interval, _difference, "_difference"),
    "ratio_interval": (ratio_interval, _ratio, "_ratio"),
    "odds_ratio_interval": (odds_ratio_interval, _odds_ratio, "_odds_ratio"),
}


FAMILY: Final = Family(
    name="intervals",
    title="Intervals of one share and of two shares",
    rows="one share, or two shares, by counts",
    options={"reference": "The group to compare with; not all children."},
    reasons=INTERVAL_REASONS,
    measures=(
        *_entries("interval", "proportion_interval", _SHARE, "share", _ONE),
        _FINITE,
        *_entries("difference", "difference_interval", _DIFFERENCE, "share", _TWO),
        *_entries("ratio", "ratio_interval", _RATIO, "ratio", _OF_RATIOS),
        *_entries("odds_ratio", "odds_ratio_interval", _ODDS, "ratio", _OF_ODDS),
        *_entries("test", "two_proportion_test", _TEST, "none", _TESTS),
    ),
    run=_run,
    verdicts=INTERVAL_VERDICTS,
    by_name_only=True,
    example='equity.measure({"numerator": [81, 12], "denominator": [263, 40]}, "NAME")',
)
