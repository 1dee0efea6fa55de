"""Quantiles of many Gamma distributions at once."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import special
from scipy.interpolate import CubicSpline

from c2c_lib.equity.arrays import FloatArray

__all__ = ["gamma_quantile"]

_KNOTS: Final = 1024
_MANY: Final = 4 * _KNOTS
_SMALLEST_SHAPE: Final = 1.0


def gamma_quantile(shape: FloatArray, chance: float) -> FloatArray:
    r"""Return the quantile of Gamma distributions of rate 1.

    Parameters
    ----------
    shape : ndarray
        Above 0; NaN stays NaN.
    chance : float
        Probability below the quantile, between 0 and 1; the same for all.

    Returns
    -------
    ndarray of float
        Right to about 1e-11 of its size.

    Notes
    -----
    At one probability the quantile q is a function of the shape a alone, and by Wilson and
    Hilferty :math:`(q/a)^{1/3}` is nearly linear in :math:`a^{-1/2}`. With many shapes it is
    worked out exactly at 1,024 knots of :math:`a^{-1/2}` and interpolated by a cubic spline,
    which is ten times as fast as inverting every distribution. Shapes below 1, where it bends,
    are always inverted.

    References
    ----------
    Wilson & Hilferty 1931, Proc Natl Acad Sci 17:684-688.

    Examples
    --------
    >>> gamma_quantile(np.array([1.0, 10.0]), 0.5).round(4)
    array([0.6931, 9.6687])
    """
    smooth = shape >= _SMALLEST_SHAPE
    if np.count_nonzero(smooth) < _MANY:
        return _inverted(shape, chance)
    found = np.full(shape.shape, np.nan)
    rest = ~smooth & ~np.isnan(shape)
    found[rest] = _inverted(shape[rest], chance)
    some = shape[smooth]
    place = 1 / np.sqrt(some)
    first, last = float(place.min()), float(place.max())
    if first == last:
        found[smooth] = _inverted(some[:1], chance)
        return found
    knots = np.linspace(first, last, _KNOTS)
    at = knots**-2.0
    root = CubicSpline(knots, np.cbrt(_inverted(at, chance) / at))(place)
    found[smooth] = some * root**3
    return found


def _inverted(shape: FloatArray, chance: float) -> FloatArray:
    """Return quantiles by inverting the nearer tail."""
    if chance <= 0.5:
        return np.asarray(special.gammaincinv(shape, chance))
    return np.asarray(special.gammainccinv(shape, 1 - chance))
