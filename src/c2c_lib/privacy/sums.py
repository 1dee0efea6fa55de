"""Which figures of a table add up to which: groups, places and years.

A reader knows these sums without being told:

groups
    In a dimension that is a partition the groups make up all children. Where the catalog
    says so, groups of another dimension make up one of them (free and reduced-price meals),
    or a group is the union of groups of other dimensions (high needs): then it is at least as
    large as each of them and at most as large as all together. A group is never larger than
    all children. A dimension that is not listed in full is taken for complete where what is
    left can be the hidden groups alone, otherwise the listed groups are only a part.
places
    What the places within a place have adds up to what it has (`Place.parent`): schools to
    their district, districts, towns to the state, tracts or neighborhoods to their town.
years
    The years of a pooled period add up to it, whether each of them is listed or not, so that
    two pooled periods that overlap give away the difference of their other years.
counted and not counted
    Children counted and children not counted add up to the children of the group.

Sums over places and years seldom come out exactly: some students are taught elsewhere. How far
they are off is known wherever all parts are shown. That much, and no more, may be missing (or
too many) in every other sum of the same place, period and quantity, so that parts that nearly
make up the whole are as good as parts that do. Where nothing shows that a part is missing, a
reader will take it that none is.

Survey estimates do not take part. Their "counts" are weighted guesses with a margin of error,
and their publisher has already blurred them: a difference of two of them counts no child.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from c2c_lib.catalog import Catalog, parse_period
from c2c_lib.privacy.counts import readable_counts
from c2c_lib.privacy.system import Bools, Floats, Ints, connected

__all__ = ["ALL", "BLOCK", "Kind", "Quantity", "Release", "islands", "release"]

BLOCK: Final = ["indicator", "geo_level", "geo_id", "period"]
"""The columns that together name one table of groups."""
ALL: Final = "all/all"
_QUANTITIES: Final = 2
_NO_FAMILY: Final = -1


class Quantity(IntEnum):
    """What is counted of a group: children who did, all children, children who did not."""

    NUMERATOR = 0
    DENOMINATOR = 1
    COMPLEMENT = 2


class Kind(IntEnum):
    """How sure a sum is.

    ``LISTED``: complete if the groups that are listed can be all there are. ``EXACT``: always
    holds. ``AT_MOST``: parts are at most the whole. ``NEARLY``: holds but for what its family
    is known to be off. ``COVERED``: the parts overlap and are at least the whole.
    """

    LISTED = 0
    EXACT = 1
    AT_MOST = 2
    NEARLY = 3
    COVERED = 4


@dataclass(frozen=True, eq=False)
class Release:
    """The sums of a table, whatever of it is shown.

    Attributes
    ----------
    cells : DataFrame, N rows
        ``block`` (number of the indicator, place and period), ``code``
        (``dimension/group``), ``real`` (False for a total or a year that is not listed but
        can be worked out) and the columns of the table that matter; the first rows are those
        of the table that are counts, in its order.
    row : int array, shape (N,)
        Where each cell stands in the table; -1 if it does not.
    count : int array, shape (3, N)
        Number of the count of each quantity of each cell; -1 where no figure has it.
    owner, quantity : int array, shape (V,)
        The cell and quantity of each count.
    value : float array, shape (V,)
        The counts that are shown or can be read off; NaN for others.
    sums : sparse array, shape (E, V)
        1 for the whole, -1 for a part.
    whole : int array, shape (E,)
        The count that is the whole.
    kind, family, group : int array, shape (E,)
        The `Kind`; sums that are off together; the sums of the quantities of one whole.
    listed : int array, shape (E,)
        How many parts are listed.
    complete : bool array, shape (E,)
        Whether the parts are all that there can be.
    """

    cells: pd.DataFrame
    row: Ints
    count: Ints
    owner: Ints
    quantity: Ints
    value: Floats
    sums: sparse.csr_array
    whole: Ints
    kind: Ints
    family: Ints
    group: Ints
    listed: Ints
    complete: Bools

    @cached_property
    def parts(self) -> sparse.csr_array:
        """The sums without their wholes, shape (E, V); 1 for a part."""
        entries = sparse.coo_array(self.sums)
        part = entries.coords[1] != self.whole[entries.coords[0]]
        rows, columns = (axis[part] for axis in entries.coords)
        return sparse.csr_array((-entries.data[part], (rows, columns)), shape=self.sums.shape)


@dataclass(frozen=True, eq=False)
class _Sums:
    """Sums of cells: for each of `wholes` the parts whose `owner` is its position."""

    wholes: Ints
    parts: Ints
    owner: Ints
    kind: Kind
    family: Ints
    complete: Bools


def islands(whole: Release, wanted: Bools) -> Iterator[tuple[Ints, Release]]:
    """Yield the parts of a release that no sum connects, if a wanted cell is in them.

    Parameters
    ----------
    whole : Release
    wanted : bool array, shape (N,)

    Yields
    ------
    cells : int array
        Which cells of the whole are in it.
    part : Release
    """
    label = connected(whole.sums)
    keep = np.zeros(label.max(initial=-1) + 1, bool)
    keep[label[wanted[whole.owner]]] = True
    use = np.flatnonzero(keep[label])
    use = use[np.argsort(label[use], kind="stable")]
    # A sum lies where its whole lies.
    where = label[whole.whole]
    rows = np.flatnonzero(keep[where])
    rows = rows[np.argsort(where[rows], kind="stable")]
    ordered = sparse.csr_array(whole.sums[rows][:, use])
    _, count_at = np.unique(label[use], return_index=True)
    first, last = count_at, [*count_at[1:], len(use)]
    named = label[use[count_at]]
    row_first = np.searchsorted(where[rows], named, side="left")
    row_last = np.searchsorted(where[rows], named, side="right")
    for a, b, r, t in zip(first, last, row_first, row_last, strict=True):
        yield _island(whole, use[a:b], rows[r:t], ordered[r:t, a:b])


def _island(
    whole: Release, counts: Ints, rows: Ints, sums: sparse.csr_array
) -> tuple[Ints, Release]:
    cells, owner = np.unique(whole.owner[counts], return_inverse=True)
    new = np.full(len(whole.owner), -1)
    new[counts] = np.arange(len(counts))
    quantity = whole.quantity[counts]
    count = np.full((len(Quantity), len(cells)), -1)
    count[quantity, owner] = np.arange(len(counts))
    _, family = np.unique(whole.family[rows], return_inverse=True)
    _, group = np.unique(whole.group[rows], return_inverse=True)
    return cells, Release(
        cells=whole.cells.iloc[cells],
        row=whole.row[cells],
        count=count,
        owner=owner,
        quantity=quantity,
        value=whole.value[counts],
        sums=sums,
        whole=new[whole.whole[rows]],
        kind=whole.kind[rows],
        family=family,
        group=group,
        listed=whole.listed[rows],
        complete=whole.complete[rows],
    )


def release(frame: pd.DataFrame, catalog: Catalog) -> Release:
    """Return the sums of a table of observations.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations, with a unique index that counts from 0.
    catalog : Catalog
        Says what a unit is, which groups and places add up, and which sources are surveys.

    Returns
    -------
    Release
    """
    cells, row = _cells(frame, catalog)
    find = _Finder(cells)
    parts = [
        *_partitions(cells, find, catalog),
        *_declared(cells, find, catalog),
        *_places(cells, find, catalog),
        *_years(cells),
    ]
    return _assembled(cells, row, _counts(cells), parts)


def _cells(frame: pd.DataFrame, catalog: Catalog) -> tuple[pd.DataFrame, Ints]:
    sampled = [s.id for s in catalog.sources.values() if s.sampled]
    counted = ~frame["source"].isin(sampled) & (frame["status"] != "not_collected")
    rows = frame[counted]
    cells = rows[[*BLOCK, "status"]].copy()
    cells["code"] = rows["dimension"] + "/" + rows["group"]
    cells[["numerator", "denominator"]] = readable_counts(rows, catalog)
    # A group to which the indicator does not apply has nobody in it.
    nobody = rows["status"] == "not_applicable"
    cells.loc[nobody, ["numerator", "denominator"]] = 0.0
    cells["real"] = True
    row = cells.index.to_numpy(dtype=np.int64)
    cells = pd.concat([cells, _unlisted_years(cells)], ignore_index=True)
    cells = pd.concat([cells, _unlisted_totals(cells)], ignore_index=True)
    cells["block"] = cells.groupby(BLOCK, sort=False).ngroup()
    unlisted = len(cells) - len(row)
    return cells, np.concatenate([row, np.full(unlisted, -1)])


def _unlisted(keys: pd.DataFrame) -> pd.DataFrame:
    return keys.assign(status="", numerator=np.nan, denominator=np.nan, real=False)


def _unlisted_totals(cells: pd.DataFrame) -> pd.DataFrame:
    blocks = cells[BLOCK].drop_duplicates()
    with_total = cells.loc[cells["code"] == ALL, BLOCK]
    merged = blocks.merge(with_total, on=BLOCK, how="left", indicator=True)
    return _unlisted(merged.loc[merged["_merge"] == "left_only", BLOCK].assign(code=ALL))


_SERIES: Final = ["indicator", "geo_level", "geo_id", "code"]


def _pooled(cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row per cell of a pooled period and year of it: ``cell`` and ``period``."""
    periods = {label: parse_period(label) for label in cells["period"].unique()}
    years = {
        label: [str(year) for year in range(period.start, period.end + 1)]
        for label, period in periods.items()
        if period.pooled
    }
    pooled = cells.loc[cells["period"].isin(list(years)), [*_SERIES, "period"]]
    result = pooled.assign(cell=pooled.index, period=pooled["period"].map(years))
    return result.explode("period")


