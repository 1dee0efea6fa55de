"""Medians of the American Community Survey: ends that are open, and those nobody could tell."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

__all__ = ["HIGHEST", "LOWEST", "NO_MEDIAN", "OPEN_END", "OPEN_START", "median_figures"]

HIGHEST: Final = 250_001.0
"""What the Bureau prints for a median above 250,000 dollars."""

LOWEST: Final = 2_499.0
"""What the Bureau prints for a median below 2,500 dollars."""

OPEN_END: Final = "The median is above 250,000 dollars; the Census Bureau prints no higher one."
OPEN_START: Final = "The median is below 2,500 dollars; the Census Bureau prints no lower one."
NO_MEDIAN: Final = "Too few households answered here to work out a median."


def median_figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn printed medians and margins into figures, each with its status and note.

    Parameters
    ----------
    frame : DataFrame
        With ``estimate`` and ``moe90`` in dollars, missing where none is printed, and any
        others; an existing ``note`` is kept before the new one.

    Returns
    -------
    DataFrame
        `frame` with ``status`` and ``note``. A median that is not printed is
        ``not_applicable`` and carries no value; one at an open end keeps its value and
        says so, and has no margin.

    Examples
    --------
    >>> frame = pd.DataFrame({"estimate": [56584.0, None, 250001.0], "moe90": [1938.0, None, None]})
    >>> median_figures(frame)[["estimate", "moe90", "status"]]
       estimate   moe90          status
    0   56584.0  1938.0       published
    1       NaN     NaN  not_applicable
    2  250001.0     NaN       published
    """
    printed = frame["estimate"].notna()
    above, below = frame["estimate"] == HIGHEST, frame["estimate"] == LOWEST
    said = np.select([~printed, above, below], [NO_MEDIAN, OPEN_END, OPEN_START], "")
    before = frame.get("note", pd.Series("", index=frame.index))
    return frame.assign(
        moe90=frame["moe90"].where(printed & ~above & ~below),
        status=np.where(printed, "published", "not_applicable"),
        note=(before + " " + said).str.strip(),
    )
