"""How much one income moves a measure: what standard errors of single samples are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from c2c_lib.equity.arrays import FloatArray

__all__ = ["INFLUENCES", "standard_errors"]


class _Moments(NamedTuple):
    """Incomes in ascending order, and their weights as shares along the last axis."""

    y: FloatArray
    share: FloatArray

    def mean(self, values: FloatArray) -> FloatArray:
        """Return a weighted mean, with a last axis of 1."""
        return np.asarray((self.share * values).sum(axis=-1, keepdims=True))


_Influence = Callable[[_Moments], tuple[FloatArray, FloatArray]]


def _gini(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    below = np.cumsum(of.share, axis=-1)
    income_below = np.cumsum(of.share * y, axis=-1)
    # The mean distance of one income from all others; ties add nothing to it.
    distance = y * (2 * below - 1) + mu - 2 * income_below
    whole = of.mean(distance)
    value = whole / (2 * mu)
    return value, (distance - whole) / mu - value * (y - mu) / mu


def _theil(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    product = y * np.log(np.where(y > 0, y, 1.0))
    nu = of.mean(product)
    return nu / mu - np.log(mu), (product - nu) / mu - (nu + mu) / mu**2 * (y - mu)


def _mld(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    log = np.log(y)
    middle = of.mean(log)
    return np.log(mu) - middle, (y - mu) / mu - (log - middle)


def _half_squared_cv(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    square = of.mean(y**2)
    value = square / (2 * mu**2) - 1 / 2
    return value, (y**2 - square) / (2 * mu**2) - square / mu**3 * (y - mu)


def _atkinson_half(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    root = np.sqrt(y)
    middle = of.mean(root)
    return 1 - middle**2 / mu, -2 * middle / mu * (root - middle) + (middle / mu) ** 2 * (y - mu)


def _atkinson_one(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    log = np.log(y)
    middle = of.mean(log)
    part = np.exp(middle) / mu
    return 1 - part, part * ((y - mu) / mu - (log - middle))


def _palma(of: _Moments) -> tuple[FloatArray, FloatArray]:
    y, mu = of.y, of.mean(of.y)
    (bottom, by_bottom), (rest, by_rest) = (_up_to(of, share) for share in (0.4, 0.9))
    top = mu - rest
    return top / bottom, ((y - mu) - by_rest) / bottom - top / bottom**2 * by_bottom


def _up_to(of: _Moments, share: float) -> tuple[FloatArray, FloatArray]:
    """Return the income of the poorest, per head of all, and how each income moves it."""
    y = of.y
    reached = np.cumsum(of.share, axis=-1)
    place = np.argmax(reached >= share - 1e-12, axis=-1)[..., None]
    end = np.take(y, place)
    inside = np.clip(share - (reached - of.share), 0.0, of.share)
    income = (inside * y).sum(axis=-1, keepdims=True)
    return income, share * end - income + np.where(y <= end, y - end, 0.0)


INFLUENCES: Final[dict[str, _Influence]] = {
    "gini": _gini,
    "theil": _theil,
    "mld": _mld,
    "half_squared_cv": _half_squared_cv,
    "atkinson_0.5": _atkinson_half,
    "atkinson_1": _atkinson_one,
    "palma": _palma,
}
"""The measures that single incomes move smoothly: all but ratios of percentiles."""


def standard_errors(
    name: str, y: FloatArray, weights: FloatArray, times: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return a measure and its standard error in every sample.

    Parameters
    ----------
    name : str
        A key of `INFLUENCES`.
    y : ndarray, shape (n,)
        Incomes in ascending order.
    weights : ndarray, shape (n,)
        For how many each stands.
    times : ndarray, shape (..., n)
        How often each is in the sample.

    Returns
    -------
    (value, error) : ndarrays, shape (...)

    Notes
    -----
    :math:`SE^2 = \frac{n}{n-1} \sum_i t_i (w_i / W)^2 IF_i^2` with the influence function of
    the measure; for the Gini index :math:`IF_i = (d_i - \bar d)/\mu - G (y_i - \mu)/\mu`,
    :math:`d_i` the mean distance of the income from all.

    References
    ----------
    Cowell & Flachaire 2007, J Econometrics 141:1044-1072. Davidson 2009, J Econometrics
    150:30-40.
    """
    # Nobody with an income, or one without in a logarithm: what is not defined becomes NaN.
    with np.errstate(divide="ignore", invalid="ignore"):
        total = (times * weights).sum(axis=-1, keepdims=True)
        one = weights / total
        value, influence = INFLUENCES[name](_Moments(y, times * one))
        size = times.sum(axis=-1)
        spread = (times * (one * influence) ** 2).sum(axis=-1) * size / (size - 1)
    return value[..., 0], np.sqrt(spread)
