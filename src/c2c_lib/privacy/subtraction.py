"""The attacker who subtracts: which hidden cells the shown ones give away.

The attacker knows every shown figure, the rules, and the status of every hidden cell.
Within a dimension whose groups make up all children, and within each sum of groups that
the catalog declares (free and reduced-price meals make up both together), the hidden cells
of one indicator, place and period add up to what is left when the shown groups are taken
from the total. The total is the row of all children (of a sum: the row of its whole) or,
where that is not shown, another such dimension that is shown in full. What is left gives
the hidden cells away if

- there is only one of them, or
- it equals the least (or the most) that the cells can be together: a hidden count is not
  negative, a listed group has at least one child, a publisher hides no zeros, a cell
  hidden as *complementary* passed the rules, and a *small* one did not, or
- the hidden cells together have (nearly, under a rule for the complement) as many
  children counted as there are: then the rate of every one of them is 100 percent.

A group that has no row is taken for empty if what is left could be the hidden cells alone.
Where every listed group is shown and they leave over a few children (since 2017-18 a student
need not be female or male), the groups and the total give away a group that has no row at all.

Survey estimates do not take part. Their "counts" are weighted guesses with a margin of error,
and their publisher has already blurred them: a difference of two of them counts no child.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.catalog.models import GroupSum
from c2c_lib.privacy.counts import readable_counts
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules

__all__ = ["BLOCK", "exposed_equations", "few_left_over", "subtraction_cells"]

BLOCK: Final = ["indicator", "geo_level", "geo_id", "period"]
"""The columns that together name one table of groups."""

_EQUATION: Final = ["block", "dimension"]
_QUANTITIES: Final = ("numerator", "denominator")
_HALF: Final = 0.5
_HIDDEN: Final = (*HIDDEN_BY_US, "suppressed_by_source")


def subtraction_cells(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Return what the attacker sees of every row.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    catalog : Catalog
        Says which dimensions are partitions.

    Returns
    -------
    DataFrame
        One row per row of `frame`, then one per row and declared sum that it is in; the index
        names the row of `frame`, so that one that stands in several sums stands here several
        times. ``table`` (number of the indicator, place and period), ``block`` (the same, or
        the number of a sum in it),
        ``dimension`` (of a sum, its name), ``group``, ``status``, ``is_total``,
        ``in_partition``, and the readable ``numerator`` and ``denominator`` of shown rows.
    """
    partitions = [d.id for d in catalog.dimensions.values() if d.partition]
    cells = readable_counts(frame, catalog)
    # A group to which the indicator does not apply has nobody in it.
    cells = cells.mask(frame["status"] == "not_applicable", 0.0)
    cells["table"] = frame.groupby(BLOCK, sort=False).ngroup()
    cells["block"] = cells["table"]
    cells["dimension"], cells["group"] = frame["dimension"], frame["group"]
    cells["status"] = frame["status"]
    counted = ~frame["source"].isin([s.id for s in catalog.sources.values() if s.sampled])
    cells["is_total"] = counted & (frame["dimension"] == "all") & (frame["group"] == "all")
    cells["in_partition"] = counted & frame["dimension"].isin(partitions)
    return pd.concat([cells, *_sums(cells, counted, catalog)])


def _sums(cells: pd.DataFrame, counted: pd.Series[bool], catalog: Catalog) -> list[pd.DataFrame]:
    """Return the rows of each declared sum as a partition of its own.

    A sum of all children stands in the block of the row of all children, another in a block
    of its own. A part without a row may be empty, but one that is itself a sum (free or
    reduced-price meals) is only not listed: there the sum says nothing.
    """
    found = []
    blocks = int(cells["block"].max()) + 1 if len(cells) else 0
    for number, (name, dimension, each) in enumerate(_declared_sums(catalog), start=1):
        of_dimension = counted & (cells["dimension"] == dimension)
        part = of_dimension & cells["group"].isin(each.parts)
        of_all = each.whole == "all"
        whole = of_dimension & (cells["group"] == each.whole) & (not of_all)
        rows = cells[part | whole]
        wholes = {other.whole for _, of, other in _declared_sums(catalog) if of == dimension}
        for needed in wholes.intersection(each.parts):
            rows = rows[rows["block"].isin(rows.loc[rows["group"] == needed, "block"])]
        found.append(
            rows.assign(
                block=rows["block"] + (0 if of_all else number * blocks),
                dimension=name,
                is_total=whole[rows.index],
                in_partition=part[rows.index],
            )
        )
    return found


def _declared_sums(catalog: Catalog) -> list[tuple[str, str, GroupSum]]:
    """Return a name, the dimension, and the sum of each that the catalog declares."""
    return [
        (f"{d.id}, sum {n}", d.id, each)
        for d in catalog.dimensions.values()
        for n, each in enumerate(d.sums, start=1)
    ]


