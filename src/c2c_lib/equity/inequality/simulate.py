"""Standard errors and limits by simulation, for measures without an exact formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile, scalar_if_single
from c2c_lib.equity.inequality.equality import proven_unequal
from c2c_lib.equity.inequality.groups import BoolArray, Groups
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.errors import InputError, Problem

__all__ = ["Limits", "Seed", "Statistic", "draw_figures", "simulated", "simulated_together"]

Seed: TypeAlias = np.random.Generator | int | None
Limits: TypeAlias = Literal["corrected", "quantiles"]
Statistic: TypeAlias = Callable[[Groups], FloatArray]

_SEED: Final = 20240210
"""Used when the caller gives none, so that a report is the same every time it is built."""
_VALUES_AT_ONCE: Final = 2_000_000
_MAXIMUM: Final = 100_000


def draw_figures(groups: Groups, draws: int, generator: np.random.Generator) -> FloatArray:
    r"""Return simulated figures of every group, from Gamma distributions.

    Parameters
    ----------
    groups : Groups
        With standard errors; a figure whose standard error is 0 stays as it is.
    draws : int
        How many.
    generator : Generator
        Advanced by the draws; nothing else is.

    Returns
    -------
    ndarray, shape (draws, ..., k)
        NaN where figure or standard error is unknown.

    Notes
    -----
    Gamma with mean y and standard deviation s: shape :math:`y^2/s^2`, scale :math:`s^2/y`.
    Where a figure is above half of its scale the *rest* (scale - y) is drawn so, because
    that is the rarer event: no draw can then pass the scale by more than chance allows,
    and figures near 100 % are skewed the right way. A figure of 0 with a standard error
    has :math:`\Gamma(\frac12, s\sqrt2)`, whose standard deviation is s: Jeffreys' posterior
    of a rate without events.

    References
    ----------
    Li, Dragomir & Luta 2024, Int J Environ Res Public Health 21:208.

    Examples
    --------
    >>> groups = Groups.of([0.1, 0.9], standard_error=[0.02, 0.02])
    >>> draw_figures(groups, 20_000, np.random.default_rng(7)).mean(axis=0).round(3)
    array([0.1, 0.9])
    """
    y, s = groups.estimate, groups.standard_error
    bound = np.broadcast_to(groups.scale[..., None], y.shape)
    rest = np.isfinite(bound) & (y > bound / 2)
    small = np.where(rest, bound - y, y)
    known = ~np.isnan(y) & ~np.isnan(s)
    moves = known & (s > 0)
    zero = moves & (small <= 0)
    spread = np.where(moves, s, 1.0)
    middle = np.where(moves & ~zero, small, 1.0)
    shape = np.where(zero, 0.5, (middle / spread) ** 2)
    scale = np.where(zero, spread * np.sqrt(2.0), spread**2 / middle)
    drawn = generator.standard_gamma(shape, (draws, *y.shape)) * scale
    values = np.where(rest, np.maximum(bound - drawn, 0.0), drawn)
    values = np.where(moves, np.minimum(values, bound), y)
    return np.where(known, values, np.nan)


def simulated(
    groups: Groups,
    statistic: Statistic,
    level: float = 0.95,
    *,
    floor: float = 0.0,
    draws: int = 1000,
    generator: Seed = None,
    limits: Limits = "corrected",
) -> Inequality:
    r"""Return a measure with standard error and limits by simulation.

    Parameters
    ----------
    groups : Groups
        With standard errors; without them there are only estimates.
    statistic : callable
        Returns the measure of `Groups`, reducing the last axis.
    level : float
        Confidence level as a share.
    floor : float
        What the measure is when all groups are equal.
    draws : int
        How many draws, from 0 (estimates only) to 100,000.
    generator : Generator or int, optional
        A generator of the caller, or a seed; without it a fixed seed, so that the same
        data give the same limits. No global random state is read or changed.
    limits : {"corrected", "quantiles"}
        Corrected for what chance adds (default, see Notes), or the plain quantiles of the
        draws, as other tools give them.

    Returns
    -------
    Inequality
        The estimate is that of the data; the standard error is the standard deviation of
        the draws, the limits are their quantiles (see Notes for near-equal groups).

    Raises
    ------
    InputError
        If the number of draws is out of range.

    Notes
    -----
    The limits are the quantiles of the draws at :math:`(1 \mp level)/2`, with two
    corrections to the lower one, because chance makes groups differ even where they do not.
    The estimate lies above the truth by about as much as the draws lie above the estimate,
    so the lower limit is moved down by twice the distance from the estimate to the median
    of the draws, if that is positive. And where Cochran's test (`proven_unequal`) does not
    tell the figures apart it is `floor`: quantiles alone never reach it, and would prove
    inequality where there is none. In simulations the corrected limits cover 89 to 98 %
    at a nominal 95 % (quantiles alone 0 to 97 %), least where many groups differ by less
    than their standard errors.

    References
    ----------
    Li, Dragomir & Luta 2024, Int J Environ Res Public Health 21:208. Cochran 1954,
    Biometrics 10:101-129.

    Examples
    --------
    >>> groups = Groups.of([0.30, 0.52], standard_error=[0.03, 0.04])
    >>> found = simulated(groups, lambda g: g.estimate.max(-1) - g.estimate.min(-1))
    >>> bool(found.lower < found.estimate < found.upper)
    True
    """
    return simulated_together(
        groups,
        {"": (statistic, floor)},
        level,
        draws=draws,
        generator=generator,
        limits=limits,
    )[""]


def simulated_together(
    groups: Groups,
    statistics: Mapping[str, tuple[Statistic, float]],
    level: float = 0.95,
    *,
    draws: int = 1000,
    generator: Seed = None,
    limits: Limits = "corrected",
) -> dict[str, Inequality]:
    """Return several measures from the same draws; parameters as in `simulated`.

    Settings are worked on in blocks, so that memory stays bounded however many there are.
    """
    _check(draws)
    check_choice("limits", limits, get_args(Limits))
    normal_quantile(level)
    random = _generator(generator)
    lead, k = groups.count.shape, groups.estimate.shape[-1]
    flat = groups.flat()
    estimates = {name: statistic(flat) for name, (statistic, _) in statistics.items()}
    size = flat.count.size
    found = {name: np.full((3, size), np.nan) for name in statistics}
    usable = np.flatnonzero(~np.isnan(flat.filled(0.0) + _errors(flat)).any(axis=-1))
    block = max(1, _VALUES_AT_ONCE // max(1, draws * k))
    for start in range(0, usable.size if draws else 0, block):
        rows = usable[start : start + block]
        part = flat.take(rows)
        sample = part.with_estimates(draw_figures(part, draws, random))
        equal = ~proven_unequal(part, level)
        for name, (statistic, floor) in statistics.items():
            values = statistic(sample)
            lower_end = (estimates[name][rows], floor, equal) if limits == "corrected" else None
            found[name][:, rows] = _summary(values, level, lower_end)
    return {
        name: _result(estimates[name], found[name], lead, (draws, flat.count))
        for name in statistics
    }


def _check(draws: int) -> None:
    if not 0 <= draws <= _MAXIMUM:
        raise InputError(
            [
                Problem(
                    where="draws",
                    what="is out of range",
                    value=str(draws),
                    allowed=f"0 (estimates only) to {_MAXIMUM}",
                )
            ]
        )


def _generator(seed: Seed) -> np.random.Generator:
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(_SEED if seed is None else seed)


def _errors(groups: Groups) -> FloatArray:
    return np.where(groups.present, groups.standard_error, 0.0)


def _summary(
    values: FloatArray, level: float, lower_end: tuple[FloatArray, float, BoolArray] | None
) -> FloatArray:
    """Return standard error and limits from the draws; correct the lower one if asked to."""
    with np.errstate(invalid="ignore"):
        lower, upper = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=0)
        error = values.std(axis=0, ddof=1) if len(values) > 1 else np.full(lower.shape, np.nan)
        if lower_end is not None:
            estimate, floor, equal = lower_end
            least = np.minimum(lower, floor)
            above = np.maximum(np.median(values, axis=0) - estimate, 0.0)
            lower = np.where(equal, least, np.maximum(lower - 2 * above, least))
    return np.stack([error, lower, upper])


def _result(
    estimate: FloatArray,
    limits: FloatArray,
    lead: tuple[int, ...],
    context: tuple[int, NDArray[np.int64]],
) -> Inequality:
    draws, count = context
    # One group has nothing to differ from: its measure is exact, whatever its own error.
    alone = (count == 1) & ~np.isnan(estimate) & (draws > 0)
    known = ~np.isnan(estimate)
    error = np.where(alone, 0.0, np.where(known, limits[0], np.nan))
    # A figure of 0 is at the end of its draws; the estimate is never left out.
    lower = np.where(alone, estimate, np.where(known, np.minimum(limits[1], estimate), np.nan))
    upper = np.where(alone, estimate, np.where(known, np.maximum(limits[2], estimate), np.nan))
    return Inequality(*(scalar_if_single(a.reshape(lead)) for a in (estimate, error, lower, upper)))
