"""The exports of EdSight that have one row per school, as one table.

They look like those of districts (`c2c_lib.sources.edsight`), with the columns ``School`` and
``School Code`` behind the district's, and with these traps:

- Names are not stable, codes are: where a code is printed, it alone decides.
- Some exports print no code. The school is then found by its name within its district. A
  name that has two codes is a school that got a new one: until the last year in which the
  old one stands somewhere, it is the old one.
- Students of several districts attend the state's own facilities, and each district has a row.
- Rows named ``State Level`` are the state's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog, Place
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.sources.base import STATUS_OF_MARK, RawFile
from c2c_lib.sources.edsight import place_code, read_export
from c2c_lib.sources.edsight_figures import Labels
from c2c_lib.sources.edsight_layout import Export, Layout
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_places import one_spaced

__all__ = ["KEYS", "Schools", "read_school_table"]

KEYS: Final = ("where", "geo_level", "geo_id", "period", "dimension", "group")
"""The columns that say which figure a row is."""

_COLUMNS: Final = {"School": "school", "School Code": "school_code"}
_IGNORED: Final = ("reportingsdistrictcode",)  # holds a dot in every row
_FIELDS: Final = tuple(_COLUMNS.values())
_STATE_CODE: Final = "0000000"
_STATE: Final = "09"


class Schools:
    """Finds schools by code, or by name within a district.

    Parameters
    ----------
    catalog : Catalog
        Whose schools are given out.
    problems : Problems
        Where unknown schools are noted.
    codeless : collection of (str, str)
        District codes and names of schools whose own code no list has; they are left out.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> schools = Schools(load_catalog(), Problems())
    >>> schools.find("1030011", "Norwalk High School", "1036111", "2013-14", "f:2").place
    'norwalk-school-1036111'
    >>> schools.find("1030011", "Norwalk High School", "", "2013-14", "f:2").geo_id
    '1036111'
    """

    def __init__(
        self,
        catalog: Catalog,
        problems: Problems,
        codeless: Collection[tuple[str, str]] = (),
    ) -> None:
        self.catalog = catalog
        self.problems = problems
        self.codeless = codeless

    def find(self, district: str, name: str, code: str, period: str, where: str) -> Place | None:
        """Return a school.

        Parameters
        ----------
        district : str
            Code of the district, as the catalog has it.
        name, code : str
            As printed, the code without formula signs; the code may be empty.
        period : str
            The school year, which tells two codes of one name apart.
        where : str
            File and line, for the problem.

        Returns
        -------
        Place or None
            None if the school is unknown, or lies in another district than the printed one;
            a problem is noted then. None without a problem if it is known to have no code.
        """
        name = one_spaced(name)
        if not code:
            return self._by_name(district, name, period, where)
        place = self._by_code.get(code)
        if place is None:
            self.problems.add(
                where,
                "unknown school",
                value=f"{name} ({code})",
                column="School Code",
                remedy=did_you_mean(code, self._by_code) or "Add it to the catalog's schools.csv.",
            )
        elif place.parent not in (district, _STATE):
            self.problems.add(
                where,
                f"the school {place.name} lies in another district",
                value=f"{code} in {district}",
                allowed=place.parent,
                remedy="Codes or districts may have moved by a row: export the report again.",
            )
            return None
        return place

    def _by_name(self, district: str, name: str, period: str, where: str) -> Place | None:
        found = self._by_district.get((district, name), [])
        if found:
            last = {place.geo_id: place.vintage[-7:] for place in found}
            still = [place for place in found if last[place.geo_id] >= period]
            return min(still or found[-1:], key=lambda place: (last[place.geo_id], place.geo_id))
        if (district, name) not in self.codeless:
            near = [known for parent, known in self._by_district if parent == district]
            self.problems.add(
                where,
                "unknown school",
                value=name,
                column="School",
                remedy=did_you_mean(name, near) or "Add it to the catalog's schools.csv.",
            )
        return None

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {p.geo_id: p for p in self.catalog.places if p.geo_level == "school"}

    @cached_property
    def _by_district(self) -> dict[tuple[str, str], list[Place]]:
        found: dict[tuple[str, str], list[Place]] = {}
        for place in self._by_code.values():
            for name in (place.name, *place.aliases):
                found.setdefault((place.parent, name), []).append(place)
        for places in found.values():
            places.sort(key=lambda place: place.vintage[-7:])
        return found


def read_school_table(
    files: Sequence[RawFile],
    layout: Layout,
    names: Names,
    labels: Labels | None = None,
    codeless: Collection[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Read school-level exports of one report into one table, with the figures still as text.

    Parameters
    ----------
    files : sequence of RawFile
        The report's exports, of schools or of the state.
    layout : Layout
        What the report's exports of districts look like; the school's columns are added here.
    names : Names
        Resolves districts and groups; its `problems` collects what is wrong.
    labels : mapping of str to mapping of str to str, optional
        Labels that only this report uses, by dimension.
    codeless : collection of (str, str)
        See `Schools`.

    Returns
    -------
    DataFrame
        As from `c2c_lib.sources.edsight_figures.read_table`, with rows of level ``school`` and
        of the state. The values are as printed; nothing is taken for a figure yet.
    """
    school_layout = replace(
        layout,
        columns={**layout.columns, **_COLUMNS},
        ignored=(*layout.ignored, *_IGNORED),
        subject=rf"(?:All Schools(?:, )?)?{layout.subject}",
    )
    fields = list(dict.fromkeys([*layout.columns.values(), *layout.required]))
    schools = Schools(names.catalog, names.problems, codeless)
    tables = [pd.DataFrame({name: pd.Series([], dtype="str") for name in (*KEYS, *fields)})]
    for file in files:
        export = read_export(file, school_layout, names.problems)
        if export is not None:
            tables.append(_table(export, fields, names, schools, labels or {}))
    return pd.concat(tables, ignore_index=True)


