"""Children under 18 below the poverty level, by race and ethnicity (ACS table B17001).

One file has every group for the state and the four cities, another all children for every
town; both are selections from the same table and agree where they overlap. Share and margin of
error are worked out from the printed counts and their margins.

The race groups of this table are not those of the schools: whoever gives one race counts
there, Hispanic or not, so that all but "White Alone Not Hispanic or Latino" include Hispanic
children. They carry a note. "White Alone" is left out, as it overlaps with Hispanic where the
catalog's White does not, and "Some Other Race Alone" is left out, as the catalog has no such
group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
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

__all__ = ["OVERLAPS", "SOURCE", "read"]

SOURCE: Final = "acs_poverty_by_race"

OVERLAPS: Final = "Includes children who are also Hispanic."

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
_LABELS: Final = {
    "Age": ("Total", "Under 18"),
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
_KEYS: Final = ["geo_level", "geo_id", "period", "dimension", "group"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read child poverty: all children of every town, and by group where it is given.

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
    frame = frame[(frame["Age"] == "Under 18") & (frame["Measure Type"] == "Number")]
    frame = frame[~frame[_RACE].isin(_LEFT_OUT)]
    groups = _groups(frame, file, names)
    frame = frame.assign(group=frame[_RACE].map(groups)).dropna(subset="group")
    frame = frame[note_bad_periods(frame, "Year", file, problems)]
    frame = frame.join(find_places(frame, "town", "Town", file, names, "FIPS"), how="inner")
    frame = frame.assign(
        period=frame["Year"],
        dimension=frame["group"].where(frame["group"] == "all", "race_ethnicity"),
        cell=(frame["Poverty Status"] + "/" + frame["Variable"]).map(_CELLS),
        value=numbers(frame, "Value", file, problems),
    ).dropna(subset="cell")
    keys = [*_KEYS, "cell"]
    for line, *key in frame[frame.duplicated(keys)][keys].head(20).itertuples():
        problems.add(f"{file.name}:{line}", "a second row stands for", value="/".join(key))
    counts = frame.drop_duplicates(keys).set_index(keys)["value"].unstack("cell")  # noqa: PD010 - one value per cell, nothing to aggregate
    counts = counts.reindex(columns=list(_CELLS.values())).reset_index()
    counts = counts.assign(
        indicator="child_poverty",
        note=counts["group"].map(lambda group: "" if group in _NO_OVERLAP else OVERLAPS),
    )
    result = observations(survey_shares(counts, file.name, problems))
    note_missing_places(result, _level_of(result), file.name, names)
    return result


def _groups(frame: pd.DataFrame, file: RawFile, names: Names) -> dict[str, str]:
    """Return the catalog's group of every label in the file that it knows."""
    found = {_ALL: "all"}
    for line, label in frame[_RACE].drop_duplicates().items():
        if label != _ALL:
            group = names.group("race_ethnicity", label, f"{file.name}:{line}")
            if group is not None:
                found[label] = group
    return found


def _level_of(result: pd.DataFrame) -> str:
    """Return whose rows have to be complete: a file with groups covers some towns only."""
    return "state" if (result["dimension"] != "all").any() else "town"
