"""Adults' health and care by town, neighborhood and tract (CDC PLACES, put together by DataHaven).

Shares from a statistical model that is built partly on poverty and race: they fill in where no
survey could ask enough people, without confidence limits. Each release fits its model anew, so
that no figure is compared with another year's (breaks in the catalog). What is read, and how:

- The heading "Health insurance" is the share of adults of 18 to 64 *without* insurance.
- Where two releases give a measure for the same year, the newer one counts.
- Tracts are those of 2010 in the releases up to 2023 and those of 2020 in the release of 2024;
  each is looked up in its own list.
- Stamford was divided into other neighborhoods before the release of 2023. Those are left out:
  some names stayed while their outlines moved.
- The averages of towns in the release of 2022 are left out: seven towns lost their names (one row
  has none), and the averages of further towns moved with them.
- Life expectancy is the figure for 2010 to 2015 that every release repeats. Towns, neighborhoods
  and the state are read from the newest release that has it; tracts are not, as the original
  has their standard errors (`c2c_lib.sources.life_expectancy`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.neighborhoods import find_neighborhood, neighborhoods_of
from c2c_lib.sources.tables import (
    note_bad_periods,
    note_unknown,
    numbers,
    observations,
    read_csv,
)
from c2c_lib.sources.tract_codes import TractSystem, tract_ids

__all__ = ["MODELLED", "SOURCE", "read"]

SOURCE: Final = "cdc_places"

MODELLED: Final = "A model's estimate: nobody counted or asked enough people here."
AVERAGED: Final = "An average of census tracts; each tract's figure comes partly from a model."

_LIFE: Final = "Life expectancy"
_MEASURES: Final = {
    "Health insurance": "adults_uninsured",
    "Annual checkup": "adults_checkup",
    "Dental visit": "adults_dental_visit",
    "Current asthma": "adults_asthma",
    "Current smoking": "adults_smoking",
    "Diabetes": "adults_diabetes",
    _LIFE: "life_expectancy",
}
_LEFT_OUT: Final = (
    "Coronary heart disease",
    "High blood pressure",
    "Sleep <7 hours",
    "Any disability",
    "Mobility disability",
)
_FILE: Final = re.compile(r"places_(areas|tracts)_release_(\d{4})\.csv")
_LEVELS: Final = ("state", "town", "neighborhood")
_COMMON: Final = ("release", "question", "data_year", "value")
_AREAS: Final = ("level", "city", "name")
_TRACTS_OF_2020: Final = 2024
_TOWNS_LOST: Final = 2022
_FIRST_DIVISION: Final = {"Stamford": 2023}
_LONGEST: Final = 120.0
_KEYS: Final = ["indicator", "geo_level", "geo_id", "period"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read every release into one observation per place, measure and year.

    Parameters
    ----------
    files : sequence of RawFile
        Tables of areas and of tracts, named by release.
    names : Names
        Its catalog holds towns, neighborhoods and tracts.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`): shares of adults as printed, and
        life expectancy in years.
    """
    frames = [frame for file in files if (frame := _read_file(file, names)) is not None]
    if not frames:
        return observations([])
    table = pd.concat(frames, ignore_index=True).sort_values("release", kind="stable")
    # Within one release a repeated key stays: the ingest names it, if the values differ.
    newest = table.groupby(_KEYS)["release"].transform("max")
    return observations(table[table["release"] == newest])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame | None:
    match = _FILE.fullmatch(PurePosixPath(file.name).name)
    if match is None:
        names.problems.add(
            file.name,
            "the file's name does not say what it holds",
            allowed="a name like places_areas_release_2024.csv or places_tracts_release_2024.csv",
        )
        return None
    areas, release = match[1] == "areas", int(match[2])
    new = release >= _TRACTS_OF_2020
    code = "tract_fips_2022" if new else "tract_fips_2010"
    frame = read_csv(file, (*_COMMON, *(_AREAS if areas else (code,))), names.problems)
    frame = _checked(frame, str(release), file, names)
    if areas:
        places = _areas(frame, release, file, names)
    else:
        frame = frame[frame["question"] != _LIFE]
        system: TractSystem = "2020_regions" if new else "2010"
        ids = tract_ids(frame, code, system, file, names)
        places = pd.DataFrame({"geo_level": "tract", "geo_id": ids}).dropna()
    return _figures(frame.join(places, how="inner"), file, names).assign(release=release)


def _checked(frame: pd.DataFrame, release: str, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the rows of measures that are read; note what is unknown."""
    note_unknown(frame, "release", (release,), file, names.problems)
    note_unknown(frame, "question", (*_MEASURES, *_LEFT_OUT), file, names.problems)
    frame = frame[frame["question"].isin(list(_MEASURES)) & (frame["release"] == release)]
    return frame[note_bad_periods(frame, "data_year", file, names.problems)]


def _areas(frame: pd.DataFrame, release: int, file: RawFile, names: Names) -> pd.DataFrame:
    """Return level and id of every area that is known and is a place of the catalog."""
    note_unknown(frame, "level", _LEVELS, file, names.problems)
    hoods = neighborhoods_of(names.catalog)
    if release == _TOWNS_LOST:
        frame = frame[frame["level"] != "town"]
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for line, level, city, name in frame[list(_AREAS)].drop_duplicates().itertuples():
        where = f"{file.name}:{line}"
        if level == "neighborhood":
            if release < _FIRST_DIVISION.get(city, 0):
                continue
            if city not in hoods:
                names.problems.add(
                    where,
                    "the catalog has no neighborhoods of this city",
                    value=city,
                    column="city",
                    allowed=", ".join(sorted(hoods)),
                    remedy="Add them to the catalog's neighborhoods.csv.",
                )
                continue
            place = find_neighborhood(hoods, city, name, where, names)
        else:
            place = names.place("town", name, where) if level in _LEVELS else None
        if place is not None:
            found[level, city, name] = (place.geo_level, place.geo_id)
    keys = list(frame[list(_AREAS)].itertuples(index=False, name=None))
    return pd.DataFrame(
        [found[key] for key in keys if key in found],
        columns=["geo_level", "geo_id"],
        index=frame.index[[key in found for key in keys]],
        dtype="str",
    )


def _figures(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    life = frame["question"] == _LIFE
    value = pd.concat(
        [
            numbers(frame[~life], "value", file, names.problems, high=1.0),
            numbers(frame[life], "value", file, names.problems, high=_LONGEST),
        ]
    )
    frame = frame.assign(
        indicator=frame["question"].map(_MEASURES),
        period=frame["data_year"],
        dimension="all",
        group="all",
        estimate=value,
        status="published",
        note=life.map({True: AVERAGED, False: MODELLED}),
    )
    return frame[frame["estimate"].notna()]