def _unlisted_years(cells: pd.DataFrame) -> pd.DataFrame:
    wanted = _pooled(cells)[[*_SERIES, "period"]].drop_duplicates()
    key = [*_SERIES, "period"]
    merged = wanted.merge(cells[key].drop_duplicates(), on=key, how="left", indicator=True)
    return _unlisted(merged.loc[merged["_merge"] == "left_only", key])


class _Finder:
    """Finds the cell of a block and a ``dimension/group``."""

    def __init__(self, cells: pd.DataFrame) -> None:
        self.codes = {code: n for n, code in enumerate(cells["code"].unique())}
        self.code = cells["code"].map(self.codes).to_numpy(dtype=np.int64)
        self.block = cells["block"].to_numpy(dtype=np.int64)
        key = self.block * len(self.codes) + self.code
        self._order = np.argsort(key, kind="stable")
        self._key = key[self._order]

    def __call__(self, block: Ints, code: Ints) -> Ints:
        """Return cell numbers; -1 where there is none."""
        wanted = block * len(self.codes) + code
        place = np.minimum(np.searchsorted(self._key, wanted), len(self._key) - 1)
        found = (self._key[place] == wanted) & (code >= 0) & (block >= 0)
        return np.where(found, self._order[place], -1)

    def named(self, block: Ints, code: str) -> Ints:
        """Return the cells of one group in several blocks."""
        return self(block, np.full(len(block), self.codes.get(code, -1)))


