"""Difference and ratio: two groups against each other."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality, log_limits, normal_limits
from c2c_lib.equity.inequality.sources import SCHLOTHEUBER

__all__ = ["ENTRIES", "difference", "ratio"]


def difference(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the difference between two groups (D).

    Parameters
    ----------
    groups : Groups
        Which two are compared follows from the groups:

        ============================== ==================== ====================
        groups                         first                second
        ============================== ==================== ====================
        ordered, higher is better      best-off             worst-off
        ordered, lower is better       worst-off            best-off
        a reference, higher is better  reference            lowest of the others
        a reference, lower is better   highest of the others reference
        neither                        highest              lowest
        ============================== ==================== ====================

    level : float
        Confidence level as a share.

    Returns
    -------
    Inequality
        In the unit of the indicator. With one group it is 0, exactly; NaN where the
        declared reference has no figure, or a direction is needed and there is none.

    Notes
    -----
    :math:`D = y_A - y_B`, :math:`SE = \sqrt{s_A^2 + s_B^2}`, limits :math:`D \pm z\,SE`.
    Where the two groups are the extremes, they were chosen by the same data, so that the
    interval is somewhat too short when there are many small groups; `maximal_difference`
    has a simulated interval that takes the choice into account.

    References
    ----------
    WHO 2024, Inequality monitoring, annex. Schlotheuber & Hosseinpoor 2022, Int J Environ
    Res Public Health 19:3697.

    Examples
    --------
    >>> found = difference(Groups.of([0.30, 0.52], standard_error=[0.03, 0.04], order=[1, 2]))
    >>> print(f"{found.estimate:.2f} ({found.lower:.3f} to {found.upper:.3f})")
    0.22 (0.122 to 0.318)
    """
    y_a, s_a, y_b, s_b, same = _pair(groups)
    error = np.where(same, 0.0, np.hypot(s_a, s_b))
    return normal_limits(y_a - y_b, np.where(np.isnan(y_a - y_b), np.nan, error), level)


def ratio(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the ratio of two groups (R), the same two as in `difference`.

    Returns
    -------
    Inequality
        Without unit. 1 with one group; infinite where only the second figure is 0, NaN
        where both are; limits are NaN where a figure is 0.

    Notes
    -----
    :math:`R = y_A / y_B`,
    :math:`SE(\log R) = \sqrt{s_A^2 / y_A^2 + s_B^2 / y_B^2}`, limits
    :math:`\exp(\log R \pm z\,SE)`. The standard error is that of R:
    :math:`R \cdot SE(\log R)`.

    References
    ----------
    As in `difference`.

    Examples
    --------
    >>> found = ratio(Groups.of([0.30, 0.52], standard_error=[0.03, 0.04], order=[1, 2]))
    >>> print(f"{found.estimate:.2f} ({found.lower:.2f} to {found.upper:.2f})")
    1.73 (1.35 to 2.22)
    """
    y_a, s_a, y_b, s_b, same = _pair(groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = y_a / y_b
        log_error = np.where(same, 0.0, np.hypot(s_a / y_a, s_b / y_b))
    return log_limits(value, np.where(value > 0, log_error, np.nan), level)


def _pair(
    groups: Groups,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, NDArray[np.bool_]]:
    """Return figure and standard error of both groups, and whether they are the same one."""
    known = groups.count >= 1
    if groups.ordered:
        bottom, top = groups.bottom, groups.top
        first = np.where(groups.direction < 0, bottom, top)
        second = np.where(groups.direction < 0, top, bottom)
        known = known & (groups.direction != 0)
    elif groups.reference is not None:
        reference = np.argmax(groups.reference, axis=-1)
        others = groups.present & ~groups.reference
        alone = ~others.any(axis=-1)
        low = np.argmin(np.where(others, groups.estimate, np.inf), axis=-1)
        high = np.argmax(np.where(others, groups.estimate, -np.inf), axis=-1)
        adverse = groups.direction < 0
        first = np.where(adverse & ~alone, high, reference)
        second = np.where(adverse | alone, reference, low)
        known = known & groups.reference.any(axis=-1) & (groups.direction != 0)
    else:
        first, second = groups.highest, groups.lowest
    values = [
        np.where(known, groups.at(array, position), np.nan)
        for position in (first, second)
        for array in (groups.estimate, groups.standard_error)
    ]
    # Two groups with equal figures are still two groups.
    same = (first == second) & (groups.count == 1)
    return values[0], values[1], values[2], values[3], np.asarray(same)


def _difference(groups: Groups) -> FloatArray:
    return difference(groups).estimate


def _ratio(groups: Groups) -> FloatArray:
    return ratio(groups).estimate


ENTRIES: Final = (
    GroupMeasure(
        name="difference",
        title="Difference (D)",
        question="How far apart are the two groups that are compared?",
        formula="y_A - y_B",
        citation=SCHLOTHEUBER,
        unit="indicator",
        scaled="times c",
        shifted="unchanged",
        value=_difference,
        analytic=difference,
    ),
    GroupMeasure(
        name="ratio",
        title="Ratio (R)",
        question="How many times the one group's figure is the other's?",
        formula="y_A / y_B",
        citation=SCHLOTHEUBER,
        unit="ratio",
        scaled="unchanged",
        equal=1.0,
        value=_ratio,
        analytic=ratio,
    ),
)
