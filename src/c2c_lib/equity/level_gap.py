"""The gap between two groups from their counts by level: Ho and Reardon's V."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from c2c_lib.equity.arrays import FloatArray, normal_quantile
from c2c_lib.errors import Problems

__all__ = ["V_REASONS", "VStatistic", "v_statistic"]

V_REASONS: Final[dict[str, str]] = {
    "fitted": "Fitted to the counts by level.",
    "no_students": "One of the groups has no students.",
    "too_few_levels": "Fewer than three levels have students, so spread and gap cannot be told "
    "apart.",
    "no_overlap": "The counts overlap too little for the gap to have a finite value.",
}
"""How V came about, in plain words."""

_FARTHEST: Final = 8.0
"""Fits that put cuts or groups so many standard deviations apart have no finite value."""

_SINGULAR: Final = 1e12
_LARGEST_LOG: Final = 5.0
_TINY: Final = 1e-12


class VStatistic(NamedTuple):
    """Gaps of two groups in standard deviations, positive where the reference is ahead.

    Attributes
    ----------
    v, standard_error, lower, upper : float
        From the binormal fit by maximum likelihood; NaN unless the reason is ``fitted``.
    probability : float
        Chance that a student of the reference group is ahead of one of the focal group,
        from the fit.
    spread : float
        Standard deviation of the reference group as a multiple of the focal group's.
    v_trapezoid, probability_trapezoid : float
        The same without a model, ties within a level shared half and half. Nearer to 0
        than the truth, because differences within a level are not seen.
    mean_probit_gap : float
        Mean over the cuts of the probit gap; cuts that nobody or everybody of a group
        passes are left out.
    reason : str
        A key of `V_REASONS`.
    """

    v: float
    standard_error: float
    lower: float
    upper: float
    probability: float
    spread: float
    v_trapezoid: float
    probability_trapezoid: float
    mean_probit_gap: float
    reason: str


def v_statistic(reference: ArrayLike, focal: ArrayLike, *, level: float = 0.95) -> VStatistic:
    r"""Return the gap between two groups from how many students reached each level.

    Parameters
    ----------
    reference, focal : array_like
        Students by level, lowest first; three or more levels with the same cuts.
    level : float
        Confidence level of the limits.

    Returns
    -------
    VStatistic
        The gap that two normal distributions would have, whatever the scale of the scores:
        it does not depend on where the cuts lie, and no change of scale changes it.

    Raises
    ------
    InputError
        For different numbers of levels, fewer than two, or counts that are negative or
        not finite.

    Notes
    -----
    V is :math:`\sqrt 2\,\Phi^{-1}(P(R > F))`. The fit takes the focal group's scores, on
    some scale, for N(0, 1) and the reference group's for :math:`N(\mu, \sigma^2)`; a cut
    lies at :math:`c_k`, so :math:`P_F(\text{below } k) = \Phi(c_k)` and
    :math:`P_R(\text{below } k) = \Phi((c_k - \mu)/\sigma)`. This is the binormal ROC
    curve; with it :math:`V = \mu / \sqrt{(1 + \sigma^2)/2}`. The likelihood of the counts
    is maximised over cuts, :math:`\mu` and :math:`\sigma`; the standard error is the delta
    method's with the expected information. With three levels the fit is exact.

    The counts are taken for students without measurement error; scores with reliability
    r give a gap about :math:`\sqrt r` times that of the true scores (Reardon & Ho 2015).

    References
    ----------
    Ho & Reardon 2012, J Educ Behav Stat 37:489-517. Reardon & Ho 2015, J Educ Behav Stat
    40:158-189. Dorfman & Alf 1969, J Math Psychol 6:487-496.

    Examples
    --------
    >>> found = v_statistic([50, 120, 260, 310], [420, 510, 430, 190])
    >>> print(f"{found.v:.3f} ({found.lower:.3f} to {found.upper:.3f}); "
    ...       f"by trapezoid {found.v_trapezoid:.3f}")
    0.956 (0.857 to 1.055); by trapezoid 0.878
    """
    z = normal_quantile(level)
    r, f = _checked(reference, focal)
    nan = float("nan")
    if not (r.sum() and f.sum()):
        return VStatistic(nan, nan, nan, nan, nan, nan, nan, nan, nan, "no_students")
    probability = _trapezoid(r, f)
    plain = float(np.sqrt(2) * special.ndtri(probability))
    mean_gap = _mean_probit_gap(r, f)
    seen = r + f > 0  # a level without students has no cut of its own
    r, f = r[seen], f[seen]
    reason = "fitted" if r.size >= 3 else "too_few_levels"
    sigma = v = error = nan
    if reason == "fitted":
        sigma, v, error = _fit_either_way(r, f)
        if np.isnan(v):
            reason = "no_overlap"
    chance = float(special.ndtr(v / np.sqrt(2)))
    half = z * error
    return VStatistic(
        v, error, v - half, v + half, chance, sigma, plain, probability, mean_gap, reason
    )


def _checked(reference: ArrayLike, focal: ArrayLike) -> tuple[FloatArray, FloatArray]:
    r, f = (np.asarray(counts, dtype=np.float64) for counts in (reference, focal))
    problems = Problems()
    for name, counts in (("reference", r), ("focal", f)):
        if counts.ndim != 1 or counts.size < 2:
            problems.add(name, "is not a list of counts by level", value=str(counts.shape))
        elif not (np.isfinite(counts) & (counts >= 0)).all():
            problems.add(
                name,
                "has counts that are negative or not finite",
                value=str(counts.tolist()),
                remedy="Hidden counts cannot be used: take the range over what they can be.",
            )
    if not len(problems) and r.size != f.size:
        problems.add(
            "levels",
            "differ between the groups",
            value=f"{r.size} and {f.size}",
            remedy="Give levels without students as 0.",
        )
    problems.raise_if_any()
    return r, f


def _trapezoid(r: FloatArray, f: FloatArray) -> float:
    """Return P(R > F) + P(R = F) / 2 by level."""
    below = np.cumsum(f) - f
    return float((r * (below + f / 2)).sum() / (r.sum() * f.sum()))


def _mean_probit_gap(r: FloatArray, f: FloatArray) -> float:
    passed = [np.cumsum(counts)[:-1] / counts.sum() for counts in (f, r)]
    inner = np.logical_and.reduce([(share > 0) & (share < 1) for share in passed])
    if not inner.any():
        return float("nan")
    gaps = special.ndtri(passed[0][inner]) - special.ndtri(passed[1][inner])
    return float(gaps.mean())


def _fit_either_way(r: FloatArray, f: FloatArray) -> tuple[float, float, float]:
    """Return the spread of the reference group, V and its standard error.

    Near the edge the search can end in a flat place from one side and not from another, so
    groups and levels are also turned around: whether V exists must not hang on their order.
    """
    turned = ((r, f, 1, 1), (f, r, -1, -1), (r[::-1], f[::-1], 1, -1), (f[::-1], r[::-1], -1, 1))
    for one, other, power, sign in turned:
        sigma, v, error = _fit(one, other)
        if not np.isnan(v):
            return sigma**power, sign * v, error
    return (float("nan"),) * 3


def _fit(r: FloatArray, f: FloatArray) -> tuple[float, float, float]:
    """Return the spread of the reference group, V and its standard error."""
    found = optimize.minimize(
        _loss, _start(r, f), args=(r, f), jac=True, method="BFGS", options={"gtol": 1e-8}
    )
    x = _with_cuts(found.x)
    none = (float("nan"),) * 3
    if max(np.abs(x[:-1]).max(), 2 * abs(x[-1])) > _FARTHEST:
        return none
    information = _information(x, r.sum(), f.sum())
    if np.linalg.cond(information) > _SINGULAR:
        return none
    mu, sigma = float(x[-2]), float(np.exp(x[-1]))
    pooled = np.sqrt((1 + sigma**2) / 2)
    slope = np.zeros(x.size)
    slope[-2:] = 1 / pooled, -mu * sigma**2 / (2 * pooled**3)
    error = float(np.sqrt(slope @ np.linalg.solve(information, slope)))
    # Where the best value is infinite the search stops somewhere flat: nothing is known.
    return (sigma, float(mu / pooled), error) if error < _FARTHEST else none


def _start(r: FloatArray, f: FloatArray) -> FloatArray:
    """Return the first cut, the logarithms of the steps to the next ones, no gap, spread 1."""
    cuts = special.ndtri(np.cumsum(r + f)[:-1] / (r + f).sum())
    return np.concatenate([cuts[:1], np.log(np.diff(cuts)), [0.0, 0.0]])


def _with_cuts(x: FloatArray) -> FloatArray:
    """Return the parameters with cuts in the place of steps."""
    steps = np.minimum(x[1:-2], _LARGEST_LOG)
    return np.concatenate([x[0] + np.cumsum([0.0, *np.exp(steps)]), x[-2:]])


def _cells(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return the chance of each level for focal and reference, and their derivatives.

    Parameters are the cuts, the mean and the log spread of the reference group.
    """
    cuts, mu, sigma = x[:-2], x[-2], np.exp(x[-1])
    scaled = (cuts - mu) / sigma
    densities = [np.exp(-(c**2) / 2) / np.sqrt(2 * np.pi) for c in (cuts, scaled)]
    below = [np.concatenate([[0.0], special.ndtr(c), [1.0]]) for c in (cuts, scaled)]
    k = cuts.size
    focal, reference = np.zeros((k + 2, k + 2)), np.zeros((k + 2, k + 2))
    focal[1:-1, :k] = np.diag(densities[0])
    reference[1:-1, :k] = np.diag(densities[1] / sigma)
    reference[1:-1, k] = -densities[1] / sigma
    reference[1:-1, k + 1] = -densities[1] * scaled
    return np.diff(below[0]), np.diff(below[1]), np.diff(focal, axis=0), np.diff(reference, axis=0)


def _loss(x: FloatArray, r: FloatArray, f: FloatArray) -> tuple[float, FloatArray]:
    """Return minus the mean log-likelihood and its gradient."""
    total = r.sum() + f.sum()
    focal, reference, d_focal, d_reference = _cells(_with_cuts(x))
    focal, reference = np.maximum(focal, _TINY), np.maximum(reference, _TINY)
    value = -(f @ np.log(focal) + r @ np.log(reference)) / total
    gradient = -(d_focal.T @ (f / focal) + d_reference.T @ (r / reference)) / total
    by_cut = gradient[:-2]
    later = np.cumsum(by_cut[::-1])[::-1]  # a step moves its own cut and all that follow
    steps = np.exp(np.minimum(x[1:-2], _LARGEST_LOG)) * later[1:]
    return float(value), np.concatenate([later[:1], steps, gradient[-2:]])


def _information(x: FloatArray, r_total: float, f_total: float) -> FloatArray:
    focal, reference, d_focal, d_reference = _cells(x)
    return np.asarray(
        f_total * (d_focal.T / focal) @ d_focal
        + r_total * (d_reference.T / reference) @ d_reference
    )
