"""Faults that no single cell shows: a whole column in another scale."""

from __future__ import annotations

from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems

__all__ = ["note_wrong_scale"]

_FEW: Final = 20
_TINY: Final = 0.01
_SLICE: Final = ["source", "indicator", "period", "dimension"]


def note_wrong_scale(frame: pd.DataFrame, catalog: Catalog, problems: Problems) -> None:
    """Note every slice of a report that seems to hold shares where percents are expected.

    A share of 0.21 that is taken for a percent is still a percent, of 0.21; only all the
    figures together show it. In the publishers' reports no slice of 20 figures or more
    stays at or under one percent throughout: the smallest maximum of one is 6.6 percent.

    Parameters
    ----------
    frame : DataFrame
        Observations of several reports, with ``source``.
    catalog : Catalog
        Says which indicators are shares.
    problems : Problems
        Where each slice (report, indicator, period and dimension) is noted.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> slip = pd.DataFrame({"source": "edsight_suspension", "indicator": "suspension",
    ...     "period": "2018-19", "dimension": "all", "status": "published",
    ...     "estimate": [0.001 + 0.0001 * i for i in range(20)]})
    >>> problems = Problems()
    >>> note_wrong_scale(slip, load_catalog(), problems)
    >>> [problem.value for problem in problems]
    ['20 figures, none above 0.29 %']
    """
    shares = {entry.id for entry in catalog.indicators.values() if entry.unit == "share"}
    shown = frame[frame["indicator"].isin(shares) & (frame["status"] == "published")]
    found = shown.groupby(_SLICE, sort=True)["estimate"].agg(["max", "count"])
    tiny = found[(found["count"] >= _FEW) & found["max"].between(0, _TINY, "right")]
    for key, highest, count in tiny.itertuples():
        source, indicator, period, dimension = key
        problems.add(
            source,
            f"the figures of {indicator} for {period} by {dimension} look like shares, where "
            "percents are expected",
            value=f"{count} figures, none above {highest * 100:.2g} %",
            allowed="percents from 0 to 100",
            remedy="Hold the export against the publisher's report.",
        )