def _sizes(catalog: Catalog) -> dict[str, int]:
    """Return of how many groups each dimension, and each declared sum, is made up."""
    sizes = {d.id: len(d.groups) for d in catalog.dimensions.values()}
    sizes |= {name: len(each.parts) for name, _, each in _declared_sums(catalog)}
    return sizes


def exposed_equations(cells: pd.DataFrame, rules: Rules, catalog: Catalog) -> pd.DataFrame:
    """Return the partitions whose hidden cells are given away.

    Parameters
    ----------
    cells : DataFrame
        As from `subtraction_cells`.
    rules : Rules
        The rules by which cells were hidden; the attacker knows them.
    catalog : Catalog
        Says how many groups a dimension has.

    Returns
    -------
    DataFrame
        One row per exposed block and dimension (the index), with ``ours`` (how many of
        the hidden cells are ours) and ``how``: ``only_one_hidden``, ``at_the_limit`` or
        ``everyone_counted``.
    """
    rows = cells[cells["in_partition"] & (cells["status"] != "not_collected")]
    if not rows["status"].isin(_HIDDEN).any():
        return _no_equations()
    # Only blocks with something hidden matter; most have nothing.
    busy = rows.loc[rows["status"].isin(_HIDDEN), "block"].unique()
    rows = rows[rows["block"].isin(busy)]
    status = rows["status"]
    summary = (
        rows[_EQUATION]
        .assign(
            ours=status.isin(HIDDEN_BY_US),
            small=status == "suppressed_small",
            passed=status == "suppressed_complementary",
            hidden=status.isin(_HIDDEN),
            groups=1,
        )
        .groupby(_EQUATION, sort=True)
        .sum()
    )
    sizes = _sizes(catalog)
    dimension = summary.index.get_level_values("dimension")
    complete = summary["groups"].to_numpy() == dimension.map(sizes).to_numpy()
    left = {q: _what_is_left(cells, rows, q, rules) for q in _QUANTITIES}

    possible = pd.Series(True, index=summary.index)
    for quantity in _QUANTITIES:
        residual = left[quantity]
        possible &= ~(residual["left"] < -_HALF) & ~(residual["left"] > residual["most"] + _HALF)
    possible &= _single_small_fits(summary, left, rules)
    usable = (summary["hidden"] > 0) & (possible | complete)

    alone = pd.Series(False, index=summary.index)
    limit = pd.Series(False, index=summary.index)
    for quantity in _QUANTITIES:
        residual = left[quantity]
        known = residual["left"].notna()
        alone |= known & (residual["unknown"] == 1)
        limit |= known & (residual["left"] < residual["least"] + _HALF)
        limit |= known & (residual["left"] > residual["most"] - _HALF)
    limit |= _packed(summary, left, rules)
    not_counted = left["denominator"]["left"] - left["numerator"]["left"]
    # Under a rule for the complement a complementary cell has none or at least so many.
    spare = summary["passed"] * (rules.minimum_complement if rules.judges_complement else 0)
    everyone = not_counted < spare + _HALF
    everyone &= left["denominator"]["unknown"] == left["numerator"]["unknown"]
    how = np.select(
        [alone, limit, everyone], ["only_one_hidden", "at_the_limit", "everyone_counted"], ""
    )
    exposed: pd.DataFrame = summary[["ours"]].assign(how=how)[usable & (how != "")]
    return exposed


def few_left_over(
    cells: pd.DataFrame, rules: Rules, catalog: Catalog, *, closed: bool = True
) -> pd.MultiIndex:
    """Return the partitions that are shown in full and leave over too few children.

    Parameters
    ----------
    cells : DataFrame
        As from `subtraction_cells`.
    rules : Rules
        What too few is. That none of those left over is counted gives nobody away where they
        are enough; nor does a difference of counts where nobody is left over, which comes
        from rounding.
    closed : bool
        Whether a partition is shown in full only if every group that the catalog lists has a
        row; else those that have one are all that there are, as with schools.

    Returns
    -------
    MultiIndex
        Of ``block`` and ``dimension``.
    """
    rows = cells[cells["in_partition"] & (cells["status"] != "not_collected")]
    listed = rows.assign(groups=1, hidden=rows["status"].isin(_HIDDEN))
    for quantity in _QUANTITIES:
        listed[f"no_{quantity}"] = rows[quantity].isna()
    summary = listed.drop(columns=["group", "status"]).groupby(_EQUATION, sort=True).sum()
    if closed:
        sizes = summary.index.get_level_values("dimension").map(_sizes(catalog))
        summary = summary[summary["groups"] == sizes]
    summary = summary[summary["hidden"] == 0]
    shown = summary[[*_QUANTITIES]].mask(
        summary[[f"no_{q}" for q in _QUANTITIES]].to_numpy(dtype=bool)
    )
    totals = cells[cells["is_total"]].set_index("block")[[*_QUANTITIES]]
    left = -shown.sub(totals.reindex(shown.index.get_level_values("block")).to_numpy())
    size, counted = left["denominator"], left["numerator"]
    some = (size > _HALF) | (size.isna() & (counted > _HALF))
    few = (size < rules.minimum_denominator) | (
        (counted > _HALF) & (counted < rules.minimum_numerator)
    )
    return pd.MultiIndex.from_tuples(left.index[some & few], names=_EQUATION)


