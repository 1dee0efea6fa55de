"""Slope and relative index of inequality: the fitted figure at both ends of the ranking."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal, NamedTuple, TypeAlias, cast, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import special

from c2c_lib.equity.arrays import FloatArray, check_choice
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality, log_limits, normal_limits
from c2c_lib.equity.inequality.sources import MACKENBACH

__all__ = [
    "ENTRIES",
    "Link",
    "SlopeVariance",
    "relative_index",
    "relative_index_value",
    "slope_index",
    "slope_index_value",
]

Link: TypeAlias = Literal["logit", "linear"]
SlopeVariance: TypeAlias = Literal["errors", "model", "hc1"]

_SEPARATED: Final = 15.0
"""Beyond this log odds at an end of the ranking the fit is on its way to infinity."""

_STEPS: Final = 60
_CONVERGED: Final = 1e-8
"""Relative change of the deviance at which a fit is finished, as in R's `glm`."""


class _Fit(NamedTuple):
    """Coefficients, fitted figures, and how each figure moves the coefficients."""

    intercept: FloatArray
    slope: FloatArray
    fitted: FloatArray
    on_intercept: FloatArray
    on_slope: FloatArray
    model_error: FloatArray


def slope_index_value(groups: Groups, *, link: Link = "logit") -> FloatArray:
    """Return the slope index of inequality without its precision."""
    low, high = _ends(groups, _fit(groups, link), link)
    return np.asarray(high - low)


def relative_index_value(groups: Groups, *, link: Link = "logit") -> FloatArray:
    """Return the relative index of inequality without its precision."""
    low, high = _ends(groups, _fit(groups, link), link)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(high / low)


def slope_index(
    groups: Groups,
    level: float = 0.95,
    *,
    link: Link = "logit",
    variance: SlopeVariance = "errors",
) -> Inequality:
    r"""Return the slope index of inequality (SII).

    Parameters
    ----------
    groups : Groups
        Ordered, with populations, at least two groups with children.
    level : float
        Confidence level as a share.
    link : {"logit", "linear"}
        ``logit`` (default) keeps the fitted figures between 0 and the scale and needs one;
        ``linear`` is weighted least squares.
    variance : {"errors", "model", "hc1"}
        What the standard error rests on: the standard errors of the groups (default; how
        far the fitted line moves by chance, whether or not the true figures lie on a
        line), the model (binomial, or constant variance per child), or the scatter around
        the line with the correction k/(k-2) (White's estimator HC1), which takes lack of
        fit for chance. The last two need no standard errors; ``hc1`` and the linear
        ``model`` need at least three groups.

    Returns
    -------
    Inequality
        Fitted figure of the best-off end minus that of the worst-off end, in the unit of
        the indicator, and so are standard error and limits. NaN with one group. Where no
        child or every child counts the logit fit has no slope: 0 without limits;
        NaN where a logit fit does not exist because the groups are separated completely
        (no child counts below some rank, or every child above).

    Raises
    ------
    InputError
        If the groups are not ordered, or link or variance are not known.

    Notes
    -----
    The figures are regressed on the ridits :math:`R_j` with the populations as weights,
    *once*: :math:`SII = \hat y(1) - \hat y(0)`. The logit fit maximises
    :math:`\sum_j n_j [y_j \ln \pi_j + (1 - y_j) \ln(1 - \pi_j)]` by Fisher scoring until the
    deviance changes by less than 1e-8. Every standard error is
    :math:`\sqrt{\sum_j (\partial SII / \partial y_j)^2 e_j^2}` with :math:`e_j` the
    standard error that was chosen.

    References
    ----------
    Mackenbach & Kunst 1997, Soc Sci Med 44:757-771. Moreno-Betancur et al. 2015,
    Epidemiology 26:518-527.

    Examples
    --------
    >>> groups = Groups.of([30, 40, 50], population=[100, 100, 100], order=[1, 2, 3],
    ...                    standard_error=[3, 3, 3], scale=100)
    >>> found = slope_index(groups, link="linear")
    >>> print(f"{found.estimate:.1f} ({found.standard_error:.2f})")
    30.0 (6.36)
    """
    fit, errors = _prepared(groups, link, variance)
    low, high = _ends(groups, fit, link)
    if link == "linear":
        slopes = fit.on_slope
    else:
        at_low, at_high = (_steepness(end, groups.scale) for end in (low, high))
        slopes = _combined(fit, at_high - at_low, at_high)
        slopes = np.where(_flat(groups)[..., None], np.nan, slopes)
    return normal_limits(high - low, _error(groups, slopes, errors), level)


