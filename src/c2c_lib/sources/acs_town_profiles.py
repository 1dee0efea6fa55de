"""Town profiles from the American Community Survey, as DataHaven tabulates them.

Children among all residents, children in poverty and with low income (under 18), and
bachelor's degrees (25 and older), of the state and every town. The printed shares are rounded
to two or three decimals; share and margin of error are worked out again from the printed
counts. Levels and groups were spelt differently over the years; rows of the country, counties,
regions and legislative districts are left out.

The total population stands in several topics with the same estimate and different margins.
The Census Bureau controls it to its population estimates: in the topic ``total_pop`` the state's
margin is printed as 0, which means no sampling error, and a town's is small. In the topic
``age`` the margin is that of the sum over age groups and never stands for a controlled total.
Children come from the topic ``age`` and are taken out of that topic's total, with its margin,
as the publisher does; only so do share and margin agree with the printed ones. As no count
that is read here is controlled, a margin that is not printed, or printed as 0, is a problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.survey_shares import survey_shares
from c2c_lib.sources.tables import (
    csv_rows,
    find_places,
    note_missing_places,
    note_unknown,
    numbers,
    observations,
    read_csv,
)

__all__ = ["SOURCE", "read"]

SOURCE: Final = "acs_town_profiles"

_TOPICS: Final = ("topic", "indicator")  # the column of the topic; the older name is second
_COLUMNS: Final = ("level", "name", "year", "group", "estimate", "moe")
_TOTAL: Final = "total_pop"  # stands in several topics; only that of the age groups is read
_AGE: Final = "age"
_WANTED_LEVELS: Final = ("town", "state")
_LEVELS: Final = (
    *_WANTED_LEVELS,
    "us",
    "county",
    "region",
    "msa",
    "puma",
    "lower_legis",
    "upper_legis",
)
_PLURALS: Final = {"towns": "town", "counties": "county", "regions": "region"}
_SHARES: Final = {
    "children_under_18": ("ages00_17", _TOTAL),
    "child_poverty": ("ages00_17_poverty", "ages00_17_poverty_status_determined"),
    "child_low_income": ("ages00_17_low_income", "ages00_17_poverty_status_determined"),
    "adults_bachelors": ("bachelors_plus", "ages25plus"),
}
_KEYS: Final = ["geo_level", "geo_id", "year"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the long town profiles of every year.

    Parameters
    ----------
    files : sequence of RawFile
        Files with ``level, name, year, group, estimate, moe``; the year is the last of five
        pooled years.
    names : Names
        Resolves towns by name.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    topic = _topic_column(file)
    frame = read_csv(file, (topic, *_COLUMNS), names.problems)
    level = frame["level"].str.replace(r"^\d+_", "", regex=True).replace(_PLURALS)
    frame = frame.assign(
        level=level, group=frame["group"].str.replace("ages0_17", "ages00_17", regex=False)
    )
    note_unknown(frame, "level", _LEVELS, file, names.problems)
    frame = frame[(frame["group"] != _TOTAL) | (frame[topic] == _AGE)]
    groups = {group for pair in _SHARES.values() for group in pair}
    for group in sorted(groups - set(frame["group"])) if len(frame) else ():
        names.problems.add(file.name, "a group is missing", value=group, column="group")
    frame = frame[frame["level"].isin(_WANTED_LEVELS) & frame["group"].isin(groups)]
    frame = frame.join(find_places(frame, "town", "name", file, names), how="inner")
    for column in ("year", "estimate", "moe"):
        frame[column] = numbers(frame, column, file, names.problems)
    frame = frame.dropna(subset=["year"])
    _note_certain(frame, file, names)
    keys = [*_KEYS, "group"]
    for line, *key in frame[frame.duplicated(keys)][keys].head(20).itertuples():
        names.problems.add(
            f"{file.name}:{line}", "a second row stands for", value="/".join(map(str, key))
        )
    return _shares(frame.drop_duplicates(keys), file, names)


def _topic_column(file: RawFile) -> str:
    """Return what this year's file calls the column of the topic."""
    # What is wrong with the file is noted when it is read for good.
    header = next((row for _, row in csv_rows(file, Problems())), [])
    return next((name for name in _TOPICS if name in header), _TOPICS[0])


def _note_certain(frame: pd.DataFrame, file: RawFile, names: Names) -> None:
    """Note margins of 0: a survey count has one only where it is controlled."""
    for line, name, group in frame.loc[frame["moe"] == 0, ["name", "group"]].head(20).itertuples():
        names.problems.add(
            f"{file.name}:{line}",
            "the margin of error is 0, though the Census Bureau does not control this count",
            value=f"{name}/{group}",
            column="moe",
            allowed="more than 0",
        )


def _shares(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the observations of rows that are numbers already."""
    found = []
    for indicator, (part, whole) in _SHARES.items():
        of_part, of_whole = (
            frame[frame["group"] == group].set_index(_KEYS)[["estimate", "moe"]]
            for group in (part, whole)
        )
        of_part.columns = ["numerator", "numerator_moe"]
        of_whole.columns = ["denominator", "denominator_moe"]
        both = of_part.join(of_whole, how="outer").reset_index()
        found.append(both.assign(indicator=indicator, dimension="all", group="all"))
    counts = pd.concat(found, ignore_index=True)
    end = counts.pop("year").astype(int)
    counts["period"] = (end - 4).astype(str) + "-" + end.astype(str)
    result = observations(survey_shares(counts, file.name, names.problems))
    note_missing_places(result, "town", file.name, names)
    return result
