"""Margins of error of what is worked out from survey estimates.

The formulas are those of the American Community Survey General Handbook (2020), chapter 8.
They take the estimates for independent; where two estimates share people the true margin
is mostly smaller. All functions take scalars or arrays that NumPy can broadcast, and pass
a missing value (NaN) on. `sum_margin` and `proportion_margin` stand one room below, so
that the sources can use them too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import (
    FloatArray,
    Interval,
    broadcast,
    normal_quantile,
    scalar_if_single,
)
from c2c_lib.errors import InputError, Problem
from c2c_lib.observations.margins import Z_90, proportion_margin, sum_margin

__all__ = [
    "coefficient_of_variation",
    "difference_margin",
    "margin_interval",
    "product_margin",
    "proportion_margin",
    "ratio_margin",
    "relative_change_margin",
    "standard_error",
    "sum_margin",
]


def standard_error(margin: ArrayLike) -> FloatArray:
    """Return the standard error of an estimate from its 90 % margin of error.

    Examples
    --------
    >>> round(float(standard_error(99234)))
    60325
    """
    (m,) = _margins(margin)
    return np.asarray(scalar_if_single(m / Z_90))


def coefficient_of_variation(estimate: ArrayLike, margin: ArrayLike) -> FloatArray:
    """Return the standard error as a share of the estimate; NaN where that is zero.

    Parameters
    ----------
    estimate, margin : array_like
        Estimates and their 90 % margins of error, in the same unit.

    Examples
    --------
    >>> round(float(coefficient_of_variation(1500, 900)), 4)
    0.3647
    """
    x, m = np.broadcast_arrays(*broadcast(estimate), *_margins(margin))
    whole = np.where(x == 0, np.nan, np.abs(x))
    return np.asarray(m / Z_90 / whole)


def difference_margin(first_margin: ArrayLike, second_margin: ArrayLike) -> FloatArray:
    r"""Return the margin of the difference of two estimates, :math:`\sqrt{m_1^2 + m_2^2}`.

    For the change between two periods use periods that do not overlap: overlapping
    five-year windows share most of their sample.

    Examples
    --------
    >>> float(difference_margin(3.0, 4.0))
    5.0
    """
    first, second = _margins(first_margin, second_margin)
    return np.asarray(np.hypot(first, second))


def ratio_margin(
    numerator: ArrayLike,
    numerator_margin: ArrayLike,
    denominator: ArrayLike,
    denominator_margin: ArrayLike,
) -> FloatArray:
    r"""Return the margin of a ratio whose numerator is not part of its denominator.

    .. math:: m_R = \frac{1}{y} \sqrt{m_x^2 + R^2 m_y^2}, \qquad R = x / y

    Returns
    -------
    ndarray of float
        In the unit of the ratio; NaN where the denominator is zero.

    Examples
    --------
    Never-married men per never-married woman (the handbook prints 1.117 and 0.039):

    >>> round(float(ratio_margin(226840, 5556, 203119, 5070)), 3)
    0.039
    """
    x, y = broadcast(numerator, denominator)
    m_x, m_y = _margins(numerator_margin, denominator_margin)
    whole = np.where(y == 0, np.nan, np.abs(y))
    return np.asarray(np.hypot(m_x, x / whole * m_y) / whole)


def product_margin(
    first: ArrayLike, first_margin: ArrayLike, second: ArrayLike, second_margin: ArrayLike
) -> FloatArray:
    r"""Return the margin of a product, :math:`\sqrt{a^2 m_b^2 + b^2 m_a^2}`.

    Examples
    --------
    The number behind a share: 35 % (± 6 points) of 1,200 (± 180) households.

    >>> round(float(product_margin(1200, 180, 0.35, 0.06)), 1)
    95.7
    """
    a, b = broadcast(first, second)
    m_a, m_b = _margins(first_margin, second_margin)
    return np.asarray(np.hypot(a * m_b, b * m_a))


def relative_change_margin(
    earlier: ArrayLike, earlier_margin: ArrayLike, later: ArrayLike, later_margin: ArrayLike
) -> FloatArray:
    """Return the margin of ``(later - earlier) / earlier``, which is that of their ratio.

    Returns
    -------
    ndarray of float
        As a share of the earlier estimate; NaN where that is zero.

    Examples
    --------
    >>> round(float(relative_change_margin(2000, 150, 2400, 180)), 4)
    0.1273
    """
    return ratio_margin(later, later_margin, earlier, earlier_margin)


def margin_interval(
    estimate: ArrayLike,
    margin: ArrayLike,
    level: float = 0.95,
    *,
    minimum: float = -np.inf,
    maximum: float = np.inf,
) -> Interval:
    """Return the interval of a survey estimate at any level from its 90 % margin.

    Parameters
    ----------
    estimate, margin : array_like
        Estimates and their 90 % margins of error, in the same unit.
    level : float
        Confidence level as a share. At 0.90 the published margin is used as it stands;
        at any other level it is scaled by z(level) / 1.645, the Census Bureau's factor.
    minimum, maximum : float
        What the quantity cannot go below or above (0 and 1 for a share); limits stop there.

    Returns
    -------
    Interval
        In the unit of the estimate; NaN where estimate or margin is unknown.

    Raises
    ------
    InputError
        If a margin is negative or the level is not between 0 and 1.

    Examples
    --------
    >>> low, high = margin_interval(0.18, 0.05, minimum=0, maximum=1)
    >>> print(f"{low:.4f} {high:.4f}")
    0.1204 0.2396
    """
    factor = 1.0 if level == 0.90 else normal_quantile(level) / Z_90
    x, m = np.broadcast_arrays(*broadcast(estimate), *_margins(margin))
    lower, upper = np.maximum(x - m * factor, minimum), np.minimum(x + m * factor, maximum)
    return Interval(scalar_if_single(lower), scalar_if_single(upper))


def _margins(*values: ArrayLike) -> tuple[FloatArray, ...]:
    arrays = broadcast(*values)
    negative = [float(v) for array in arrays for v in array[array < 0].flat]
    if negative:
        raise InputError(
            [
                Problem(
                    where="margin of error",
                    what="is negative",
                    value=", ".join(f"{v:.12g}" for v in negative[:5]),
                    allowed="0 or more, or NaN where unknown",
                    remedy="The Census Bureau's negative codes (-222222222 ...) are not margins: "
                    "turn them into missing values when the file is read.",
                )
            ]
        )
    return arrays
