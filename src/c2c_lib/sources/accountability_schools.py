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
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.accountability import FIGURES, TESTED, figures_of, share_tested
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import place_code
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import Schools
from c2c_lib.sources.tables import note_bad_periods, note_unknown, observations, read_csv

__all__ = ["LEFT_FOR_GRADE_9", "SOURCE", "read"]

SOURCE: Final = "csde_accountability_schools"

LEFT_FOR_GRADE_9: Final = (
    "The school ends before grade 9: the figure is about ninth graders who went to it before."
)

_GRADES: Final = ("PK", "K", *(str(grade) for grade in range(1, 13)))
_TESTED: Final = frozenset({"3", "4", "5", "6", "7", "8", "11"})
_TESTED_IN_SCIENCE: Final = frozenset({"5", "8", "11"})
_FROM_KINDERGARTEN: Final = frozenset(_GRADES[1:])
_ON_TRACK: Final = "Ind7Rate"


_GROWN: Final = frozenset({"4", "5", "6", "7", "8"})
_SENIOR: Final = frozenset({"9", "10", "11", "12"})
_GRADES_OF: Final[dict[str, frozenset[str]]] = {
    "Ind1ELA": _TESTED,
    "Ind1Math": _TESTED,
    "Ind1Sci": _TESTED_IN_SCIENCE,
    "Ind2ELA": _GROWN,
    "Ind2Math": _GROWN,
    "Ind2LEP": _FROM_KINDERGARTEN,
    "Ind4Rate": _FROM_KINDERGARTEN,
    "Ind4HNRate": _FROM_KINDERGARTEN,
    "Ind5Rate": frozenset({"11", "12"}),
    "Ind6Rate": frozenset({"11", "12"}),
    _ON_TRACK: frozenset({"8", "9"}),
    "Ind8Rate": frozenset({"12"}),
    "Ind9Rate": frozenset({"12"}),
    "Ind10Rate": frozenset({"12"}),
    "Ind11FitnessRate": frozenset({"4", "6", "8", "10"}),
    "Ind12Rate": _SENIOR,
}
"""The grades that each column, or the columns that begin so, are about."""

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
    frame = read_csv(file, [*_KEYS, *FIGURES, TESTED], names.problems)
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
    tested = share_tested(frame, file, names)
    found = [_figures(frame, column, tested, file, names) for column in FIGURES]
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
    frame: pd.DataFrame, column: str, tested: pd.Series[float], file: RawFile, names: Names
) -> pd.DataFrame:
    """Return the observations of one column."""
    grades = next(of for start, of in _GRADES_OF.items() if column.startswith(start))
    why = np.where(_has_grade(frame, grades), "suppressed_by_source", "not_applicable")
    rows = figures_of(frame, column, why, tested, file, names)
    if column != _ON_TRACK:
        return rows
    left = rows["status"].eq("published") & ~_has_grade(frame, frozenset({"9"})).reindex(rows.index)
    return rows.assign(note=rows["note"].mask(left, LEFT_FOR_GRADE_9))


def _has_grade(frame: pd.DataFrame, grades: frozenset[str]) -> pd.Series[bool]:
    """Return which schools have one of some grades, from their lowest and highest grade."""
    order = {grade: at for at, grade in enumerate(_GRADES)}
    low, high = frame["SchoolLowGrade"].map(order), frame["SchoolHighGrade"].map(order)
    found = pd.Series(False, frame.index)
    for grade in grades:
        found |= (low <= order[grade]) & (high >= order[grade])
    return found
