"""How sure each row of a table is: its word of quality and the ends of its likely range."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.equity import margin_interval, proportion_interval, quality_of
from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.measured import Measured
from c2c_lib.findings.measured import with_implied_counts

__all__ = ["PRECISION", "intervals", "precision"]

PRECISION: Final = ("quality", "lower95", "upper95")
"""What `precision` returns, in order."""


def intervals(figures: Measured, unit: str) -> tuple[FloatArray, FloatArray]:
    """Return the ends of the 95 % interval of each figure; NaN where nothing tells them.

    A survey figure has the interval of its margin of error, kept at zero and, for a share, at
    one. A share by counts has Wilson's, as on every chart.

    Parameters
    ----------
    figures : Measured
        Estimates with whatever is known about them.
    unit : str
        Unit of the indicator.

    Examples
    --------
    >>> low, high = intervals(Measured.of([0.25, 0.5], numerator=[10, None],
    ...                                   denominator=[40, None], moe90=[None, 0.05]), "share")
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.142, 0.44], [0.402, 0.56])
    """
    surveyed = figures.by_margins()
    margin = margin_interval(
        np.where(surveyed, figures.estimate, np.nan), np.where(surveyed, figures.moe90, np.nan)
    )
    top = 1.0 if unit == "share" else np.inf
    low, high = np.maximum(margin.lower, 0.0), np.minimum(margin.upper, top)
    if unit == "share":
        counted = figures.by_counts(unit)
        found = proportion_interval(
            np.where(counted, figures.numerator, np.nan),
            np.where(counted, figures.denominator, np.nan),
        )
        low, high = np.where(surveyed, low, found.lower), np.where(surveyed, high, found.upper)
    return low, high


def precision(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Return the columns `PRECISION` for the rows of a tidy table.

    Parameters
    ----------
    frame : DataFrame
        Publishable observations; a row whose figure is not shown has no values.

    Returns
    -------
    DataFrame
        With the index of `frame`: ``quality`` is one of the four words
        (`c2c_lib.equity.reliability.quality_of`), the ends are in the unit of the estimate and
        NaN where no margin of error is known and nobody was counted one by one.
    """
    parts = [
        _of_indicator(rows, catalog.indicator(str(indicator)), catalog)
        for indicator, rows in frame.groupby("indicator", sort=False)
    ]
    if not parts:
        parts = [pd.DataFrame({name: [] for name in PRECISION}).astype({"quality": "str"})]
    return pd.concat(parts).reindex(frame.index)


def _of_indicator(rows: pd.DataFrame, indicator: Indicator, catalog: Catalog) -> pd.DataFrame:
    sampled = rows["source"].map(lambda source: catalog.source(str(source)).sampled)
    # What a survey or a model counts are not people: without its margin nothing is known.
    counted = rows.assign(denominator=rows["denominator"].mask(sampled | indicator.modelled))
    counted["numerator"] = rows["numerator"].mask(sampled | indicator.modelled)
    figures = with_implied_counts(Measured.from_frame(counted), indicator.unit)
    low, high = intervals(figures, indicator.unit)
    word = np.atleast_1d(quality_of(figures, unit=indicator.unit).word)
    weak = (rows["status"] == "too_weak").to_numpy()
    return pd.DataFrame(
        {
            "quality": pd.Series(np.where(weak, "too_weak", word), rows.index, dtype="str"),
            "lower95": np.atleast_1d(low),
            "upper95": np.atleast_1d(high),
        },
        rows.index,
    )
