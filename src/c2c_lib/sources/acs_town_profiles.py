"""Town profiles from the American Community Survey, as DataHaven tabulates them.

Children, income, housing, schooling and origin of the residents of the state and every town.
The printed shares are rounded to two or three decimals; share and margin of error are worked
out again from the printed counts. Levels, topics and groups were spelt differently over the
years; rows of the country, counties, regions and legislative districts are left out, and so
are men and women, who are no measure of anything here, and seniors.

The same whole stands in several topics with the same estimate and different margins, or with
another estimate: households whose housing cost is known are fewer than all households. A part
is therefore only taken out of the whole of its own topic, as the publisher does; only so do
share and margin agree with the printed ones.

The Census Bureau controls the total population, and the state's Hispanic residents, to its
population estimates: there the state's margin is printed as 0, which means no sampling error.
In the topic ``age`` the margin of the total is that of the sum over age groups and never stands
for a controlled total. Wherever else a margin is not printed, or printed as 0, is a problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.sources.acs_medians import HIGHEST, LOWEST, median_figures
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
_TOPIC: Final = "topic"
_COLUMNS: Final = ("level", "name", "year", "group", "estimate", "moe")
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
_OLD_NAMES: Final = {"pov_age": "income_children", "hispanic": "latino"}
_MEDIAN: Final = ("median_household_income", "median_household_income")
_SHARES: Final = {
    "children_under_18": ("age", "ages00_17", "total_pop"),
    "child_poverty": (
        "income_children",
        "ages00_17_poverty",
        "ages00_17_poverty_status_determined",
    ),
    "child_low_income": (
        "income_children",
        "ages00_17_low_income",
        "ages00_17_poverty_status_determined",
    ),
    "poverty": ("poverty", "poverty", "poverty_status_determined"),
    "low_income": ("poverty", "low_income", "poverty_status_determined"),
    "adults_bachelors": ("education", "bachelors_plus", "ages25plus"),
    "adults_no_diploma": ("education", "less_than_high_school", "ages25plus"),
    "residents_white": ("race", "white", "total_pop"),
    "residents_black": ("race", "black", "total_pop"),
    "residents_hispanic": ("race", "latino", "total_pop"),
    "residents_further_races": ("race", "other_race", "total_pop"),
    "foreign_born": ("foreign_born", "foreign_born", "total_pop"),
    "homeownership": ("tenure", "owner_occupied", "total_households"),
    "housing_cost_burden": ("housing_cost", "cost_burden", "total_households"),
    "households_with_car": ("vehicles", "has_vehicle", "total_households"),
}
"""Topic, part and whole of every share."""
_WANTED: Final = {
    _MEDIAN,
    *((topic, group) for topic, *pair in _SHARES.values() for group in pair),
}
_CONTROLLED: Final = {
    ("race", "total_pop"),
    ("race", "latino"),
    ("foreign_born", "total_pop"),
}
_KEYS: Final = ["geo_level", "geo_id", "year"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the long town profiles of every year.

    Parameters
    ----------
    files : sequence of RawFile
        Files with ``topic, level, name, year, group, estimate, moe``; the year is the last of five
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
    frame = read_csv(file, (topic, *_COLUMNS), names.problems).rename(columns={topic: _TOPIC})
    frame = _spelt_alike(frame)
    note_unknown(frame, "level", _LEVELS, file, names.problems)
    pairs = pd.MultiIndex.from_frame(frame[[_TOPIC, "group"]])
    for pair in sorted(_WANTED - set(pairs)) if len(frame) else ():
        names.problems.add(
            file.name, "a group is missing", value="/".join(pair), column=f"{topic}, group"
        )
    frame = frame[frame["level"].isin(_WANTED_LEVELS) & pairs.isin(_WANTED)]
    frame = frame.join(find_places(frame, "town", "name", file, names), how="inner")
    frame = _numbers(frame, file, names)
    _note_certain(frame, file, names)
    keys = [*_KEYS, _TOPIC, "group"]
    for line, *key in frame[frame.duplicated(keys)][keys].head(20).itertuples():
        names.problems.add(
            f"{file.name}:{line}", "a second row stands for", value="/".join(map(str, key))
        )
    return _figures(frame.drop_duplicates(keys), file, names)


def _topic_column(file: RawFile) -> str:
    """Return what this year's file calls the column of the topic."""
    # What is wrong with the file is noted when it is read for good.
    header = next((row for _, row in csv_rows(file, Problems())), [])
    return next((name for name in _TOPICS if name in header), _TOPICS[0])