def _grouped(wholes: Ints, parts: Ints, kind: Kind) -> _Sums:
    """Return sums from pairs of a whole and a part."""
    found, owner = np.unique(wholes, return_inverse=True)
    size = len(found)
    return _Sums(found, parts, owner, kind, np.full(size, _NO_FAMILY), np.ones(size, bool))


def _partitions(cells: pd.DataFrame, find: _Finder, catalog: Catalog) -> Iterator[_Sums]:
    """Yield the sums over the groups of a dimension that make up all children."""
    dimension = cells["code"].str.partition("/")[0]
    for entry in catalog.dimensions.values():
        inside = np.flatnonzero((dimension == entry.id).to_numpy())
        if not len(inside):
            continue
        totals = find.named(find.block[inside], ALL)
        if entry.partition:
            sums = _grouped(totals, inside, Kind.LISTED)
            full = np.bincount(sums.owner) == len(entry.groups)
            yield _Sums(sums.wholes, sums.parts, sums.owner, Kind.LISTED, sums.family, full)
        elif entry.id != ALL.partition("/")[0]:
            yield _pairs(totals, inside)


def _pairs(wholes: Ints, parts: Ints) -> _Sums:
    """Return that each part is at most its whole."""
    size = len(wholes)
    return _Sums(
        wholes, parts, np.arange(size), Kind.AT_MOST, np.full(size, _NO_FAMILY), np.ones(size, bool)
    )


