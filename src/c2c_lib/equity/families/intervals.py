"""Intervals of one share and of two shares: every method by name, with its source.

They read counts, not observations, and are called by their functions; the families of figures,
gaps and disproportionality use them.
"""

from __future__ import annotations

from typing import Final

from c2c_lib.equity.family import Family, Measure

__all__ = ["FAMILY"]

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
    counts = "56, 70, 48, 80" if two else "81, 263"
    return [
        Measure(
            name=f"{method}_{kind}",
            family="intervals",
            title=title,
            question=question,
            formula=formula,
            citation=citation,
            unit=unit,
            columns=("count1", "nobs1", "count2", "nobs2") if two else ("count", "nobs"),
            needs=("counts of two groups" if two else "counts",),
            equal=1.0 if unit == "ratio" else 0.0,
            function=function,
            example=f'equity.{function}({counts}, "{method}")',
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
    columns=("count", "nobs", "population"),
    needs=("counts", "size of the population"),
    function="proportion_interval",
    example="equity.proportion_interval(81, 263, population=400)",
)

FAMILY: Final = Family(
    name="intervals",
    title="Intervals of one share and of two shares",
    rows="one share, or two shares, by counts",
    options={},
    reasons={},
    measures=(
        *_entries("interval", "proportion_interval", _SHARE, "share", _ONE),
        _FINITE,
        *_entries("difference", "difference_interval", _DIFFERENCE, "share", _TWO),
        *_entries("ratio", "ratio_interval", _RATIO, "ratio", _OF_RATIOS),
        *_entries("odds_ratio", "odds_ratio_interval", _ODDS, "ratio", _OF_ODDS),
        *_entries("test", "two_proportion_test", _TEST, "none", _TESTS),
    ),
)
