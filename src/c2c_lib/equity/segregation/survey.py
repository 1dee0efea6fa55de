"""How many children it is as if a survey had asked, from its margins of error."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, broadcast
from c2c_lib.equity.margins import standard_error
from c2c_lib.errors import InputError, Problem

__all__ = ["effective_numbers"]


def effective_numbers(share: ArrayLike, moe90: ArrayLike, size: ArrayLike) -> FloatArray:
    r"""Return the number of children of a simple random sample with the same margins.

    Parameters
    ----------
    share, moe90 : array_like, shape (units,)
        Share of a group and its 90 % margin, from 0 to 1.
    size : array_like, shape (units,)
        Children in the unit.

    Returns
    -------
    ndarray of float
        :math:`n = p (1 - p) / SE^2`, from 1 to the size of the unit. A share of 0 or 1, and one
        without a margin, has none of its own: it gets the median part of the children that the
        other units have.

    Raises
    ------
    InputError
        If no unit has a share between 0 and 1 with a margin.

    References
    ----------
    Korn & Graubard 1998, Survey Methodology 24:193-201.

    Examples
    --------
    >>> effective_numbers([0.5, 0.2, 0.0], [0.0823, 0.0823, 0.05], [1000, 500, 800]).round()
    array([100.,  64.,  91.])
    """
    p, m, n = broadcast(share, moe90, size)
    error = np.asarray(standard_error(m))
    with np.errstate(divide="ignore", invalid="ignore"):
        own = p * (1 - p) / error**2
    usable = (p > 0) & (p < 1) & (error > 0) & (n > 0)
    if not usable.any():
        raise InputError(
            [
                Problem(
                    "moe90",
                    "says of no unit how many were asked",
                    allowed="a margin above 0 for some share between 0 and 1",
                )
            ]
        )
    part = float(np.median(own[usable] / n[usable]))
    return np.clip(np.where(usable, own, part * n), 1.0, np.maximum(n, 1.0))
