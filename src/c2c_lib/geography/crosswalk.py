"""Figures of tracts of one vintage on the tracts of another, with what was lost said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.geography.aggregate import aggregate
from c2c_lib.geography.layers import weights
from c2c_lib.geography.vintage import (
    COUNTY_2010,
    COUNTY_2020,
    EITHER_2010_OR_2020,
    PLANNING_REGION_2022,
    VINTAGES,
    table_vintages,
)

__all__ = ["By", "resolve_vintage", "some", "to_vintage"]

By = Literal["people", "area"]

_SAME: Final = 0.98
"""Share of both tracts that the common piece has to have for them to count as one."""
_SHOWN: Final = 8
_LAST_OF_2010: Final = 2019
"""Last year of the last survey window on tracts of 2010."""
_NOTE: Final = "Worked out from the census tracts of {year} by share of {by}."


def to_vintage(
    observations: pd.DataFrame,
    vintage: str,
    *,
    of: str = "",
    by: By = "people",
    folder: Path | None = None,
) -> pd.DataFrame:
    """Return tract figures under the codes of another vintage.

    Parameters
    ----------
    observations : DataFrame
        Tidy observations of tracts, of one vintage.
    vintage : {"county-2010", "county-2020", "planning-region-2022"}
        What is wanted.
    of : str, optional
        What the codes are. Needed only where it cannot be told: where every code stands in
        the lists of 2010 and of 2020, as those of Bridgeport and Norwalk do.
    by : {"people", "area"}
        How a tract that was divided is divided: as its residents of 2016-2020 live, or as its
        drawn area lies.
    folder : Path, optional
        Where the weights lie; default is ``geo/`` of the project.

    Returns
    -------
    DataFrame
        Tidy observations. Between counties and planning regions only the codes change, one
        to one. Between 2010 and 2020 the figures are worked out by
        `c2c_lib.geography.aggregate.aggregate`; ``.attrs["moved"]`` holds a `Moved` that
        says which tracts are not what they were.

    Raises
    ------
    InputError
        If codes are no tracts, are of several vintages, cannot be told apart, or lie outside
        the towns that ship. All problems at once.

    Examples
    --------
    >>> from c2c_lib.observations import load_observations
    >>> every = load_observations()
    >>> old = every[(every["indicator"] == "child_poverty") & (every["period"] == "2014-2018")
    ...             & every["geo_id"].isin(weights("tract_overlap", "stamford")["tract_fips_2010"])]
    >>> new = to_vintage(old, "planning-region-2022")
    >>> len(old), len(new), len(new.attrs["moved"]), new.attrs["lost"]
    (25, 33, 25, [])
    """
    problems = Problems()
    if vintage not in VINTAGES:
        problems.add("", "unknown vintage", value=vintage, allowed=", ".join(VINTAGES))
    if by not in ("people", "area"):
        problems.add("", "unknown kind of weights", value=by, allowed="people, area")
    problems.raise_if_any()
    found = resolve_vintage(observations, of)
    if found == vintage:
        return _with(observations.copy(), [], [])
    if COUNTY_2010 not in (found, vintage):
        return _recoded(observations, found, vintage)
    if found == COUNTY_2020:
        observations = _recoded(observations, COUNTY_2020, PLANNING_REGION_2022)
    pieces = _pieces(observations, found, by, folder)
    absent = set(pieces["source"]) - set(observations["geo_id"])
    lost = set(pieces.loc[pieces["source"].isin(absent), "target"])
    whole = pieces[~pieces["target"].isin(lost)]
    result = aggregate(
        observations[observations["geo_id"].isin(whole["source"])],
        whole,
        load_catalog(),
        level="tract",
        note=_NOTE.format(
            year=2010 if found == COUNTY_2010 else 2020, by="residents" if by == "people" else by
        ),
    )
    moved = _moved(whole)
    if vintage == COUNTY_2020:
        result = _recoded(result, PLANNING_REGION_2022, COUNTY_2020)
        moved = set(_codes(moved, PLANNING_REGION_2022))
        lost = set(_codes(lost, PLANNING_REGION_2022))
    return _with(result, moved, lost)


def resolve_vintage(observations: pd.DataFrame, of: str = "") -> str:
    """Return the one vintage of the tract codes of a table.

    Parameters
    ----------
    observations : DataFrame
        With ``geo_id``, and ``period_end`` where the codes alone do not tell.
    of : str
        What the caller says it is; believed only where the codes allow it.

    Raises
    ------
    InputError
        If codes are no tracts, or not all of one vintage, or it cannot be told.
    """
    codes = list(dict.fromkeys(observations["geo_id"]))
    found = table_vintages(codes)
    problems = Problems()
    if "" in found:
        problems.add(
            "observations",
            "not codes of Connecticut tracts",
            value=some(found.pop("")),
            column="geo_id",
            allowed="text of 11 digits with the leading zero; tracts of water have no figures",
        )
    known = {v for v in found if v != EITHER_2010_OR_2020}
    if len(known) > 1:
        for name in sorted(known):
            problems.add(
                "observations",
                f"codes of several vintages in one table; these are {name}",
                value=some(found[name]),
                column="geo_id",
                remedy="Take each vintage by itself through to_vintage, then put them together.",
            )
    problems.raise_if_any()
    if not known:
        return _told(observations, found.get(EITHER_2010_OR_2020, []), of)
    (vintage,) = known
    if EITHER_2010_OR_2020 in found and vintage == PLANNING_REGION_2022:
        found[vintage] = found[vintage] + found[EITHER_2010_OR_2020]
        problems.add(
            "observations",
            "codes under planning regions and codes under counties in one table",
            value=some(found[EITHER_2010_OR_2020]),
            column="geo_id",
            remedy="Take each vintage by itself through to_vintage, then put them together.",
        )
    if of and of != vintage:
        problems.add(
            "observations",
            f"the codes are of {vintage}, not of {of}",
            value=some(found[vintage]),
            column="geo_id",
        )
    problems.raise_if_any()
    return vintage


def _told(observations: pd.DataFrame, codes: Sequence[str], of: str) -> str:
    """Return the vintage of codes that stand in both lists."""
    if of in (COUNTY_2010, COUNTY_2020):
        return of
    ends = observations.get("period_end", pd.Series(dtype=float))
    if len(ends) and (ends <= _LAST_OF_2010).all():
        return COUNTY_2010
    problems = Problems()
    problems.add(
        "observations",
        "these codes stand in the lists of 2010 and of 2020, and some tracts kept their code and "
        "moved",
        value=some(codes),
        column="geo_id",
        allowed=f"{COUNTY_2010}, {COUNTY_2020}",
        remedy="Say which they are: vintage='county-2010' or vintage='county-2020'.",
    )
    problems.raise_if_any()
    return ""


def some(values: Sequence[str]) -> str:
    """Return the first values in words, and how many there are beyond.

    Examples
    --------
    >>> some(["a", "b"])
    'a, b'
    """
    rest = len(values) - _SHOWN
    listed = ", ".join(values[:_SHOWN])
    return f"{listed} and {rest} more" if rest > 0 else listed


def _pieces(observations: pd.DataFrame, found: str, by: By, folder: Path | None) -> pd.DataFrame:
    """Return the pieces of the towns in question, from the year of the table to the other."""
    overlap = weights("tract_overlap", folder=folder)
    old = found == COUNTY_2010
    source, target = ("tract_fips_2010", "tract_fips_2022")[:: 1 if old else -1]
    a, b = ("2010", "2020") if old else ("2020", "2010")
    pieces = pd.DataFrame(
        {
            "town": overlap["town"],
            "source": overlap[source],
            "target": overlap[target],
            "of_source": overlap[f"{by}_of_{a}"],
            "of_target": overlap[f"{by}_of_{b}"],
            "area_of_source": overlap[f"area_of_{a}"],
            "area_of_target": overlap[f"area_of_{b}"],
        }
    )
    problems = Problems()
    outside = sorted(set(observations["geo_id"]) - set(pieces["source"]))
    if outside:
        problems.add(
            "observations",
            f"{len(outside)} tracts lie outside the towns whose overlap ships",
            value=some(outside),
            column="geo_id",
            remedy="Select the tracts of those towns: " + ", ".join(sorted(set(pieces["town"]))),
        )
    problems.raise_if_any()
    towns = set(pieces.loc[pieces["source"].isin(observations["geo_id"]), "town"])
    return pieces[pieces["town"].isin(towns)]


def _moved(pieces: pd.DataFrame) -> set[str]:
    """Return the targets that are not the same as one source."""
    same = (pieces["area_of_source"] >= _SAME) & (pieces["area_of_target"] >= _SAME)
    return set(pieces["target"]) - set(pieces.loc[same, "target"])


def _codes(codes: Iterable[str], found: str) -> list[str]:
    """Return codes of 2020 tracts in the other of the two systems; unknown ones as they are."""
    pairs = {
        p.geo_id: p.other_ids[0]
        for p in load_catalog().places
        if p.geo_level == "tract" and p.vintage == PLANNING_REGION_2022
    }
    if found == COUNTY_2020:
        pairs = {old: new for new, old in pairs.items()}
    return [pairs.get(code, code) for code in codes]


def _recoded(observations: pd.DataFrame, found: str, vintage: str) -> pd.DataFrame:
    """Change codes between the two systems of 2020 tracts, which are one to one."""
    if found == vintage:
        return observations
    codes = pd.Series(_codes(observations["geo_id"], found), index=observations.index, dtype="str")
    return _with(observations.assign(geo_id=codes), [], [])


def _with(frame: pd.DataFrame, moved: Iterable[str], lost: Iterable[str]) -> pd.DataFrame:
    frame.attrs.update(moved=sorted(moved), lost=sorted(lost))
    return frame
