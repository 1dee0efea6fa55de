"""What the comparisons with the publishers' own files share: places, reading, comparing."""

import csv
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from c2c_lib.catalog import load_catalog, parse_period
from c2c_lib.errors import Problems
from c2c_lib.observations import check_observations, sort_observations
from c2c_lib.sources.base import RawFile, SourceReader
from c2c_lib.sources.names import Names

CITIES = ("Bridgeport", "Norwalk", "Stamford", "Waterbury")
DISTRICT = dict(zip(CITIES, ("0150011", "1030011", "1350011", "1510011"), strict=True))
TOWN = dict(zip(CITIES, ("0900108070", "0900156060", "0900173070", "0900980070"), strict=True))
CITY = dict(zip(CITIES, ("0908000", "0955990", "0973000", "0980000"), strict=True))
STATE = "09"
Key = tuple[str, str, str, str, str]
"""Indicator, level, place, period and group."""
Values = tuple[Any, ...]
Figures = dict[Key, dict[str, Any]]
PUBLISHED, HIDDEN = "published", "suppressed_by_source"


class ReadFigures(dict[str, Figures]):
    """Every figure that a reader finds, by its name, read when it is first asked for.

    No problem may be noted, and no figure stand twice.

    Parameters
    ----------
    raw : Path
        The folder of raw exports.
    readers : mapping of str to SourceReader
        Those that have no module of their own.
    """

    def __init__(self, raw: Path, readers: Mapping[str, SourceReader] | None = None) -> None:
        super().__init__()
        self.raw = raw
        self.readers = readers or {}

    def __missing__(self, name: str) -> Figures:
        catalog, problems = load_catalog(), Problems()
        reader = self.readers.get(name) or importlib.import_module(f"c2c_lib.sources.{name}")
        paths = sorted({p for g in catalog.source(reader.SOURCE).files for p in self.raw.glob(g)})
        files = [RawFile(path, path.relative_to(self.raw).as_posix()) for path in paths]
        frame = reader.read(files, Names(catalog, problems))
        keys = ["indicator", "geo_level", "geo_id", "period", "dimension", "group"]
        assert not frame.duplicated(keys).any(), name
        assert [str(problem) for problem in problems] == []
        self[name] = {
            (row["indicator"], row["geo_level"], row["geo_id"], row["period"], row["group"]): row
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        }
        return self[name]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def compare(
    got: Figures,
    expected: dict[Key, Values],
    columns: tuple[str, ...] = ("status", "estimate"),
    places: set[str] | None = None,
) -> None:
    """Compare the figures of the state and the four cities: all of them, and no others."""
    places = places or {STATE, *DISTRICT.values(), *TOWN.values(), *CITY.values()}
    ours = {
        key: tuple(row.get(column) for column in columns)
        for key, row in got.items()
        if key[2] in places
    }
    assert ours.keys() == expected.keys()
    wrong = {key: (ours[key], expected[key]) for key in expected if ours[key] != expected[key]}
    assert wrong == {}


def check_schema(figures: Figures, source: str) -> None:
    """Check that every figure of a module fits the tidy table."""
    frame = pd.DataFrame(list(figures.values())).assign(source=source)
    frame["period_end"] = frame["period"].map(lambda label: parse_period(label).end)
    assert len(check_observations(sort_observations(frame), source)) == len(figures)
