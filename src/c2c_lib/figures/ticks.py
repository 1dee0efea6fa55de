"""Where an axis begins and has its ticks."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.ticker import MaxNLocator, MultipleLocator

from c2c_lib.catalog import Unit

__all__ = ["axis_start", "whole_ticks"]

_ROOM = 25.0  # points below the lowest score
_STEPS = (1, 2, 5, 10, 20, 25, 50)  # percents between ticks


def axis_start(unit: Unit, values: Iterable[float]) -> float:
    """Return where an axis begins: at zero, except for scores, whose scale has no zero.

    Examples
    --------
    >>> axis_start("share", [0.4, 0.6]), axis_start("score", [2358.0, 2432.0])
    (0.0, 2333.0)
    """
    return min(values) - _ROOM if unit == "score" else 0.0


def whole_ticks(unit: Unit, top: float, steps: int = 4) -> MaxNLocator | MultipleLocator:
    """Return ticks on whole percents, so that no label is rounded.

    Parameters
    ----------
    unit : str
        Of the axis.
    top : float
        Where the axis ends.
    steps : int
        How many there is room for, from two to four.

    Examples
    --------
    >>> whole_ticks("share", 1.0, steps=3).tick_values(0.0, 1.0)[1:4].tolist()
    [0.0, 0.5, 1.0]
    """
    steps = max(min(steps, 4), 2)
    if unit != "share":
        return MaxNLocator(steps)
    shown = [step for step in _STEPS if step <= top * 100] or [1]  # at least one beside zero
    step = next((step for step in shown if top * 100 / step <= steps), shown[-1])
    return MultipleLocator(step / 100)
