"""Read the catalog's CSV files of places."""

from __future__ import annotations

import csv
from importlib.resources.abc import Traversable
from typing import Any, Final

from pydantic import ValidationError

from c2c_lib.catalog.entry_files import note_misfit, reason_of
from c2c_lib.catalog.models import Place
from c2c_lib.errors import Problems

__all__ = ["PLACE_FILES", "read_places"]

PLACE_FILES: Final = {
    "places.csv": "",
    "tracts_2010.csv": "tract",
    "tracts.csv": "tract",
    "schools.csv": "school",
    "neighborhoods.csv": "neighborhood",
}
"""The files of places, and the one level that stands in each but the first."""


def read_places(file: Traversable, problems: Problems) -> tuple[Place, ...]:
    """Return the places of a file, by row; note every row that is not a place."""
    columns = list(Place.model_fields)
    try:
        header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        problems.add(file.name, f"does not read as CSV with a header: {reason_of(error)}")
        return ()
    if header != columns:
        problems.add(
            f"{file.name}:1", "header differs", value=",".join(header), allowed=",".join(columns)
        )
        return ()
    places = []
    for line, row in enumerate(rows, start=2):
        where = f"{file.name}:{line}"
        if len(row) != len(columns):
            problems.add(where, "row has another number of cells than the header", value=len(row))
            continue
        values: dict[str, Any] = dict(zip(columns, row, strict=True))
        for column in ("other_ids", "aliases"):
            values[column] = tuple(part for part in values[column].split("|") if part)
        try:
            places.append(Place.model_validate(values))
        except ValidationError as error:
            note_misfit(where, error, problems)
    return tuple(places)
