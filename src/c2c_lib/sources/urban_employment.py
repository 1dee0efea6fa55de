"""Residents of 25 to 54 who have a job, by city (Urban Institute, from the ACS).

Only the file of all residents is read: its figures are one year's. The files by gender and
by race and ethnicity pool five years, but do not say which, and their "All" differs; they are
left out until the publisher says what period they describe.

Bounds are 95 %; they become a 90 % margin of error. Where the two sides differ (a bound stopped
at 0 or 1) the wider side counts. The publisher grades every figure: 1 strong, 2 marginal (the
figure carries a note), 3 weak (its status is ``too_weak``, the value is kept for researchers).
``NA`` is a figure that the publisher leaves out because too few people were asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.observations.margins import margin_at_90
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    note_bad_periods,
    note_unknown,
    numbers,
    observations,
    read_csv,
)

__all__ = ["MARGINAL", "SOURCE", "read"]

SOURCE: Final = "urban_employment"

MARGINAL: Final = "The publisher calls the quality of this figure marginal."

_STATE: Final = "09"
_SHARE: Final = "share_employed"
_LOW: Final = f"{_SHARE}_lb"
_HIGH: Final = f"{_SHARE}_ub"
_QUALITY: Final = f"{_SHARE}_quality"
_COLUMNS: Final = ("year", "state", "place", _SHARE, _LOW, _HIGH, _QUALITY)
_LEFT_OUT: Final = ("_place_gender_", "_place_race-ethnicity_")
_NOT_GIVEN: Final = ("NA", "")
_WEAK: Final = "3"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read one figure per Connecticut city and year.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files; those by gender and by race and ethnicity are passed over.
    names : Names
        Its catalog holds the cities; a Connecticut city that is missing there is a problem,
        places elsewhere are passed over.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    kept = [file for file in files if not any(mark in file.name for mark in _LEFT_OUT)]
    for file in kept:
        if "_place_all_" not in file.name:
            names.problems.add(
                file.name,
                "it is not known what period this file describes",
                allowed="a name with _place_all_ (one year)",
            )
    frames = [_read_file(file, names) for file in kept if "_place_all_" in file.name]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, _COLUMNS, problems)
    frame = frame[frame["state"].str.zfill(2) == _STATE]
    frame = frame.assign(geo_id=_STATE + frame["place"].str.zfill(5))
    frame = frame[_in_catalog(frame, file, names)]
    frame = frame[note_bad_periods(frame, "year", file, problems)]
    note_unknown(frame, _QUALITY, ("1", "2", _WEAK, *_NOT_GIVEN), file, problems)
    estimate, low, high = (
        numbers(frame, column, file, problems, missing=_NOT_GIVEN, high=1.0)
        for column in (_SHARE, _LOW, _HIGH)
    )
    for line in frame.index[(estimate < low) | (estimate > high)][:20]:
        problems.add(
            f"{file.name}:{line}",
            "the share lies outside its own bounds",
            value=f"{estimate[line]:g}",
            allowed=f"{low[line]:g} to {high[line]:g}",
        )
    not_given = frame[_SHARE].isin(_NOT_GIVEN)
    shown = estimate.notna()
    half = pd.concat([estimate - low, high - estimate], axis=1).max(axis=1).clip(lower=0.0)
    weak = np.where(frame[_QUALITY] == _WEAK, "too_weak", "published")
    return observations(
        pd.DataFrame(
            {
                "indicator": "employment_25_54",
                "geo_level": "city",
                "geo_id": frame["geo_id"],
                "period": frame["year"],
                "dimension": "all",
                "group": "all",
                "estimate": estimate,
                "moe90": margin_at_90(half),
                "status": np.where(shown, weak, "suppressed_by_source"),
                "note": np.where(shown & (frame[_QUALITY] == "2"), MARGINAL, ""),
            }
        )[shown | not_given]
    )


def _in_catalog(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.Series[bool]:
    cities = {place.geo_id for place in names.catalog.places if place.geo_level == "city"}
    known = frame["geo_id"].isin(cities)
    for line, geo_id in frame.loc[~known, "geo_id"].drop_duplicates().items():
        names.problems.add(
            f"{file.name}:{line}",
            "unknown city",
            value=geo_id,
            column="place",
            remedy="Add it to the catalog's places.csv.",
        )
    return known