def _table(
    export: Export, fields: Sequence[str], names: Names, schools: Schools, labels: Labels
) -> pd.DataFrame:
    """Return the rows of one export whose place and group are known."""
    at = export.positions
    rows = pd.DataFrame([cells for _, cells in export.rows], dtype="str")
    where = pd.Series([f"{export.name}:{number}" for number, _ in export.rows], dtype="str")
    table = pd.DataFrame({"where": where, "period": export.period, "dimension": export.dimension})
    for name in fields:
        table[name] = rows[at[name]] if name in at else export.fields.get(name)
    label = rows[at["group"]] if "group" in at else pd.Series("all", rows.index, dtype="str")
    # A leftover of the publisher: no group, and no figure either.
    leftover = label.eq("") & table[list(fields)].isin(list(STATUS_OF_MARK)).all(axis=1)
    table, rows, label = table[~leftover], rows[~leftover], label[~leftover]
    first = label.drop_duplicates()
    groups = {
        text: names.group(export.dimension, text, spot, labels.get(export.dimension))
        for text, spot in zip(first, where[first.index], strict=True)
    }
    table["group"] = label.map(groups)
    printed = pd.DataFrame(
        {name: rows[at[name]] if name in at else "" for name in ("place", "code", *_FIELDS)}
    )
    found = dict(_places(printed, where, export, names, schools))
    places = [found.get(key) for key in printed.itertuples(index=False, name=None)]
    table["geo_level"] = [place.geo_level if place else None for place in places]
    table["geo_id"] = [place.geo_id if place else None for place in places]
    if not export.state and "school" not in at:
        names.problems.add(
            export.name,
            "the file holds no schools, though its title or name says all schools",
            allowed="a column School, or State of Connecticut in the title",
            remedy="Take the file out of the folder, or export it again for all schools.",
        )
        return table[:0]
    known = table["group"].notna() & table["geo_id"].notna()
    return table.loc[known, [*KEYS, *fields]]


def _places(
    printed: pd.DataFrame, where: pd.Series[str], export: Export, names: Names, schools: Schools
) -> Iterator[tuple[tuple[str, ...], Place | None]]:
    """Yield the place of every printed district and school, with what was printed."""
    districts: dict[tuple[str, str], Place | None] = {}
    for line, *cells in printed.drop_duplicates().itertuples(name=None):
        district, code, school, school_code = cells
        spot = where[line]
        key = (district, place_code(code))
        if key not in districts:
            districts[key] = names.place("district", key[0], spot, key[1] or None)
        place = districts[key]
        if place is not None and place.geo_level != "state":
            if export.state:
                names.problems.add(spot, "a district stands in a file of the state", value=district)
                place = None
            else:
                own = place_code(school_code)
                place = schools.find(place.geo_id, school, own, export.period, spot)
        elif place is not None and place_code(school_code) not in ("", _STATE_CODE):
            names.problems.add(spot, "a school stands in a row of the state", value=school)
            place = None
        yield (district, code, school, school_code), place
