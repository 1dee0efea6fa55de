"""An estimate together with whatever is known about how precise it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, broadcast, checked_counts
from c2c_lib.errors import InputError, Problem

__all__ = ["COUNT_SCALES", "Measured"]

COUNT_SCALES: Final = {"share": 1.0, "per_1000": 1000.0}
"""Units that are a count out of a count, and what the quotient is multiplied by."""

_PRINTED_TO: Final = {"share": 0.006, "per_1000": 0.0006}
"""A rate printed without decimals is at most half of its last digit off its counts."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Estimates with the counts or the margins behind them; arrays of one shape.

    Build it with `Measured.of` or `Measured.from_frame`, which broadcast and check.

    Attributes
    ----------
    estimate : ndarray
        In the unit of the indicator; NaN where no figure is shown.
    numerator, denominator : ndarray
        Counts of a full enumeration, NaN where unknown. Where there is a margin of error
        they are survey estimates themselves and say nothing about precision.
    moe90 : ndarray
        90 % margin of error, NaN for a full enumeration.
    """

    estimate: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    moe90: FloatArray

    @classmethod
    def of(
        cls,
        estimate: ArrayLike,
        *,
        numerator: ArrayLike | None = None,
        denominator: ArrayLike | None = None,
        moe90: ArrayLike | None = None,
    ) -> Measured:
        """Return estimates with what is known about them; None and NaN mean unknown.

        Raises
        ------
        InputError
            For counts that are negative or above their denominator, or a negative margin.

        Examples
        --------
        >>> Measured.of([0.5, 0.2], numerator=[60, None], denominator=[120, None]).numerator
        array([60., nan])
        """
        y, x, n, m = broadcast(estimate, numerator, denominator, moe90)
        checked_counts(counts=(x, n))
        if (m < 0).any():
            value = ", ".join(f"{v:.12g}" for v in m[m < 0][:5])
            raise InputError(
                [Problem("moe90", "is negative", value=value, allowed="0 or more, or NaN")]
            )
        return cls(y, x, n, m)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Measured:
        """Return the value columns of tidy observations; a column that lacks is unknown."""
        estimate, numerator, denominator, moe90 = (
            frame[name].to_numpy(dtype=float) if name in frame else None
            for name in ("estimate", "numerator", "denominator", "moe90")
        )
        if estimate is None:
            problem = Problem("observations", "lack a column", value="estimate")
            raise InputError([problem])
        return cls.of(estimate, numerator=numerator, denominator=denominator, moe90=moe90)

    def by_counts(self, unit: str) -> NDArray[np.bool_]:
        """Where the counts tell the precision: no margin, and they reproduce the estimate.

        Counts whose quotient is more than half a printed digit away from the estimate
        belong to something else (a weighted rate, another year), so they are not used.
        """
        scale = COUNT_SCALES.get(unit, np.nan)
        known = (self.denominator > 0) & ~np.isnan(self.numerator) & np.isnan(self.moe90)
        quotient = self.numerator / np.where(known, self.denominator, np.nan)
        return known & (np.abs(quotient - self.estimate / scale) <= _PRINTED_TO.get(unit, 0.0))

    def by_margins(self) -> NDArray[np.bool_]:
        """Where a margin of error tells the precision."""
        return ~np.isnan(self.estimate) & ~np.isnan(self.moe90)
