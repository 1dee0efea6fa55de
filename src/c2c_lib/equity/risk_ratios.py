"""Disproportionality: is a group identified, placed or disciplined more often than others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, broadcast, checked_counts, normal_quantile
from c2c_lib.equity.differences import ratio_interval
from c2c_lib.errors import Problems

__all__ = [
    "Disproportionality",
    "IncidentRates",
    "disproportionality",
    "incident_rates",
    "weighted_risk_ratio",
]


class Disproportionality(NamedTuple):
    """Comparison of every group with all others; every field has the shape of the counts.

    Attributes
    ----------
    risk : ndarray
        Share of the group's children with the outcome.
    risk_ratio, lower, upper : ndarray
        Risk of the group through the risk of all other children, and its limits.
    composition, enrolment_share : ndarray
        The group's share of the children with the outcome, and of all children.
    composition_difference : ndarray
        Composition minus share of enrolment, 0-1.
    relative_difference : ndarray
        The same as a share of the share of enrolment.
    composition_index : ndarray
        Composition through share of enrolment; 1 is proportionate.
    excess : ndarray
        Children with the outcome beyond the risk of all other children.
    """

    risk: FloatArray
    risk_ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    composition: FloatArray
    enrolment_share: FloatArray
    composition_difference: FloatArray
    relative_difference: FloatArray
    composition_index: FloatArray
    excess: FloatArray


class IncidentRates(NamedTuple):
    """Incidents by group; every field has the shape of the counts.

    Attributes
    ----------
    per_100 : ndarray
        Incidents per 100 children of the group.
    rate_ratio, lower, upper : ndarray
        Through the rate of all other children, and its limits.
    excess : ndarray
        Incidents beyond the rate of all other children.
    """

    per_100: FloatArray
    rate_ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    excess: FloatArray


def disproportionality(
    outcome: ArrayLike,
    enrolled: ArrayLike,
    *,
    total_outcome: ArrayLike | None = None,
    total_enrolled: ArrayLike | None = None,
    level: float = 0.95,
) -> Disproportionality:
    r"""Compare every group with all other children.

    Parameters
    ----------
    outcome, enrolled : array_like
        Children with the outcome (each counted once: identified, suspended) and all
        children, by group along the last axis. NaN where hidden.
    total_outcome, total_enrolled : array_like, optional
        Published totals, without the axis of groups. Needed where a group is hidden;
        default is the sum of the groups.
    level : float
        Confidence level of the limits of the risk ratio.

    Returns
    -------
    Disproportionality
        NaN where something is unknown, where a group has no children, and for the risk
        ratio where no other child has the outcome. A single group has no others.

    Raises
    ------
    InputError
        For impossible counts, or totals smaller than the sum of the visible groups.

    Notes
    -----
    With :math:`x_i, n_i` of the group and X, N of all: risk :math:`x_i/n_i`; risk ratio
    :math:`\frac{x_i/n_i}{(X-x_i)/(N-n_i)}` with Katz's limits; composition index
    :math:`\frac{x_i/X}{n_i/N}`; excess :math:`x_i - n_i (X-x_i)/(N-n_i)`. The composition
    index compares with all children, the group among them, so it is nearer to 1 than the
    risk ratio, and cannot exceed N/n_i.

    References
    ----------
    IDEA Data Center 2014, Methods for Assessing Racial/Ethnic Disproportionality in
    Special Education. Bollmer et al. 2007, J Spec Educ 41:186-198.

    Examples
    --------
    >>> found = disproportionality([30, 20, 10], [200, 400, 300])
    >>> found.risk_ratio.round(2), found.composition_index.round(2)
    (array([3.5 , 0.62, 0.4 ]), array([2.25, 0.75, 0.5 ]))
    """
    x, n = checked_counts(groups=(outcome, enrolled))
    _, size = broadcast(outcome, enrolled)
    all_x, all_n = _totals(x, size, total_outcome, total_enrolled)
    others_x, others_n = all_x - x, all_n - n
    risk = x / n
    others = others_x / np.where(others_n > 0, others_n, np.nan)
    low, high = ratio_interval(x, n, others_x, others_n, level=level)
    composition = x / np.where(all_x > 0, all_x, np.nan)
    share = n / all_n
    return Disproportionality(
        risk,
        risk / np.where(others > 0, others, np.nan),
        low,
        high,
        composition,
        share,
        composition - share,
        (composition - share) / share,
        composition / share,
        x - n * others,
    )


def weighted_risk_ratio(
    outcome: ArrayLike, enrolled: ArrayLike, state_share: ArrayLike
) -> FloatArray:
    r"""Return each group's risk ratio with the others weighted as they live in the state.

    Parameters
    ----------
    outcome, enrolled : array_like
        As in `disproportionality`.
    state_share : array_like
        Share of each group among the children of the state, 0-1.

    Returns
    -------
    ndarray of float
        Comparable between districts of different make-up. NaN where a group of the
        district has no children or a hidden count (its risk is unknown; a group with a
        state share of 0 does not matter), and where the others have no risk.

    Raises
    ------
    InputError
        For impossible counts, or shares outside 0-1 or adding to more than 1.

    Notes
    -----
    :math:`\frac{(1 - p_i) R_i}{\sum_{j \ne i} p_j R_j}` with the risks R of the district
    and the shares p of the state. It leans on the risks of small groups as on those of
    large ones, so that it jumps where such groups are small in the district.

    References
    ----------
    Bollmer et al. 2007, J Spec Educ 41:186-198.

    Examples
    --------
    >>> weighted_risk_ratio([30, 20, 10], [200, 400, 300], [0.2, 0.3, 0.5]).round(3)
    array([3.789, 0.75 , 0.37 ])
    """
    x, n = checked_counts(groups=(outcome, enrolled))
    (p,) = broadcast(state_share)
    problems = Problems()
    if ((p < 0) | (p > 1)).any() or (p.sum(axis=-1) > 1 + 1e-6).any():
        problems.add(
            "state_share",
            "are not shares of one whole",
            value=str(p.tolist()),
            allowed="0 to 1, together at most 1",
            remedy="Divide percentages by 100.",
        )
    problems.raise_if_any()
    risk = x / n
    parts = np.where(p == 0, 0.0, p * risk)
    others = parts.sum(axis=-1, keepdims=True) - parts
    # A difference of rounding is no risk.
    others = np.where(others > 1e-12 * parts.sum(axis=-1, keepdims=True), others, np.nan)
    return np.asarray((1 - p) * risk / others)


def incident_rates(
    incidents: ArrayLike,
    enrolled: ArrayLike,
    *,
    total_incidents: ArrayLike | None = None,
    total_enrolled: ArrayLike | None = None,
    level: float = 0.95,
) -> IncidentRates:
    r"""Compare incidents, of which a child can have several, between groups.

    Parameters
    ----------
    incidents, enrolled : array_like
        Incidents (suspensions, referrals, sanctions) and children, by group along the
        last axis. NaN where hidden.
    total_incidents, total_enrolled : array_like, optional
        Published totals, as in `disproportionality`.
    level : float
        Confidence level of the limits.

    Returns
    -------
    IncidentRates
        NaN as in `disproportionality`; the limits also where the group or the others have
        no incident.

    Raises
    ------
    InputError
        For negative or infinite numbers, or totals smaller than the visible groups.

    Notes
    -----
    Rate ratio with the limits :math:`\exp(\log R \pm z\sqrt{1/x_i + 1/(X - x_i)})`, for
    Poisson incidents. Incidents of one child come in series, so that the true interval is
    wider; where each child can be counted once, `disproportionality` is better.

    References
    ----------
    Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14.

    Examples
    --------
    >>> found = incident_rates([120, 40, 30], [300, 400, 500])
    >>> found.per_100.tolist(), found.rate_ratio.round(2)
    ([40.0, 10.0, 6.0], array([5.14, 0.53, 0.26]))
    """
    z = normal_quantile(level)
    x, n = broadcast(incidents, enrolled)
    _check_incidents(x, n)
    all_x, all_n = _totals(x, n, total_incidents, total_enrolled)
    known = ~np.isnan(x) & (n > 0)
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    others_x, others_n = all_x - x, all_n - n
    others = others_x / np.where(others_n > 0, others_n, np.nan)
    ratio = x / n / np.where(others > 0, others, np.nan)
    both = (x > 0) & (others_x > 0)
    error = np.sqrt(1 / np.where(both, x, np.nan) + 1 / np.where(both, others_x, np.nan))
    return IncidentRates(
        100 * x / n, ratio, ratio * np.exp(-z * error), ratio * np.exp(z * error), x - n * others
    )


def _check_incidents(x: FloatArray, n: FloatArray) -> None:
    problems = Problems()
    for name, values in (("incidents", x), ("enrolled", n)):
        bad = (values < 0) | np.isinf(values)
        if bad.any():
            shown = ", ".join(f"{v:g}" for v in values[bad][:5])
            problems.add(name, "are negative or infinite", value=shown, allowed="0 or more, or NaN")
    if ((n == 0) & (x > 0)).any():
        problems.add("incidents", "stand beside a group without children")
    problems.raise_if_any()


def _totals(
    x: FloatArray,
    n: FloatArray,
    total_x: ArrayLike | None,
    total_n: ArrayLike | None,
) -> tuple[FloatArray, FloatArray]:
    """Return totals with a last axis of 1; the sum of the groups where none is given.

    A group without children adds nothing; a hidden one makes its sum unknown.
    """
    problems = Problems()
    if x.ndim == 0:
        problems.add("groups", "is one group", allowed="all groups along the last axis")
        problems.raise_if_any()
    found = []
    for name, parts, total in (("total_outcome", x, total_x), ("total_enrolled", n, total_n)):
        whole = (
            np.where(n == 0, 0.0, parts).sum(-1)
            if total is None
            else np.asarray(total, dtype=np.float64)
        )
        if (whole < np.nansum(parts, axis=-1) * (1 - 1e-9)).any():
            problems.add(
                name, "is smaller than the sum of the visible groups", value=str(whole.tolist())
            )
        whole = np.asarray(whole)[..., None]
        found.append(np.where(whole > 0, whole, np.nan) if parts is n else whole)
    problems.raise_if_any()
    return found[0], found[1]
