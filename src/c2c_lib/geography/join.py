"""Puts figures on shapes, and refuses a join that would come out empty or short in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.geography.crosswalk import By, resolve_vintage, some, to_vintage
from c2c_lib.geography.layers import weights
from c2c_lib.geography.quality import tract_quality
from c2c_lib.geography.vintage import (
    COUNTY_2010,
    COUNTY_2020,
    EITHER_2010_OR_2020,
    PLANNING_REGION_2022,
    table_vintages,
    vintages,
)
from c2c_lib.observations import COLUMNS, KEY

__all__ = ["join_figures"]


@dataclass(frozen=True)
class _Codes:
    """The code columns of a layer and the one that figures of its level come with."""

    level: str
    columns: dict[str, str]
    usual: str


_TRACT: Final = _Codes(
    "tract",
    {COUNTY_2020: "tract_fips_2020", PLANNING_REGION_2022: "tract_fips_2022"},
    PLANNING_REGION_2022,
)
_TRACT_2010: Final = _Codes("tract", {COUNTY_2010: "tract_fips_2010"}, COUNTY_2010)
_TOWN: Final = _Codes(
    "town",
    {COUNTY_2020: "town_fips_2020", PLANNING_REGION_2022: "town_fips_2022"},
    COUNTY_2020,
)
_NEIGHBORHOOD: Final = _Codes("neighborhood", {"": "geo_id"}, "")
_SCHOOL: Final = _Codes("school", {"": "geo_id"}, "")


def join_figures(
    layer: gpd.GeoDataFrame,
    observations: pd.DataFrame,
    *,
    on: str | None = None,
    vintage: str = "",
    via_crosswalk: bool = False,
    by: By = "people",
    allow_missing: bool = False,
) -> gpd.GeoDataFrame:
    """Return a layer with one figure on every shape.

    Parameters
    ----------
    layer : GeoDataFrame
        Tracts, tracts of 2010, towns, neighborhoods or schools of `c2c_lib.geography.layer`.
    observations : DataFrame
        Tidy observations of one indicator, period and group, at the level of the layer.
    on : str, optional
        The layer's code column; default is the system in which the store holds the level:
        ``tract_fips_2022`` for tracts, ``town_fips_2020`` for towns.
    vintage : {"", "county-2010", "county-2020", "planning-region-2022"}
        What the tract codes of the observations are. Needed only where it cannot be told.
    via_crosswalk : bool
        Accept codes of another vintage and take them across. Between counties and planning
        regions this is one to one; between tracts of 2010 and 2020 figures are worked out
        anew, with their margins, and ``.attrs["moved"]`` lists the tracts whose outline is
        not what it was.
    by : {"people", "area"}
        How a tract that was divided is divided (see `c2c_lib.geography.to_vintage`).
    allow_missing : bool
        Go on although shapes have no figure, or figures no shape. Such shapes get the
        status ``not_collected``; both lists are in ``.attrs["without_figure"]`` and
        ``.attrs["without_shape"]`` of the result.

    Returns
    -------
    GeoDataFrame
        The layer, in its order, with the columns of the observations, and for tracts and
        neighborhoods ``quality`` (see `tract_quality`; empty where no figure is shown).

    Raises
    ------
    InputError
        If the observations are of another level, of several figures per place or of
        another code system than `on`; if any row on either side finds no partner (unless
        `allow_missing`), with the codes; and always if no row does.

    Notes
    -----
    Join the whole layer first and take one city's part of the result after that, so that
    nothing is lost on the way::

        tracts = join_figures(layer("tracts"), figures)
        norwalk = tracts[tracts["town"] == "norwalk"]

    Examples
    --------
    >>> from shapely import box
    >>> tracts = gpd.GeoDataFrame(
    ...     {"tract_fips_2020": ["09001070100"], "tract_fips_2022": ["09120070100"]},
    ...     geometry=[box(0, 0, 1, 1)], crs=4326)
    >>> figures = pd.DataFrame({
    ...     "indicator": ["child_poverty"], "geo_level": ["tract"], "geo_id": ["09120070100"],
    ...     "period": ["2019-2023"], "dimension": ["all"], "group": ["all"],
    ...     "estimate": [0.3], "moe90": [0.1], "status": ["published"]})
    >>> join_figures(tracts, figures)["quality"].item()
    'use_with_care'
    """
    codes = _codes(layer)
    on = on or codes.columns[codes.usual]
    _check_one_figure_each(observations, codes)
    taken = _on_codes(layer, observations, codes, on, vintage, by, via_crosswalk=via_crosswalk)
    keys = taken["geo_id"]
    without_figure = list(layer.loc[~layer[on].isin(keys), on])
    without_shape = list(keys[~keys.isin(layer[on])])
    _check_complete(without_figure, without_shape, len(layer), codes, allow=allow_missing)
    columns = [c.name for c in COLUMNS if c.name in taken]
    figures = taken[columns].assign(_key=keys)
    # A named layer's own geo_id is the key of its figures and says the same.
    bare = layer.drop(columns=[c for c in ("geo_id",) if c in layer and c != on])
    joined = bare.merge(
        figures.drop(columns=["geo_id"] if on == "geo_id" else []),
        left_on=on,
        right_on="_key",
        how="left",
    ).drop(columns="_key")
    joined["status"] = joined["status"].fillna("not_collected")
    if codes.level in ("tract", "neighborhood"):
        joined["quality"] = _quality(joined)
    joined.attrs.update(
        without_figure=without_figure,
        without_shape=without_shape,
        moved=taken.attrs.get("moved", []),
    )
    return joined


def _codes(layer: gpd.GeoDataFrame) -> _Codes:
    for codes in (_TRACT_2010, _TRACT, _TOWN):
        if set(codes.columns.values()) <= set(layer.columns) and "geo_id" not in layer:
            return codes
    if "geo_id" in layer:
        return _SCHOOL if "grades" in layer else _NEIGHBORHOOD
    raise _error(
        "the layer has neither tract nor town codes of both systems",
        value=", ".join(map(str, layer.columns)),
        allowed=", ".join([*_TRACT.columns.values(), *_TOWN.columns.values()]),
        remedy="Take it from c2c_lib.geography.layer.",
    )


def _check_one_figure_each(observations: pd.DataFrame, codes: _Codes) -> None:
    """One indicator, period and group, once per place, at the level of the layer."""
    problems = Problems()
    for level in sorted(set(observations["geo_level"]) - {codes.level}):
        problems.add(
            "observations",
            f"figures of another level than the layer's {codes.level}s",
            value=level,
            column="geo_level",
            remedy=f'Select observations["geo_level"] == "{codes.level}".',
        )
    for column in (c for c in KEY if c not in ("geo_level", "geo_id")):
        values = sorted(set(observations[column]))
        if len(values) > 1:
            problems.add(
                "observations",
                "several figures for one place; a map shows one",
                value=some(values),
                column=column,
                remedy=f"Select one {column} first.",
            )
    for code in sorted(set(observations.loc[observations["geo_id"].duplicated(), "geo_id"])):
        problems.add("observations", "a place stands twice", value=code, column="geo_id")
    problems.raise_if_any()


def _on_codes(
    layer: gpd.GeoDataFrame,
    observations: pd.DataFrame,
    codes: _Codes,
    on: str,
    vintage: str,
    by: By,
    *,
    via_crosswalk: bool,
) -> pd.DataFrame:
    """Return the observations under the layer's codes, or refuse another vintage."""
    system = {column: found for found, column in codes.columns.items()}
    if on not in system:
        raise _error("unknown code column", value=on, allowed=", ".join(system))
    wanted = system[on]
    if observations.empty or codes.level not in ("tract", "town"):
        return observations
    if codes is _TOWN:
        return _towns_on(layer, observations, on, wanted, via_crosswalk=via_crosswalk)
    found = _tracts_found(observations, wanted, vintage)
    if found == wanted:
        return observations
    if not via_crosswalk:
        raise InputError([_refusal(observations["geo_id"].tolist(), found, wanted, codes, on)])
    return to_vintage(observations, wanted, of=found, by=by)