def _declared(cells: pd.DataFrame, find: _Finder, catalog: Catalog) -> Iterator[_Sums]:
    """Yield what the catalog says of groups that nest and overlap."""
    blocks = np.unique(cells["block"].to_numpy(dtype=np.int64))
    for entry in catalog.dimensions.values():
        for one in entry.sums:
            whole = ALL if one.whole == "all" else f"{entry.id}/{one.whole}"
            yield from _nested(find, blocks, whole, [f"{entry.id}/{p}" for p in one.parts])
        for group in entry.groups:
            if group.union_of:
                yield from _union(find, blocks, f"{entry.id}/{group.id}", group.union_of)


def _nested(find: _Finder, blocks: Ints, whole: str, parts: list[str]) -> Iterator[_Sums]:
    wholes = find.named(blocks, whole)
    found = np.stack([find.named(blocks, part) for part in parts])
    for number, kind in (
        ((found >= 0).all(axis=0), Kind.EXACT),
        ((found >= 0).any(axis=0) & ~(found >= 0).all(axis=0), Kind.AT_MOST),
    ):
        use = number & (wholes >= 0)
        inside = found[:, use]
        pairs = np.broadcast_to(wholes[use], inside.shape)[inside >= 0]
        yield _grouped(pairs, inside[inside >= 0], kind)


def _union(find: _Finder, blocks: Ints, whole: str, parts: tuple[str, ...]) -> Iterator[_Sums]:
    wholes = find.named(blocks, whole)
    found = np.stack([find.named(blocks, part) for part in parts])
    for one in found:
        use = (one >= 0) & (wholes >= 0)
        yield _pairs(wholes[use], one[use])
    use = (found >= 0).all(axis=0) & (wholes >= 0)
    covered = found[:, use]
    pairs = np.broadcast_to(wholes[use], covered.shape)
    yield _grouped(pairs.ravel(), covered.ravel(), Kind.COVERED)


