"""Counts of events by kind, as EdSight exports them: one column per kind, one row per district.

The exports hold some districts more than once: the publisher's table of codes knows the same
name under several codes or under none, and the figures are repeated with each. A row with no
code or with another district's is passed over where the same figures stand with the right code;
a wrong code that stands alone is noted, but for one that the publisher prints beside districts
all over the state and that says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from c2c_lib.catalog import Place
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import place_code, read_export
from c2c_lib.sources.edsight_layout import Export, Layout
from c2c_lib.sources.names import Names
from c2c_lib.sources.student_counts import student_counts

__all__ = ["event_counts"]

_STRAY_CODE: Final = "3480015"
_COLUMNS: Final = (
    "where",
    "geo_level",
    "geo_id",
    "period",
    "dimension",
    "group",
    "indicator",
    "value",
)


def event_counts(files: Sequence[RawFile], layout: Layout, names: Names) -> pd.DataFrame:
    r"""Read the exports of one report into one observation per district, year and kind.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of all districts, or of the state.
    layout : Layout
        Its `columns` give the indicator of every heading; all of them are required.
    names : Names
        Resolves places and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of all indicators: events as estimate and as numerator, so that the rule
        on small counts applies to them.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.errors import Problems
    >>> layout = Layout("Kite Counts", {"Kites": "kites"}, required=("kites",))
    >>> text = '"Kite Counts, 2019-20"\n"All Districts"\n\nDistrict,District Code,Kites\n'
    >>> text += 'Norwalk School District,="1030011",12\nNorwalk School District,,12\n'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "kites__2019-20.csv"
    ...     _ = path.write_text(text)
    ...     names = Names(load_catalog(), Problems())
    ...     found = event_counts([RawFile(path, path.name)], layout, names)
    >>> found[["indicator", "geo_id", "period", "numerator"]].values.tolist()
    [['kites', '1030011', '2019-20', 12.0]]
    """
    rows: list[tuple[str, ...]] = []
    codes = _codes(names)
    for file in files:
        export = read_export(file, layout, names.problems)
        if export is not None:
            rows += _rows(export, layout, codes, names)
    table = pd.DataFrame(rows, columns=list(_COLUMNS), dtype="str")
    found = [
        student_counts(part, layout.headings(str(indicator)), names.problems).assign(
            indicator=indicator
        )
        for indicator, part in table.groupby("indicator", sort=True)
    ]
    empty = pd.DataFrame(
        {name: pd.Series([], dtype="str") for name in (*_COLUMNS[:-1], "status")}
        | {name: pd.Series([], dtype="float64") for name in ("estimate", "numerator")}
    )
    return pd.concat(found, ignore_index=True) if found else empty


def _codes(names: Names) -> dict[str, set[str]]:
    """Return the codes of every district, by each of its names."""
    found: dict[str, set[str]] = {}
    for place in names.catalog.places:
        if place.geo_level == "district":
            for name in (place.name, *place.aliases):
                found.setdefault(name, set()).update((place.geo_id, *place.other_ids))
    return found


def _rows(
    export: Export, layout: Layout, codes: Mapping[str, set[str]], names: Names
) -> list[tuple[str, ...]]:
    """Return one row per district and kind of event, with the cell as printed."""
    at = export.positions
    rows = []
    for number, row in export.rows:
        code = place_code(row[at["code"]]) if "code" in at else ""
        cells = tuple(row[at[field]] for field in layout.required)
        rows.append((number, row[0], "" if code == _STRAY_CODE else code, cells))
    sure = {(name, cells) for _, name, code, cells in rows if code in codes.get(name, ())}
    found: list[tuple[str, ...]] = []
    for number, name, code, cells in rows:
        if (name, cells) in sure and code not in codes[name]:
            continue
        where = f"{export.name}:{number}"
        place = names.place("district", name, where, code or None)
        if place is None or _misplaced(export, place, where, names):
            continue
        keys = (where, place.geo_level, place.geo_id, export.period, "all", "all")
        found += [(*keys, *pair) for pair in zip(layout.required, cells, strict=True)]
    return found


def _misplaced(export: Export, place: Place, where: str, names: Names) -> bool:
    """Note a district in the state's own file, or the state among the districts."""
    if export.state == (place.geo_level == "state"):
        return False
    names.problems.add(
        where,
        "the title and the row speak of different kinds of places",
        value=place.name,
        allowed="the state alone, or districts alone",
        remedy="Export the report again.",
    )
    return True