def _spelt_alike(frame: pd.DataFrame) -> pd.DataFrame:
    """Return levels, topics and groups as the newer files spell them."""
    return frame.assign(
        level=frame["level"].str.replace(r"^\d+_", "", regex=True).replace(_PLURALS),
        topic=frame[_TOPIC].replace(_OLD_NAMES),
        group=frame["group"].replace(_OLD_NAMES).str.replace("ages0_17", "ages00_17", regex=False),
    )


def _numbers(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the frame with numbers; only a median may stand without one."""
    frame = frame.copy()
    median = frame["group"] == _MEDIAN[1]
    frame["year"] = numbers(frame, "year", file, names.problems)
    for column in ("estimate", "moe"):
        counts, medians = (
            numbers(frame[rows], column, file, names.problems, missing=marks)
            for rows, marks in ((~median, ()), (median, ("NA",)))
        )
        frame[column] = pd.concat([counts, medians]).reindex(frame.index)
    return frame.dropna(subset=["year"])


def _note_certain(frame: pd.DataFrame, file: RawFile, names: Names) -> None:
    """Note margins of 0: a survey count has one only where it is controlled."""
    pairs = zip(frame["geo_level"], frame[_TOPIC], frame["group"], strict=True)
    controlled = [level == "state" and (topic, g) in _CONTROLLED for level, topic, g in pairs]
    open_end = (frame["group"] == _MEDIAN[1]) & frame["estimate"].isin([LOWEST, HIGHEST])
    certain = frame[(frame["moe"] == 0) & ~np.array(controlled, dtype=bool) & ~open_end]
    for line, name, group in certain[["name", "group"]].head(20).itertuples():
        names.problems.add(
            f"{file.name}:{line}",
            "the margin of error is 0, though the Census Bureau does not control this count",
            value=f"{name}/{group}",
            column="moe",
            allowed="more than 0",
        )


def _figures(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the observations of rows that are numbers already."""
    found = []
    for indicator, (topic, part, whole) in _SHARES.items():
        of_part, of_whole = (
            frame[(frame[_TOPIC] == topic) & (frame["group"] == group)].set_index(_KEYS)[
                ["estimate", "moe"]
            ]
            for group in (part, whole)
        )
        of_part.columns = ["numerator", "numerator_moe"]
        of_whole.columns = ["denominator", "denominator_moe"]
        both = of_part.join(of_whole, how="outer").reset_index()
        found.append(both.assign(indicator=indicator))
    counts = pd.concat(found, ignore_index=True)
    shares = survey_shares(_with_period(counts), file.name, names.problems)
    median = frame[frame["group"] == _MEDIAN[1]].rename(columns={"moe": "moe90"})
    _note_unmeasured(median, file, names)
    median = _with_period(median[[*_KEYS, "estimate", "moe90"]].assign(indicator=_MEDIAN[1]))
    result = observations(pd.concat([shares, median_figures(median)], ignore_index=True))
    note_missing_places(result, "town", file.name, names)
    return result


def _with_period(frame: pd.DataFrame) -> pd.DataFrame:
    end = frame["year"].astype(int)
    period = (end - 4).astype(str) + "-" + end.astype(str)
    return frame.drop(columns="year").assign(period=period, dimension="all", group="all")


def _note_unmeasured(median: pd.DataFrame, file: RawFile, names: Names) -> None:
    """Note medians without a margin, but for those at an open end."""
    inside = median["estimate"].notna() & ~median["estimate"].isin([LOWEST, HIGHEST])
    for line, name in median.loc[inside & median["moe90"].isna(), "name"].head(20).items():
        names.problems.add(
            f"{file.name}:{line}", "the margin of a median is not given", value=name, column="moe"
        )
