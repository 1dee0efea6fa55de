"""The standard error that counts or margins give a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.observations.margins import Z_90

__all__ = ["counted_rows", "standard_errors", "taken", "units_of"]

_AT_ONCE: Final = 100_000
"""Rows that are worked on together."""


def counted_rows(figures: Measured, scale: FloatArray) -> NDArray[np.bool_]:
    """Return where the counts tell the precision, each figure being on its own scale."""
    counted = np.zeros(figures.estimate.shape, dtype=bool)
    for unit, value_of_all in COUNT_SCALES.items():
        here = scale == value_of_all
        if here.any():
            counted |= figures.by_counts(unit) & here
    return counted


def standard_errors(figures: Measured, scale: FloatArray) -> FloatArray:
    """Return the standard error of every figure, in its unit; NaN where nothing tells it.

    Margins of error come first. Counts give the binomial one, and Jeffreys' standard
    deviation where no child or every child counts, so that 0 of 12 is not certain.

    Examples
    --------
    >>> figures = Measured.of([0.5, 0.0], numerator=[50, 0], denominator=[100, 12])
    >>> standard_errors(figures, np.ones(2)).round(3)
    array([0.05 , 0.051])
    """
    counted = counted_rows(figures, scale)
    n = np.where(counted, figures.denominator, np.nan)
    p = np.where(counted, figures.numerator, np.nan) / n
    edge = (p <= 0) | (p >= 1)
    middle = (n * p + 0.5) / (n + 1)
    square = np.where(edge, middle * (1 - middle) / (n + 2), p * (1 - p) / n)
    error = np.where(counted, scale * np.sqrt(square), np.nan)
    return np.where(figures.by_margins(), figures.moe90 / Z_90, error)


def taken(figures: Measured, rows: NDArray[np.intp] | slice) -> Measured:
    """Return some of the figures."""
    return Measured(
        figures.estimate[rows],
        figures.numerator[rows],
        figures.denominator[rows],
        figures.moe90[rows],
    )


def units_of(
    codes: NDArray[np.intp], words: list[str]
) -> Iterator[tuple[str, NDArray[np.intp] | slice]]:
    """Return every word that is used with the rows that have it, some rows at a time.

    So many rows at once are fast enough, and what is worked out on the way stays small.
    """
    used = np.flatnonzero(np.bincount(codes, minlength=len(words)))
    for code in used:
        if len(used) == 1:
            for start in range(0, len(codes), _AT_ONCE):
                yield words[code], slice(start, min(start + _AT_ONCE, len(codes)))
            continue
        rows = np.flatnonzero(codes == code)
        for start in range(0, len(rows), _AT_ONCE):
            yield words[code], rows[start : start + _AT_ONCE]
