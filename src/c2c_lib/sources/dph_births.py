"""Low birthweight and late or no prenatal care in 2015, by town and mother's group.

Table 4 of the Registration Report gives, for the state and every town, how many births it
counts and their percent. What the marks mean, and how they are read:

- ``a``: fewer than five births are counted, and no percent is printed. The figure is hidden,
  its small count too, although the table prints it.
- ``-``: zero. Where the group has no births at all there is no share (``not_applicable``);
  otherwise the share is zero.
- The percent leaves out births without the information, so its denominator is not the printed
  total. Denominators stand in Table 11 only, for the state and some towns, all mothers
  together; elsewhere there is none.

Mothers of "other" race are left out, as the catalog has no such group, and so are those of
unknown race, births whose town is not known, counties and health districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd

from c2c_lib.catalog import Place
from c2c_lib.sources.base import RawFile, share
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import note_missing_places, observations
from c2c_lib.sources.workbooks import Row, cell_number, read_sheet

__all__ = ["SOURCE", "read"]

SOURCE: Final = "dph_registration_report"

_BIRTHS: Final = "Table 4"
_COMPARISON: Final = "Table 11"
_HIDDEN: Final = "a"
_ZERO: Final = "-"
_NO_BIRTHS: Final = "There were no births in this group."

_COLUMNS: Final = {
    "low_birthweight": re.compile(r"Low BWT"),
    "late_or_no_prenatal_care": re.compile(r"\(Late.{0,2} or None\)"),
}
_SECTIONS: Final = {
    "LOW BIRTHWEIGHT": "low_birthweight",
    "LATE OR NO PRENATAL CARE": "late_or_no_prenatal_care",
}
_RACES: Final = {"White non-Hisp": "white", "Black non-Hisp": "black", "Hispanic": "hispanic"}
_OTHER_RACES: Final = ("Other non-Hisp", "Unk Race/Ethn")
_STATE_TOTAL: Final = "MOTHER'S RACE/ETHN"
_OVERLAPPING: Final = ("MOTHER'S RACE", "MOTHER'S ETHNICITY", "COUNTIES", "HEALTH DISTRICTS")
_NO_TOWN: Final = "Unknown CT Town"
_END: Final = "NOTES:"


class Births(NamedTuple):
    """One row of Table 4 that is wanted."""

    row: Row
    where: str
    place: Place
    dimension: str
    group: str


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read Table 4, with the denominators of Table 11.

    Parameters
    ----------
    files : sequence of RawFile
        Workbooks of the report; the year stands in the title of Table 4.
    names : Names
        Resolves towns by name.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    rows = read_sheet(file, _BIRTHS, names.problems)
    year = _year(rows, file, names)
    columns = _find_columns(rows, file, names)
    if year is None or len(columns) < len(_COLUMNS):
        return observations([])
    denominators = _denominators(file, names)
    found = [
        figure
        for births in _wanted(rows, file, names)
        for indicator, column in columns.items()
        for figure in _figure(births, indicator, column, denominators, names)
    ]
    result = observations(found).assign(period=year)
    note_missing_places(result, "town", f"{file.name}:{_BIRTHS}", names)
    return result


def _year(rows: list[Row], file: RawFile, names: Names) -> str | None:
    title = " ".join(str(row[0] or "") for row in rows[:6])
    if match := re.search(r"BIRTHS, (\d{4})\b", title):
        return match[1]
    if rows:
        names.problems.add(
            f"{file.name}:{_BIRTHS}!2",
            "the title does not say the year",
            value=title.strip(),
            allowed="a title like 'CONNECTICUT RESIDENT BIRTHS, 2015'",
        )
    return None


def _find_columns(rows: list[Row], file: RawFile, names: Names) -> dict[str, int]:
    """Return where the count of every indicator stands; its percent stands next to it."""
    found = {}
    for indicator, label in _COLUMNS.items():
        hits = [
            column
            for row, below in pairwise(rows[:13])
            for column, cell in enumerate(row)
            if label.fullmatch(str(cell or "").strip())
            and [str(c or "").strip() for c in below[column : column + 2]] == ["No.", "%"]
        ]
        if len(hits) == 1:
            found[indicator] = hits[0]
        elif rows:
            names.problems.add(
                f"{file.name}:{_BIRTHS}",
                "a column is missing from the header or stands there twice",
                column=indicator,
                allowed=f"{label.pattern} above 'No.' and '%'",
                remedy="If the layout moved, its reader must learn it.",
            )
    return found


def _wanted(rows: list[Row], file: RawFile, names: Names) -> Iterable[Births]:
    """Yield the rows of the state and of towns, with the groups of the catalog."""
    part = ""
    place: Place | None = None
    for number, row in enumerate(rows, start=1):
        label = " ".join(str(row[0] or "").split())
        where = f"{file.name}:{_BIRTHS}!{number}"
        if label in {"CONNECTICUT", "TOWNS", *_OVERLAPPING}:
            part, place = label, None
        elif label == _END:
            return
        elif not label or part not in {"CONNECTICUT", "TOWNS"} or label in _OTHER_RACES:
            continue
        elif label in _RACES:
            if place is not None:
                yield Births(row, where, place, "race_ethnicity", _RACES[label])
        elif label == _NO_TOWN:
            place = None
        else:
            place = names.place("town", "CONNECTICUT" if label == _STATE_TOTAL else label, where)
            if place is not None:
                yield Births(row, where, place, "all", "all")
    names.problems.add(
        f"{file.name}:{_BIRTHS}",
        f"the sheet is cut short: no row says {_END!r}",
        remedy="Export the report again.",
    )


def _figure(
    births: Births,
    indicator: str,
    column: int,
    denominators: dict[tuple[str, str], tuple[float, float, str]],
    names: Names,
) -> Iterable[dict[str, Any]]:
    """Yield the observation of one row and indicator, unless it cannot be read."""
    problems, where = names.problems, births.where
    figure: dict[str, Any] = {
        "indicator": indicator,
        "geo_level": births.place.geo_level,
        "geo_id": births.place.geo_id,
        "dimension": births.dimension,
        "group": births.group,
    }
    total = cell_number(births.row[1], where, "BIRTHS", problems)
    count = cell_number(births.row[column], where, f"{indicator}, No.", problems)
    mark = str(births.row[column + 1] or "").strip()
    percent = cell_number(
        births.row[column + 1],
        where,
        f"{indicator}, %",
        problems,
        missing=(_HIDDEN, _ZERO),
        high=100,
    )
    if total is None or count is None or (percent is None and mark not in (_HIDDEN, _ZERO)):
        return
    if count > total or (mark == _ZERO and count > 0):
        problems.add(
            where,
            "the count does not fit its total or its percent",
            value=f"{count:g} of {total:g}, percent {mark}",
            column=indicator,
        )
        return
    if mark == _HIDDEN:
        yield {**figure, "status": "suppressed_by_source"}
    elif total == 0:
        yield {**figure, "status": "not_applicable", "note": _NO_BIRTHS}
    else:
        figure |= {"estimate": share(percent or 0.0), "numerator": count, "status": "published"}
        if births.group == "all" and (known := denominators.get((indicator, births.place.geo_id))):
            events, figure["denominator"], there = known
            if events != count:
                problems.add(
                    there,
                    f"{_COMPARISON} counts other events than {_BIRTHS}",
                    value=f"{events:g}",
                    column=indicator,
                    allowed=f"{count:g} ({where})",
                )
                return
        yield figure


def _denominators(file: RawFile, names: Names) -> dict[tuple[str, str], tuple[float, float, str]]:
    """Return events, denominator and row of Table 11, by indicator and place."""
    rows = read_sheet(file, _COMPARISON, names.problems)
    places = {p.name: p.geo_id for p in names.catalog.places if p.geo_level in ("town", "state")}
    if not any(row[1:3] == ("No. Events", "Denominator") for row in rows[:10]):
        names.problems.add(
            f"{file.name}:{_COMPARISON}",
            "the header is not as expected",
            allowed="'No. Events' and 'Denominator' in the second and third column",
        )
        return {}
    found = {}
    section = part = ""
    for number, row in enumerate(rows, start=1):
        label = " ".join(str(row[0] or "").split())
        where = f"{file.name}:{_COMPARISON}!{number}"
        if label and row[1] is None:
            # A heading: an indicator in capitals, or the kind of place below it.
            section, part = (section, label) if not label[:4].isupper() else (label, "")
        elif section in _SECTIONS and label in places and part in ("", "Town"):
            events = cell_number(row[1], where, "No. Events", names.problems)
            births = cell_number(row[2], where, "Denominator", names.problems)
            if events is not None and births is not None:
                found[_SECTIONS[section], places[label]] = (events, births, where)
    for heading, indicator in _SECTIONS.items():
        if not any(key[0] == indicator for key in found):
            names.problems.add(f"{file.name}:{_COMPARISON}", "a section is missing", value=heading)
    return found
