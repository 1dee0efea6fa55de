"""How many children a gap is."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, broadcast, check_choice, scalar_if_single
from c2c_lib.equity.measured import COUNT_SCALES

__all__ = ["POLARITIES", "excess"]

POLARITIES: Final = ("higher_is_better", "lower_is_better", "neutral")


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
