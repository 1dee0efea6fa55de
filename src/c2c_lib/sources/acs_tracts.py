"""Detailed tables of the American Community Survey: state, towns, tracts and neighborhoods.

The export is one long table of all Connecticut areas for each five-year window (year, level,
geoid, name, table, variable, estimate, moe). Counts of tracts add to the town's published
figure. Shares and margins are worked out from the counts (`c2c_lib.sources.acs_measures`).

Codes changed: the window that ends in 2018 has the tracts of 2010, those that end in 2020 and
2021 the tracts of 2020 under counties, those from 2022 on the same tracts under planning
regions. Most codes of 2010 and 2020 look the same though some outlines moved, so that a code is
looked up only among those of its window. Neighborhoods are DataHaven's sums over tracts, with
margins; they have no median.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pandas.api.types import is_numeric_dtype

from c2c_lib.catalog import Catalog
from c2c_lib.observations.margins import sum_margin
from c2c_lib.sources.acs_measures import CONTROLLED, MEASURES, MEDIAN_INCOME, VARIABLES, Measure
from c2c_lib.sources.acs_medians import HIGHEST, LOWEST, median_figures
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.neighborhoods import DIVIDED_ANEW, find_neighborhood, neighborhoods_of
from c2c_lib.sources.survey_shares import survey_shares
from c2c_lib.sources.tables import EXPORT_AGAIN, observations

__all__ = ["SOURCE", "read"]

SOURCE: Final = "acs_tracts"

_COLUMNS: Final = ("year", "level", "geoid", "name", "variable", "estimate", "moe")
_LEVELS: Final = ("state", "town", "tract", "neighborhood")
_LEFT_OUT: Final = ("us", "county")
_WINDOW: Final = 5
_TRACTS_OF_2020: Final = 2020
_PLANNING_REGIONS: Final = 2022
_OLD_TRACTS: Final = "county-2010"  # the vintage of the places in tracts_2010.csv
_WATER: Final = ("9900", "9998")
"""First and last of the tract numbers that the Bureau keeps for water without people."""
_SHOWN: Final = 20
_KEYS: Final = ["year", "level", "code"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Return every share of every area that has land, and the median household income.

    Parameters
    ----------
    files : sequence of RawFile
        Long Parquet tables, one or more five-year windows each.
    names : Names
        Resolves codes and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`). A share of nobody is
        ``not_applicable``. A margin is never taken for zero, but for the counts that the
        Bureau fits to its own estimates of the state. An area of which a count is missing
        is noted and left out.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    raw = _load(file, names)
    if raw is None:
        return observations([])
    raw = _areas(raw, names.catalog)
    if raw.empty:
        return observations([])
    raw = _controlled(raw)
    estimates, margins = _wide(raw, file, names)
    places = _place_ids(raw, file, names)
    kept = estimates.index.intersection(places.index)
    estimates, margins, places = estimates.loc[kept], margins.loc[kept], places.loc[kept]
    counts = pd.concat([_counts(m, estimates, margins, places) for m in MEASURES])
    shares = survey_shares(counts.reset_index(drop=True), file.name, names.problems)
    return observations(
        pd.concat([shares, _medians(estimates, margins, places)], ignore_index=True)
    )


def _load(file: RawFile, names: Names) -> pd.DataFrame | None:
    """Return the lines that are wanted, or None if the file cannot be used."""
    try:
        schema = pq.read_schema(file.path)
    except (pa.ArrowInvalid, OSError) as error:
        reason = str(error).partition("\n")[0].replace(str(file.path), file.name)
        names.problems.add(
            file.name, f"does not read as a Parquet table ({reason})", remedy=EXPORT_AGAIN
        )
        return None
    missing = [column for column in _COLUMNS if column not in schema.names]
    for column in missing:
        names.problems.add(
            file.name,
            "a column is missing",
            value=column,
            allowed=", ".join(_COLUMNS),
            remedy="If the publisher renamed it, change the reader.",
        )
    there = [column for column in _COLUMNS if column in schema.names]
    raw = pd.read_parquet(file.path, columns=there, filters=_wanted(schema))
    words = [c for c in ("year", "estimate", "moe") if c in raw and not is_numeric_dtype(raw[c])]
    for column in words:
        names.problems.add(file.name, "a column does not hold numbers", column=column)
    if missing or words:
        return None
    for level in sorted(set(raw["level"].dropna().unique()) - {*_LEVELS, *_LEFT_OUT}):
        names.problems.add(
            file.name, "unknown level", value=level, allowed=", ".join((*_LEVELS, *_LEFT_OUT))
        )
    raw = raw[raw["level"].isin(_LEVELS) & raw["variable"].isin(VARIABLES)]
    if raw.empty:
        names.problems.add(
            file.name,
            "holds no rows of the tables that are read",
            allowed=", ".join(sorted({code.partition("_")[0] for code in VARIABLES})),
            remedy=EXPORT_AGAIN,
        )
        return None
    return raw


def _wanted(schema: pa.Schema) -> list[tuple[str, str, list[str]]] | None:
    """Return a filter on the lines, which spares most of a file; None if it has no such text."""
    text = "variable" in schema.names and not pa.types.is_floating(schema.field("variable").type)
    return [("variable", "in", list(VARIABLES))] if text else None


def _areas(raw: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Keep the areas that are places of the catalog's kind, each under one code."""
    of_tract, of_neighborhood = raw["level"] == "tract", raw["level"] == "neighborhood"
    code = raw["geoid"].where(~of_neighborhood, raw["name"])
    water = of_tract & code.str[5:9].between(*_WATER)
    city = code.str.partition("_")[0]
    since = city.map(DIVIDED_ANEW).fillna(0)
    drawn = city.isin(list(neighborhoods_of(catalog))) & (raw["year"] >= since)
    keep = ~water & (~of_neighborhood | drawn)
    # A median of a neighborhood cannot be worked out from those of its tracts.
    keep &= ~(of_neighborhood & (raw["variable"] == MEDIAN_INCOME))
    return raw.assign(code=code)[keep]


