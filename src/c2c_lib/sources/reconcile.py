"""Where two reports give the same figure: whether they agree, and which one the table takes.

The comparison is made on what the reports say, before `c2c_lib.sources.resolve` keeps one.
Every report is held against the one that comes first in the indicator's list of sources,
figure by figure. Two figures agree when they are equal at the number of digits that the
coarser report prints; 72.6 percent and 0.7258 agree, 72.6 percent and 0.728 do not. Where
either report hides a figure, no value of the other one is passed on.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError, Problem
from c2c_lib.observations import KEY
from c2c_lib.sources.resolve import key_codes, ranked

__all__ = ["VERDICTS", "pair_counts", "reconcile", "why_it_wins", "write_reconciliation"]

VERDICTS: Final = {
    "same": "Both reports print the same figure.",
    "rounded": "The figures are the same at the digits that the coarser report prints.",
    "counts_differ": "The estimates agree, but a printed numerator or denominator does not.",
    "different": "The reports print different figures.",
    "one_has_none": "One report gives the figure and the other one does not.",
    "both_have_none": "Neither report gives the figure.",
}
"""What the comparison of two figures comes to, in plain words."""

COLUMNS: Final = (
    *KEY,
    "wins",
    "other",
    "winning_estimate",
    "other_estimate",
    "difference",
    "winning_status",
    "other_status",
    "verdict",
    "why",
)
_COUNTED: Final = ("numerator", "denominator")
_DUST: Final = 1e-9


def reconcile(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Compare every figure that two reports give.

    Parameters
    ----------
    frame : DataFrame
        Figures of all reports, as `c2c_lib.sources.ingest.read_raw` returns them.
    catalog : Catalog
        Whose indicators list their sources in the order of precedence.

    Returns
    -------
    DataFrame
        One row per figure and further report: the key of the figure, ``wins`` and
        ``other`` (source ids), both estimates in the indicator's unit, ``difference``
        (other minus winning; empty where either gives no figure), both statuses,
        ``verdict`` (a key of `VERDICTS`) and ``why`` the winner wins, in the words of the
        source's ``behind`` in the catalog. Sorted by key.

    Raises
    ------
    InputError
        If an indicator does not list a report that gives it.
    """
    twice = pd.Series(key_codes(frame, KEY)).duplicated(keep=False).to_numpy()
    figures = ranked(frame[twice], catalog).drop_duplicates([*KEY, "source"])
    figures = figures[figures.duplicated(list(KEY), keep=False)]
    figures = figures.sort_values([*KEY, "_rank"], ignore_index=True)
    for column in ("estimate", *_COUNTED):
        if column not in figures:
            figures[column] = np.nan
    figures["_digits"] = _digits(frame, figures, catalog)
    first = figures.drop_duplicates(list(KEY))
    rest = figures[figures.duplicated(list(KEY))]
    pairs = rest.merge(first, on=list(KEY), suffixes=("_other", "_winning"), validate="many_to_one")
    given = pairs["estimate_winning"].notna() & pairs["estimate_other"].notna()
    result = pairs[list(KEY)].assign(
        wins=pairs["source_winning"],
        other=pairs["source_other"],
        winning_estimate=pairs["estimate_winning"].where(given),
        other_estimate=pairs["estimate_other"].where(given),
        difference=_difference(pairs),
        winning_status=pairs["status_winning"],
        other_status=pairs["status_other"],
        verdict=_verdicts(pairs, given),
    )
    reports = list(zip(result["wins"], result["other"], strict=True))
    why = {pair: why_it_wins(*pair, catalog) for pair in set(reports)}
    return result.assign(why=[why[pair] for pair in reports])[list(COLUMNS)]


def why_it_wins(wins: str, other: str, catalog: Catalog) -> str:
    """Return how two reports differ and why one comes first, as the catalog says it.

    Parameters
    ----------
    wins, other : str
        Ids of the reports.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> why_it_wins("acs_town_profiles", "acs_tracts", load_catalog())
    'Both tabulate the same Census estimates. ...'
    >>> why_it_wins("acs_tracts", "edsight_sat", load_catalog())
    'acs_tracts stands before edsight_sat in the sources of the indicator'
    """
    for entry in catalog.source(other).behind:
        if entry.source == wins:
            return str(entry.why.en)
    return f"{wins} stands before {other} in the sources of the indicator"


