"""One figure where several reports give the same one, as the catalog says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems
from c2c_lib.observations import KEY
from c2c_lib.observations.schema import VALUE_COLUMNS

__all__ = ["key_codes", "ranked", "resolve"]


def resolve(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Keep one figure where several reports give the same one, as the catalog says.

    The indicator's `sources` list is the order of precedence: the earlier one wins, the
    other is kept out and never averaged. It wins also where it hides the figure: what one
    report hides is not brought back from another.

    Parameters
    ----------
    frame : DataFrame
        Figures of all reports, with ``source``; a column ``where`` (file and line) makes
        the messages exact.
    catalog : Catalog
        Whose indicators list their sources.

    Returns
    -------
    DataFrame
        One row per indicator, place, period and group.

    Raises
    ------
    InputError
        If one report gives the same figure twice, with different values, or gives an
        indicator that does not list it; the error lists all of them.
    """
    frame = ranked(frame, catalog)
    _raise_contradictions(frame)
    order = np.argsort(frame["_rank"].to_numpy(), kind="stable")
    keys = pd.Series(key_codes(frame, KEY)[order])
    first = order[~keys.duplicated().to_numpy()]
    return frame.iloc[first].drop(columns="_rank").reset_index(drop=True)


def key_codes(frame: pd.DataFrame, columns: Sequence[str]) -> NDArray[np.int64]:
    """Return one number per row, the same for rows whose text in some columns is the same.

    Comparing numbers is many times quicker than comparing the words of six columns.

    Examples
    --------
    >>> rows = pd.DataFrame({"town": ["a", "b", "a"], "year": ["1", "1", "1"]})
    >>> key_codes(rows, ["town", "year"]).tolist()
    [0, 2, 0]
    """
    found = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        codes, words = pd.factorize(frame[column])
        found = found * (len(words) + 1) + codes
    return found


def ranked(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Return the figures with a column ``_rank``: 0 for the report that comes first.

    Raises
    ------
    InputError
        If an indicator does not list a report that gives it.
    """
    order = {
        (indicator.id, source): rank
        for indicator in catalog.indicators.values()
        for rank, source in enumerate(indicator.sources)
    }
    codes = key_codes(frame, ["indicator", "source"])
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    pairs = list(frame[["indicator", "source"]].iloc[first].itertuples(index=False, name=None))
    problems = Problems()
    for indicator, source in sorted(set(pairs) - order.keys()):
        problems.add(
            f"indicators.yml: {indicator}",
            "a source gives this indicator but is not in its list of sources",
            value=source,
            remedy="Add it to the indicator's sources, in the order of precedence.",
        )
    problems.raise_if_any()
    ranks = np.asarray([order[pair] for pair in pairs], dtype=np.int64)
    return frame.assign(_rank=ranks[which] if len(frame) else ranks)


def _raise_contradictions(frame: pd.DataFrame) -> None:
    """Raise if one report gives a figure more than once, with different values."""
    again = pd.Series(key_codes(frame, [*KEY, "source"])).duplicated(keep=False).to_numpy()
    if not again.any():
        return
    problems = Problems()
    same = [*KEY, "source", "status", *VALUE_COLUMNS]
    repeated = frame[again]
    distinct = repeated.drop_duplicates([column for column in same if column in repeated])
    _note_contradictions(distinct, problems)
    problems.raise_if_any()


def _note_contradictions(frame: pd.DataFrame, problems: Problems) -> None:
    """Note every figure that one report gives more than once, with different values."""
    twice = frame[frame.duplicated([*KEY, "source"], keep=False)]
    for key, rows in twice.groupby([*KEY, "source"], sort=True):
        *names, source = (str(part) for part in key)
        wheres = list(rows["where"].dropna()) if "where" in rows else []
        values = zip(rows["estimate"], rows["status"], strict=True)
        problems.add(
            " and ".join(dict.fromkeys(wheres)) or source,
            f"gives {'/'.join(names)} more than once, with different values",
            value=", ".join(f"{estimate:g} ({status})" for estimate, status in values),
            remedy="Keep the export that is right, and take the other out of the folder.",
        )
