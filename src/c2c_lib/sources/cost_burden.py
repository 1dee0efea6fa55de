"""Households that spend much on housing, by tenure, as CTData tabulates it (ACS, DP04).

It counts tenants, and owners with a mortgage; owners without one are in no count here, so that
its shares are higher than those of `housing_cost_burden` and are an indicator of their own.
Share and margin are the printed percents. The table holds no figure at all for the last window;
its rows stand with -9999 and say ``not_collected``, as nobody hid anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile, share
from c2c_lib.sources.long_tables import group_ids, one_row_per_figure
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    find_places,
    note_bad_periods,
    note_missing_places,
    note_unknown,
    numbers,
    observations,
    read_csv,
)

__all__ = ["NO_FIGURES", "SOURCE", "read"]

SOURCE: Final = "ctdata_cost_burden"

NO_FIGURES: Final = "The publisher's table holds no figures for these years."

_INDICATOR: Final = "housing_cost_burden_rent_or_mortgage"
_STATUS: Final = "Householder Status"
_COLUMNS: Final = ("Town", "FIPS", "Year", _STATUS, "Measure Type", "Variable", "Value")
_VALUE: Final = "Cost-burdened Households"
_MARGIN: Final = "Margins of Error"
_ALL: Final = "All"
_TENURE: Final = "tenure"
_LABELS: Final = {"Measure Type": ("Number", "Percent"), "Variable": (_VALUE, _MARGIN)}
_CELLS: Final = {
    f"Number/{_VALUE}": "numerator",
    f"Number/{_MARGIN}": "numerator_moe",
    f"Percent/{_VALUE}": "estimate",
    f"Percent/{_MARGIN}": "moe90",
}
_KEYS: Final = ["geo_level", "geo_id", "period", "dimension", "group"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the table: all households that pay rent or a mortgage, tenants, and owners.

    Parameters
    ----------
    files : sequence of RawFile
        Long tables with number, percent and the margins of both.
    names : Names
        Resolves towns by name and code, and the labels of tenure.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`), with the households counted as
        numerator; how many it is out of is not printed.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, _COLUMNS, problems)
    for column, known in _LABELS.items():
        note_unknown(frame, column, known, file, problems)
    frame = frame.assign(group=group_ids(frame, _STATUS, _TENURE, _ALL, file, names))
    frame = frame.dropna(subset="group")
    frame = frame[note_bad_periods(frame, "Year", file, problems)]
    frame = frame.join(find_places(frame, "town", "Town", file, names, "FIPS"), how="inner")
    frame = frame.assign(
        period=frame["Year"],
        dimension=frame["group"].where(frame["group"] == "all", _TENURE),
        cell=(frame["Measure Type"] + "/" + frame["Variable"]).map(_CELLS),
    ).dropna(subset="cell")
    frame["value"] = _values(frame, file, names)
    wide = one_row_per_figure(frame, _KEYS, list(_CELLS.values()), file, problems)
    result = _figures(wide, file, names)
    note_missing_places(result, "town", file.name, names)
    return result


def _values(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.Series[float]:
    """Return the numbers; a percent that is no margin has to lie within 0 and 100."""
    percent = frame["cell"] == "estimate"
    parts = [
        numbers(frame[rows], "Value", file, names.problems, missing=("-9999",), high=high)
        for rows, high in ((percent, 100.0), (~percent, float("inf")))
    ]
    return pd.concat(parts).reindex(frame.index)


def _figures(wide: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return one observation per place, window and tenure."""
    cells = list(_CELLS.values())
    given = wide[cells].notna()
    torn = given.any(axis=1) & ~given.all(axis=1)
    for _, row in wide[torn].head(20).iterrows():
        names.problems.add(
            file.name,
            "not every cell of a figure is given",
            value="/".join(row[_KEYS]),
            allowed="number, percent and the margins of both, or none of them",
        )
    wide = wide[~torn]
    published = wide["estimate"].notna()
    shares = {v: share(v) for c in ("estimate", "moe90") for v in wide[c].dropna().unique()}
    return observations(
        wide[[*_KEYS, "numerator"]].assign(
            indicator=_INDICATOR,
            estimate=wide["estimate"].map(shares),
            moe90=wide["moe90"].map(shares),
            status=published.map({True: "published", False: "not_collected"}),
            note=published.map({True: "", False: NO_FIGURES}),
        )
    )
