"""Infant deaths per 1,000 live births, by town and five pooled years.

The file also holds fetal, neonatal and postneonatal deaths, and counts by race; rates are
given only for infants of all races together, so nothing else is read. ``-9999`` stands for a
count of one to four deaths and the rate that would give it away. Denominators (births) are
not given. Deaths whose town is not known form a row of their own, which is no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    find_places,
    note_bad_periods,
    note_missing_places,
    note_unknown,
    numbers,
    observations,
    read_csv,
)

__all__ = ["SOURCE", "read"]

SOURCE: Final = "dph_infant_mortality"

_COLUMNS: Final = ("Town", "FIPS", "Year", "Race", "Type", "Measure Type", "Value")
_LABELS: Final = {
    "Race": ("All", "Black or African American", "Hispanic or Latino", "White", "Other"),
    "Type": ("Fetal", "Infant", "Neonatal", "Postneonatal"),
    "Measure Type": ("Number", "Rate"),
}
_NO_TOWN: Final = "Unknown Ct Town"
_HIDDEN: Final = ("-9999",)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read infant deaths into one observation per town and five-year period.

    Parameters
    ----------
    files : sequence of RawFile
        Long tables with ``Town, FIPS, Year, Race, Type, Measure Type, Value``.
    names : Names
        Resolves towns by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`); the estimate is a rate per
        1,000 as printed, the numerator the number of deaths.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, _COLUMNS, problems)
    for column, known in _LABELS.items():
        note_unknown(frame, column, known, file, problems)
    frame = frame[
        (frame["Type"] == "Infant") & (frame["Race"] == "All") & (frame["Town"] != _NO_TOWN)
    ]
    frame = frame[note_bad_periods(frame, "Year", file, problems)]
    frame = frame.join(find_places(frame, "town", "Town", file, names, "FIPS"), how="inner")
    rates = _measure(frame, "Rate", 1000.0, file, names)
    deaths = _measure(frame, "Number", np.inf, file, names)
    both = rates.add_suffix("_rate").join(deaths.add_suffix("_number"), how="outer")
    for key, _ in both[both["hidden_rate"].isna() | both["hidden_number"].isna()].iterrows():
        problems.add(
            file.name,
            "a rate stands without its number, or a number without its rate",
            value="/".join(str(part) for part in np.atleast_1d(np.asarray(key, dtype=object))),
        )
    both = both.dropna(subset=["hidden_rate", "hidden_number"]).reset_index()
    # If either is hidden, the other would give it away.
    hidden = both["hidden_rate"].astype(bool) | both["hidden_number"].astype(bool)
    result = observations(
        both.assign(
            indicator="infant_mortality",
            period=both["Year"],
            dimension="all",
            group="all",
            estimate=both["value_rate"].mask(hidden),
            numerator=both["value_number"].mask(hidden),
            status=np.where(hidden, "suppressed_by_source", "published"),
        )
    )
    note_missing_places(result, "town", file.name, names)
    return result


def _measure(
    frame: pd.DataFrame, measure: str, high: float, file: RawFile, names: Names
) -> pd.DataFrame:
    """Return value and mark of one measure, by place and period."""
    rows = frame[frame["Measure Type"] == measure]
    values = numbers(rows, "Value", file, names.problems, missing=_HIDDEN, high=high)
    hidden = rows["Value"].isin(_HIDDEN)
    rows = rows.assign(value=values, hidden=hidden)[values.notna() | hidden]
    keys = ["geo_level", "geo_id", "Year"]
    for line, *key in rows[rows.duplicated(keys)][keys].head(20).itertuples():
        names.problems.add(
            f"{file.name}:{line}", f"a second {measure.lower()} stands for", value="/".join(key)
        )
    return rows.drop_duplicates(keys).set_index(keys)[["value", "hidden"]]
