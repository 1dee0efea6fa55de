"""Significant disproportionality over the years: when a high risk ratio has consequences."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.series import checked_series
from c2c_lib.errors import Problems

__all__ = ["DISPROPORTIONALITY_STATUSES", "SignificantDisproportionality", "significant_over_years"]

DISPROPORTIONALITY_STATUSES: Final[dict[str, str]] = {
    "identified": "The ratio was above the threshold in all the years that count.",
    "reasonable_progress": "The ratio was above the threshold in all the years that count, and "
    "fell enough in each of the last two.",
    "above_threshold": "The ratio is above the threshold, but not yet in all the years that count.",
    "not_above_threshold": "The ratio is not above the threshold.",
    "not_calculated": "There is no ratio for this year.",
}
"""What a risk ratio and those of the years before amount to, in plain words."""

_MOST_YEARS: Final = 3
_DUST: Final = 1e-9


class SignificantDisproportionality(NamedTuple):
    """Every field has the shape of the ratios: one value per year.

    Attributes
    ----------
    status : ndarray of str
        A key of `DISPROPORTIONALITY_STATUSES`.
    years_above : ndarray of int
        For how many consecutive years, up to this one, the ratio has been above the threshold.
    progress : ndarray of bool
        Whether the ratio fell enough in each of the last two years.
    """

    status: NDArray[np.str_]
    years_above: NDArray[np.int64]
    progress: NDArray[np.bool_]


def significant_over_years(
    ratios: ArrayLike,
    threshold: ArrayLike,
    *,
    years: int = 3,
    least_progress: ArrayLike | None = None,
) -> SignificantDisproportionality:
    r"""Say in which years a group's risk ratios are significant disproportionality.

    Parameters
    ----------
    ratios : array_like
        Risk ratios or alternate risk ratios of *consecutive* years along the last axis, the
        oldest first (`idea_risk_ratio`); NaN in a year in which none was calculated.
    threshold : array_like
        The state's threshold; a ratio must be above it, being equal is not enough.
        Broadcast over everything but the years.
    years : int
        For how many consecutive years the ratio must be above the threshold; the state
        chooses 1, 2 or 3.
    least_progress : array_like, optional
        By how much the ratio must fall in each of the two years before for the state to call
        that reasonable progress; None if the state does not use it. The state defines it.

    Returns
    -------
    SignificantDisproportionality
        By the first rule that applies: no ratio (``not_calculated``); not above the threshold;
        above it for fewer than `years` consecutive years (``above_threshold``); for all of
        them, and falling enough twice (``reasonable_progress``); otherwise ``identified``. A
        year without a ratio ends the count, and no progress is measured across it.

    Raises
    ------
    InputError
        For ratios or a threshold that are negative or infinite, another number of years, or
        progress that is not above 0; every problem is listed.

    References
    ----------
    34 CFR 300.647(b) and (d).

    Examples
    --------
    >>> found = significant_over_years([3.4, 3.2, 3.1, 2.9], 3.0, least_progress=0.1)
    >>> found.status.tolist()
    ['above_threshold', 'above_threshold', 'reasonable_progress', 'not_above_threshold']
    """
    r = checked_series(ratios, "ratios")
    limit = np.asarray(threshold, dtype=np.float64)
    least = np.asarray(np.inf if least_progress is None else least_progress, dtype=np.float64)
    _check(r, limit, least, years, given=least_progress is not None)
    above = r > limit[..., None] * (1 + _DUST)
    run = np.zeros(r.shape, dtype=np.int64)
    for year in range(r.shape[-1]):
        before = run[..., year - 1] if year else 0
        run[..., year] = np.where(above[..., year], before + 1, 0)
    fell = np.zeros(r.shape, dtype=bool)
    fell[..., 1:] = r[..., :-1] - r[..., 1:] >= least[..., None] - _DUST
    twice = np.zeros(r.shape, dtype=bool)
    twice[..., 1:] = fell[..., 1:] & fell[..., :-1]
    status = np.select(
        [np.isnan(r), ~above, run < years, twice],
        ["not_calculated", "not_above_threshold", "above_threshold", "reasonable_progress"],
        default="identified",
    )
    return SignificantDisproportionality(status, run, twice)


def _check(
    r: NDArray[np.float64],
    limit: NDArray[np.float64],
    least: NDArray[np.float64],
    years: int,
    *,
    given: bool,
) -> None:
    problems = Problems()
    if (r < 0).any():
        shown = ", ".join(f"{v:g}" for v in r[r < 0][:5])
        problems.add("ratios", "are negative", value=shown, allowed="0 or more, or NaN")
    if not ((limit > 0) & np.isfinite(limit)).all():
        problems.add("threshold", "is no ratio", value=str(limit), allowed="a number above 0")
    if years not in range(1, _MOST_YEARS + 1):
        problems.add("years", "is not what the rule allows", value=years, allowed="1, 2 or 3")
    if given and not ((least > 0) & np.isfinite(least)).all():
        problems.add(
            "least_progress",
            "is no fall of a ratio",
            value=str(least),
            allowed="a number above 0, or None where the state does not use it",
        )
    problems.raise_if_any()