def _controlled(raw: pd.DataFrame) -> pd.DataFrame:
    """Put the margin of 0 where the Bureau prints none because there is no sampling error."""
    certain = (raw["level"] == "state") & raw["variable"].isin(list(CONTROLLED))
    return raw.assign(moe=raw["moe"].mask(certain & raw["moe"].isna(), 0.0))


def _wide(raw: pd.DataFrame, file: RawFile, names: Names) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return estimates and margins by area and line, without areas of which one is wrong."""
    median = raw["variable"] == MEDIAN_INCOME
    open_end = median & (raw["estimate"].isna() | raw["estimate"].isin([HIGHEST, LOWEST]))
    given = (raw["estimate"] >= 0) & (raw["moe"] >= 0) | open_end
    for row in raw[~given].head(_SHOWN).itertuples():
        names.problems.add(
            file.name,
            f"no count or no margin of error for {row.variable} of {row.level} {row.code}",
            value=f"{row.estimate} ± {row.moe}",
            remedy="A negative number is the Bureau's mark for a figure that is not given.",
        )
    lines = raw.groupby(_KEYS)["variable"].agg(["size", "nunique"])
    needed = len(VARIABLES) - (lines.index.get_level_values("level") == "neighborhood")
    uneven = lines[(lines["size"] != needed) | (lines["nunique"] != needed)]
    for year, level, code in uneven.index[:_SHOWN]:
        names.problems.add(
            file.name,
            f"{level} {code} does not have every count of {year} exactly once",
            value=f"{uneven.loc[(year, level, code), 'size']} rows",
            allowed=f"one row for each of {len(VARIABLES)} lines",
            remedy=EXPORT_AGAIN,
        )
    bad = {*raw.loc[~given, _KEYS].itertuples(index=False, name=None), *uneven.index}
    good = raw[~pd.MultiIndex.from_frame(raw[_KEYS]).isin(list(bad))] if bad else raw
    index = good.set_index([*_KEYS, "variable"])
    wide = [index[c].unstack("variable").reindex(columns=VARIABLES) for c in ("estimate", "moe")]  # noqa: PD010 - one value per cell, nothing to aggregate
    return wide[0], wide[1]


def _place_ids(raw: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return level and id of the place of every area that is known."""
    codes = {int(year): _codes(names.catalog, int(year)) for year in raw["year"].unique()}
    neighborhoods = neighborhoods_of(names.catalog)
    found = {}
    for year, level, code in raw[_KEYS].drop_duplicates().itertuples(index=False, name=None):
        if level == "neighborhood":
            city, _, name = code.partition("_")
            place = find_neighborhood(neighborhoods, city, name, file.name, names)
            geo_id = place.geo_id if place else None
        else:
            geo_id = codes[year].get((level, code))
            if geo_id is None:
                _note_unknown_area(level, code, year, file, names)
        if geo_id is not None:
            found[(year, level, code)] = (level, geo_id)
    index = pd.MultiIndex.from_tuples(list(found), names=_KEYS)
    return pd.DataFrame(list(found.values()), columns=["geo_level", "geo_id"], index=index)


