"""Figures of neighborhoods, added up from their tracts by share of households."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.geography.aggregate import PartMargin, aggregate
from c2c_lib.geography.crosswalk import resolve_vintage, some
from c2c_lib.geography.layers import weights
from c2c_lib.geography.vintage import COUNTY_2010, COUNTY_2020, PLANNING_REGION_2022

__all__ = ["neighborhood_figures"]

_NOTE: Final = "Added up from census tracts by share of households."


def neighborhood_figures(
    observations: pd.DataFrame,
    *,
    vintage: str = "",
    households: pd.Series[float] | None = None,
    part_margin: PartMargin = "whole",
    folder: Path | None = None,
) -> pd.DataFrame:
    """Return the figures of neighborhoods from those of their tracts.

    Parameters
    ----------
    observations : DataFrame
        Tidy observations of the tracts of a city that has neighborhoods, any number of
        indicators, periods and groups of one vintage. With ``numerator_moe`` and
        ``denominator_moe`` (the margins of the two counts) beside them the margin of a share
        is that of the Census Bureau's handbook; without them the denominators are taken for
        certain (see `c2c_lib.geography.aggregate.aggregate`).
    vintage : {"", "county-2010", "county-2020", "planning-region-2022"}
        What the codes are; needed only where it cannot be told.
    households : Series, optional
        Households (or residents) by tract code, to weigh rates that come without counts.
        Without it such rates are refused, since the weights say how a tract is divided but
        not how large it is.
    part_margin : {"whole", "root", "share"}
        How wide the margin of a part of a tract is (see `aggregate`); the default gives the
        margins that DataHaven publishes.
    folder : Path, optional
        Where the weights lie; default is ``geo/`` of the project.

    Returns
    -------
    DataFrame
        Tidy observations of level ``neighborhood``. A neighborhood of which a tract has no
        figure has none either. Medians are ``not_collected`` unless a neighborhood is one tract.

    Raises
    ------
    InputError
        If tracts lie in no neighborhood or some of a neighborhood's tracts are missing from
        the table (with their codes), if codes cannot be told, or if rates without counts come
        without `households`. All problems at once.

    Examples
    --------
    >>> from c2c_lib.observations import load_observations
    >>> every = load_observations()
    >>> inside = weights("tract_neighborhoods", "stamford")["tract"]
    >>> tracts = every[(every["indicator"] == "child_poverty") & (every["period"] == "2019-2023")
    ...                & every["geo_id"].isin(inside)]
    >>> found = neighborhood_figures(tracts)
    >>> len(tracts), len(found)
    (33, 13)
    >>> round(float(found["denominator"].sum() / tracts["denominator"].sum()), 2)
    1.0
    """
    found = resolve_vintage(observations, vintage)
    table = weights("tract_neighborhoods", folder=folder)
    column = "tract_fips_2020" if found == COUNTY_2020 else "tract"
    kept = COUNTY_2010 if found == COUNTY_2010 else PLANNING_REGION_2022
    table = table[table["vintage"] == kept]
    cities = set(table.loc[table[column].isin(observations["geo_id"]), "town"])
    table = table[table["town"].isin(cities)]
    _check(observations, table[column], households)
    size = 1.0 if households is None else table[column].map(households)
    people = table["weight"] * size
    pieces = pd.DataFrame(
        {
            "source": table[column],
            "target": table["neighborhood"],
            "of_source": table["weight"],
            "of_target": people / people.groupby(table["neighborhood"]).transform("sum"),
        }
    )
    return aggregate(
        observations,
        pieces,
        load_catalog(),
        level="neighborhood",
        note=_NOTE,
        part_margin=part_margin,
    )


def _check(
    observations: pd.DataFrame, tracts: pd.Series[str], households: pd.Series[float] | None
) -> None:
    problems = Problems()
    outside = sorted(set(observations["geo_id"]) - set(tracts))
    if outside:
        problems.add(
            "observations",
            f"{len(outside)} tracts lie in no neighborhood",
            value=some(outside),
            column="geo_id",
            remedy="Select the tracts of Bridgeport or Stamford first.",
        )
    absent = sorted(set(tracts) - set(observations["geo_id"]))
    if absent:
        problems.add(
            "observations",
            f"{len(absent)} tracts of the city's neighborhoods are not in the table",
            value=some(absent),
            column="geo_id",
            remedy="Neighborhoods need every tract of their city; one without a figure stands in "
            "the table with the status that says why.",
        )
    bare = observations["estimate"].notna() & observations["numerator"].isna()
    if bare.any() and households is None:
        problems.add(
            "observations",
            "rates without counts cannot be added up by shares of households alone",
            value=some(sorted(set(observations.loc[bare, "indicator"]))),
            column="indicator",
            remedy="Pass households=, the households of every tract.",
        )
    if households is not None:
        unknown = sorted(set(tracts) - set(households.dropna().index))
        if unknown:
            problems.add("households", "tracts without a number", value=some(unknown))
    problems.raise_if_any()
