"""The counts that a reader of the table knows or can work out, cell by cell."""

from __future__ import annotations

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems, did_you_mean

__all__ = ["check_known", "readable_counts"]

_SCALES = {"share": 1.0, "per_1000": 1000.0}


def check_known(frame: pd.DataFrame, catalog: Catalog) -> None:
    """Raise unless the catalog knows every indicator and group of the table.

    What is not in the catalog cannot be judged, so it is not let through.

    Raises
    ------
    InputError
        With one problem per unknown indicator, dimension or group.
    """
    problems = Problems()
    allowed = {d.id: [g.id for g in d.groups] for d in catalog.dimensions.values()}
    for indicator in frame["indicator"].unique():
        if indicator not in catalog.indicators:
            _unknown(problems, "indicator", indicator, list(catalog.indicators))
    pairs = frame[["dimension", "group"]].drop_duplicates()
    for dimension, group in pairs.itertuples(index=False):
        if dimension not in allowed:
            _unknown(problems, "dimension", dimension, list(allowed))
        elif group not in allowed[dimension]:
            _unknown(problems, f"group of {dimension}", group, allowed[dimension])
    problems.raise_if_any()


def _unknown(problems: Problems, what: str, value: str, options: list[str]) -> None:
    problems.add(
        "observations",
        f"unknown {what}, so the privacy rules cannot judge it",
        value=value,
        remedy=did_you_mean(value, options) or "Add it to the catalog.",
    )


def readable_counts(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Return numerator and denominator of every row, printed or worked out.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    catalog : Catalog
        Says the unit of every indicator.

    Returns
    -------
    DataFrame
        Columns ``numerator`` and ``denominator`` on the index of `frame`; NaN where a
        reader cannot know. A share or a rate times its denominator gives the numerator
        and the other way round (to the nearest child), and an indicator whose unit is a
        count *is* its numerator.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> frame = pd.DataFrame({"indicator": ["graduation_4yr"], "estimate": [0.85],
    ...                       "numerator": [float("nan")], "denominator": [40.0]})
    >>> readable_counts(frame, load_catalog())["numerator"].tolist()
    [34.0]
    """
    units = frame["indicator"].map({i.id: i.unit for i in catalog.indicators.values()})
    rate = frame["estimate"] / units.map(_SCALES).astype(float)
    counted = frame["estimate"].where(units == "count")
    numerator = frame["numerator"].fillna((rate * frame["denominator"]).round()).fillna(counted)
    positive = rate.where(rate > 0)
    denominator = frame["denominator"].fillna((frame["numerator"] / positive).round())
    return pd.DataFrame({"numerator": numerator, "denominator": denominator})
