"""The numbers below which a figure is not shown."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.errors import Problems

__all__ = ["HIDDEN_BY_US", "Rules"]

HIDDEN_BY_US: Final = ("suppressed_small", "suppressed_complementary")
"""The two statuses that only the gate gives."""


@dataclass(frozen=True)
class Rules:
    """How few children are too few.

    The defaults are the rule that Connecticut's EdSight reports are published by, as
    CTData documents it: a figure is hidden where fewer than 6 students are counted or
    fewer than 20 are in the group. The state's own document was not found, so nothing
    here claims compliance with it; a city may set higher numbers.

    Attributes
    ----------
    minimum_numerator : int
        A figure that counts fewer children is hidden; zero too, because "none of them" is
        a fact about each of them.
    minimum_denominator : int
        A figure about a group of fewer children is hidden.
    minimum_complement : int
        A figure is hidden where some but fewer than this number of the group are *not*
        counted. 0 leaves this rule out.

    Raises
    ------
    InputError
        If a number is not a whole number of 0 or more; lists all that are wrong.

    Examples
    --------
    >>> Rules().too_small(pd.Series([6.0, 5.0, 6.0]), pd.Series([40.0, 40.0, 19.0])).tolist()
    [False, True, True]
    """

    minimum_numerator: int = 6
    minimum_denominator: int = 20
    minimum_complement: int = 0

    def __post_init__(self) -> None:
        problems = Problems()
        for item in fields(self):
            value = getattr(self, item.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                problems.add(
                    "privacy rules",
                    "is not a number of children",
                    value=repr(value),
                    column=item.name,
                    allowed="a whole number, 0 or more (0 leaves the rule out)",
                )
        problems.raise_if_any()

    @property
    def judges_complement(self) -> bool:
        """Whether the rule for children not counted can hide anything."""
        return self.minimum_complement > 1

    def too_small(
        self, numerator: pd.Series[float], denominator: pd.Series[float]
    ) -> NDArray[np.bool_]:
        """Return where counts are below a minimum; an unknown count (NaN) is not."""
        complement = denominator - numerator
        small = (numerator < self.minimum_numerator) | (denominator < self.minimum_denominator)
        small |= (complement > 0) & (complement < self.minimum_complement)
        return small.to_numpy(dtype=bool)
