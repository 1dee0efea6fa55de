"""Are the groups different at all? Cochran's test of equal figures."""

from __future__ import annotations

from typing import cast

import numpy as np
from scipy import stats

from c2c_lib.equity.inequality.groups import BoolArray, Groups

__all__ = ["proven_unequal"]


def proven_unequal(groups: Groups, level: float = 0.95) -> BoolArray:
    r"""Return where the figures differ by more than chance explains.

    Parameters
    ----------
    groups : Groups
        With standard errors.
    level : float
        Confidence level as a share.

    Returns
    -------
    ndarray of bool
        False too where a standard error is unknown, and with one group. Two figures without
        error (standard error 0) that differ are unequal for certain.

    Notes
    -----
    :math:`Q = \sum_j (y_j - \bar y_w)^2 / s_j^2 > \chi^2_{k-1}(level)` with the mean
    weighted by :math:`1/s_j^2`.

    References
    ----------
    Cochran 1954, Biometrics 10:101-129.

    Examples
    --------
    >>> proven_unequal(Groups.of([[0.3, 0.5], [0.3, 0.5]],
    ...                          standard_error=[[0.02, 0.02], [0.2, 0.2]])).tolist()
    [True, False]
    """
    name = f"proven unequal at {level!r}"
    if name not in groups.memo:
        groups.memo[name] = _cochran(groups, level)
    return cast("BoolArray", groups.memo[name])


def _cochran(groups: Groups, level: float) -> BoolArray:
    y, s = groups.filled(0.0), np.where(groups.present, groups.standard_error, 0.0)
    exact = groups.present & (s == 0)
    weight = np.where(groups.present & ~exact, 1 / np.where(s > 0, s, 1.0) ** 2, 0.0)
    # A figure without error fixes the common value; two different ones refute it.
    some = exact.any(axis=-1)
    fixed = np.where(exact, y, 0.0).sum(axis=-1) / np.maximum(exact.sum(axis=-1), 1)
    total = weight.sum(axis=-1)
    pooled = (weight * y).sum(axis=-1) / np.where(total > 0, total, 1.0)
    centre = np.where(some, fixed, pooled)[..., None]
    q = (weight * (y - centre) ** 2).sum(axis=-1)
    refuted = (exact & (np.abs(y - centre) > 1e-12 * np.abs(centre))).any(axis=-1)
    free = np.maximum(groups.count - 1, 1)
    bound = stats.chi2.ppf(level, np.arange(1, groups.estimate.shape[-1] + 1))[free - 1]
    return np.asarray(refuted | (q > bound))
