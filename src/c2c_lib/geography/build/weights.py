"""How tracts make up neighborhoods, and how the tracts of 2010 make up those of 2020."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.geography.build.local import slug_of
from c2c_lib.geography.build.raw import (
    ACS_2020,
    NEIGHBORHOOD_WEIGHTS,
    NEIGHBORHOOD_WEIGHTS_2010,
    TRACTS,
    TRACTS_2010,
    Raw,
)
from c2c_lib.geography.build.write import Made

__all__ = ["neighborhood_weights", "tract_overlap"]

_NOISE: Final = 0.01
"""Pieces that are less than this of both tracts come from two drawings of one line."""
_DIGITS: Final = 4


def neighborhood_weights(raw: Raw) -> Made:
    """Return the share of each tract's households that lives in each neighborhood."""
    new = raw.table(NEIGHBORHOOD_WEIGHTS)
    old = raw.table(NEIGHBORHOOD_WEIGHTS_2010)
    rows = pd.concat(
        [
            new.assign(vintage="planning-region-2022", tract=new["tract_fips_2022"]),
            old.assign(vintage="county-2010", tract=old["tract_fips_2010"]),
        ]
    )
    town = rows["city"].map(raw.slug_of_name)
    frame = pd.DataFrame(
        {
            "neighborhood": town + "-" + rows["neighborhood"].map(slug_of),
            "town": town,
            "vintage": rows["vintage"],
            "tract": rows["tract"],
            "tract_fips_2020": rows["tract_fips_2020"].fillna(""),
            "weight": rows["weight_households"].astype(float),
        }
    ).sort_values(["vintage", "neighborhood", "tract"], ignore_index=True)
    problems = Problems()
    total = frame.groupby(["vintage", "tract"])["weight"].sum()
    for key, weight in total[(total - 1).abs() > _NOISE].items():
        problems.add(
            NEIGHBORHOOD_WEIGHTS,
            f"the weights of a tract do not add to 1: {key}",
            value=f"{weight:g}",
        )
    problems.raise_if_any()
    return Made(
        "tract_neighborhoods",
        frame,
        {
            "publisher": "DataHaven (cwi)",
            "title": "Tracts of Bridgeport and Stamford by neighborhood, by share of households",
            "licence": "MIT",
            "vintage": "tracts of 2020 (code under planning regions) and of 2010",
            "changes": "none",
            "inputs_sha256": raw.checksums([NEIGHBORHOOD_WEIGHTS, NEIGHBORHOOD_WEIGHTS_2010]),
        },
    )


def tract_overlap(raw: Raw) -> Made:
    """Return every piece in which a 2010 tract and a 2020 tract overlap, with its shares.

    The shares of area are those of the drawn shapes, rescaled to add to 1. The shares of
    people take the residents of a 2020 tract to be spread evenly over it (target density
    weighting, Schroeder 2007), so that a split 2010 tract is divided as its people are.
    """
    old = raw.tracts_2010[raw.tracts_2010["town_fips_2010"].isin(raw.shipped)]
    new = raw.tracts[raw.tracts["town_fips_2020"].isin(raw.shipped)]
    pieces = gpd.overlay(
        old[["tract_fips_2010", "town_fips_2010", "geometry"]],
        new[["tract_fips_2020", "tract_fips_2022", "town_fips_2020", "geometry"]],
        keep_geom_type=True,
    )
    area = pieces.area
    of_old = area / pieces["tract_fips_2010"].map(old.set_index("tract_fips_2010").area)
    of_new = area / pieces["tract_fips_2020"].map(new.set_index("tract_fips_2020").area)
    # A town's own tracts only: across a town line there is nothing but drawing noise.
    same_town = pieces["town_fips_2010"] == pieces["town_fips_2020"]
    keep = same_town & ((of_old >= _NOISE) | (of_new >= _NOISE))
    pieces, area = pieces[keep], area[keep]
    people = _share(area, pieces["tract_fips_2020"]) * pieces["tract_fips_2020"].map(raw.population)
    frame = pd.DataFrame(
        {
            "town": pieces["town_fips_2010"].map(raw.shipped),
            "tract_fips_2010": pieces["tract_fips_2010"],
            "tract_fips_2020": pieces["tract_fips_2020"],
            "tract_fips_2022": pieces["tract_fips_2022"],
            "area_of_2010": _share(area, pieces["tract_fips_2010"]).round(_DIGITS),
            "area_of_2020": _share(area, pieces["tract_fips_2020"]).round(_DIGITS),
            "people_of_2010": _share(people, pieces["tract_fips_2010"]).round(_DIGITS),
            "people_of_2020": _share(people, pieces["tract_fips_2020"]).round(_DIGITS),
        }
    ).sort_values(["tract_fips_2010", "tract_fips_2020"], ignore_index=True)
    return Made(
        "tract_overlap",
        frame,
        {
            "publisher": "US Census Bureau; overlap worked out by this project",
            "title": "Tracts of 2010 by tracts of 2020: shares of area and of people",
            "licence": "public domain",
            "vintage": "2010 and 2020 tracts; people are residents in 2016-2020",
            "changes": f"pieces below {_NOISE:.0%} of both tracts left out, shares rescaled to 1",
            "inputs_sha256": raw.checksums([TRACTS, TRACTS_2010, ACS_2020]),
        },
    )


def _share(part: pd.Series[float], of: pd.Series[str]) -> pd.Series[float]:
    """Return each part's share of its whole; equal parts where the whole is empty."""
    whole = part.groupby(of).transform("sum")
    equal = 1 / part.groupby(of).transform("size")
    return (part / whole.where(whole > 0)).fillna(equal)