def _codes(catalog: Catalog, year: int) -> dict[tuple[str, str], str]:
    """Return the ids of states, towns and tracts by the codes of the window that ends in a year."""
    found: dict[tuple[str, str], str] = {}
    for place in catalog.places:
        codes: tuple[str, ...] = (place.geo_id, *place.other_ids)
        if place.geo_level == "tract":
            if (place.vintage == _OLD_TRACTS) != (year < _TRACTS_OF_2020):
                continue
            of_counties = _TRACTS_OF_2020 <= year < _PLANNING_REGIONS
            codes = place.other_ids if of_counties else (place.geo_id,)
        elif place.geo_level not in _LEVELS:
            continue
        found.update({(place.geo_level, code): place.geo_id for code in codes})
    return found


def _note_unknown_area(level: str, code: str, year: int, file: RawFile, names: Names) -> None:
    allowed = "codes of places.csv"
    if level == "tract" and year < _TRACTS_OF_2020:
        allowed = f"codes of tracts_2010.csv (2010 tracts under counties, as in {year})"
    elif level == "tract":
        kind = "planning regions" if year >= _PLANNING_REGIONS else "counties"
        allowed = f"codes of tracts.csv (2020 tracts under {kind}, as in {year})"
    names.problems.add(
        file.name,
        f"unknown {level}",
        value=code,
        column="geoid",
        allowed=allowed,
        remedy="Hold the code against the window; codes changed in 2020 and in 2022.",
    )


def _counts(
    measure: Measure, estimates: pd.DataFrame, margins: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """Return part and whole of one share, with margins, for every area."""
    numerator, numerator_moe = _sum(measure.numerator, estimates, margins)
    denominator, denominator_moe = _sum(measure.denominator, estimates, margins)
    return pd.DataFrame(
        {
            "indicator": measure.indicator,
            "geo_level": places["geo_level"],
            "geo_id": places["geo_id"],
            "period": _periods(places),
            "dimension": measure.dimension,
            "group": measure.group,
            "numerator": numerator,
            "numerator_moe": numerator_moe,
            "denominator": denominator,
            "denominator_moe": denominator_moe,
        }
    )


def _sum(
    lines: Sequence[str], estimates: pd.DataFrame, margins: pd.DataFrame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    parts = estimates[list(lines)].to_numpy(dtype=float)
    return parts.sum(axis=1), sum_margin(parts, margins[list(lines)].to_numpy(dtype=float))


def _medians(estimates: pd.DataFrame, margins: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the median household income of every area but the neighborhoods."""
    frame = pd.DataFrame(
        {
            "indicator": "median_household_income",
            "geo_level": places["geo_level"],
            "geo_id": places["geo_id"],
            "period": _periods(places),
            "dimension": "all",
            "group": "all",
            "estimate": estimates[MEDIAN_INCOME],
            "moe90": margins[MEDIAN_INCOME],
        }
    )
    return median_figures(frame[frame["geo_level"] != "neighborhood"])


def _periods(places: pd.DataFrame) -> list[str]:
    ends = places.index.get_level_values("year")
    return [f"{int(end) - _WINDOW + 1}-{int(end)}" for end in ends]
