"""The catalog's schools and neighborhoods, rebuilt from the raw directory and exports.

A school is known by its seven-digit code. Names change from year to year and stand for several
schools across the state, so they are aliases; the code stays. The first three digits are the
district's: one directory gives a Bridgeport school to another district, and the digits are
right. Some facilities of the judicial branch have digits that are no district's; students of
several districts attend them, and their parent is the state.

Neighborhoods have no code. Their names repeat across cities (Downtown, East Side, South End), so
that a neighborhood is its city and its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

import pandas as pd

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.catalog.models import Place
from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import place_code
from c2c_lib.sources.tables import EXPORT_AGAIN, csv_rows, read_csv

__all__ = ["neighborhood_places", "one_spaced", "school_places"]

_COLUMNS: Final = list(Place.model_fields)
_DIRECTORIES: Final = "geo-schools/ct_education_directory_*.csv"
_ACCOUNTABILITY: Final = "next-generation-accountability/nextgenacct.csv"
_EXPORTS: Final = "*-school/*_all-schools_*.csv"
_NEIGHBORHOODS: Final = "geo-neighborhoods/tract_to_neighborhood_2020.csv"
_YEAR: Final = re.compile(r"_(\d{4}-\d{2})(?:_|\.csv)")
_STATE: Final = "09"
_NO_SCHOOL: Final = "0000000"  # rows of the state among the schools


class _Seen(NamedTuple):
    """A school's code and name in one list, and how much the list's names are to be trusted."""

    code: str
    name: str
    rank: int
    when: str
    vintage: str


def school_places(raw: Path, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return every school of a raw folder as rows of the catalog's schools.csv.

    Parameters
    ----------
    raw : Path
        Folder of raw exports that holds the state's directories of schools and the
        school-level exports.
    catalog : Catalog, optional
        Its districts are the schools' parents.

    Returns
    -------
    DataFrame
        Columns of the catalog's places, sorted by code. The name is that of the newest
        directory, else of the newest list in which the school stands; ``vintage`` is that
        list, so that a school that closed is told by it; ``aliases`` are its other names.

    Raises
    ------
    InputError
        If no directory is there, or a file does not read or lacks a column; lists all.
    """
    catalog = catalog or load_catalog()
    problems = Problems()
    if not list(raw.glob(_DIRECTORIES)):
        problems.add(_DIRECTORIES, "no directory of schools is there", remedy="Put it there.")
    seen = pd.DataFrame(
        [*_directories(raw, problems), *_results(raw, problems), *_exports(raw, problems)],
        columns=list(_Seen._fields),
    )
    problems.raise_if_any()
    seen = seen[(seen["code"] != _NO_SCHOOL) & (seen["name"] != "")]
    seen = seen.sort_values(["code", "rank", "when", "name"], ascending=[True, False, False, True])
    districts = {p.geo_id[:3]: p for p in catalog.places if p.geo_level == "district"}
    rows = [
        _row(str(code), lists["name"].unique().tolist(), str(lists["vintage"].iloc[0]), districts)
        for code, lists in seen.groupby("code", sort=True)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def neighborhood_places(raw: Path, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return the neighborhoods of Bridgeport and Stamford as rows of neighborhoods.csv.

    Parameters
    ----------
    raw : Path
        Folder of raw exports that holds ``geo-neighborhoods``.
    catalog : Catalog, optional
        Its towns are the neighborhoods' parents.

    Returns
    -------
    DataFrame
        Columns of the catalog's places, sorted by city and name; the alias is the name with
        the city behind it, which stands for one place only.

    Raises
    ------
    InputError
        If the file does not read, lacks a column, or names a city that is no town.
    """
    catalog = catalog or load_catalog()
    problems = Problems()
    towns = {p.name: p for p in catalog.places if p.geo_level == "town"}
    file = RawFile(raw / _NEIGHBORHOODS, _NEIGHBORHOODS)
    frame = read_csv(file, ["city", "neighborhood"], problems).drop_duplicates()
    for line, city in frame.loc[~frame["city"].isin(list(towns)), "city"].items():
        problems.add(f"{file.name}:{line}", "the city is no town of the catalog", value=city)
    problems.raise_if_any()
    rows = []
    for city, name in sorted(frame.itertuples(index=False, name=None)):
        town, tail = towns[city], _slug(name)
        rows.append(
            {
                "geo_level": "neighborhood",
                "geo_id": f"{town.place}-{tail}",
                "place": f"{town.place}-neighborhood-{tail}",
                "name": name,
                "vintage": "",
                "parent": town.geo_id,
                "other_ids": "",
                "aliases": f"{name} {city}",
            }
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def one_spaced(name: str) -> str:
    """Return a name without the white space that some exports double.

    Examples
    --------
    >>> one_spaced(" Dag  Hammarskjold Middle School")
    'Dag Hammarskjold Middle School'
    """
    return " ".join(name.split())


def _row(
    code: str, names: Sequence[str], vintage: str, districts: dict[str, Place]
) -> dict[str, str]:
    district = districts.get(code[:3])
    return {
        "geo_level": "school",
        "geo_id": code,
        "place": f"{district.place if district else 'connecticut'}-school-{code}",
        "name": names[0],
        "vintage": vintage,
        "parent": district.geo_id if district else _STATE,
        "other_ids": "",
        "aliases": "|".join(sorted(names[1:])),
    }


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _raw_files(raw: Path, pattern: str) -> list[RawFile]:
    return [RawFile(path, path.relative_to(raw).as_posix()) for path in sorted(raw.glob(pattern))]


def _year(file: RawFile, problems: Problems) -> str:
    found = _YEAR.search(PurePosixPath(file.name).name)
    if found is None:
        problems.add(
            file.name,
            "the file's name does not say which year it is",
            allowed="a name like report__2015-16_all-schools_race.csv",
        )
    return found[1] if found else ""


def _directories(raw: Path, problems: Problems) -> Iterator[_Seen]:
    """Yield the schools of the state's directories, without offices and districts."""
    columns = ["organization_code", "school_name", "organization_type"]
    for file in _raw_files(raw, _DIRECTORIES):
        when = _year(file, problems)
        for code, name, kind in read_csv(file, columns, problems).itertuples(index=False):
            if not kind.endswith("Districts") and kind != "State Agencies":
                yield _Seen(code, one_spaced(name), 1, when, f"directory-{when}")


def _results(raw: Path, problems: Problems) -> Iterator[_Seen]:
    """Yield the schools of the state's accountability results."""
    columns = ["SchoolCode", "SchoolName", "Category", "schoolyear"]
    for file in _raw_files(raw, _ACCOUNTABILITY):
        for code, name, kind, year in read_csv(file, columns, problems).itertuples(index=False):
            if kind == "SchoolTot":
                vintage = f"accountability-{year}"
                yield _Seen(place_code(code), one_spaced(name), 0, year, vintage)


def _exports(raw: Path, problems: Problems) -> Iterator[_Seen]:
    """Yield the schools of EdSight's school-level exports, where these print the code."""
    for file in _raw_files(raw, _EXPORTS):
        when = _year(file, problems)
        rows = csv_rows(file, problems)
        at = next((i for i, (_, row) in enumerate(rows) if row[0].strip() == "District"), None)
        if at is None:
            if rows:
                problems.add(file.name, "no header line", allowed="District", remedy=EXPORT_AGAIN)
            continue
        header = [cell.strip() for cell in rows[at][1]]
        if "School Code" not in header or "School" not in header:
            continue
        name_at, code_at = header.index("School"), header.index("School Code")
        whole = (row for _, row in rows[at + 1 :] if len(row) >= len(header))
        for code, name in dict.fromkeys((row[code_at], row[name_at]) for row in whole):
            yield _Seen(place_code(code), one_spaced(name), 0, when, f"edsight-{when}")