def pair_counts(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how often each pair of reports agrees, per indicator.

    Parameters
    ----------
    pairs : DataFrame
        As from `reconcile`.

    Returns
    -------
    DataFrame
        ``indicator``, ``wins``, ``other``, ``compared`` (figures that both reports have a
        row for), one column per verdict, ``largest`` (the largest absolute difference, in the
        unit of the indicator; empty where no two values stand side by side) and ``why``.
    """
    keys: list[Hashable] = ["indicator", "wins", "other"]
    grouped = pairs.groupby(keys, sort=True)
    counts = grouped.size().rename("compared").to_frame()
    for verdict in VERDICTS:
        counts[verdict] = pairs["verdict"].eq(verdict).groupby([pairs[k] for k in keys]).sum()
    counts["largest"] = pairs["difference"].abs().groupby([pairs[k] for k in keys]).max()
    counts["why"] = pairs.groupby(keys, sort=True)["why"].first()
    return counts.reset_index()


def write_reconciliation(pairs: pd.DataFrame, file: Path) -> None:
    """Write the comparison as CSV or, by the file's ending, as JSON.

    Raises
    ------
    InputError
        If the file ends in neither ``.csv`` nor ``.json``.
    OSError
        If it cannot be written.
    """
    if file.suffix == ".csv":
        pairs.to_csv(file, index=False, lineterminator="\n")
    elif file.suffix == ".json":
        counts = pair_counts(pairs)
        document = {
            "verdicts": VERDICTS,
            "pairs": _records(counts),
            "figures": _records(pairs),
        }
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
        file.write_text(text + "\n", encoding="utf-8")
    else:
        raise InputError(
            [
                Problem(
                    where="--output",
                    what="the ending of the file says how it is written",
                    value=file.name,
                    allowed=".csv or .json",
                )
            ]
        )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows for JSON; an empty number is null."""
    empty = frame.astype("object").where(frame.notna(), None)
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in empty.itertuples(index=False, name=None)]


def _digits(frame: pd.DataFrame, figures: pd.DataFrame, catalog: Catalog) -> pd.Series[int]:
    """Return how many decimals the report behind each figure prints for its indicator.

    A figure that ends in a zero does not show its last digit; the report's figures for the
    indicator together do. Shares are printed to whole percents at least.
    """
    shown = frame.loc[frame["estimate"].notna(), ["source", "indicator", "estimate"]]
    shown = shown.drop_duplicates()
    decimals = shown["estimate"].map(_decimals)
    most = decimals.groupby([shown["source"], shown["indicator"]]).max().to_dict()
    least = {entry.id: 2 for entry in catalog.indicators.values() if entry.unit == "share"}
    pairs = zip(figures["source"], figures["indicator"], strict=True)
    digits = [max(most.get(pair, 0), least.get(pair[1], 0)) for pair in pairs]
    return pd.Series(digits, figures.index, dtype="int64")


def _decimals(value: float) -> int:
    """Return the number of decimals of a value as it is printed.

    Examples
    --------
    >>> _decimals(0.586), _decimals(7.0), _decimals(1e-05)
    (3, 0, 5)
    """
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _difference(pairs: pd.DataFrame) -> pd.Series[float]:
    """Return other minus winning, at the digits that either report prints."""
    finer = np.maximum(pairs["_digits_other"], pairs["_digits_winning"])
    raw = pairs["estimate_other"] - pairs["estimate_winning"]
    rounded = [round(d, n) for d, n in zip(raw.tolist(), finer.tolist(), strict=True)]
    return pd.Series(rounded, pairs.index, dtype="float64")


def _verdicts(pairs: pd.DataFrame, given: pd.Series[bool]) -> pd.Series[str]:
    gap = (pairs["estimate_other"] - pairs["estimate_winning"]).abs()
    coarser = np.minimum(pairs["_digits_other"], pairs["_digits_winning"])
    near = gap <= 0.5 * 10.0 ** -coarser.astype("float64") + _DUST
    counts = pd.Series(data=False, index=pairs.index)
    for name in _COUNTED:
        one, two = pairs[f"{name}_winning"], pairs[f"{name}_other"]
        counts |= one.notna() & two.notna() & (one != two)
    none = pairs["estimate_winning"].isna() & pairs["estimate_other"].isna()
    chosen = np.select(
        [none, ~given, ~near, counts, gap <= _DUST],
        ["both_have_none", "one_has_none", "different", "counts_differ", "same"],
        "rounded",
    )
    return pd.Series(chosen, pairs.index, dtype="str")
