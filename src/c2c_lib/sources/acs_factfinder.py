"""Tables of the American Community Survey in the layout of American FactFinder.

Two header lines (codes, then labels), one row per place, an estimate and a margin of error
for every line of the table. Spellings of codes and labels changed over the years; a line is
therefore taken only if its code *and* its label say what is expected of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.observations.margins import sum_margin
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.survey_shares import survey_shares
from c2c_lib.sources.tables import (
    csv_rows,
    find_places,
    note_missing_places,
    numbers,
    observations,
    read_csv,
)

__all__ = ["TableShare", "five_years", "label_path", "read_tables"]

Lines = Mapping[int, tuple[str, ...]]

_ID: Final = "GEO.id"
_LABEL: Final = "GEO.display-label"
_ESTIMATE: Final = ("Estimate",)
_MARGIN: Final = ("Margin of Error", "Margins of Error")
_CONTROLLED: Final = "*****"  # an estimate fitted to a known total has no sampling error
_NO_PLACE: Final = "County subdivisions not defined"
_FILE: Final = re.compile(r"ACS_(\d{2})_5YR_")
_SUMMARY_LEVEL: Final = re.compile(r"(040|060)0*US(\d+)")
_TOWN: Final = re.compile(r"(.+) (?:town|city), [^,]+, Connecticut")


@dataclass(frozen=True)
class TableShare:
    """A share that is worked out from lines of one table.

    Attributes
    ----------
    indicator, dimension, group : str
        What it measures.
    numerator : tuple of int
        Line numbers whose estimates are added up.
    denominator : int or tuple of int
        The line of the whole, or lines that are added up to it.
    """

    indicator: str
    dimension: str
    group: str
    numerator: tuple[int, ...]
    denominator: int | tuple[int, ...]


def five_years(file: RawFile, names: Names) -> str | None:
    """Return the five pooled years that a file's name gives by their last year.

    Examples
    --------
    >>> from pathlib import Path
    >>> file = RawFile(Path("x.csv"), "folder/ACS_09_5YR_B14005_with_ann.csv")
    >>> five_years(file, names=None)
    '2005-2009'
    """
    if match := _FILE.search(file.name):
        end = 2000 + int(match[1])
        return f"{end - 4}-{end}"
    names.problems.add(
        file.name,
        "the file name does not say the year",
        allowed="a name like ACS_20_5YR_B14005_with_ann.csv",
        remedy="Name the file as the publisher does.",
    )
    return None


def label_path(label: str) -> tuple[str, ...]:
    """Return the parts of a line's label, however a year spells it.

    Examples
    --------
    >>> label_path("Estimate; Male: - Not enrolled in school: - High school graduate:")
    ('Estimate', 'Male', 'Not enrolled in school', 'High school graduate')
    >>> label_path("Margin of Error!!Total:!!Male:")
    ('Margin of Error', 'Male')
    """
    parts = [part.strip() for part in re.split(r"!!|[;:]|(?<=\s)-(?=\s)", label)]
    short = [part.removesuffix("(includes equivalency)").strip() for part in parts if part]
    return tuple(part for part in short if part != "Total")


def read_tables(
    files: Sequence[RawFile],
    table: str,
    lines: Lines,
    shares: Sequence[TableShare],
    names: Names,
) -> pd.DataFrame:
    """Read every year's file of one table into shares with margins of error.

    Parameters
    ----------
    files : sequence of RawFile
        One file per five-year window.
    table : str
        For example ``B14005``.
    lines : mapping of int to tuple of str
        The label that every line has to have, as `label_path` gives it without its first
        part; a line with another label is a problem and its file is left out.
    shares : sequence of TableShare
        What is worked out.
    names : Names
        Resolves towns by name and code.

    Returns
    -------
    DataFrame
        Observations of the state and every town; the numerator's margin is that of a sum,
        the share's that of a proportion (`c2c_lib.observations.margins`).
    """
    frames = [_read_file(file, table, lines, shares, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(
    file: RawFile, table: str, lines: Lines, shares: Sequence[TableShare], names: Names
) -> pd.DataFrame:
    period = five_years(file, names)
    columns = _columns(file, table, lines, names)
    if period is None or not columns:
        return observations([])
    wanted = [_ID, _LABEL, *(code for pair in columns.values() for code in pair)]
    frame = read_csv(file, wanted, names.problems)
    # The second header line, and the rows of water and the like that belong to no town.
    frame = frame[(frame[_ID] != "Id") & ~frame[_LABEL].str.startswith(_NO_PLACE)]
    places = _places(frame, file, names)
    frame = frame.join(places, how="inner").replace(_CONTROLLED, "0")
    estimates, margins = (
        pd.DataFrame(
            {
                line: numbers(frame, codes[which], file, names.problems)
                for line, codes in columns.items()
            },
            index=frame.index,
        )
        for which in (0, 1)
    )
    counts = pd.concat([_counts(frame, estimates, margins, s) for s in shares], ignore_index=True)
    counts = counts.assign(period=period)
    result = observations(survey_shares(counts, file.name, names.problems))
    note_missing_places(result, "town", file.name, names)
    return result


def _columns(file: RawFile, table: str, lines: Lines, names: Names) -> dict[int, tuple[str, str]]:
    """Return the codes of estimate and margin of every line, if all labels are as expected."""
    rows = csv_rows(file, names.problems)
    if len(rows) < 2:
        if rows:
            names.problems.add(file.name, "the second header line (labels) is missing")
        return {}
    codes = [cell.strip() for cell in rows[0][1]]
    labels = dict(zip(codes, rows[1][1], strict=False))
    found: dict[int, tuple[str, str]] = {}
    for line, path in lines.items():
        spellings = (
            (f"HD01_VD{line:02d}", f"HD02_VD{line:02d}"),
            (f"{table}_{line:03d}E", f"{table}_{line:03d}M"),
        )
        pair = next((pair for pair in spellings if pair[0] in labels), None)
        if pair is None or pair[1] not in labels:
            names.problems.add(
                f"{file.name}:{rows[0][0]}",
                f"line {line:03d} of table {table} is missing",
                allowed=" or ".join(" and ".join(pair) for pair in spellings),
                remedy="Export the table again.",
            )
            continue
        for code, kinds in zip(pair, (_ESTIMATE, _MARGIN), strict=True):
            if label_path(labels[code]) not in {(kind, *path) for kind in kinds}:
                names.problems.add(
                    f"{file.name}:{rows[1][0]}",
                    f"line {line:03d} of table {table} has another label",
                    value=labels[code],
                    column=code,
                    allowed="; ".join(" - ".join((kind, *path)) for kind in kinds),
                    remedy="If the table's layout moved, its reader must learn the new lines.",
                )
                break
        else:
            found[line] = pair
    return found if len(found) == len(lines) else {}


def _places(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the place of every row, from its label and the code inside its id."""
    level = frame[_ID].str.extract(_SUMMARY_LEVEL)
    town = frame[_LABEL].str.extract(_TOWN)[0]
    for line, value in frame.loc[level[0].isna(), _ID].head(20).items():
        names.problems.add(
            f"{file.name}:{line}",
            "the row describes neither the state nor a town",
            value=value,
            column=_ID,
            allowed="0400000US09 or 0600000US and ten digits",
        )
    # A label that does not look like a town's goes on as it is and is found unknown there.
    named = frame.assign(name=town.fillna(frame[_LABEL]), code=level[1])[level[0].notna()]
    return find_places(named, "town", "name", file, names, "code")


def _counts(
    frame: pd.DataFrame, estimates: pd.DataFrame, margins: pd.DataFrame, share: TableShare
) -> pd.DataFrame:
    whole = share.denominator if isinstance(share.denominator, tuple) else (share.denominator,)
    numerator, numerator_moe = _sum(share.numerator, estimates, margins)
    denominator, denominator_moe = _sum(whole, estimates, margins)
    return pd.DataFrame(
        {
            "indicator": share.indicator,
            "geo_level": frame["geo_level"],
            "geo_id": frame["geo_id"],
            "dimension": share.dimension,
            "group": share.group,
            "numerator": numerator,
            "numerator_moe": numerator_moe,
            "denominator": denominator,
            "denominator_moe": denominator_moe,
        }
    )


def _sum(
    lines: Sequence[int], estimates: pd.DataFrame, margins: pd.DataFrame
) -> tuple[pd.Series[float], NDArray[np.float64]]:
    parts = list(lines)
    margin = sum_margin(estimates[parts].to_numpy(), margins[parts].to_numpy())
    return estimates[parts].sum(axis=1, skipna=False), margin
