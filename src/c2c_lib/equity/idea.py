"""Risk ratios of the federal rule on significant disproportionality in special education."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, checked_counts, scalar_if_single
from c2c_lib.equity.differences import ratio_interval
from c2c_lib.errors import Problems

__all__ = ["RISK_RATIO_STATUSES", "RiskRatio", "idea_risk_ratio"]

RISK_RATIO_STATUSES: Final[dict[str, str]] = {
    "risk_ratio": "Compared with all other children of the district.",
    "alternate_risk_ratio": "Compared with all other children of the state, because the other "
    "children of the district are too few.",
    "not_calculated_group_below_minimum": "The group is too small.",
    "not_calculated_comparison_below_minimum": "Neither the other children of the district nor "
    "those of the state are enough.",
    "not_calculated_comparison_zero": "No child of the comparison has the outcome.",
    "not_calculated_unknown": "A number that decides is not known.",
}
"""What a risk ratio was compared with, or why there is none, in plain words."""


class RiskRatio(NamedTuple):
    """Risk ratios by the federal rule; every field has the shape of the counts.

    Attributes
    ----------
    risk : ndarray
        Share of the group with the outcome; NaN where the group is below the minimum.
    ratio, lower, upper : ndarray
        Risk ratio or alternate risk ratio, and its limits; NaN where not calculated.
    status : ndarray of str
        A key of `RISK_RATIO_STATUSES`.
    """

    risk: FloatArray
    ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    status: NDArray[np.str_]


def idea_risk_ratio(
    group_outcome: ArrayLike,
    group_n: ArrayLike,
    other_outcome: ArrayLike,
    other_n: ArrayLike,
    *,
    state_other_outcome: ArrayLike | None = None,
    state_other_n: ArrayLike | None = None,
    min_cell: float = 10,
    min_n: float = 30,
    level: float = 0.95,
) -> RiskRatio:
    r"""Return the risk ratio or alternate risk ratio of the significant-disproportionality rule.

    Parameters
    ----------
    group_outcome, group_n : array_like
        Children of the racial or ethnic group in the district with the outcome
        (identified, placed, removed), and all of them.
    other_outcome, other_n : array_like
        The same for all *other* children of the district.
    state_other_outcome, state_other_n : array_like, optional
        The same for all other children of the state.
    min_cell, min_n : float
        Smallest number with the outcome, and smallest number of children. At most 10 and
        30 are presumed reasonable; the state sets them.
    level : float
        Confidence level of the limits, which the rule does not ask for.

    Returns
    -------
    RiskRatio
        By this table (at least the minimum is enough):

        ============ ================== ================= ==============================
        group        others, district   others, state     status
        ============ ================== ================= ==============================
        below either any                any               not_calculated_group_...
        enough       both enough        any               risk_ratio
        enough       below either       both enough       alternate_risk_ratio
        enough       below either       below or unknown  not_calculated_comparison_...
        ============ ================== ================= ==============================

        With a minimum cell of 0 a comparison without any outcome gives no ratio
        (``not_calculated_comparison_zero``). Unknown counts of the group or of the
        district give ``not_calculated_unknown``.

    Raises
    ------
    InputError
        For counts that are negative or above the number of children, or minima below 0.

    Notes
    -----
    Risk is outcome / children; the ratio divides the group's risk by that of the others.
    Limits are Katz's.

    References
    ----------
    34 CFR 300.646 and 300.647.

    Examples
    --------
    >>> found = idea_risk_ratio([140, 22], [1900, 310], [95, 7], [1510, 240],
    ...                         state_other_outcome=1400, state_other_n=30000)
    >>> found.ratio.round(2), found.status.tolist()
    (array([1.17, 1.52]), ['risk_ratio', 'alternate_risk_ratio'])
    """
    _check_minima(min_cell=min_cell, min_n=min_n)
    x, n, y, m, s, t = checked_counts(
        group=(group_outcome, group_n),
        others=(other_outcome, other_n),
        state=(_or_nan(state_other_outcome), _or_nan(state_other_n)),
    )
    # checked_counts turns an empty side into NaN; an empty group is below the minimum.
    empty = [
        np.broadcast_to(np.asarray(_or_nan(size)) == 0, x.shape) for size in (group_n, other_n)
    ]
    unknown = (np.isnan(x) & ~empty[0]) | (np.isnan(y) & ~empty[1])
    group, local, state = ((a >= min_cell) & (b >= min_n) for a, b in ((x, n), (y, m), (s, t)))
    cases, of = np.where(local, y, s), np.where(local, m, t)
    status = np.select(
        [unknown, ~group, ~local & ~state, cases == 0, local],
        [
            "not_calculated_unknown",
            "not_calculated_group_below_minimum",
            "not_calculated_comparison_below_minimum",
            "not_calculated_comparison_zero",
            "risk_ratio",
        ],
        default="alternate_risk_ratio",
    )
    done = np.isin(status, ["risk_ratio", "alternate_risk_ratio"])
    risk = np.where(group & ~unknown, x / n, np.nan)
    used = np.where(done, x, np.nan)
    low, high = ratio_interval(used, n, np.where(done, cases, np.nan), of, level=level)
    ratio = np.where(done, risk / np.where(done, cases / of, 1.0), np.nan)
    fields = (risk, ratio, low, high, status)
    return RiskRatio(*(scalar_if_single(np.asarray(field)) for field in fields))


def _or_nan(values: ArrayLike | None) -> ArrayLike:
    return np.nan if values is None else values


def _check_minima(**minima: float) -> None:
    problems = Problems()
    for name, value in minima.items():
        if not 0 <= value < np.inf:
            problems.add(name, "is negative or infinite", value=value, allowed="0 or more")
    problems.raise_if_any()