def relative_index(
    groups: Groups,
    level: float = 0.95,
    *,
    link: Link = "logit",
    variance: SlopeVariance = "errors",
) -> Inequality:
    r"""Return the relative index of inequality (RII).

    Parameters
    ----------
    groups, level, link, variance
        As in `slope_index`.

    Returns
    -------
    Inequality
        Fitted figure of the best-off end through that of the worst-off end, without unit.
        With the linear link a fitted end can be 0 or less; limits are NaN there.

    Raises
    ------
    InputError
        As in `slope_index`.

    Notes
    -----
    :math:`RII = \hat y(1) / \hat y(0)`; limits :math:`\exp(\log RII \pm z\,SE(\log RII))`.
    The standard error is that of RII: :math:`RII \cdot SE(\log RII)`.

    References
    ----------
    As in `slope_index`.

    Examples
    --------
    >>> groups = Groups.of([30, 40, 50], population=[100, 100, 100], order=[1, 2, 3],
    ...                    standard_error=[3, 3, 3], scale=100)
    >>> round(float(relative_index(groups, link="linear").estimate), 2)
    2.2
    """
    fit, errors = _prepared(groups, link, variance)
    low, high = _ends(groups, fit, link)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = high / low
        if link == "linear":
            slopes = _combined(fit, 1 / high - 1 / low, 1 / high)
        else:
            at_low, at_high = low / groups.scale, high / groups.scale
            slopes = _combined(fit, at_low - at_high, 1 - at_high)
        log_error = _error(groups, slopes, errors)
        log_error = np.where((low > 0) & (high > 0), log_error, np.nan)
    return log_limits(value, log_error, level)


