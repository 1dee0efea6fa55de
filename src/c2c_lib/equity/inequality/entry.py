"""What the registry says about one measure of inequality."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality

__all__ = ["Measure", "Need", "RangeBy"]

Need: TypeAlias = Literal["order", "populations", "reference", "direction", "scale"]
RangeBy: TypeAlias = Literal["corners", "convex", "search"]


@dataclass(frozen=True)
class Measure:
    """One measure of inequality.

    Attributes
    ----------
    name : str
        What `measure` calls it.
    title : str
        Its usual name in print.
    question : str
        What it answers, in plain words.
    formula, citation : str
        As in the docstring of its function.
    unit : str
        ``indicator`` (that of the figures), ``indicator squared``, ``percent``,
        ``thousandths`` or ``none``.
    needs : tuple of str
        Besides figures: ``order``, ``populations``, ``reference``, ``direction`` (a
        polarity that is not neutral), ``scale`` (a finite bound).
    value : callable
        The estimate alone.
    analytic : callable or None
        Estimate, standard error and limits by formula; None where they are simulated.
    equal : float
        What the measure is when all groups are equal.
    range_by : {"corners", "convex", "search"}
        Where the ends of its feasible range lie when groups are hidden: both at corners of
        the intervals (exact), the upper one at a corner and the lower by bounded
        optimisation (convex in every value), or both by bounded optimisation.
    """

    name: str
    title: str
    question: str
    formula: str
    citation: str
    unit: str
    needs: tuple[Need, ...]
    value: Callable[[Groups], FloatArray]
    analytic: Callable[[Groups, float], Inequality] | None = None
    equal: float = 0.0
    range_by: RangeBy = "convex"

    @property
    def interval(self) -> str:
        """How its interval is made: ``analytic`` or ``simulated``."""
        return "simulated" if self.analytic is None else "analytic"
