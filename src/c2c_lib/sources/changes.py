"""What an ingest changes in a store that is there already."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from c2c_lib.observations import KEY
from c2c_lib.observations.schema import VALUE_COLUMNS

__all__ = ["Changes", "compare"]


@dataclass(frozen=True)
class Changes:
    """How many figures of two tables differ.

    Attributes
    ----------
    added : int
        Figures that only the new table has.
    revised : int
        Figures that both have, with another value or another status.
    gone : int
        Figures that only the old table has. An export that was cut off between two lines
        shows here and nowhere else.
    """

    added: int
    revised: int
    gone: int


def compare(before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """Count what differs between two tables of observations.

    Parameters
    ----------
    before, after : DataFrame
        Tidy observations; a key stands once in each.

    Examples
    --------
    >>> from c2c_lib.observations import load_observations
    >>> frame = load_observations()
    >>> compare(frame.iloc[:-1], frame.iloc[2:])
    Changes(added=1, revised=0, gone=2)
    """
    columns = [*KEY, "status", *VALUE_COLUMNS]
    both = before[columns].merge(
        after[columns], on=list(KEY), how="outer", indicator=True, suffixes=("_before", "_after")
    )
    matched = both[both["_merge"] == "both"]
    differs = pd.Series(data=False, index=matched.index)
    for column in ("status", *VALUE_COLUMNS):
        old, new = matched[f"{column}_before"], matched[f"{column}_after"]
        differs |= (old != new) & ~(old.isna() & new.isna())
    return Changes(
        added=int((both["_merge"] == "right_only").sum()),
        revised=int(differs.sum()),
        gone=int((both["_merge"] == "left_only").sum()),
    )
