"""Child poverty by census tract, from the American Community Survey's table B17024.

The export is one long table of all Connecticut areas (year, level, geoid, name, table,
variable, estimate, moe). B17024 counts people by age and by income as a ratio of the poverty
level; children in poverty are the three ratios under 1 of the three ages under 18. Counts of
tracts add to the town's published figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_numeric_dtype

from c2c_lib.observations import empty_observations
from c2c_lib.observations.margins import proportion_margin, sum_margin
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["CHILDREN", "POOR", "SOURCE", "read"]

SOURCE: Final = "acs_tracts"

CHILDREN: Final = ("B17024_002", "B17024_015", "B17024_028")
"""Under 6, 6 to 11, 12 to 17: everyone whose poverty status is determined."""
POOR: Final = tuple(f"B17024_{total + ratio:03d}" for total in (2, 15, 28) for ratio in (1, 2, 3))
"""For each of the ages: income under .50, .50 to .74 and .75 to .99 of the poverty level."""

_COLUMNS: Final = ("year", "level", "geoid", "variable", "estimate", "moe")
_WINDOW: Final = 5
_WATER: Final = ("9900", "9998")
"""First and last of the tract numbers that the Bureau keeps for water without people."""


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Return the share of children in poverty of every tract of the state that has land.

    Parameters
    ----------
    files : sequence of RawFile
        Long Parquet tables, one five-year window each.
    names : Names
        Resolves tract codes and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``child_poverty``: share, counts, and the 90 % margin of error of
        the share by the Census Bureau's formulas for sums and proportions. A tract without
        children is ``not_applicable``. A margin is never taken for zero: a missing one is a
        problem.
    """
    frames = [frame for file in files if (frame := _read_file(file, names)) is not None]
    return pd.concat(frames, ignore_index=True) if frames else empty_observations()


def _read_file(file: RawFile, names: Names) -> pd.DataFrame | None:
    raw = pd.read_parquet(file.path)
    if not _readable(raw, file, names):
        return None
    raw = raw[(raw["level"] == "tract") & raw["variable"].isin([*CHILDREN, *POOR])]
    number = raw["geoid"].str[5:9]
    raw = raw[~number.between(*_WATER)]
    if not _complete(raw, file, names):
        return None
    frames = [
        _figures(raw[raw["year"] == year]).assign(period=f"{year - _WINDOW + 1}-{year}")
        for year in sorted(map(int, raw["year"].unique()))
    ]
    return pd.concat(frames, ignore_index=True)


def _readable(raw: pd.DataFrame, file: RawFile, names: Names) -> bool:
    """Whether the columns are there and the numbers are numbers."""
    missing = [column for column in _COLUMNS if column not in raw]
    for column in missing:
        names.problems.add(
            file.name,
            "a column is missing",
            value=column,
            allowed=", ".join(_COLUMNS),
            remedy="If the publisher renamed it, change the reader.",
        )
    words = [c for c in ("year", "estimate", "moe") if c in raw and not is_numeric_dtype(raw[c])]
    for column in words:
        names.problems.add(file.name, "a column does not hold numbers", column=column)
    return not missing and not words


def _complete(raw: pd.DataFrame, file: RawFile, names: Names) -> bool:
    """Whether every tract is known and has every count once, with its margin of error."""
    before = len(names.problems)
    if raw.empty:
        names.problems.add(
            file.name, "holds no tract rows of table B17024", allowed=", ".join([*CHILDREN, *POOR])
        )
    known = {place.geo_id for place in names.catalog.places if place.geo_level == "tract"}
    for code in sorted(set(raw["geoid"]) - known):
        names.problems.add(
            file.name,
            "unknown tract",
            value=code,
            column="geoid",
            allowed="codes of tracts.csv (2020 tracts under planning regions, as since 2022)",
            remedy="Take a window from 2018-2022 on, or go through the crosswalk of codes.",
        )
    bad = raw[~(raw[["estimate", "moe"]] >= 0).all(axis=1)]
    for row in bad.itertuples():
        names.problems.add(
            file.name,
            f"no count or no margin of error for {row.variable} of tract {row.geoid}",
            value=f"{row.estimate} ± {row.moe}",
            remedy="A negative number is the Bureau's mark for a figure that is not given.",
        )
    for (code, year), variables in raw.groupby(["geoid", "year"])["variable"]:
        if sorted(variables) != sorted([*CHILDREN, *POOR]):
            names.problems.add(
                file.name,
                f"tract {code} does not have every count of {year} exactly once",
                value=", ".join(sorted(variables)),
                allowed=", ".join(sorted([*CHILDREN, *POOR])),
            )
    return len(names.problems) == before


def _figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one observation per tract of one window."""
    # Every count stands once, so that nothing is aggregated here.
    wide = rows.pivot_table(
        index="geoid", columns="variable", values=["estimate", "moe"], aggfunc="first"
    )
    poor, poor_margin = _sum(wide, POOR)
    children, children_margin = _sum(wide, CHILDREN)
    lived_in = children > 0
    share = np.divide(poor, children, out=np.full_like(poor, np.nan), where=lived_in)
    margin = proportion_margin(
        numerator=poor,
        numerator_margin=poor_margin,
        denominator=children,
        denominator_margin=children_margin,
    )
    return pd.DataFrame(
        {
            "indicator": "child_poverty",
            "geo_level": "tract",
            "geo_id": wide.index,
            "dimension": "all",
            "group": "all",
            "estimate": share,
            "numerator": np.where(lived_in, poor, np.nan),
            "denominator": np.where(lived_in, children, np.nan),
            "moe90": np.where(lived_in, margin, np.nan),
            "status": np.where(lived_in, "published", "not_applicable"),
            "note": np.where(lived_in, "", "No children were found living here."),
        }
    )


def _sum(
    wide: pd.DataFrame, variables: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    estimates = wide["estimate"][list(variables)].to_numpy(dtype=float)
    moes = wide["moe"][list(variables)].to_numpy(dtype=float)
    return estimates.sum(axis=1), sum_margin(estimates, moes)
