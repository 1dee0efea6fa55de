"""Neighborhood profiles from the American Community Survey, as DataHaven tabulates them.

One wide table per city and five-year window: counts and rounded shares of the state, the city
and its neighborhoods, all without margins of error. Shares are worked out again from the
printed counts and held against the printed shares, so that columns that moved do not go unseen.
Households whose housing cost is known are not printed; that share is the printed one.

Newer windows have the same figures with margins in the detailed tables (`acs_tracts`), which
come first. Headings differ: some tables put the year behind every heading, some print figures
of health beside them, which other reports give. Rows of counties and regions are left out, and
so are Stamford's neighborhoods before it was divided anew (`c2c_lib.sources.neighborhoods`) and
Waterbury's ZIP code areas, which are no neighborhoods of the catalog.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.neighborhoods import DIVIDED_ANEW, find_neighborhood, neighborhoods_of
from c2c_lib.sources.tables import csv_rows, numbers, observations, read_csv

__all__ = ["NO_MARGIN", "SOURCE", "read"]

SOURCE: Final = "acs_neighborhoods"

NO_MARGIN: Final = "A survey estimate; the publisher prints no margin of error here."

_CITIES: Final = {
    "bridgeport": "Bridgeport",
    "bpt": "Bridgeport",
    "stamford": "Stamford",
    "stam": "Stamford",
    "wby": "Waterbury",
}
"""How a file's name calls the city."""
_STATE: Final = "Connecticut"
_LEFT_OUT: Final = ("Fairfield County",)
_NAMES: Final = ("name", "neighborhood", "Name")  # headings of the column of places
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
_PEOPLE: Final = "Total population"
_KNOWN: Final = "Poverty status known"
_CHILDREN: Final = "Under 18, poverty status known"
_SHARES: Final = {
    "children_under_18": ("Population under age 18", _PEOPLE, "Percent under age 18"),
    "residents_white": ("White population", _PEOPLE, "Percent white"),
    "residents_black": ("Black population", _PEOPLE, "Percent black"),
    "residents_hispanic": ("Latino population", _PEOPLE, "Percent Latino"),
    "residents_further_races": ("Other race population", _PEOPLE, "Percent other race"),
    "foreign_born": ("Foreign-born population", _PEOPLE, "Percent foreign-born"),
    "homeownership": ("Owner-occupied households", "Total households", "Homeownership rate"),
    "poverty": ("Population in poverty", _KNOWN, "Poverty rate"),
    "low_income": ("Low-income population", _KNOWN, "Low-income rate"),
    "child_poverty": ("Children in poverty", _CHILDREN, "Child poverty rate"),
    "child_low_income": ("Low-income children", _CHILDREN, "Child low-income rate"),
}
"""Headings of part, whole and printed share."""
_COST_BURDEN: Final = ("Cost-burdened households", "Cost-burden rate")
_COST_BURDEN_SINCE: Final = 2018
_MOVED: Final = 0.03
"""How far a printed share may lie from its printed counts, which are rounded sums over tracts."""


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the profiles of every window.

    Parameters
    ----------
    files : sequence of RawFile
        Named after a city and the last of five pooled years, such as
        ``bridgeport_acs_basic_neighborhood_2023.csv``.
    names : Names
        Knows the places.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`) without margins of error, each
        with a note that says so; a figure that several files give stands once.
    """
    frames = [_read_file(file, names) for file in files]
    if not frames:
        return observations([])
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    stem = PurePosixPath(file.name).stem
    years = _YEAR.findall(stem)
    city = next((_CITIES[part] for part in stem.split("_") if part in _CITIES), None)
    if len(years) != 1 or city is None:
        names.problems.add(
            file.name,
            "the file name does not say the city and the year",
            allowed=f"one of {', '.join(_CITIES)}, and a year",
            remedy="Name the file as the publisher does.",
        )
        return observations([])
    frame = _columns(file, years[0], names)
    frame = frame.join(_places(frame, city, int(years[0]), file, names), how="inner")
    period = f"{int(years[0]) - 4}-{years[0]}"
    found = [
        _share(frame, indicator, headings, file, names) for indicator, headings in _SHARES.items()
    ]
    if int(years[0]) >= _COST_BURDEN_SINCE:
        found.append(_cost_burden(frame, file, names))
    result = pd.concat(found, ignore_index=True)
    return observations(
        result.assign(
            period=period, dimension="all", group="all", status="published", note=NO_MARGIN
        )
    )


def _columns(file: RawFile, year: str, names: Names) -> pd.DataFrame:
    """Return the table with the headings of `_SHARES` and the place in ``place``."""
    rows = csv_rows(file, names.problems)
    if not rows:
        return pd.DataFrame(columns=["place"], dtype="str")
    header = [cell.strip() for cell in rows[0][1]]
    wanted = {heading for headings in _SHARES.values() for heading in headings}
    if int(year) >= _COST_BURDEN_SINCE:
        wanted |= set(_COST_BURDEN)
    plain = {heading.removesuffix(f"_{year}").casefold(): heading for heading in header}
    name = next((heading for heading in _NAMES if heading in header), _NAMES[0])
    printed = {heading: plain.get(heading.casefold(), heading) for heading in sorted(wanted)}
    frame = read_csv(file, [name, *printed.values()], names.problems)
    return frame.rename(columns={name: "place", **{p: h for h, p in printed.items()}})


def _places(frame: pd.DataFrame, city: str, year: int, file: RawFile, names: Names) -> pd.DataFrame:
    """Return level and id of the place of every row that is one of the catalog's."""
    neighborhoods = neighborhoods_of(names.catalog)
    drawn = city in neighborhoods and year >= DIVIDED_ANEW.get(city, 0)
    found = {}
    for line, name in frame["place"].items():
        where = f"{file.name}:{line}"
        if name in (_STATE, city):
            place = names.place("town", name, where)
        elif name in _LEFT_OUT or not drawn:
            continue
        else:
            place = find_neighborhood(neighborhoods, city, name, where, names)
        if place is not None:
            found[line] = (place.geo_level, place.geo_id)
    index = pd.Index(list(found), dtype="int64")
    return pd.DataFrame(
        list(found.values()), columns=["geo_level", "geo_id"], index=index, dtype="str"
    )


def _share(
    frame: pd.DataFrame,
    indicator: str,
    headings: tuple[str, str, str],
    file: RawFile,
    names: Names,
) -> pd.DataFrame:
    """Return one share of every place, from its counts."""
    part, whole = (numbers(frame, h, file, names.problems) for h in headings[:2])
    printed = numbers(frame, headings[2], file, names.problems, high=1.0)
    share = part / whole.where(whole > 0)
    apart = (part > whole) | ((share - printed).abs() > _MOVED)
    for line in frame.index[apart]:
        names.problems.add(
            f"{file.name}:{line}",
            "the printed counts do not give the printed share",
            value=f"{part[line]:g} of {whole[line]:g}, {printed[line]:g}",
            column=headings[2],
            remedy="Hold it against the publisher's report; columns may have moved.",
        )
    good = share.notna() & ~apart
    return frame.loc[good, ["geo_level", "geo_id"]].assign(
        indicator=indicator, estimate=share[good], numerator=part[good], denominator=whole[good]
    )


def _cost_burden(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the printed share of households that spend much on housing."""
    part = numbers(frame, _COST_BURDEN[0], file, names.problems)
    printed = numbers(frame, _COST_BURDEN[1], file, names.problems, high=1.0)
    good = printed.notna() & part.notna()
    return frame.loc[good, ["geo_level", "geo_id"]].assign(
        indicator="housing_cost_burden",
        estimate=printed[good],
        numerator=part[good],
        denominator=np.nan,
    )
