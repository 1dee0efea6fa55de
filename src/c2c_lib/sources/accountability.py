"""Next Generation Accountability results of the state and its districts, 2024-25.

What stands in the file and how it is read:

- Performance indexes (``Ind1``) run from 0 to 100 and are no percent of proficient students.
  For students without high needs the state prints at most 75 for a district (its own target),
  so a 75 there means "75 or more"; such figures carry a note.
- Chronic absence (``Ind4``) and ninth graders on track (``Ind7``) are shares of the school
  year of the file; four-year graduation (``Ind8``) and postsecondary entrance (``Ind10``) are
  shares of the class that graduated the school year before.
- ``.`` or an empty cell is a figure that is not given, without a word why. It counts as
  hidden by the state, as its groups are then too small, with one exception: where a district
  has none of the results that only a high school has (graduation, entrance, courses, exams,
  arts), its high-school figures do not apply to it.
- Rows of single schools are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.catalog.periods import parse_period, school_year
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

__all__ = ["CAPPED", "SOURCE", "read", "read_accountability"]

SOURCE: Final = "csde_accountability"

CAPPED: Final = "The state prints at most 75 here: the figure means 75 or more."


class Figure(NamedTuple):
    """What one column of the report measures."""

    indicator: str
    group: str = "all"
    high: float = 1.0
    high_school: bool = False
    class_before: bool = False


_GROUPS: Final = {"All": "all", "HN": "high_needs", "NHN": "not_high_needs"}
_FIGURES: Final[dict[str, Figure]] = {
    **{
        f"Ind1{code}_{group}_Rate": Figure(f"{subject}_performance_index", group_id, 100.0)
        for code, subject in (("ELA", "ela"), ("Math", "math"), ("Sci", "science"))
        for group, group_id in _GROUPS.items()
    },
    "Ind4Rate": Figure("chronic_absence"),
    "Ind4HNRate": Figure("chronic_absence", "high_needs"),
    "Ind7Rate": Figure("ninth_grade_on_track", high_school=True),
    "Ind8Rate": Figure("graduation_4yr", high_school=True, class_before=True),
    "Ind10Rate": Figure("postsecondary_entrance_1yr", high_school=True, class_before=True),
}
_HIGH_SCHOOL_ONLY: Final = (
    "Ind5Rate",
    "Ind6Rate",
    "Ind8Rate",
    "Ind9Rate",
    "Ind10Rate",
    "Ind12Rate",
)
_KEYS: Final = ("RptngDistrictName", "ReportingDistrictCode", "Category", "schoolyear")
_COLUMNS: Final = tuple(dict.fromkeys([*_KEYS, *_FIGURES, *_HIGH_SCHOOL_ONLY]))
_NOT_GIVEN: Final = (".", "")
_WANTED: Final = ("DistrictTot", "StateTot")
_CATEGORIES: Final = (*_WANTED, "SchoolTot")
_CAP: Final = 75.0


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the state's file of results.

    Parameters
    ----------
    files : sequence of RawFile
        With a title line above the header and codes written as formulas (``="0150011"``).
    names : Names
        Resolves districts by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    return read_accountability(files, names)


def read_accountability(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read any year's results; `read` and the transcribed earlier years share it."""
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    frame = read_csv(file, _COLUMNS, names.problems)
    note_unknown(frame, "Category", _CATEGORIES, file, names.problems)
    frame = frame[frame["Category"].isin(_WANTED)]
    if frame.empty:
        return observations([])
    frame = frame[note_bad_periods(frame, "schoolyear", file, names.problems)]
    frame = frame.assign(ReportingDistrictCode=frame["ReportingDistrictCode"].str.strip('="'))
    places = find_places(
        frame, "district", "RptngDistrictName", file, names, "ReportingDistrictCode"
    )
    frame = frame.join(places, how="inner")
    no_high_school = frame[list(_HIGH_SCHOOL_ONLY)].isin(_NOT_GIVEN).all(axis=1)
    found = [
        _figures(frame, column, figure, no_high_school, file, names)
        for column, figure in _FIGURES.items()
    ]
    result = observations(pd.concat(found, ignore_index=True))
    note_missing_places(result, "state", file.name, names)
    return result


def _figures(
    frame: pd.DataFrame,
    column: str,
    figure: Figure,
    no_high_school: pd.Series[bool],
    file: RawFile,
    names: Names,
) -> pd.DataFrame:
    """Return the observations of one column."""
    values = numbers(frame, column, file, names.problems, missing=_NOT_GIVEN, high=figure.high)
    not_given = frame[column].isin(_NOT_GIVEN)
    years = frame["schoolyear"].map(lambda year: parse_period(year).start)
    hidden = np.where(no_high_school & figure.high_school, "not_applicable", "suppressed_by_source")
    capped = (
        (figure.group == "not_high_needs") & (frame["Category"] == "DistrictTot") & (values == _CAP)
    )
    rows = pd.DataFrame(
        {
            "indicator": figure.indicator,
            "geo_level": frame["geo_level"],
            "geo_id": frame["geo_id"],
            "period": (years - int(figure.class_before)).map(school_year),
            "dimension": "all" if figure.group == "all" else "high_needs",
            "group": figure.group,
            "estimate": values,
            "status": np.where(not_given, hidden, "published"),
            "note": np.where(capped, CAPPED, ""),
        }
    )
    return rows[values.notna() | not_given]
