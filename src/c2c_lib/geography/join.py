"""Puts figures on shapes, and refuses a join that would come out empty or short in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.geography.quality import tract_quality
from c2c_lib.geography.vintage import COUNTY_2020, PLANNING_REGION_2022, vintages
from c2c_lib.observations import COLUMNS, KEY

__all__ = ["join_figures"]

_SHOWN: Final = 8
"""Codes that an error names before it only counts."""


@dataclass(frozen=True)
class _Codes:
    """The two code columns of a layer and the one that figures of its level come with."""

    level: str
    columns: dict[str, str]
    usual: str


_TRACT: Final = _Codes(
    "tract",
    {COUNTY_2020: "tract_fips_2020", PLANNING_REGION_2022: "tract_fips_2022"},
    PLANNING_REGION_2022,
)
_TOWN: Final = _Codes(
    "town",
    {COUNTY_2020: "town_fips_2020", PLANNING_REGION_2022: "town_fips_2022"},
    COUNTY_2020,
)


def join_figures(
    layer: gpd.GeoDataFrame,
    observations: pd.DataFrame,
    *,
    on: str | None = None,
    via_crosswalk: bool = False,
    allow_missing: bool = False,
) -> gpd.GeoDataFrame:
    """Return a layer with one figure on every shape.

    Parameters
    ----------
    layer : GeoDataFrame
        Tracts or towns of `c2c_lib.geography.layer`.
    observations : DataFrame
        Tidy observations of one indicator, period and group, at the level of the layer.
    on : str, optional
        The layer's code column; default is the system in which the store holds the level:
        ``tract_fips_2022`` for tracts, ``town_fips_2020`` for towns.
    via_crosswalk : bool
        Accept codes of the layer's other system and take them across; the two systems are
        one to one for towns and tracts.
    allow_missing : bool
        Go on although shapes have no figure, or figures no shape. Such shapes get the
        status ``not_collected``; both lists are in ``.attrs["without_figure"]`` and
        ``.attrs["without_shape"]`` of the result.

    Returns
    -------
    GeoDataFrame
        The layer, in its order, with the columns of the observations, and for tracts
        ``quality`` (see `tract_quality`; empty where no figure is shown).

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
    keys = _keys(layer, observations["geo_id"], codes, on, via_crosswalk=via_crosswalk)
    without_figure = list(layer.loc[~layer[on].isin(keys), on])
    without_shape = list(observations.loc[~pd.Index(keys).isin(layer[on]), "geo_id"])
    _check_complete(without_figure, without_shape, len(layer), codes, allow=allow_missing)
    columns = [c.name for c in COLUMNS if c.name in observations]
    figures = observations[columns].assign(_key=keys)
    joined = layer.merge(figures, left_on=on, right_on="_key", how="left").drop(columns="_key")
    joined["status"] = joined["status"].fillna("not_collected")
    if codes is _TRACT:
        joined["quality"] = _quality(joined)
    joined.attrs.update(without_figure=without_figure, without_shape=without_shape)
    return joined


def _codes(layer: gpd.GeoDataFrame) -> _Codes:
    for codes in (_TRACT, _TOWN):
        if set(codes.columns.values()) <= set(layer.columns):
            return codes
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
                value=_some(values),
                column=column,
                remedy=f"Select one {column} first.",
            )
    for code in sorted(set(observations.loc[observations["geo_id"].duplicated(), "geo_id"])):
        problems.add("observations", "a place stands twice", value=code, column="geo_id")
    problems.raise_if_any()


def _keys(
    layer: gpd.GeoDataFrame, geo_ids: pd.Series, codes: _Codes, on: str, *, via_crosswalk: bool
) -> list[str]:
    """Return the observations' codes in the system of the column `on`, or refuse."""
    system = {column: vintage for vintage, column in codes.columns.items()}
    if on not in system:
        raise _error("unknown code column", value=on, allowed=", ".join(system))
    wanted = system[on]
    found = vintages(geo_ids)
    other = next(vintage for vintage in codes.columns if vintage != wanted)
    problems = Problems()
    if "" in found:
        problems.add(
            "observations",
            f"not codes of Connecticut {codes.level}s",
            value=_some(found[""]),
            column="geo_id",
            allowed="text of 10 digits for a town, 11 for a tract, with the leading zero",
        )
    if other in found and not via_crosswalk:
        problems.add(
            "observations",
            f"codes of the system {other} cannot be joined on {on}, which holds {wanted}",
            value=_some(found[other]),
            column="geo_id",
            remedy=f"The layer pairs the systems one to one: join on {codes.columns[other]!r}, "
            "or pass via_crosswalk=True to go through its two code columns.",
        )
    problems.raise_if_any()
    across = dict(zip(layer[codes.columns[other]], layer[on], strict=True))
    return [across.get(code, code) for code in geo_ids]


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
            value=_some(without_figure),
            remedy="If no shape finds a figure, this is a wrong vintage or a wrong selection."
            if nothing
            else "If that is right, pass allow_missing=True; the map then says so.",
        )
    if without_shape and (nothing or not allow):
        problems.add(
            "observations",
            f"{len(without_shape)} figures find no {codes.level} in the layer",
            value=_some(without_shape),
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


def _some(values: Sequence[str]) -> str:
    listed = ", ".join(values[:_SHOWN])
    rest = len(values) - _SHOWN
    return f"{listed} and {rest} more" if rest > 0 else listed


def _error(what: str, **details: str) -> InputError:
    return InputError([Problem("layer", what, **details)])
