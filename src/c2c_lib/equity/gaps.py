"""Gaps: how far each group is from its reference, and how many children that is."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, broadcast, check_choice, scalar_if_single
from c2c_lib.equity.comparisons import compare
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.errors import InputError, Problem

__all__ = ["GAP_COLUMNS", "POLARITIES", "excess", "group_gaps"]

POLARITIES: Final = ("higher_is_better", "lower_is_better", "neutral")
_BLOCK: Final = ["indicator", "geo_level", "geo_id", "period"]
_ALL: Final = ("all", "all")

GAP_COLUMNS: Final = (
    *_BLOCK,
    "dimension",
    "group",
    "estimate",
    "reference",
    "difference",
    "lower",
    "upper",
    "ratio",
    "ratio_lower",
    "ratio_upper",
    "basis",
    "excess",
    "reason",
)
"""The columns of `group_gaps`, in order."""


def excess(
    estimate: ArrayLike,
    reference: ArrayLike,
    denominator: ArrayLike,
    *,
    polarity: str,
    unit: str = "share",
) -> FloatArray:
    """Return the number of children in the gap.

    Parameters
    ----------
    estimate, reference : array_like
        The group's figure and the one it is compared with, in the unit of the indicator.
    denominator : array_like
        How many children are in the group.
    polarity : {"higher_is_better", "lower_is_better", "neutral"}
        Which way is good.
    unit : str
        ``share`` or ``per_1000``; in any other unit a gap is not a number of children.

    Returns
    -------
    ndarray of float
        Positive: so many more children would have to do well for the group to reach its
        reference. Negative: the group is ahead by so many. NaN where something is
        unknown, for neutral indicators and for other units. Not rounded.

    Notes
    -----
    :math:`n (y_{ref} - y)`, with the sign turned where lower is better: the population
    attributable number when the reference is the goal.

    Raises
    ------
    InputError
        If the polarity is not known.

    Examples
    --------
    >>> round(float(excess(0.31, 0.47, 600, polarity="higher_is_better")))
    96
    """
    check_choice("polarity", polarity, POLARITIES)
    y, ref, n = broadcast(estimate, reference, denominator)
    sign = {"higher_is_better": 1.0, "lower_is_better": -1.0}.get(polarity, np.nan)
    scale = COUNT_SCALES.get(unit, np.nan)
    return np.asarray(scalar_if_single(sign * n * (ref - y) / scale))


def group_gaps(
    frame: pd.DataFrame,
    *,
    polarity: str,
    unit: str = "share",
    reference: tuple[str, str] = _ALL,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the gap of every group to its reference.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations of indicators that share a unit and a polarity; any places and
        periods. Each is compared within its own place and period.
    polarity, unit : str
        As in the catalog.
    reference : (dimension, group)
        The reference; default is all children. A reference within a dimension (for
        example ``("gender", "female")``) is compared with the groups of that dimension.
    level : float
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        One row per group that is not the reference, in the order of `frame`, with
        `GAP_COLUMNS`. ``difference`` is group minus reference in the unit of the
        indicator, ``basis`` what the interval rests on (``counts``, ``margins``,
        ``mixed``, ``none``) and ``reason`` why something is missing: ``group_not_shown``,
        ``reference_not_shown``, ``precision_unknown``, or empty.

    Raises
    ------
    InputError
        If the polarity is not known, or the reference stands in no row.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({
    ...     "indicator": "graduation_4yr", "geo_level": "district", "geo_id": "0150011",
    ...     "period": "2018-19", "dimension": ["all", "gender", "gender"],
    ...     "group": ["all", "female", "male"], "estimate": [0.7, 0.8, 0.6],
    ...     "numerator": [280.0, 160.0, 120.0], "denominator": [400.0, 200.0, 200.0],
    ...     "moe90": float("nan")})
    >>> gaps = group_gaps(frame, polarity="higher_is_better")
    >>> gaps[["group", "difference", "lower", "upper", "excess"]].round(3)
        group  difference  lower  upper  excess
    0  female         0.1  0.055  0.143   -20.0
    1    male        -0.1 -0.143 -0.055    20.0
    """
    check_choice("polarity", polarity, POLARITIES)
    is_reference = (frame["dimension"] == reference[0]) & (frame["group"] == reference[1])
    if len(frame) and not is_reference.any():
        raise InputError(
            [
                Problem(
                    where="reference",
                    what="stands in no row",
                    value="/".join(reference),
                    allowed="a (dimension, group) of the frame",
                    remedy="Keep the rows of the reference in the frame.",
                )
            ]
        )
    compared = ~is_reference
    if reference != _ALL:
        compared &= frame["dimension"] == reference[0]
    values = ["estimate", "numerator", "denominator", "moe90"]
    groups = frame.loc[compared, [*_BLOCK, "dimension", "group", *values]].reset_index(drop=True)
    against = groups[_BLOCK].merge(
        frame.loc[is_reference, [*_BLOCK, *values]], on=_BLOCK, how="left", validate="m:1"
    )
    found = compare(
        Measured.from_frame(groups),
        Measured.from_frame(against),
        unit=unit,
        level=level,
        nested=reference == _ALL,
    )
    result = groups.assign(
        reference=against["estimate"],
        **found._asdict(),
        excess=excess(
            groups["estimate"],
            against["estimate"],
            groups["denominator"],
            polarity=polarity,
            unit=unit,
        ),
    )
    reasons = [result["estimate"].isna(), result["reference"].isna(), result["basis"] == "none"]
    words = ["group_not_shown", "reference_not_shown", "precision_unknown"]
    result["reason"] = np.select(reasons, words, default="")
    return result[list(GAP_COLUMNS)]
