"""What every measure of inequality returns: the estimate with its precision."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from c2c_lib.equity.arrays import FloatArray, normal_quantile, scalar_if_single

__all__ = ["Inequality", "log_limits", "normal_limits"]


class Inequality(NamedTuple):
    """A measure of inequality; every field has one value per setting.

    Attributes
    ----------
    estimate : ndarray
        In the unit of the measure; NaN where it is not defined.
    standard_error : ndarray
        In the unit of the estimate, also where the limits are made on the log scale (there
        it is the estimate times the standard error of its logarithm); NaN where the
        precision of a group is unknown.
    lower, upper : ndarray
        Limits at the level that was asked for.
    """

    estimate: FloatArray
    standard_error: FloatArray
    lower: FloatArray
    upper: FloatArray


def normal_limits(estimate: FloatArray, error: FloatArray, level: float) -> Inequality:
    """Return estimate and standard error with the limits estimate ± z SE."""
    half = normal_quantile(level) * error
    with np.errstate(invalid="ignore"):
        return _result(estimate, error, estimate - half, estimate + half)


def log_limits(estimate: FloatArray, log_error: FloatArray, level: float) -> Inequality:
    """Return a ratio with the limits exp(log R ± z SE(log R))."""
    z = normal_quantile(level)
    with np.errstate(over="ignore", invalid="ignore"):
        factor = np.exp(z * log_error)
        error = np.abs(estimate) * log_error
        lower = np.where(estimate >= 0, estimate / factor, np.nan)
        upper = np.where(estimate >= 0, estimate * factor, np.nan)
    return _result(estimate, error, lower, upper)


def _result(
    estimate: FloatArray, error: FloatArray, lower: FloatArray, upper: FloatArray
) -> Inequality:
    known = np.isfinite(estimate) & np.isfinite(error)
    return Inequality(
        scalar_if_single(np.asarray(estimate)),
        *(scalar_if_single(np.where(known, values, np.nan)) for values in (error, lower, upper)),
    )