def _tracts_found(observations: pd.DataFrame, wanted: str, vintage: str) -> str:
    """Return the vintage of the tract codes."""
    # In the tidy table a tract under counties is one of 2010: those of 2020 stand under their
    # code of 2022. So on shapes of 2010 codes that stand in both lists need no word.
    if wanted == COUNTY_2010 and not vintage:
        here = set(table_vintages(observations["geo_id"]))
        vintage = COUNTY_2010 if here == {EITHER_2010_OR_2020} else ""
    return resolve_vintage(observations, vintage)


def _refusal(codes: Sequence[str], found: str, wanted: str, kind: _Codes, on: str) -> Problem:
    what = f"codes of the system {found} cannot be joined on {on}, which holds {wanted}"
    if COUNTY_2010 not in (found, wanted):
        remedy = (
            f"The layer pairs the systems one to one: join on {kind.columns[found]!r}, "
            "or pass via_crosswalk=True to go through its two code columns. Nothing is lost."
        )
    else:
        here = "tracts_2010" if found == COUNTY_2010 else "tracts"
        remedy = (
            f"Draw them on their own shapes, layer({here!r}), where nothing is lost; or pass "
            f"via_crosswalk=True to work the figures out anew from the overlap of the tracts. "
            f"{_loss(codes, found)}"
        )
    return Problem("observations", what, value=some(codes), column="geo_id", remedy=remedy)


