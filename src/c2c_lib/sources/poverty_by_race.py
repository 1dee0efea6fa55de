"""Residents and children below the poverty level, by race and ethnicity (ACS table B17001).

One file has every group for the state and the four cities, another everyone and all children
for every town; both are selections from the same table and agree where they overlap. Share and
margin of error are worked out from the printed counts and their margins.

The race groups of this table are not those of the schools: whoever gives one race counts
there, Hispanic or not, so that all but "White Alone Not Hispanic or Latino" include Hispanic
people. They carry a note. "White Alone" is left out, as it overlaps with Hispanic where the
catalog's White does not, and "Some Other Race Alone" is left out, as the catalog has no such
group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.long_tables import group_ids, one_row_per_figure
from c2c_lib.sources.names import Names
from c2c_lib.sources.survey_shares import survey_shares
from c2c_lib.sources.tables import (
    find_places,
    note_bad_periods,
    note_missing_places,
    note_unknown,
    numbers,
    observations,
    read_csv,
)

__all__ = ["OVERLAPS", "OVERLAPS_ALL_AGES", "SOURCE", "read"]

SOURCE: Final = "acs_poverty_by_race"

OVERLAPS: Final = "Includes children who are also Hispanic."
OVERLAPS_ALL_AGES: Final = "Includes residents who are also Hispanic."

_RACE: Final = "Race/Ethnicity"
_COLUMNS: Final = (
    "Town",
    "FIPS",
    "Year",
    _RACE,
    "Age",
    "Poverty Status",
    "Measure Type",
    "Variable",
    "Value",
)
_BELOW: Final = "Below Poverty Level"
_DETERMINED: Final = "Poverty Status Determined"
_ESTIMATE: Final = "Poverty Status"
_MARGIN: Final = "Margins of Error"
_AGES: Final = {
    "Under 18": ("child_poverty", OVERLAPS),
    "Total": ("poverty", OVERLAPS_ALL_AGES),
}
_LABELS: Final = {
    "Age": tuple(_AGES),
    "Poverty Status": (_BELOW, _DETERMINED),
    "Measure Type": ("Number", "Percent"),
    "Variable": (_ESTIMATE, _MARGIN),
}
_CELLS: Final = {
    f"{_BELOW}/{_ESTIMATE}": "numerator",
    f"{_BELOW}/{_MARGIN}": "numerator_moe",
    f"{_DETERMINED}/{_ESTIMATE}": "denominator",
    f"{_DETERMINED}/{_MARGIN}": "denominator_moe",
}
_ALL: Final = "All"
_LEFT_OUT: Final = ("White Alone", "Some Other Race Alone")
_NO_OVERLAP: Final = ("all", "hispanic", "white")
_KEYS: Final = ["indicator", "geo_level", "geo_id", "period", "dimension", "group"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read poverty of children and of everyone, in every town, and by group where it is given.

    Parameters
    ----------
    files : sequence of RawFile
        Long tables with counts and margins of error; percents are not used.
    names : Names
        Resolves towns by name and code, and groups by label.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`); a figure that both files give
        stands once.
    """
    frames = [_read_file(file, names) for file in files]
    if not frames:
        return observations([])
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, _COLUMNS, problems)
    for column, known in _LABELS.items():
        note_unknown(frame, column, known, file, problems)
    frame = frame[frame["Age"].isin(list(_AGES)) & (frame["Measure Type"] == "Number")]
    frame = frame[~frame[_RACE].isin(_LEFT_OUT)]
    groups = group_ids(frame, _RACE, "race_ethnicity", _ALL, file, names)
    frame = frame.assign(group=groups).dropna(subset="group")
    frame = frame[note_bad_periods(frame, "Year", file, problems)]
    frame = frame.join(find_places(frame, "town", "Town", file, names, "FIPS"), how="inner")
    frame = frame.assign(
        indicator=frame["Age"].map({age: indicator for age, (indicator, _) in _AGES.items()}),
        period=frame["Year"],
        dimension=frame["group"].where(frame["group"] == "all", "race_ethnicity"),
        cell=(frame["Poverty Status"] + "/" + frame["Variable"]).map(_CELLS),
        value=numbers(frame, "Value", file, problems),
    ).dropna(subset="cell")
    counts = one_row_per_figure(frame, _KEYS, list(_CELLS.values()), file, problems)
    notes = counts["indicator"].map(dict(_AGES.values()))
    counts = counts.assign(note=notes.where(~counts["group"].isin(_NO_OVERLAP), ""))
    result = observations(survey_shares(counts, file.name, problems))
    note_missing_places(result, _level_of(result), file.name, names)
    return result


def _level_of(result: pd.DataFrame) -> str:
    """Return whose rows have to be complete: a file with groups covers some towns only."""
    return "state" if (result["dimension"] != "all").any() else "town"
