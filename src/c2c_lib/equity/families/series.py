"""Charts and rules over time that read a series of one's own: called by their functions."""

from __future__ import annotations

from functools import partial
from typing import Final

from c2c_lib.equity.family import Family, called

__all__ = ["FAMILY"]

_MONTHLY: Final = "a monthly series"
_ANHOEJ: Final = "Anhoej & Olesen 2014, PLoS ONE 9:e113825"
_COUNTS: Final = (
    "[22, 25, 27, 21, 24, 19, 26, 28, 30, 41, 20, 23], "
    "[120, 118, 131, 125, 119, 122, 127, 130, 121, 117, 126, 124]"
)


_measure: Final = partial(
    called,
    "series",
    unit="indicator",
    columns=("values",),
    needs=(_MONTHLY,),
)

FAMILY: Final = Family(
    name="series",
    title="Charts of monthly figures, and rules over the years",
    rows="a series, or one of its points",
    options={},
    reasons={},
    measures=(
        _measure(
            "run_chart",
            "Run chart",
            "Has a monthly figure shifted?",
            "longest run > round(log2 n) + 3, or crossings < 5 % quantile of B(n - 1, 1/2)",
            "run_chart_of([52, 49, 51, 50, 53, 48, 50, 51, 49, 52, "
            "58, 57, 59, 60, 58, 57, 61, 59, 58, 60])",
            citation=_ANHOEJ,
            scaled="unchanged",
            shifted="unchanged",
        ),
        _measure(
            "anhoej_limits",
            "Limits of the Anhoej rules",
            "How long a run, and how few crossings of the median, does chance allow?",
            "round(log2 n) + 3; 5 % quantile of B(n - 1, 1/2)",
            "anhoej_limits([10, 20, 24])",
            citation=_ANHOEJ,
            columns=("useful",),
            unit="none",
            needs=("numbers of points",),
        ),
        _measure(
            "individuals_chart",
            "Control chart of single figures (I chart)",
            "Which months lie outside what is usual?",
            "mean -+ 3 mean(|y_i - y_(i-1)|) / 1.128",
            "individuals_chart([50, 50, 51, 49, 50, 50, 52, 48, 50, 51, 49, 50])",
            citation="Montgomery 2013, Statistical Quality Control, 6.4; Nelson 1982, J Qual "
            "Technol 14:172-173",
            scaled="times c",
            shifted="plus c",
        ),
        _measure(
            "proportion_chart",
            "Control chart of shares (p chart)",
            "Which months lie outside what is usual for a share of so many children?",
            "p -+ 3 sqrt(p q / n_i), p = sum x / sum n",
            f"proportion_chart({_COUNTS})",
            citation="Montgomery 2013, Statistical Quality Control, 7.2",
            unit="share",
            columns=("count", "nobs"),
            needs=("monthly counts",),
        ),
        _measure(
            "proportion_prime_chart",
            "Control chart of shares of many children (p-prime chart)",
            "Which months lie outside what is usual for a share of very many children?",
            "p -+ 3 sigma_z sqrt(p q / n_i), sigma_z = mean moving range of z / 1.128",
            f"proportion_prime_chart({_COUNTS})",
            citation="Laney 2002, Qual Eng 14:531-537",
            unit="share",
            columns=("count", "nobs"),
            needs=("monthly counts",),
        ),
        _measure(
            "segmented_trend",
            "Trend between breaks",
            "How much do the figures move in a year, before and after each break?",
            "weighted least squares within each segment",
            "segmented_trend([40, 41, 42, 43, 30, 30.5, 32, 32.4], range(2011, 2019), "
            "breaks=[2015])",
            citation="Draper & Smith 1998, Applied Regression Analysis, chapter 1",
            unit="indicator per year",
            columns=("values", "times", "breaks"),
            needs=("a yearly series", "the times of its breaks"),
            scaled="times c",
            shifted="unchanged",
        ),
        _measure(
            "significant_disproportionality",
            "Significant disproportionality over the years",
            "Has a risk ratio passed the state's threshold for so many years, without progress?",
            "risk ratio > threshold in each of up to 3 years, and no reasonable progress",
            "significant_over_years([3.4, 3.2, 3.1, 2.9], 3.0, least_progress=0.1)",
            citation="34 CFR 300.646 and 300.647",
            unit="none",
            columns=("ratios", "threshold"),
            needs=("risk ratios of several years",),
        ),
        _measure(
            "direction_since_baseline",
            "Direction since the baseline",
            "Has the figure improved since the baseline, by the networks' rule?",
            "the sign of y_current - y_baseline, beyond a tolerance",
            "direction_since_baseline([38.4, 0.3, 20], [38.4, 0.3, 18], "
            'polarity="higher_is_better")',
            citation="StriveTogether 2018, proof point",
            unit="none",
            columns=("baseline", "current"),
            needs=("figures of two periods",),
        ),
        _measure(
            "proof_point",
            "Proof point: the share of indicators that improved",
            "Have 60 percent of the indicators improved?",
            "improved / counted >= 0.6",
            'proof_point(["improved"] * 4 + ["maintained"] + ["declined"] * 2)',
            citation="StriveTogether 2018, proof point",
            unit="share",
            columns=("directions",),
            needs=("directions of several indicators",),
        ),
    ),
)
