"""What the registry says about one measure of inequality, beyond every other measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Measure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality

__all__ = ["GroupMeasure", "RangeBy"]

RangeBy: TypeAlias = Literal["corners", "convex", "search"]


@dataclass(frozen=True, kw_only=True)
class GroupMeasure(Measure):
    """One measure of inequality between groups.

    Attributes
    ----------
    value : callable
        The estimate alone.
    analytic : callable or None
        Estimate, standard error and limits by formula; None where they are simulated.
    range_by : {"corners", "convex", "search"}
        Where the ends of its feasible range lie when groups are hidden: both at corners of
        the intervals (exact), the upper one at a corner and the lower by bounded
        optimisation (convex in every value), or both by bounded optimisation.
    """

    family: str = "inequality"
    value: Callable[[Groups], FloatArray]
    analytic: Callable[[Groups, float], Inequality] | None = None
    range_by: RangeBy = "convex"

    def __post_init__(self) -> None:
        """Name the function behind the entry, which stands beside it in its module."""
        one = self.analytic or self.value
        name = getattr(one, "func", one).__name__.removesuffix("_value")
        object.__setattr__(self, "function", f"inequality.{name}")

    @property
    def interval(self) -> str:
        """How its interval is made: ``analytic`` or ``simulated``."""
        return "simulated" if self.analytic is None else "analytic"