def _places(cells: pd.DataFrame, find: _Finder, catalog: Catalog) -> Iterator[_Sums]:
    """Yield the sums over the places of one level within a place."""
    level = {(p.geo_level, p.geo_id): p for p in catalog.places}
    codes: dict[str, str] = {}
    for place in catalog.places:
        if place.geo_level in _PARENT_LEVELS:
            codes.setdefault(place.geo_id, place.geo_level)
    blocks = cells.drop_duplicates("block").set_index("block")[BLOCK].sort_index()
    known = [level.get(key) for key in zip(blocks["geo_level"], blocks["geo_id"], strict=True)]
    above = blocks.assign(
        child_level=blocks["geo_level"],
        geo_id=[place.parent if place else "" for place in known],
    )
    above["geo_level"] = [codes.get(parent, "") for parent in above["geo_id"]]
    number = blocks.reset_index().set_index(BLOCK)["block"]
    parent = number.reindex(pd.MultiIndex.from_frame(above[BLOCK])).fillna(-1).to_numpy(np.int64)
    of_cell = parent[find.block]
    wholes = find(of_cell, find.code)
    inside = np.flatnonzero(wholes >= 0)
    kinds = above["child_level"].astype("category").cat.codes.to_numpy(dtype=np.int64)
    child = kinds[find.block[inside]]
    levels = int(kinds.max(initial=0)) + 1
    # Schools and neighborhoods within one place are different ways to make it up.
    pairs, owner = np.unique(wholes[inside] * levels + child, return_inverse=True)
    family = find.block[pairs // levels] * levels + pairs % levels
    yield _Sums(pairs // levels, inside, owner, Kind.NEARLY, family, np.ones(len(pairs), bool))


_PARENT_LEVELS: Final = ("state", "district", "town")
"""The levels of places that hold others; their codes have different lengths."""


def _years(cells: pd.DataFrame) -> Iterator[_Sums]:
    """Yield the sums over the years of pooled periods."""
    pairs = _pooled(cells)
    if pairs.empty:
        return
    single = cells.reset_index(names="part")[[*_SERIES, "period", "part"]]
    merged = pairs.merge(single, on=[*_SERIES, "period"])
    sums = _grouped(
        merged["cell"].to_numpy(np.int64), merged["part"].to_numpy(np.int64), Kind.NEARLY
    )
    # Negative, so that no family of places has the same number.
    family = -2 - cells["block"].to_numpy(np.int64)[sums.wholes]
    yield replace(sums, family=family)


def _counts(cells: pd.DataFrame) -> tuple[Ints, Ints, Ints, Floats]:
    """Return number by quantity and cell, and cell, quantity and value by number."""
    has = [
        cells["indicator"].map(cells.groupby("indicator")[q].count() > 0).to_numpy(dtype=bool)
        for q in ("numerator", "denominator")
    ]
    here = np.stack([*has, has[0] & has[1]])
    quantity, owner = np.nonzero(here)
    count = np.full(here.shape, -1)
    count[quantity, owner] = np.arange(len(owner))
    numerator = cells["numerator"].to_numpy(dtype=float)
    denominator = cells["denominator"].to_numpy(dtype=float)
    values = np.stack([numerator, denominator, denominator - numerator])
    return count, owner, quantity, values[quantity, owner]


def _assembled(
    cells: pd.DataFrame,
    row: Ints,
    counts: tuple[Ints, Ints, Ints, Floats],
    sums: Iterable[_Sums],
) -> Release:
    count, owner, quantity, value = counts
    built: list[tuple[Ints, ...]] = []
    entries: list[tuple[Ints, Ints]] = []
    start = group = 0
    for one in sums:
        listed = np.bincount(one.owner, minlength=len(one.wholes))
        for q in range(_QUANTITIES):
            use = count[q][one.wholes] >= 0
            number = np.cumsum(use) - 1 + start
            inside = use[one.owner]
            wholes = count[q][one.wholes[use]]
            size = len(wholes)
            entries.append((number[one.owner[inside]], count[q][one.parts[inside]]))
            family = np.where(one.family == _NO_FAMILY, _NO_FAMILY, one.family * _QUANTITIES + q)
            built.append(
                (
                    wholes,
                    np.full(size, one.kind),
                    family[use],
                    group + np.flatnonzero(use),
                    listed[use],
                    one.complete[use].astype(np.int64),
                )
            )
            start += size
        group += len(one.wholes)
    both = np.flatnonzero(count[Quantity.COMPLEMENT] >= 0)
    whole = count[Quantity.DENOMINATOR][both]
    own = start + np.arange(len(both))
    entries += [(own, count[q][both]) for q in (Quantity.NUMERATOR, Quantity.COMPLEMENT)]
    ones = np.ones(len(both), np.int64)
    built.append(
        (whole, Kind.EXACT * ones, _NO_FAMILY * ones, group + np.arange(len(both)), 2 * ones, ones)
    )
    wholes, kind, family, groups, listed, complete = (
        np.concatenate(column) for column in zip(*built, strict=True)
    )
    rows = np.concatenate([np.arange(len(wholes)), *(pair[0] for pair in entries)])
    columns = np.concatenate([wholes, *(pair[1] for pair in entries)])
    data = np.full(len(rows), -1.0)
    data[: len(wholes)] = 1.0
    _, family = np.unique(family, return_inverse=True)
    return Release(
        cells=cells,
        row=row,
        count=count,
        owner=owner,
        quantity=quantity,
        value=value,
        sums=sparse.csr_array((data, (rows, columns)), shape=(len(wholes), len(owner))),
        whole=wholes,
        kind=kind,
        family=family,
        group=groups,
        listed=listed,
        complete=complete.astype(bool),
    )
