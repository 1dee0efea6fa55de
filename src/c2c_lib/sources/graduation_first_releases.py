"""Four-year graduation rates as first released, classes of 2010 and 2011.

The state's first two releases of cohort rates, collected from its bulletins. The class of
2011 stands again, revised, in the first year of the EdSight report (`graduation`). That
later release hides figures that the first one printed; put side by side, the two would give
away what single students did. So a figure of the first release is taken over only where the
later one prints it too, and is otherwise hidden here. The class of 2010 stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog.periods import school_year
from c2c_lib.sources.base import RawFile, share
from c2c_lib.sources.graduation import FOUR_YEAR
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import find_places, note_unknown, numbers, observations, read_csv

__all__ = ["SOURCE", "read"]

SOURCE: Final = "csde_graduation_first_releases"

LATER: Final = "four-year-graduation-rates__"
"""What the names of the later release's exports begin with."""
HIDDEN_LATER: Final = "The state's later release of this class does not print it."

_YEAR, _DISTRICT, _CATEGORY = "School Year", "District Name", "Category"
_RATE: Final = "4-Year Graduation Rate"
_NOT_GIVEN: Final = ("NA", "")
_YEARS: Final = ("2010", "2011")
_GROUPS: Final = {
    "All Students": ("all", "all"),
    "Hispanic": ("race_ethnicity", "hispanic"),
    "Indian": ("race_ethnicity", "american_indian"),
    "American Indian": ("race_ethnicity", "american_indian"),
    "Asian": ("race_ethnicity", "asian"),
    "Asian American": ("race_ethnicity", "asian"),
    "Black": ("race_ethnicity", "black"),
    "White": ("race_ethnicity", "white"),
    "Male": ("gender", "male"),
    "Female": ("gender", "female"),
    "ELL": ("english_learner", "english_learner"),
    "Non-ELL": ("english_learner", "not_english_learner"),
    "Eligible For Lunch": ("economic_status", "free_or_reduced_meals"),
    "Not Eligible For Lunch": ("economic_status", "not_eligible"),
    "Special Education": ("disability", "with_disabilities"),
    "Non-Special Education": ("disability", "without_disabilities"),
    "Non- Special Education": ("disability", "without_disabilities"),
}
_LEFT_OUT: Final = ("Non-Hispanic",)
"""The rest of the students beside Hispanic ones is no group of the catalog."""
_DISTRICTS: Final = {
    "CT Technical High School System": "Connecticut Technical High School System",
    "Eastern Connecticut Regional Educational Service C": (
        "Eastern Connecticut Regional Educational Service Center (EASTCONN)"
    ),
    "New Fairfield": "New Fairfield School District",
    "Norwich Free Academy": "Norwich Free Academy District",
    "Stamford Academy": "Stamford Academy District",
    "The Gilbert School": "The Gilbert School District",
    "West Hartford": "West Hartford School District",
    "Woodstock Academy": "Woodstock Academy District",
}
"""Spellings that only these releases use."""
_SAME: Final = ["geo_level", "geo_id", "period", "dimension", "group"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the first releases, and hide what the later release does not print.

    Parameters
    ----------
    files : sequence of RawFile
        The table of the first releases, and the exports of the later release.
    names : Names
        Resolves districts by name.

    Returns
    -------
    DataFrame
        Observations of ``graduation_4yr_first_releases``, without counts.
    """
    first = [file for file in files if not file.path.name.startswith(LATER)]
    later = [file for file in files if file.path.name.startswith(LATER)]
    frames = [_read_file(file, names) for file in first]
    figures = pd.concat(frames, ignore_index=True) if frames else observations([])
    return _hide(figures, FOUR_YEAR.read(later, names), names)


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    frame = read_csv(file, (_YEAR, _DISTRICT, _CATEGORY, _RATE), names.problems)
    note_unknown(frame, _YEAR, _YEARS, file, names.problems)
    note_unknown(frame, _CATEGORY, (*_GROUPS, *_LEFT_OUT), file, names.problems)
    frame = frame[frame[_YEAR].isin(_YEARS) & frame[_CATEGORY].isin(list(_GROUPS))]
    frame = frame.assign(**{_DISTRICT: frame[_DISTRICT].replace(_DISTRICTS)})
    frame = frame.join(find_places(frame, "district", _DISTRICT, file, names), how="inner")
    values = numbers(frame, _RATE, file, names.problems, missing=_NOT_GIVEN, high=100.0)
    not_given = frame[_RATE].isin(_NOT_GIVEN)
    groups = frame[_CATEGORY].map(_GROUPS)
    rows = pd.DataFrame(
        {
            "where": [f"{file.name}:{line}" for line in frame.index],
            "indicator": "graduation_4yr_first_releases",
            "geo_level": frame["geo_level"],
            "geo_id": frame["geo_id"],
            "period": frame[_YEAR].map(lambda year: school_year(int(year) - 1)),
            "dimension": groups.str[0],
            "group": groups.str[1],
            "estimate": values.map(share, na_action="ignore").astype("float64"),
            "status": np.where(not_given, "suppressed_by_source", "published"),
            "note": "",
        }
    )
    return rows[values.notna() | not_given].reset_index(drop=True)


def _hide(first: pd.DataFrame, later: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Hide the figures of classes that the later release has, where it does not print them.

    Free and reduced-price meals are one group in the first release and two in the later one:
    the figure is kept where the later release prints every group of meals of the place.
    """
    if later.empty and len(first):
        names.problems.add(
            first["where"].iloc[0].rpartition(":")[0],
            "the later release of the same class is not there, so what it hides is not known",
            allowed=f"exports named {LATER}2010-11_...csv",
            remedy="Put the exports of the four-year rates of 2010-11 into the raw folder.",
        )
        return first[:0]
    shown = later["status"].eq("published")
    printed = set(later.loc[shown, _SAME].itertuples(index=False, name=None))
    hidden = set(later.loc[~shown, _SAME[:-1]].itertuples(index=False, name=None))
    known = {key[:-1] for key in printed} - hidden
    again = first["period"].isin(set(later["period"]))
    keys = list(first[_SAME].itertuples(index=False, name=None))
    kept = [
        key[:-1] in known if key[-1] == "free_or_reduced_meals" else key in printed for key in keys
    ]
    hide = again & ~pd.Series(kept, first.index, dtype="bool") & first["status"].eq("published")
    return first.assign(
        estimate=first["estimate"].mask(hide),
        status=first["status"].mask(hide, "suppressed_by_source"),
        note=first["note"].mask(hide, HIDDEN_LATER),
    )
