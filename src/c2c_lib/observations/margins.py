"""Margins of error of sums and proportions of survey estimates, by the Census Bureau's formulas.

The formulas are those of the American Community Survey General Handbook (2020), chapter 8.
They are approximations, because they take the parts for independent; a published margin
is always better than one worked out here. All functions take scalars or arrays of any
shape that NumPy can broadcast, and pass a missing value (NaN) on.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Z_90", "Z_95", "margin_at_90", "proportion_margin", "sum_margin"]

Z_90: Final = 1.645
"""The factor the Census Bureau uses for its 90 % margins."""

Z_95: Final = 1.96
"""The usual factor for 95 % intervals."""

Floats = NDArray[np.float64]


def sum_margin(
    estimates: ArrayLike, margins: ArrayLike, axis: int = -1, *, zero_rule: bool = True
) -> Floats:
    r"""Return the margin of error of a sum of estimates.

    .. math:: m = \sqrt{\sum_{x_i \ne 0} m_i^2 + \max_{x_i = 0} m_i^2}

    Parameters
    ----------
    estimates, margins : array_like
        The parts and their margins of error, of the same shape; margins are not negative.
    axis : int
        The axis along which the parts lie.
    zero_rule : bool
        Whether of all zero estimates only the largest margin counts, as the Bureau asks;
        False gives the plain root of the sum of squares, for comparison.

    Returns
    -------
    ndarray of float
        In the unit of the margins, without `axis`.

    Raises
    ------
    ValueError
        If the shapes differ or a margin is negative.

    Notes
    -----
    Of all parts whose estimate is zero only the largest margin counts, and it counts once:
    zero estimates of one survey share the same floor, which would otherwise pile up.

    References
    ----------
    US Census Bureau, *Understanding and Using American Community Survey Data*, chapter 8.

    Examples
    --------
    Never-married women in three places of Virginia (the handbook prints 5,070):

    >>> round(float(sum_margin([135173, 43104, 24842], [3860, 2642, 1957])))
    5070
    >>> float(sum_margin([0, 0, 40], [12, 5, 9]))
    15.0
    """
    parts = np.asarray(estimates, dtype=np.float64)
    errors = _margins(margins)
    if parts.shape != errors.shape:
        raise ValueError(
            f"estimates have shape {parts.shape} and margins {errors.shape}, "
            "but are expected to have the same"
        )
    zero = (parts == 0) & zero_rule
    of_parts = np.where(zero, 0.0, errors)
    of_zeros = np.where(zero, errors, 0.0).max(axis=axis, initial=0.0)
    total = np.sqrt((of_parts**2).sum(axis=axis) + of_zeros**2)
    unknown = np.isnan(parts).any(axis=axis)
    return np.asarray(np.where(unknown, np.nan, total), dtype=np.float64)


def proportion_margin(
    numerator: ArrayLike,
    numerator_margin: ArrayLike,
    denominator: ArrayLike,
    denominator_margin: ArrayLike,
) -> Floats:
    r"""Return the margin of error of a proportion whose numerator is part of its denominator.

    .. math:: m_p = \frac{1}{y} \sqrt{m_x^2 - p^2 m_y^2}, \qquad p = x / y

    Parameters
    ----------
    numerator, denominator : array_like
        Counts x and y.
    numerator_margin, denominator_margin : array_like
        Their margins of error, not negative.

    Returns
    -------
    ndarray of float
        In the unit of the proportion (a share); NaN where the denominator is zero.

    Raises
    ------
    ValueError
        If a margin is negative.

    Notes
    -----
    Where the radicand is zero or negative the plus sign takes the place of the minus (the
    formula for a ratio), as the handbook says; the sign is judged by
    :math:`m_x y \le x m_y`, which whole numbers decide without rounding.

    References
    ----------
    US Census Bureau, *Understanding and Using American Community Survey Data*, chapter 8.

    Examples
    --------
    The share of never-married women (the handbook prints 0.322 and 0.008):

    >>> round(float(proportion_margin(203119, 5070, 630498, 831)), 3)
    0.008
    >>> proportion_margin([2, 0], [3, 12], [2, 0], [3, 12]).round(3)
    array([2.121,   nan])
    """
    x, y = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    m_x, m_y = _margins(numerator_margin), _margins(denominator_margin)
    whole = np.where(y == 0, np.nan, y)
    shared = (x / whole * m_y) ** 2
    sign = np.where(m_x * y <= x * m_y, 1.0, -1.0)
    # The floor catches the last rounding of a radicand that is above zero by less than it.
    radicand = np.maximum(m_x**2 + sign * shared, 0.0)
    return np.asarray(np.sqrt(radicand) / whole, dtype=np.float64)


def margin_at_90(half_width: ArrayLike, z: float = Z_95) -> Floats:
    """Return the 90 % margin of error of an interval published at another level.

    Parameters
    ----------
    half_width : array_like
        Half of the published interval, not negative.
    z : float
        The factor behind the published interval; 1.96 for 95 %.

    Returns
    -------
    ndarray of float
        ``half_width * 1.645 / z``.

    Raises
    ------
    ValueError
        If a half width is negative.

    Examples
    --------
    >>> float(margin_at_90(0.0196))
    0.01645
    """
    return np.asarray(_margins(half_width) / z * Z_90, dtype=np.float64)


def _margins(values: ArrayLike) -> Floats:
    margins = np.asarray(values, dtype=np.float64)
    if (margins < 0).any():
        raise ValueError(
            f"margin of error is {margins[margins < 0].flat[0]:g}, but is expected to be 0 or more"
        )
    return margins