def _no_equations() -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([[], []], names=_EQUATION)
    return pd.DataFrame({"ours": [], "how": []}, index=index).astype({"ours": int, "how": str})


def _what_is_left(
    cells: pd.DataFrame, rows: pd.DataFrame, quantity: str, rules: Rules
) -> pd.DataFrame:
    """Return per equation the total minus the shown groups, and how much is unknown.

    Columns: ``left``, ``unknown`` (cells that make it up), and ``least`` and ``most``
    that these can be together.
    """
    least, most = _bounds(rows["status"], quantity, rules)
    unknown = rows[quantity].isna()
    parts = rows[_EQUATION].assign(
        shown=rows[quantity].fillna(0.0),
        unknown=unknown,
        least=least.where(unknown, 0.0),
        most=most.where(unknown, 0.0),
    )
    result = parts.groupby(_EQUATION, sort=True).agg(
        shown=("shown", "sum"),
        unknown=("unknown", "sum"),
        least=("least", "sum"),
        most=("most", "sum"),
        groups=("shown", "size"),
    )
    totals = cells.loc[cells["is_total"]].set_index("block")[quantity].dropna()
    in_full = result[(result["unknown"] == 0) & (result["groups"] > 1)]
    instead = in_full.groupby("block")["shown"].first()
    totals = totals.combine_first(instead)
    block = result.index.get_level_values("block")
    result["left"] = totals.reindex(block).to_numpy(dtype=float) - result["shown"]
    return result


def _bounds(
    status: pd.Series[str], quantity: str, rules: Rules
) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return the least and the most that a cell of each status can be."""
    if quantity == "numerator":
        least = {
            "suppressed_complementary": float(rules.minimum_numerator),
            "suppressed_by_source": 1.0,
        }
        small_below = max(rules.minimum_numerator, rules.minimum_denominator)
    else:
        least = {
            "suppressed_complementary": float(max(1, rules.minimum_denominator)),
            "suppressed_by_source": 1.0,
            "suppressed_small": 1.0,
        }
        # A large group may count few children, so its size is bounded by one rule only.
        small_below = rules.minimum_denominator if rules.minimum_numerator == 0 else 0
    bounded = small_below > 0 and not rules.judges_complement
    most = {"suppressed_small": small_below - 1.0} if bounded else {}
    return (
        status.map(least).astype(float).fillna(0.0),
        status.map(most).astype(float).fillna(np.inf),
    )


def _single_small_fits(
    summary: pd.DataFrame, left: dict[str, pd.DataFrame], rules: Rules
) -> pd.Series[bool]:
    """Where one small cell alone is hidden: whether what is left would be small."""
    numerator, denominator = left["numerator"]["left"], left["denominator"]["left"]
    single = (summary["small"] == 1) & (left["numerator"]["unknown"] == 1)
    known = numerator.notna() & denominator.notna()
    small = pd.Series(rules.too_small(numerator, denominator), index=summary.index)
    return ~(single & known) | small


def _packed(summary: pd.DataFrame, left: dict[str, pd.DataFrame], rules: Rules) -> pd.Series[bool]:
    """Where only small cells are hidden and all of them must have the largest small size.

    A small cell counts at most a (minimum_numerator - 1) children or has at most b
    (minimum_denominator - 1). If k cells have k * b children between them, one can only
    be larger if it counts no more than a, and the k - 1 others must hold the rest in one
    place less than (k - 1) * b. Where they cannot, every cell has exactly b children.
    """
    a, b = rules.minimum_numerator - 1, rules.minimum_denominator - 1
    if rules.judges_complement or not 0 <= a < b:
        return pd.Series(False, index=summary.index)
    k = summary["small"]
    only_small = (k == left["numerator"]["unknown"]) & (k == left["denominator"]["unknown"])
    full = (left["denominator"]["left"] - k * b).abs() < _HALF
    crowded = left["numerator"]["left"] > a + (k - 1) * b - _HALF
    return only_small & (k > 0) & full & crowded
