"""Next Generation Accountability results of single schools, 2024-25.

They stand in the file of the districts' results (`c2c_lib.sources.accountability`) and are read
like these, with three differences:

- Whether a figure applies to a school follows from its lowest and highest grade, which the
  file prints. ``.`` or an empty cell is not applicable where the school has no grade that the
  figure is about, and hidden where it has one.
- A school that ends with grade 8 has a rate of ninth graders on track. It cannot be about ninth
  graders of the school: it is about those who were its students before, and says so.
- The cap of 75 on the index of students without high needs holds for schools too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.catalog.periods import parse_period, school_year
from c2c_lib.sources.accountability import CAPPED
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import place_code
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import Schools
from c2c_lib.sources.tables import note_bad_periods, note_unknown, numbers, observations, read_csv

__all__ = ["LEFT_FOR_GRADE_9", "SOURCE", "read"]

SOURCE: Final = "csde_accountability_schools"

LEFT_FOR_GRADE_9: Final = (
    "The school ends before grade 9: the figure is about ninth graders who went to it before."
)

_GRADES: Final = ("PK", "K", *(str(grade) for grade in range(1, 13)))
_TESTED: Final = frozenset({"3", "4", "5", "6", "7", "8", "11"})
_TESTED_IN_SCIENCE: Final = frozenset({"5", "8", "11"})
_FROM_KINDERGARTEN: Final = frozenset(_GRADES[1:])


class Figure(NamedTuple):
    """What one column measures, and the grades that it is about."""

    indicator: str
    grades: frozenset[str]
    group: str = "all"
    high: float = 1.0
    class_before: bool = False


_GROUPS: Final = {"All": "all", "HN": "high_needs", "NHN": "not_high_needs"}
_SUBJECTS: Final = {
    "ELA": ("ela", _TESTED),
    "Math": ("math", _TESTED),
    "Sci": ("science", _TESTED_IN_SCIENCE),
}
_FIGURES: Final[dict[str, Figure]] = {
    **{
        f"Ind1{code}_{group}_Rate": Figure(
            f"{subject}_performance_index", grades, group_id, high=100.0
        )
        for code, (subject, grades) in _SUBJECTS.items()
        for group, group_id in _GROUPS.items()
    },
    "Ind4Rate": Figure("chronic_absence", _FROM_KINDERGARTEN),
    "Ind4HNRate": Figure("chronic_absence", _FROM_KINDERGARTEN, "high_needs"),
    "Ind7Rate": Figure("ninth_grade_on_track", frozenset({"8", "9"})),
    "Ind8Rate": Figure("graduation_4yr", frozenset({"12"}), class_before=True),
    "Ind10Rate": Figure("postsecondary_entrance_1yr", frozenset({"12"}), class_before=True),
}
_KEYS: Final = (
    "RptngDistrictName",
    "ReportingDistrictCode",
    "SchoolName",
    "SchoolCode",
    "SchoolLowGrade",
    "SchoolHighGrade",
    "Category",
    "schoolyear",
)
_CATEGORIES: Final = ("SchoolTot", "DistrictTot", "StateTot")
_NOT_GIVEN: Final = (".", "")
_CAP: Final = 75.0


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the rows of single schools.

    Parameters
    ----------
    files : sequence of RawFile
        With a title line above the header and codes written as formulas (``="0150111"``).
    names : Names
        Resolves districts; schools are found by their code.

    Returns
    -------
    DataFrame
        Observations of level ``school`` (`c2c_lib.sources.base.SourceReader`).
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat([observations([]), *frames], ignore_index=True)


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    frame = read_csv(file, [*_KEYS, *_FIGURES], names.problems)
    note_unknown(frame, "Category", _CATEGORIES, file, names.problems)
    frame = frame[frame["Category"].eq("SchoolTot")]
    if frame.empty:
        return observations([])
    for column in ("SchoolLowGrade", "SchoolHighGrade"):
        note_unknown(frame, column, _GRADES, file, names.problems)
        frame = frame[frame[column].isin(_GRADES)]
    frame = frame[note_bad_periods(frame, "schoolyear", file, names.problems)]
    frame = frame.assign(geo_level="school", geo_id=_codes(frame, file, names))
    frame = frame[frame["geo_id"].notna()]
    found = [_figures(frame, column, figure, file, names) for column, figure in _FIGURES.items()]
    return observations(pd.concat(found, ignore_index=True))


def _codes(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.Series[str]:
    """Return the code of every row's school; empty where it is unknown."""
    schools = Schools(names.catalog, names.problems)
    keys = ["RptngDistrictName", "ReportingDistrictCode", "SchoolName", "SchoolCode", "schoolyear"]
    found: list[str | None] = []
    for line, *cells in frame[keys].itertuples(name=None):
        name, code, school, school_code, year = cells
        where = f"{file.name}:{line}"
        district = names.place("district", name, where, place_code(code))
        place = district and schools.find(
            district.geo_id, school, place_code(school_code), year, where
        )
        found.append(place.geo_id if place else None)
    return pd.Series(found, frame.index, dtype="str")


def _figures(
    frame: pd.DataFrame, column: str, figure: Figure, file: RawFile, names: Names
) -> pd.DataFrame:
    """Return the observations of one column."""
    values = numbers(frame, column, file, names.problems, missing=_NOT_GIVEN, high=figure.high)
    not_given = frame[column].isin(_NOT_GIVEN)
    years = frame["schoolyear"].map(lambda year: parse_period(year).start)
    applies = _has_grade(frame, figure.grades)
    hidden = np.where(applies, "suppressed_by_source", "not_applicable")
    capped = (figure.group == "not_high_needs") & (values == _CAP)
    left = (figure.indicator == "ninth_grade_on_track") & ~_has_grade(frame, frozenset({"9"}))
    notes = np.select([capped, left & ~not_given], [CAPPED, LEFT_FOR_GRADE_9], "")
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
            "note": notes,
        }
    )
    return rows[values.notna() | not_given]


def _has_grade(frame: pd.DataFrame, grades: frozenset[str]) -> pd.Series[bool]:
    """Return which schools have one of some grades, from their lowest and highest grade."""
    order = {grade: at for at, grade in enumerate(_GRADES)}
    low, high = frame["SchoolLowGrade"].map(order), frame["SchoolHighGrade"].map(order)
    found = pd.Series(False, frame.index)
    for grade in grades:
        found |= (low <= order[grade]) & (high >= order[grade])
    return found
