"""Inequality of incomes of households or people: called by its functions."""

from __future__ import annotations

from typing import Final

from c2c_lib.equity.family import Family, Measure
from c2c_lib.equity.income_inequality.intervals import INCOME_MEASURES

__all__ = ["FAMILY"]

_INCOMES: Final = "[*range(12, 60), 75, 90, 140, 260]"
_COWELL: Final = "Cowell 2011, Measuring Inequality"
_ATKINSON: Final = "Atkinson 1970, J Econ Theory 2:244-263"
_PERCENTILES: Final = (
    "Cobham & Sumner 2013, CGD Working Paper 343; OECD Income Distribution Database"
)

_ENTRIES: Final = {
    "gini": (
        "Gini index of incomes",
        "How far are incomes from all the same, the middle counting most?",
        "sum_ij |y_i - y_j| / (2 n^2 mu)",
        "Gini 1912; " + _COWELL,
    ),
    "theil": (
        "Theil index of incomes",
        "How unequal are incomes, the top counting most?",
        "1/n sum (y / mu) ln(y / mu)",
        "Theil 1967, Economics and Information Theory; " + _COWELL,
    ),
    "mld": (
        "Mean log deviation of incomes",
        "How unequal are incomes, the bottom counting most?",
        "1/n sum ln(mu / y)",
        "Theil 1967, Economics and Information Theory; " + _COWELL,
    ),
    "half_squared_cv": (
        "Half the squared coefficient of variation of incomes",
        "How unequal are incomes, the very top counting most?",
        "1/2 Var(y) / mu^2",
        _COWELL,
    ),
    "atkinson_0.5": (
        "Atkinson index of incomes (aversion 1/2)",
        "What share of income could be spared if all had the same, at little aversion to gaps?",
        "1 - (1/n sum sqrt(y / mu))^2",
        _ATKINSON,
    ),
    "atkinson_1": (
        "Atkinson index of incomes (aversion 1)",
        "What share of income could be spared if all had the same, at medium aversion to gaps?",
        "1 - exp(1/n sum ln(y / mu))",
        _ATKINSON,
    ),
    "p90_p10": (
        "Ratio of the 90th to the 10th percentile of incomes",
        "How many times the income near the bottom is that near the top?",
        "P90 / P10",
        _PERCENTILES,
    ),
    "p80_p20": (
        "Ratio of the 80th to the 20th percentile of incomes",
        "How many times the income of the lower fifth's end is that of the upper fifth's?",
        "P80 / P20",
        _PERCENTILES,
    ),
    "palma": (
        "Palma ratio",
        "How many times the income of the poorest 40 percent goes to the richest 10 percent?",
        "income of the top 10 % / income of the bottom 40 %",
        "Palma 2011, Dev Change 42:87-153; Cobham & Sumner 2013",
    ),
}
assert set(_ENTRIES) == set(INCOME_MEASURES)  # noqa: S101 - one entry for every measure


def _measure(name: str) -> Measure:
    title, question, formula, citation = _ENTRIES[name]
    ratio = name in {"p90_p10", "p80_p20", "palma"}
    function = "income_inequality.income_inequality"
    return Measure(
        name=f"income_{name}",
        family="income",
        title=title,
        question=question,
        formula=formula,
        citation=citation,
        unit="ratio" if ratio else "none",
        columns=("values", "weights"),
        needs=("incomes of households or people",),
        scaled="unchanged",
        equal=1 / 4 if name == "palma" else float(ratio),
        function=function,
        example=f'equity.{function}({_INCOMES}, measures=["{name}"], draws=200)',
    )


def _more(name: str, title: str, question: str, formula: str, needs: str, call: str) -> Measure:
    return Measure(
        name=f"income_{name}",
        family="income",
        title=title,
        question=question,
        formula=formula,
        citation=_COWELL,
        unit="none",
        columns=("lower", "upper", "count") if name == "bins" else ("values", "groups"),
        needs=(needs,),
        scaled="unchanged",
        function=call.partition("(")[0],
        example=f"equity.{call}",
    )


FAMILY: Final = Family(
    name="income",
    title="Inequality of incomes",
    rows="all households (or people) of a sample",
    options={},
    reasons={},
    measures=(
        *map(_measure, INCOME_MEASURES),
        _more(
            "bins",
            "Inequality of incomes from published bins",
            "How unequal are incomes of which only counts in bins are published?",
            "every measure of incomes, spread within each bin (Pareto in the last)",
            "counts in bins",
            "income_inequality.binned_income_inequality([1, 20, 40, 80], "
            "[20, 40, 80, float('inf')], [300, 400, 250, 50], ['gini'], draws=100)",
        ),
        _more(
            "theil_decomposition",
            "Theil index between and within groups",
            "How much of the inequality of incomes lies between groups?",
            "T = sum_g s_g ln(mu_g / mu) + sum_g s_g T_g, s the groups' shares of income",
            "incomes with their groups",
            "income_inequality.theil_decomposition([10, 20, 40, 50], ['a', 'a', 'b', 'b'])",
        ),
    ),
)
