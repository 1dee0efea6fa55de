"""Every measure of inequality with what it answers, its formula, source and needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Literal

import pandas as pd

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality import (
    attributable,
    concentration,
    deviations,
    entropy,
    healthy_people,
    pairs,
    slope,
    variance,
)
from c2c_lib.equity.inequality.entry import Measure, Need, RangeBy
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.errors import InputError, Problem, did_you_mean

__all__ = ["MEASURES", "Measure", "find_measure", "measures_table"]

_SCHLOTHEUBER: Final = (
    "Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19:3697 (corrected 19:6969)"
)
_AHN: Final = "Ahn et al. 2018, JCO Clin Cancer Inform 2:1-19"
_KAKWANI: Final = "Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77:87-103"
_MACKENBACH: Final = "Mackenbach & Kunst 1997, Soc Sci Med 44:757-771"
_TALIH: Final = "Talih & Huang 2016, NCHS Statistical Notes 27"
_WALTER: Final = "Walter 1978, Biometrics 34:487-498"
_PEARCY: Final = "Pearcy & Keppel 2002, Public Health Rep 117:273-280"


def _difference(groups: Groups) -> FloatArray:
    return pairs.difference(groups).estimate


def _ratio(groups: Groups) -> FloatArray:
    return pairs.ratio(groups).estimate


_PAIRS: Final = (
    Measure(
        "difference",
        "Difference (D)",
        "How far apart are the two groups that are compared?",
        "y_A - y_B",
        _SCHLOTHEUBER,
        "indicator",
        (),
        _difference,
        pairs.difference,
    ),
    Measure(
        "ratio",
        "Ratio (R)",
        "How many times the one group's figure is the other's?",
        "y_A / y_B",
        _SCHLOTHEUBER,
        "none",
        (),
        _ratio,
        pairs.ratio,
        1.0,
    ),
)
_DISPERSION: Final = (
    Measure(
        "bgv",
        "Between-group variance (BGV)",
        "How far do children's groups lie from the average, large gaps counting most?",
        "sum p_j (y_j - mu)^2",
        _AHN,
        "indicator squared",
        ("populations",),
        variance.variance_value,
        variance.between_group_variance,
    ),
    Measure(
        "bgsd",
        "Between-group standard deviation (BGSD)",
        "How far from the average is a child's group, typically?",
        "sqrt(BGV)",
        _SCHLOTHEUBER,
        "indicator",
        ("populations",),
        variance.deviation_value,
        variance.between_group_deviation,
    ),
    Measure(
        "cov",
        "Coefficient of variation (COV)",
        "How far from the average is a child's group, in percent of the average?",
        "100 sqrt(BGV) / mu",
        _SCHLOTHEUBER,
        "percent",
        ("populations",),
        variance.coefficient_value,
        variance.coefficient_between_groups,
    ),
    Measure(
        "mld",
        "Mean log deviation (MLD)",
        "How unequal are the groups relative to the average, low figures counting most?",
        "1000 sum p_j (-ln(y_j / mu))",
        _AHN,
        "thousandths",
        ("populations",),
        entropy.mean_log_deviation_value,
        entropy.mean_log_deviation,
    ),
    Measure(
        "theil",
        "Theil index (TI)",
        "How unequal are the groups relative to the average, high figures counting most?",
        "1000 sum p_j (y_j / mu) ln(y_j / mu)",
        _AHN,
        "thousandths",
        ("populations",),
        entropy.theil_value,
        entropy.theil,
    ),
)


def _deviation(
    name: str,
    title: str,
    question: str,
    formulas: tuple[str, str],
    needs: tuple[Need, ...],
    value: Callable[..., FloatArray],
) -> tuple[Measure, Measure]:
    """Return the unweighted and the weighted form of a mean deviation."""
    unit = "percent" if name == "idis" else "indicator"
    populations: tuple[Need, ...] = ("populations",)
    mean_based = name in {"idis", "mdm"}
    return (
        Measure(
            name,
            f"{title}, every group alike",
            question.format(who="group"),
            formulas[0],
            _SCHLOTHEUBER,
            unit,
            needs + (populations if mean_based else ()),
            partial(value, weighted=False),
        ),
        Measure(
            f"{name}_weighted",
            f"{title}, every child alike",
            question.format(who="child's group"),
            formulas[1],
            _SCHLOTHEUBER,
            unit,
            needs + populations,
            partial(value, weighted=True),
        ),
    )


_DEVIATIONS: Final = (
    *_deviation(
        "idis",
        "Index of disparity from the average (IDIS)",
        "How far from the average is the average {who}, in percent of the average?",
        ("100/k sum |y_j - mu| / mu", "100 sum p_j |y_j - mu| / mu"),
        (),
        deviations.relative_from_mean_value,
    ),
    *_deviation(
        "mdm",
        "Mean difference from the average (MDM)",
        "How far from the average is the average {who}?",
        ("1/k sum |y_j - mu|", "sum p_j |y_j - mu|"),
        (),
        deviations.from_mean_value,
    ),
    *_deviation(
        "mdb",
        "Mean difference from the best group (MDB)",
        "How far from the best group is the average {who}?",
        ("1/k sum |y_j - y_best|", "sum p_j |y_j - y_best|"),
        ("direction",),
        deviations.from_best_value,
    ),
    *_deviation(
        "mdr",
        "Mean difference from the reference group (MDR)",
        "How far from the reference group is the average {who}?",
        ("1/k sum |y_j - y_ref|", "sum p_j |y_j - y_ref|"),
        ("reference",),
        deviations.from_reference_value,
    ),
)
_ATTRIBUTABLE: Final = (
    Measure(
        "par",
        "Population attributable risk (PAR)",
        "How much would the average move if every group did as well as the best?",
        "y_best - mu (0 if the best-off group is worse than the average)",
        _WALTER,
        "indicator",
        ("populations", "direction"),
        attributable.attributable_risk_value,
        attributable.attributable_risk,
        range_by="search",
    ),
    Measure(
        "paf",
        "Population attributable fraction (PAF)",
        "By what percent would the average move if every group did as well as the best?",
        "100 (y_best - mu) / mu",
        _WALTER,
        "percent",
        ("populations", "direction"),
        attributable.attributable_fraction_value,
        attributable.attributable_fraction,
        range_by="search",
    ),
)


def _rci(name: str, title: str, formula: str, citation: str, by: RangeBy) -> Measure:
    correction: concentration.Correction = (
        "wagstaff" if "wagstaff" in name else "erreygers" if "erreygers" in name else "none"
    )
    needs: tuple[Need, ...] = ("order", "populations")
    return Measure(
        name,
        title,
        "How strongly does the figure lean towards the better-off groups, relative to the average?",
        formula,
        citation,
        "none",
        needs if correction == "none" else (*needs, "scale"),
        partial(concentration.relative_concentration_value, correction=correction),
        partial(concentration.relative_concentration, correction=correction),
        range_by=by,
    )


_CONCENTRATION: Final = (
    Measure(
        "aci",
        "Absolute concentration index (ACI)",
        "How strongly does the figure lean towards the better-off groups?",
        "2 sum p_j (y_j - mu)(rank_j - 1/2)",
        _KAKWANI,
        "indicator",
        ("order", "populations"),
        concentration.absolute_concentration_value,
        concentration.absolute_concentration,
        range_by="corners",
    ),
    _rci("rci", "Relative concentration index (RCI)", "ACI / mu", _KAKWANI, "corners"),
    _rci(
        "rci_wagstaff",
        "Relative concentration index, Wagstaff",
        "ACI b / (mu (b - mu))",
        "Wagstaff 2005, Health Econ 14:429-432",
        "search",
    ),
    _rci(
        "rci_erreygers",
        "Relative concentration index, Erreygers",
        "4 ACI / b",
        "Erreygers 2009, J Health Econ 28:504-515",
        "corners",
    ),
)


def _index(kind: Literal["sii", "rii"], link: slope.Link) -> Measure:
    absolute, linear = kind == "sii", link == "linear"
    needs: tuple[Need, ...] = ("order", "populations")
    value = slope.slope_index_value if absolute else slope.relative_index_value
    full = slope.slope_index if absolute else slope.relative_index
    title = "Slope index of inequality (SII)" if absolute else "Relative index of inequality (RII)"
    return Measure(
        f"{kind}_linear" if linear else kind,
        f"{title}, {link}",
        "How far apart are the best-off and the worst-off end when every group counts?"
        if absolute
        else "How many times is the best-off end's figure that of the worst-off end?",
        "fit(1) - fit(0)" if absolute else "fit(1) / fit(0)",
        _MACKENBACH,
        "indicator" if absolute else "none",
        needs if linear else (*needs, "scale"),
        partial(value, link=link),
        partial(full, link=link),
        0.0 if absolute else 1.0,
        "corners" if linear else "search",
    )


_SLOPES: Final = (
    _index("sii", "logit"),
    _index("sii", "linear"),
    _index("rii", "logit"),
    _index("rii", "linear"),
)
_HEALTHY_PEOPLE: Final = (
    Measure(
        "mrd",
        "Maximal rate difference (MRD)",
        "How far apart are the highest and the lowest group?",
        "max y_j - min y_j",
        _TALIH,
        "indicator",
        (),
        healthy_people.maximal_difference_value,
    ),
    Measure(
        "mrr",
        "Maximal rate ratio (MRR)",
        "How many times is the highest group's figure the lowest's?",
        "max y_j / min y_j",
        _TALIH,
        "none",
        (),
        healthy_people.maximal_ratio_value,
        equal=1.0,
    ),
    Measure(
        "srd",
        "Summary rate difference (SRD)",
        "How far is the best group ahead of the mean of the others?",
        "|y_best - mean of the other k-1|",
        _TALIH,
        "indicator",
        ("direction",),
        healthy_people.summary_difference_value,
    ),
    Measure(
        "srr",
        "Summary rate ratio (SRR)",
        "How many times better is the best group than the mean of the others?",
        "y_best / mean of the other k-1, or its inverse, so that it is 1 or more",
        _TALIH,
        "none",
        ("direction",),
        healthy_people.summary_ratio_value,
        equal=1.0,
    ),
    Measure(
        "index_of_disparity",
        "Index of disparity (Pearcy & Keppel)",
        "How far are the other groups from the best, in percent of the best?",
        "100/(k-1) sum |y_j - y_best| / y_best",
        _PEARCY,
        "percent",
        ("direction",),
        healthy_people.index_of_disparity_value,
    ),
)

MEASURES: Final[dict[str, Measure]] = {
    found.name: found
    for found in (
        *_PAIRS,
        *_DISPERSION,
        *_DEVIATIONS,
        *_ATTRIBUTABLE,
        *_CONCENTRATION,
        *_SLOPES,
        *_HEALTHY_PEOPLE,
    )
}
"""Every measure by its name."""


def find_measure(name: str) -> Measure:
    """Return a measure by name.

    Raises
    ------
    InputError
        If there is none of that name; with the nearest ones.

    Examples
    --------
    >>> find_measure("theil").unit
    'thousandths'
    """
    if name not in MEASURES:
        raise InputError(
            [
                Problem(
                    where="measure",
                    what="is not known",
                    value=name,
                    allowed=", ".join(MEASURES),
                    remedy=did_you_mean(name, MEASURES),
                )
            ]
        )
    return MEASURES[name]


def measures_table() -> pd.DataFrame:
    """Return the registry as a frame: one row per measure.

    Examples
    --------
    >>> measures_table().loc[0, ["name", "unit", "interval"]].tolist()
    ['difference', 'indicator', 'analytic']
    """
    columns = ["name", "title", "question", "formula", "citation", "unit", "interval"]
    rows = [
        {**{column: getattr(found, column) for column in columns}, "needs": ", ".join(found.needs)}
        for found in MEASURES.values()
    ]
    return pd.DataFrame(rows, columns=[*columns, "needs"])
