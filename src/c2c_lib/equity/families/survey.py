"""Margins of error of surveys, and the standards of reliability: called by their functions."""

from __future__ import annotations

from functools import partial
from typing import Final

from c2c_lib.equity.family import Family, called

__all__ = ["FAMILY"]

_HANDBOOK: Final = "US Census Bureau 2020, ACS General Handbook, chapter 8"


_measure: Final = partial(
    called,
    "survey",
    citation=_HANDBOOK,
    unit="indicator",
    columns=("estimate", "margin"),
    needs=("estimates with margins of error",),
    scaled="times c",
)

FAMILY: Final = Family(
    name="survey",
    title="Margins of error and reliability of survey estimates",
    rows="one estimate of a survey, or several that one is made of",
    options={},
    reasons={},
    measures=(
        _measure(
            "standard_error_of_margin",
            "Standard error from a margin of error",
            "What is the standard error behind a published margin?",
            "m / 1.645",
            "standard_error(99234)",
            columns=("margin",),
        ),
        _measure(
            "interval_of_margin",
            "Interval from a margin of error",
            "Within what limits does an estimate with a published margin lie?",
            "y -+ z / 1.645 m",
            "margin_interval(0.18, 0.05, minimum=0, maximum=1)",
        ),
        _measure(
            "margin_of_sum",
            "Margin of error of a sum",
            "How sure is a sum of estimates?",
            "sqrt(sum m_i^2), of all zero estimates only the largest margin, once",
            "sum_margin([120, 0, 0], [40, 11, 15])",
        ),
        _measure(
            "margin_of_difference",
            "Margin of error of a difference",
            "How sure is the difference of two estimates?",
            "sqrt(m_1^2 + m_2^2)",
            "difference_margin(3.0, 4.0)",
            columns=("first_margin", "second_margin"),
        ),
        _measure(
            "margin_of_proportion",
            "Margin of error of a proportion",
            "How sure is the share that one estimate is of another?",
            "sqrt(m_x^2 - p^2 m_y^2) / y, with + where the root does not exist",
            "proportion_margin(40, 9, 200, 30)",
            unit="share",
            scaled="unchanged",
            columns=("numerator", "numerator_margin", "denominator", "denominator_margin"),
        ),
        _measure(
            "margin_of_ratio",
            "Margin of error of a ratio",
            "How sure is the ratio of two estimates, neither of them part of the other?",
            "sqrt(m_x^2 + R^2 m_y^2) / y",
            "ratio_margin(226840, 5556, 203119, 5070)",
            unit="ratio",
            scaled="unchanged",
            columns=("numerator", "numerator_margin", "denominator", "denominator_margin"),
        ),
        _measure(
            "margin_of_product",
            "Margin of error of a product",
            "How sure is the product of two estimates?",
            "sqrt(a^2 m_b^2 + b^2 m_a^2)",
            "product_margin(1200, 180, 0.35, 0.06)",
            columns=("first", "first_margin", "second", "second_margin"),
            scaled="changes",
        ),
        _measure(
            "margin_of_relative_change",
            "Margin of error of a relative change",
            "How sure is the change from one estimate to another, as a share of the first?",
            "that of the ratio y_2 / y_1",
            "relative_change_margin(2000, 150, 2400, 180)",
            unit="share",
            scaled="unchanged",
            columns=("earlier", "earlier_margin", "later", "later_margin"),
        ),
        _measure(
            "quantile_of_bins",
            "Median and other quantiles from bins",
            "What is the median of figures of which only counts in bins are published?",
            "linear or Pareto within the bin; SE of 50 % by design factor and sampling share",
            "income_inequality.quantile_from_bins([0, 10, 20, 50], [10, 20, 50, float('inf')], "
            "[4, 10, 30, 6])",
            citation="California State Data Center 2016, Re-calculating medians and their margins "
            "of error; US Census Bureau, PUMS Accuracy of the Data",
            columns=("lower", "upper", "count"),
            needs=("counts in bins",),
        ),
        _measure(
            "coefficient_of_variation",
            "Coefficient of variation of an estimate",
            "How large is the standard error beside the estimate?",
            "SE / |y|",
            "coefficient_of_variation(1500, 900)",
            unit="share",
            scaled="unchanged",
        ),
        _measure(
            "nchs_standard",
            "Standard of the National Center for Health Statistics",
            "May a proportion be shown, by the national standard?",
            "n < 30, width of Clopper-Pearson >= 0.30, or > 0.05 and > 130 % of p: suppress",
            "nchs_proportion_standard([10, 10, 0], [40, 29, 120])",
            citation="Parker et al. 2017, Vital Health Stat 2(175); Korn & Graubard 1998, Survey "
            "Methodology 24:193-201",
            unit="none",
            scaled="changes",
            columns=("count", "nobs"),
            needs=("counts",),
        ),
    ),
)