def _loss(codes: Sequence[str], found: str) -> str:
    """Say how many tracts of the table are no longer what they were."""
    column = "tract_fips_2010" if found == COUNTY_2010 else "tract_fips_2022"
    overlap = weights("tract_overlap")
    if found == COUNTY_2020:
        column = "tract_fips_2020"
    same = (overlap["area_of_2010"] >= 0.98) & (overlap["area_of_2020"] >= 0.98)
    known = set(codes) & set(overlap[column])
    moved = sorted(known - set(overlap.loc[same, column]))
    if not moved:
        return f"All {len(known)} tracts kept their outline."
    return (
        f"{len(moved)} of {len(known)} tracts were split, merged or moved, and their figures "
        f"become estimates: {some(moved)}."
    )


def _towns_on(
    layer: gpd.GeoDataFrame,
    observations: pd.DataFrame,
    on: str,
    wanted: str,
    *,
    via_crosswalk: bool,
) -> pd.DataFrame:
    found = vintages(observations["geo_id"])
    other = next(vintage for vintage in _TOWN.columns if vintage != wanted)
    problems = Problems()
    if "" in found:
        problems.add(
            "observations",
            "not codes of Connecticut towns",
            value=some(found[""]),
            column="geo_id",
            allowed="text of 10 digits with the leading zero",
        )
    if other in found and not via_crosswalk:
        problems.extend([_refusal(found[other], other, wanted, _TOWN, on)])
    problems.raise_if_any()
    across = dict(zip(layer[_TOWN.columns[other]], layer[on], strict=True))
    codes = [across.get(code, code) for code in observations["geo_id"]]
    return observations.assign(geo_id=pd.Series(codes, index=observations.index, dtype="str"))


def _check_complete(
    without_figure: Sequence[str],
    without_shape: Sequence[str],
    shapes: int,
    codes: _Codes,
    *,
    allow: bool,
) -> None:
    problems = Problems()
    nothing = len(without_figure) == shapes
    if without_figure and (nothing or not allow):
        problems.add(
            "layer",
            f"{len(without_figure)} of {shapes} {codes.level}s find no figure",
            value=some(without_figure),
            remedy="If no shape finds a figure, this is a wrong vintage or a wrong selection."
            if nothing
            else "If that is right, pass allow_missing=True; the map then says so.",
        )
    if without_shape and (nothing or not allow):
        problems.add(
            "observations",
            f"{len(without_shape)} figures find no {codes.level} in the layer",
            value=some(without_shape),
            column="geo_id",
            remedy="Codes of 2010 tracts look like those of 2020; figures on 2010 tracts need "
            "2010 shapes. To draw one city, join the whole layer and take its part afterwards.",
        )
    problems.raise_if_any()


def _quality(joined: gpd.GeoDataFrame) -> pd.Series:
    margins = joined.get("moe90", pd.Series(np.nan, index=joined.index))
    words = [
        "" if np.isnan(estimate) else tract_quality(estimate, moe90)
        for estimate, moe90 in zip(joined["estimate"], margins, strict=True)
    ]
    return pd.Series(words, index=joined.index, dtype="str")


def _error(what: str, **details: str) -> InputError:
    return InputError([Problem("layer", what, **details)])