def _prepared(groups: Groups, link: Link, variance: SlopeVariance) -> tuple[_Fit, FloatArray]:
    """Return the fit and the standard errors of the figures that `variance` names."""
    check_choice("link", link, get_args(Link))
    check_choice("variance", variance, get_args(SlopeVariance))
    fit = _fit(groups, link)
    if variance == "errors":
        return fit, groups.standard_error
    if variance == "model":
        return fit, fit.model_error
    k = groups.count[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.sqrt(np.where(k > 2, k / np.where(k > 2, k - 2, 1), np.nan))
    return fit, factor * np.abs(groups.filled(0.0) - fit.fitted)


def _ends(groups: Groups, fit: _Fit, link: Link) -> tuple[FloatArray, FloatArray]:
    """Return the fitted figures at rank 0 and at rank 1."""
    ends = fit.intercept, fit.intercept + fit.slope
    if link == "linear":
        return ends
    low, high = (groups.scale * special.expit(end) for end in ends)
    # Where no child or every child counts, the fit runs off to infinity; its limit is known.
    flat = _flat(groups) & (groups.count > 1)
    return np.where(flat, groups.mean, low), np.where(flat, groups.mean, high)


def _flat(groups: Groups) -> NDArray[np.bool_]:
    """Where no child or every child counts."""
    return np.asarray((groups.mean == 0) | (groups.mean == groups.scale))


def _steepness(fitted: FloatArray, scale: FloatArray) -> FloatArray:
    return np.asarray(fitted * (1 - fitted / scale))


def _combined(fit: _Fit, by_intercept: FloatArray, by_slope: FloatArray) -> FloatArray:
    first = by_intercept[..., None] * fit.on_intercept
    return np.asarray(first + by_slope[..., None] * fit.on_slope)


def _error(groups: Groups, slopes: FloatArray, errors: FloatArray) -> FloatArray:
    terms = np.where(groups.present, slopes * errors, 0.0)
    return np.asarray(np.sqrt((terms**2).sum(axis=-1)))


def _fit(groups: Groups, link: Link) -> _Fit:
    groups.needs_order("sii")
    name = f"slope of inequality, {link}"
    if name not in groups.memo:
        groups.memo[name] = _least_squares(groups) if link == "linear" else _logit(groups)
    return cast("_Fit", groups.memo[name])


def _line(
    x: FloatArray, y: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return intercept and slope of a weighted line, the centre of x, and its spread."""
    total = weight.sum(axis=-1)
    total = np.where(total > 0, total, np.nan)
    centre = (weight * x).sum(axis=-1) / total
    away = x - centre[..., None]
    spread = (weight * away**2).sum(axis=-1)
    spread = np.where(spread > 1e-14 * total, spread, np.nan)
    mean = (weight * y).sum(axis=-1) / total
    slope = (weight * away * (y - mean[..., None])).sum(axis=-1) / spread
    return mean - slope * centre, slope, centre, spread


def _least_squares(groups: Groups) -> _Fit:
    p, x, y = groups.shares, groups.ridits, groups.filled(0.0)
    intercept, slope, centre, spread = _line(x, y, p)
    fitted = intercept[..., None] + slope[..., None] * x
    on_slope = p * (x - centre[..., None]) / spread[..., None]
    free = (groups.count - 2).astype(np.float64)
    scatter = (p * (y - fitted) ** 2).sum(axis=-1) / np.where(free > 0, free, np.nan)
    error = np.sqrt(scatter[..., None] / np.where(p > 0, p, np.inf))
    return _Fit(intercept, slope, fitted, p - centre[..., None] * on_slope, on_slope, error)


def _logit(groups: Groups) -> _Fit:
    """Fit by Fisher scoring, all settings at once; NaN where there is no finite fit."""
    bound = np.where(np.isinf(groups.scale), np.nan, groups.scale)[..., None]
    n = np.where(groups.present, groups.population, 0.0)
    x, y = groups.ridits, np.where(groups.present, groups.filled(0.0) / bound, 0.5)
    x = np.broadcast_to(x, y.shape)
    fitted = (n * y + 0.5) / (n + 1)
    linear = special.logit(fitted)
    intercept = slope = np.full(y.shape[:-1], np.nan)
    deviance, best = np.full(y.shape[:-1], np.inf), _saturated(y, n)
    done = np.zeros(y.shape[:-1], dtype=bool)
    for _ in range(_STEPS):
        weight = n * fitted * (1 - fitted)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            working = linear + (y - fitted) / (fitted * (1 - fitted))
            new_intercept, new_slope, _, _ = _line(x, working, weight)
        intercept = np.where(done, intercept, new_intercept)
        slope = np.where(done, slope, new_slope)
        linear = intercept[..., None] + slope[..., None] * x
        fitted = special.expit(linear)
        before, deviance = deviance, _deviance(y, linear, n, best)
        with np.errstate(invalid="ignore"):
            done |= np.abs(deviance - before) < _CONVERGED * (np.abs(deviance) + 0.1)
        if (done | np.isnan(deviance)).all():
            break
    with np.errstate(invalid="ignore"):
        done &= np.maximum(np.abs(intercept), np.abs(intercept + slope)) < _SEPARATED
    intercept, slope = np.where(done, intercept, np.nan), np.where(done, slope, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = n * fitted * (1 - fitted)
        _, _, centre, spread = _line(x, y, weight)
        on_slope = n / bound * (x - centre[..., None]) / spread[..., None]
        total = weight.sum(axis=-1)[..., None]
        on_intercept = n / bound / total - centre[..., None] * on_slope
        error = bound * np.sqrt(fitted * (1 - fitted) / np.where(n > 0, n, np.inf))
    return _Fit(intercept, slope, bound * fitted, on_intercept, on_slope, error)


def _saturated(y: FloatArray, n: FloatArray) -> FloatArray:
    """Return the log likelihood of a fit that meets every figure."""
    return np.asarray((n * (special.xlogy(y, y) + special.xlog1py(1 - y, -y))).sum(axis=-1))


def _deviance(y: FloatArray, linear: FloatArray, n: FloatArray, best: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        reached = (n * (y * linear - np.logaddexp(0.0, linear))).sum(axis=-1)
    return np.asarray(2 * (best - reached))


ENTRIES: Final = (
    GroupMeasure(
        name="sii",
        title="Slope index of inequality (SII), logit",
        question="How far apart are the best-off and the worst-off end when every group counts?",
        formula="fit(1) - fit(0)",
        citation=MACKENBACH,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations", "scale"),
        value=partial(slope_index_value, link="logit"),
        analytic=partial(slope_index, link="logit"),
        range_by="search",
    ),
    GroupMeasure(
        name="sii_linear",
        title="Slope index of inequality (SII), linear",
        question="How far apart are the best-off and the worst-off end when every group counts?",
        formula="fit(1) - fit(0)",
        citation=MACKENBACH,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations"),
        scaled="times c",
        shifted="unchanged",
        value=partial(slope_index_value, link="linear"),
        analytic=partial(slope_index, link="linear"),
        range_by="corners",
    ),
    GroupMeasure(
        name="rii",
        title="Relative index of inequality (RII), logit",
        question="How many times is the best-off end's figure that of the worst-off end?",
        formula="fit(1) / fit(0)",
        citation=MACKENBACH,
        unit="ratio",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations", "scale"),
        equal=1.0,
        value=partial(relative_index_value, link="logit"),
        analytic=partial(relative_index, link="logit"),
        range_by="search",
    ),
    GroupMeasure(
        name="rii_linear",
        title="Relative index of inequality (RII), linear",
        question="How many times is the best-off end's figure that of the worst-off end?",
        formula="fit(1) / fit(0)",
        citation=MACKENBACH,
        unit="ratio",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations"),
        scaled="unchanged",
        equal=1.0,
        value=partial(relative_index_value, link="linear"),
        analytic=partial(relative_index, link="linear"),
        range_by="corners",
    ),
)
