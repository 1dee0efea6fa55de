"""Many tests at once: how many of the finds may be false."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, broadcast
from c2c_lib.errors import InputError, Problem

__all__ = ["false_discovery"]


def false_discovery(p_values: ArrayLike) -> FloatArray:
    r"""Return p-values adjusted for the number of tests (Benjamini & Hochberg).

    Parameters
    ----------
    p_values : array_like, shape (..., k)
        Of all tests that are looked at together, along the last axis. NaN is no test.

    Returns
    -------
    ndarray of float
        Of the same shape. If all with an adjusted value of at most 0.05 are called finds, at
        most 5 % of the finds are false on average.

    Raises
    ------
    InputError
        For values outside 0 to 1.

    Notes
    -----
    :math:`q_{(i)} = \min_{j \ge i} \min(1, p_{(j)} m / j)` over the m tests in order. It holds
    for independent tests and for the positive dependence that neighbours have.

    References
    ----------
    Benjamini & Hochberg 1995, J R Stat Soc B 57:289-300. Caldas de Castro & Singer 2006,
    Geogr Anal 38:180-208 (local statistics of space).

    Examples
    --------
    >>> false_discovery([0.01, 0.02, 0.03, 0.5]).round(3)
    array([0.04, 0.04, 0.04, 0.5 ])
    """
    (p,) = broadcast(p_values)
    if ((p < 0) | (p > 1)).any():
        raise InputError(
            [
                Problem(
                    "p_values",
                    "are not probabilities",
                    value=", ".join(f"{one:g}" for one in p[(p < 0) | (p > 1)][:5]),
                    allowed="0 to 1, or NaN where there is no test",
                )
            ]
        )
    if p.ndim == 0:
        return np.asarray(p[()])
    order = np.argsort(p, axis=-1)  # NaN goes last
    ordered = np.take_along_axis(p, order, axis=-1)
    tests = (~np.isnan(p)).sum(axis=-1, keepdims=True)
    rank = np.arange(1, p.shape[-1] + 1)
    raised = np.where(np.isnan(ordered), np.inf, ordered * tests / rank)
    lowest = np.minimum.accumulate(raised[..., ::-1], axis=-1)[..., ::-1]
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(lowest, 1.0), axis=-1)
    return np.where(np.isnan(p), np.nan, adjusted)
