"""Median household income by race and ethnicity of the householder (ACS table B19013).

The race groups of this table are not those of the schools: whoever gives one race counts
there, Hispanic or not, so that all but "White Alone Not Hispanic or Latino" include Hispanic
householders. They carry a note. "White Alone" is left out, as it overlaps with Hispanic where
the catalog's White does not, and "Some Other Race Alone" is left out, as the catalog has no
such group. A median that could not be worked out stands as a mark or, in the first window, as
an empty cell. Dollars are those of the last year of each window, not adjusted.

Rows without the name of a town are what remains of a county; they are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.acs_medians import HIGHEST, LOWEST, median_figures
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.long_tables import group_ids, one_row_per_figure
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

__all__ = ["OVERLAPS", "SOURCE", "read"]

SOURCE: Final = "ctdata_median_income"

OVERLAPS: Final = "Includes householders who are also Hispanic."

_INDICATOR: Final = "median_household_income"
_RACE: Final = "Race/Ethnicity"
_DIMENSION: Final = "race_ethnicity"
_TOTAL: Final = "Median Household Income"
_COLUMNS: Final = ("FIPS", "Year", "Measure Type", "Variable", _RACE, _TOTAL, "Value", "Town")
_CELLS: Final = {"Median Household Income": "estimate", "Margins of Error": "moe90"}
_LABELS: Final = {"Measure Type": ("Number",), "Variable": tuple(_CELLS), _TOTAL: ("Total",)}
_ALL: Final = "All"
_LEFT_OUT: Final = ("White Alone", "Some Other Race Alone")
_NO_OVERLAP: Final = ("all", "hispanic", "white")
_NOT_COMPUTED: Final = "-666666666.0"
_KEYS: Final = ["geo_level", "geo_id", "period", "dimension", "group"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the median of all households of every town and the state, and by group.

    Parameters
    ----------
    files : sequence of RawFile
        Long tables with medians and margins of error.
    names : Names
        Resolves towns by name and code, and groups by label.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`) in dollars. A median that the
        Bureau could not work out is ``not_applicable``.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, _COLUMNS, problems)
    for column, known in _LABELS.items():
        note_unknown(frame, column, known, file, problems)
    frame = frame[(frame["Town"] != "") & ~frame[_RACE].isin(_LEFT_OUT)]
    frame = frame.assign(group=group_ids(frame, _RACE, _DIMENSION, _ALL, file, names))
    frame = frame.dropna(subset="group")
    frame = frame[note_bad_periods(frame, "Year", file, problems)]
    frame = frame.join(find_places(frame, "town", "Town", file, names, "FIPS"), how="inner")
    frame = frame.assign(
        period=frame["Year"],
        dimension=frame["group"].where(frame["group"] == "all", _DIMENSION),
        cell=frame["Variable"].map(_CELLS),
        value=numbers(frame, "Value", file, problems, missing=(_NOT_COMPUTED, "")),
    ).dropna(subset="cell")
    _note_unsaid(frame, file, names)
    wide = one_row_per_figure(frame, _KEYS, list(_CELLS.values()), file, problems)
    result = _figures(wide, file, names)
    note_missing_places(result, "town", file.name, names)
    return result


def _note_unsaid(frame: pd.DataFrame, file: RawFile, names: Names) -> None:
    """Note medians of all households that are not given; those of small groups may be blank."""
    of_all = frame["group"] == "all"
    unsaid = frame[of_all & (frame["cell"] == "estimate") & (frame["Value"] == "")]
    for line, town, race in unsaid[["Town", _RACE]].head(20).itertuples():
        names.problems.add(
            f"{file.name}:{line}",
            "a median is not given",
            value=f"{town}/{race}",
            column="Value",
            allowed=f"a number, or {_NOT_COMPUTED} where none could be worked out",
        )


def _figures(wide: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    inside = wide["estimate"].notna() & ~wide["estimate"].isin([LOWEST, HIGHEST])
    for _, row in wide[inside & wide["moe90"].isna()].head(20).iterrows():
        names.problems.add(
            file.name, "the margin of a median is not given", value="/".join(row[_KEYS])
        )
    notes = wide["group"].map(lambda group: "" if group in _NO_OVERLAP else OVERLAPS)
    return observations(median_figures(wide.assign(indicator=_INDICATOR, note=notes)))
