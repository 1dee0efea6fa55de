"""Students who were homeless at some point of a school year, by city (Urban Institute).

From the federal EDFacts counts, put together for the districts that have their office in the
city. The year is the fall in which the school year begins. Where the federal file hides the
count of a district, the publisher puts a small number in its place and gives bounds for what
the count can be: such a figure carries a note, and one that hangs on them is graded weak. The
bounds are no margin of error and are not kept.

The groups that are printed may leave one to five students to those that are hidden or that the
catalog does not have. Then the smallest printed group of that city and year is hidden too, so
that nobody can work out how few they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import read_csv
from c2c_lib.sources.urban_metrics import Metric, fall_school_year, read_metrics

__all__ = ["FILLED_IN", "SOURCE", "WOULD_TELL", "read"]

SOURCE: Final = "urban_homelessness"

FILLED_IN: Final = (
    "Some counts in it were hidden, and the publisher put an estimate in their place."
)

WOULD_TELL: Final = "Not shown: with it, a hidden count could be worked out."

_METRICS: Final = (
    Metric("student_homelessness", "share_homeless", bounds=False, numerator="count_homeless"),
)
_BOUNDS: Final = ("count_homeless", "count_homeless_lb", "count_homeless_ub")
_FEW: Final = 6


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``student_homelessness`` of every Connecticut city, by race and ethnicity.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files of all students and by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations with the number of students
        (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    frame = read_metrics(files, names, _METRICS, fall_school_year)
    filled = {where for file in files for where in _filled_in(file, names)}
    inside = frame["where"].isin(filled) & frame["estimate"].notna()
    notes = (frame["note"] + " " + FILLED_IN).str.strip()
    return _without_telling(frame.assign(note=frame["note"].where(~inside, notes)))


def _without_telling(frame: pd.DataFrame) -> pd.DataFrame:
    """Hide the smallest group where the printed ones leave too few students to the others."""
    keys = ["geo_id", "period"]
    groups = frame[(frame["dimension"] != "all") & frame["numerator"].notna()]
    whole = frame[frame["dimension"] == "all"].set_index(keys)["numerator"]
    left = whole - groups.groupby(keys)["numerator"].sum()
    telling = pd.MultiIndex.from_frame(groups[keys]).isin(left.index[(left > 0) & (left < _FEW)])
    smallest = groups[telling].sort_values("numerator", kind="stable").drop_duplicates(keys).index
    hidden = frame.index.isin(smallest)
    return frame.assign(
        estimate=frame["estimate"].mask(hidden),
        numerator=frame["numerator"].mask(hidden),
        status=frame["status"].mask(hidden, "suppressed_by_source"),
        note=frame["note"].mask(hidden, WOULD_TELL),
    )


def _filled_in(file: RawFile, names: Names) -> list[str]:
    """Return the rows whose count is partly the publisher's estimate: its bounds differ."""
    frame = read_csv(file, _BOUNDS, names.problems)
    count, low, high = (frame[column] for column in _BOUNDS)
    for line in frame.index[(low == high) & (low != count)][:20]:
        names.problems.add(
            f"{file.name}:{line}",
            "the count lies outside its own bounds",
            value=count[line],
            column=_BOUNDS[0],
            allowed=f"{low[line]} to {high[line]}",
        )
    return [f"{file.name}:{line}" for line in frame.index[low != high]]
