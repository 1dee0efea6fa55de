"""Next Generation Accountability results of the state and its districts, 2024-25.

What stands in the file and how it is read:

- Growth (``Ind2``) is the average percent of their own growth target that students reached,
  printed as a fraction. It is no share of students, so it is read as points of 100, which is
  also what the state prints as points.
- Performance indexes (``Ind1``) run from 0 to 100 and are no percent of proficient students.
  For students without high needs the state prints at most 75 for a district (its own target),
  so a 75 there means "75 or more"; such figures carry a note.
- Chronic absence (``Ind4``), courses and exams (``Ind5``, ``Ind6``), ninth graders on track
  (``Ind7``), fitness (``Ind11``) and arts (``Ind12``) are shares of the school year of the
  file; four-year graduation (``Ind8``) and postsecondary entrance (``Ind10``) are shares of
  the class that graduated the school year before. Six-year graduation of students with high
  needs (``Ind9``) is a share of the class that graduated after four years two years before
  that: the file of 2014-15 gives the 77.6 percent that EdSight prints for 2011-12.
- Where fewer than nine tenths of the students took the fitness test, the state takes points
  off; such figures carry a note.
- ``.`` or an empty cell is a figure that is not given, without a word why. It counts as
  hidden by the state, as its groups are then too small, with two exceptions: where a district
  has none of the results that only a high school has (graduation, entrance, courses, exams,
  arts), its high-school figures do not apply to it; and of the whole state nothing is hidden,
  so what is not given there was not collected.
- Rows of single schools are read by `c2c_lib.sources.accountability_schools`. Participation
  in tests, which says who was tested and not how students do, is left out; so are points and
  categories, which the state works out from the rates, and the six-year rate of students
  without high needs, which is cut off at 94 percent for a district.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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

__all__ = [
    "CAPPED",
    "FEW_TESTED",
    "FIGURES",
    "NOT_GIVEN",
    "SOURCE",
    "TESTED",
    "figures_of",
    "read",
    "read_accountability",
    "share_tested",
]

SOURCE: Final = "csde_accountability"

CAPPED: Final = "The state prints at most 75 here: the figure means 75 or more."

FEW_TESTED: Final = "Fewer than nine tenths of the students took the test."


class Figure(NamedTuple):
    """What one column of the report measures.

    Attributes
    ----------
    high : float
        The highest number that may be printed.
    high_school : bool
        Whether only a district with a high school can have it.
    years_before : int
        How many school years before that of the file its class graduated.
    decimals : int
        By how many places the decimal point of what is printed is moved to the right.
    """

    indicator: str
    group: str = "all"
    high: float = 1.0
    high_school: bool = False
    years_before: int = 0
    decimals: int = 0


_GROUPS: Final = {"All": "all", "HN": "high_needs", "NHN": "not_high_needs"}
FIGURES: Final[dict[str, Figure]] = {
    **{
        f"Ind1{code}_{group}_Rate": Figure(f"{subject}_performance_index", group_id, 100.0)
        for code, subject in (("ELA", "ela"), ("Math", "math"), ("Sci", "science"))
        for group, group_id in _GROUPS.items()
    },
    **{
        f"Ind2{code}_{group}_Rate": Figure(f"growth_{subject}_rate", group_id, decimals=2)
        for code, subject in (("ELA", "ela"), ("Math", "math"))
        for group, group_id in _GROUPS.items()
    },
    "Ind2LEP_LTCY_Rate": Figure("growth_english_literacy", decimals=2),
    "Ind2LEP_ORAL_Rate": Figure("growth_english_oral", decimals=2),
    "Ind4Rate": Figure("chronic_absence"),
    "Ind4HNRate": Figure("chronic_absence", "high_needs"),
    "Ind5Rate": Figure("ccr_courses", high_school=True),
    "Ind6Rate": Figure("ccr_exams", high_school=True),
    "Ind7Rate": Figure("ninth_grade_on_track", high_school=True),
    "Ind8Rate": Figure("graduation_4yr", high_school=True, years_before=1),
    "Ind9Rate": Figure("graduation_6yr_high_needs", high_school=True, years_before=3),
    "Ind10Rate": Figure("postsecondary_entrance_1yr", high_school=True, years_before=1),
    "Ind11FitnessRate": Figure("physical_fitness"),
    "Ind12Rate": Figure("arts_access", high_school=True),
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
TESTED: Final = "Ind11ParticipationRate"
_FITNESS: Final = "Ind11FitnessRate"
_COLUMNS: Final = tuple(dict.fromkeys([*_KEYS, *FIGURES, *_HIGH_SCHOOL_ONLY, TESTED]))
NOT_GIVEN: Final = (".", "")
_WANTED: Final = ("DistrictTot", "StateTot")
_CATEGORIES: Final = (*_WANTED, "SchoolTot")
_HIDDEN: Final = "suppressed_by_source"
_CAP: Final = 75.0
_ENOUGH_TESTED: Final = 0.9
_TESTED_MOST: Final = 2.0  # an estimate: more can be tested than were enrolled in October


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
    no_high_school = frame[list(_HIGH_SCHOOL_ONLY)].isin(NOT_GIVEN).all(axis=1)
    tested = share_tested(frame, file, names)
    state = frame["Category"].eq("StateTot")
    found = []
    for column, figure in FIGURES.items():
        missing = no_high_school & figure.high_school
        why = np.select([state, missing], ["not_collected", "not_applicable"], _HIDDEN)
        found.append(figures_of(frame, column, why, tested, file, names))
    result = observations(pd.concat(found, ignore_index=True))
    note_missing_places(result, "state", file.name, names)
    return result


def share_tested(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.Series[float]:
    """Return which share of the students took the fitness test; empty where it is not given."""
    return numbers(frame, TESTED, file, names.problems, missing=NOT_GIVEN, high=_TESTED_MOST)


def figures_of(
    frame: pd.DataFrame,
    column: str,
    why: NDArray[np.str_],
    tested: pd.Series[float],
    file: RawFile,
    names: Names,
) -> pd.DataFrame:
    """Return the observations of one column; those of schools are read like those of districts.

    Parameters
    ----------
    frame : DataFrame
        Rows of the file with ``geo_level``, ``geo_id``, ``Category`` and ``schoolyear``.
    column : str
        One of `FIGURES`.
    why : array of str
        The status of each row whose figure is not given.
    tested : Series
        As `share_tested` returns it.
    file : RawFile
        For the problems.
    names : Names
        Collects them.
    """
    figure = FIGURES[column]
    values = numbers(frame, column, file, names.problems, missing=NOT_GIVEN, high=figure.high)
    not_given = frame[column].isin(NOT_GIVEN)
    years = frame["schoolyear"].map(lambda year: parse_period(year).start)
    rows = pd.DataFrame(
        {
            "indicator": figure.indicator,
            "geo_level": frame["geo_level"],
            "geo_id": frame["geo_id"],
            "period": (years - figure.years_before).map(school_year),
            "dimension": "all" if figure.group == "all" else "high_needs",
            "group": figure.group,
            "estimate": values.map(lambda value: _moved(value, figure.decimals)),
            "status": np.where(not_given, why, "published"),
        }
    )
    rows = rows[values.notna() | not_given]
    return rows.assign(note=_notes(rows, frame, column, tested))


def _moved(value: float, decimals: int) -> float:
    """Return a number with its decimal point moved, equal to the printed digits.

    Examples
    --------
    >>> _moved(0.588885, 2)
    58.8885
    """
    return float(Decimal(str(value)).scaleb(decimals)) if decimals else value


def _notes(
    rows: pd.DataFrame, frame: pd.DataFrame, column: str, tested: pd.Series[float]
) -> pd.Series[str]:
    """Return what a reader must know about the figures of one column."""
    notes = pd.Series("", rows.index, dtype="str")
    if column.startswith("Ind1") and column.endswith("_NHN_Rate"):
        capped = frame["Category"].ne("StateTot").reindex(rows.index)
        notes = notes.mask(capped & rows["estimate"].eq(_CAP), CAPPED)
    elif column == _FITNESS:
        few = tested.reindex(rows.index).lt(_ENOUGH_TESTED) & rows["status"].eq("published")
        notes = notes.mask(few, FEW_TESTED)
    return notes
