"""Figures of one set of areas worked out from those of another, with margins carried along."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems
from c2c_lib.observations import COLUMNS, KEY
from c2c_lib.observations.margins import proportion_margin

__all__ = ["COUNT_MARGINS", "PartMargin", "aggregate"]

PartMargin = Literal["root", "whole", "share"]

COUNT_MARGINS: Final = ("numerator_moe", "denominator_moe")
"""Optional columns beside those of the tidy table: the 90 % margins of the two counts."""

_POWER: Final = {"root": 0.5, "whole": 0.0, "share": 1.0}
_NOISE: Final = 0.01
"""A piece that makes up less of either area cannot hide a figure."""
_ONE_FIGURE: Final = [name for name in KEY if name not in ("geo_level", "geo_id")]
_NO_MEDIAN: Final = "A median cannot be worked out from those of parts."
_PIECES: Final = ["source", "target", "of_source", "of_target"]


def aggregate(
    observations: pd.DataFrame,
    pieces: pd.DataFrame,
    catalog: Catalog,
    *,
    level: str,
    note: str,
    part_margin: PartMargin = "root",
) -> pd.DataFrame:
    r"""Return the figures of target areas, made from those of source areas.

    Counts are divided by the share of the source in each target and added up:

    .. math:: X_t = \sum_s w_{st} x_s, \qquad
              m_t^2 = \sum_{x_s > 0} f(w_{st})^2 m_s^2 + \max_{x_s = 0} f(w_{st})^2 m_s^2

    and a share is the quotient of its two counts, with the margin of a proportion.

    Parameters
    ----------
    observations : DataFrame
        Tidy observations of the source areas, any number of indicators, periods and groups;
        `COUNT_MARGINS` beside them if they are known.
    pieces : DataFrame
        One row per source and target that overlap: ``source``, ``target``, ``of_source`` (the
        piece's share of the source's people), ``of_target`` (its share of the target's).
    catalog : Catalog
        Says the unit of every indicator.
    level : str
        Level of the targets.
    note : str
        What is said of every figure that was worked out.
    part_margin : {"root", "whole", "share"}
        What the margin of a part w of a source is. ``root``: :math:`f(w) = \sqrt{w}`, that of
        a part in which w of the sample lives. ``whole``: :math:`f(w) = 1`, never narrower
        than the source's, as DataHaven has it for neighborhoods. ``share``: :math:`f(w) = w`,
        which takes the way the source is divided for certain.

    Returns
    -------
    DataFrame
        Tidy observations of the targets, one row per figure and target that a source reaches.
        A target of which a piece of 1 % or more has no figure has none either, with the status
        of that piece. Sources in which the survey found nobody count as nobody.

    Notes
    -----
    Where the margins of the counts are not given, the denominators are taken for certain:
    the margin of the share is then
    :math:`\sqrt{\sum (f(w_{st}) y_s m_{p,s})^2} / \sum w_{st} y_s`, which leaves out how
    uncertain the mix of the parts is; it is narrower where the parts differ much. A rate
    without counts is the mean of the sources' rates, weighed by ``of_target``. A median (an
    indicator in dollars) cannot be worked out from parts, unless a source and a target are
    the same; it becomes ``not_collected``.

    What the weights get wrong adds to the survey's error and is in no margin.

    References
    ----------
    US Census Bureau, *Understanding and Using American Community Survey Data* (2020),
    chapter 8: derived sums and proportions.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> tracts = pd.DataFrame({
    ...     "indicator": "child_poverty", "geo_level": "tract", "geo_id": ["a", "b"],
    ...     "period": "2019-2023", "period_end": 2023, "dimension": "all", "group": "all",
    ...     "estimate": [0.3, 0.1], "numerator": [30.0, 20.0], "denominator": [100.0, 200.0],
    ...     "moe90": [0.1, 0.05], "status": "published", "source": "acs_tracts", "note": ""})
    >>> pieces = pd.DataFrame({"source": ["a", "b"], "target": ["t", "t"],
    ...     "of_source": [1.0, 0.5], "of_target": [0.5, 0.5]})
    >>> both = aggregate(tracts, pieces, load_catalog(), level="neighborhood", note="Made up.")
    >>> both[["numerator", "denominator", "estimate"]].iloc[0].tolist()
    [40.0, 200.0, 0.2]
    >>> round(both["moe90"].item(), 4)  # hypot(100 * 0.1, sqrt(0.5) * 200 * 0.05) / 200
    0.0612
    """
    _check(observations, pieces)
    rows = observations.merge(pieces[_PIECES], left_on="geo_id", right_on="source", how="inner")
    rows = rows.rename(columns={"source_x": "source", "source_y": "_from"})
    keys = [*_ONE_FIGURE, "target"]
    parts = _Parts(rows, keys, rows["of_source"] ** _POWER[part_margin])
    hidden = parts.hidden()
    averaged = parts.averaged()
    counted = parts.counted()
    result = averaged if counted.empty else counted.combine_first(averaged)
    result = result.join(parts.first(["source", "period_end"]))
    median = parts.median(catalog)
    result["status"] = np.where(result["estimate"].notna(), "published", "not_applicable")
    result["note"] = np.where(result["estimate"].notna() & ~parts.same(), note, "")
    values = [c for c in (*_COUNTS, "estimate", "moe90") if c in result]
    result.loc[median, values] = np.nan
    result.loc[median, "status"] = "not_collected"
    result.loc[median, "note"] = _NO_MEDIAN
    blocked = hidden.index.intersection(result.index)
    result.loc[blocked, values] = np.nan
    result.loc[blocked, "status"] = hidden.loc[blocked]
    result.loc[blocked, "note"] = ""
    result = result.reset_index().rename(columns={"target": "geo_id"}).assign(geo_level=level)
    extra = [c for c in COUNT_MARGINS if c in result]
    order = [c.name for c in COLUMNS if c.name in result]
    return result.sort_values(list(KEY), ignore_index=True)[[*order, *extra]]


_COUNTS: Final = ("numerator", "denominator", *COUNT_MARGINS)


def _check(observations: pd.DataFrame, pieces: pd.DataFrame) -> None:
    problems = Problems()
    for column in (c for c in _PIECES if c not in pieces):
        problems.add("pieces", "a column is missing", value=column, allowed=", ".join(_PIECES))
    for code in sorted(set(observations["geo_id"]) - set(pieces.get("source", ()))):
        problems.add(
            "observations",
            "a place lies in no piece, so that its figures would be lost",
            value=code,
            column="geo_id",
            remedy="Select the places that the weights cover first.",
        )
    twice = observations.loc[observations.duplicated(list(KEY)), list(KEY)]
    for key in twice.itertuples(index=False, name=None):
        problems.add("observations", "a figure stands twice", value="/".join(key))
    problems.raise_if_any()


class _Parts:
    """The pieces of every target with the figures of their sources."""

    def __init__(self, rows: pd.DataFrame, keys: list[str], of_margin: pd.Series[float]) -> None:
        self.rows = rows.assign(_of_margin=of_margin)
        self.keys = keys
        self.shown = rows["status"].isin(["published", "too_weak"]) & rows["estimate"].notna()

    def first(self, columns: list[str]) -> pd.DataFrame:
        return self.rows.groupby(self.keys)[[c for c in columns if c in self.rows]].first()

    def hidden(self) -> pd.Series[str]:
        """Return the status of targets of which a piece that matters has no figure."""
        matters = (self.rows["of_source"] >= _NOISE) & (self.rows["of_target"] >= _NOISE)
        absent = self.rows[~self.shown & (self.rows["status"] != "not_applicable") & matters]
        return absent.sort_values("of_target", ascending=False).groupby(self.keys)["status"].first()

    def same(self) -> pd.Series[bool]:
        """Return which targets are one source and nothing else."""
        whole = (self.rows["of_source"] > 1 - _NOISE) & (self.rows["of_target"] > 1 - _NOISE)
        return whole.groupby([self.rows[k] for k in self.keys]).any()

    def median(self, catalog: Catalog) -> pd.Index:
        """Return the targets that would be a median of medians."""
        units = self.rows["indicator"].map(lambda i: catalog.indicator(i).unit)
        mixed = ~self.same()
        targets = self.rows.loc[units == "dollars"].set_index(self.keys).index.unique()
        return targets[mixed.reindex(targets).to_numpy(dtype=bool)]

    def counted(self) -> pd.DataFrame:
        """Return what has counts: sums, their quotient and its margin."""
        rows = self.rows[self.shown & self.rows["denominator"].notna()]
        rows = rows[rows["numerator"].notna()]
        if rows.empty:
            return pd.DataFrame()
        w = rows["of_source"]
        work = rows[self.keys].assign(
            numerator=w * rows["numerator"],
            denominator=w * rows["denominator"],
            _fixed=(rows["_of_margin"] * rows["denominator"] * rows["moe90"]) ** 2,
        )
        sums = work.groupby(self.keys)[["numerator", "denominator", "_fixed"]].sum(skipna=False)
        result = sums[["numerator", "denominator"]].copy()
        whole = result["denominator"].where(result["denominator"] > 0)
        result["estimate"] = result["numerator"] / whole
        result["moe90"] = np.sqrt(sums["_fixed"]) / whole
        if set(COUNT_MARGINS) <= set(rows):
            for count, margin in zip(("numerator", "denominator"), COUNT_MARGINS, strict=True):
                result[margin] = self._margin(rows, count, margin)
            exact = proportion_margin(
                result["numerator"], result["numerator_moe"], whole, result["denominator_moe"]
            )
            result["moe90"] = pd.Series(exact, index=result.index).fillna(result["moe90"])
        return result

    def _margin(self, rows: pd.DataFrame, count: str, margin: str) -> pd.Series[float]:
        squares = (rows["_of_margin"] * rows[margin]) ** 2
        zero = rows[count] == 0
        by = [rows[k] for k in self.keys]
        of_parts = squares.mask(zero, 0.0).groupby(by).sum(skipna=False)
        of_zeros = squares.where(zero, 0.0).groupby(by).max()
        margins: pd.Series[float] = np.sqrt(of_parts + of_zeros)
        return margins

    def averaged(self) -> pd.DataFrame:
        """Return what has no counts: means weighed by the share of the target."""
        none = self.rows["numerator"].isna() | self.rows["denominator"].isna()
        rows = self.rows[self.shown & none]
        columns = ["numerator", "denominator", "estimate", "moe90"]
        if rows.empty:
            index = self.rows.set_index(self.keys).index.unique()
            return pd.DataFrame(np.nan, index=index, columns=columns)
        v = rows["of_target"]
        work = rows[self.keys].assign(
            _weight=v, _sum=v * rows["estimate"], _square=(v * rows["moe90"]) ** 2
        )
        sums = work.groupby(self.keys)[["_weight", "_sum", "_square"]].sum(skipna=False)
        result = pd.DataFrame(np.nan, index=sums.index, columns=columns)
        result["estimate"] = sums["_sum"] / sums["_weight"]
        result["moe90"] = np.sqrt(sums["_square"]) / sums["_weight"]
        index = self.rows.set_index(self.keys).index.unique()
        return result.reindex(index)
