"""The table of a city's downloads: tidy rows with the catalog's names beside the codes."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog, Place
from c2c_lib.findings.precision import precision
from c2c_lib.geography.vintage import VINTAGES, code_vintage
from c2c_lib.language import language as read_language
from c2c_lib.language import mark
from c2c_lib.observations.schema import COLUMNS, Column
from c2c_lib.reporting.task import DESCRIPTOR

__all__ = ["TABLE_COLUMNS", "in_words", "read_download", "write_csv"]

_FURTHER: Final = (
    Column(
        "place",
        "str",
        mark("Place"),
        mark("Short name of the place, as in the address of its page."),
    ),
    Column("indicator_name", "str", mark("Indicator in words"), mark("Name of the indicator.")),
    Column("place_name", "str", mark("Place in words"), mark("Name of the place.")),
    Column(
        "dimension_name", "str", mark("Dimension in words"), mark("How children are told apart.")
    ),
    Column("group_name", "str", mark("Group in words"), mark("Name of the student group.")),
    Column(
        "unit",
        "str",
        mark("Unit"),
        mark("What the estimate is counted in. A share runs from 0 to 1."),
        categories=("share", "per_1000", "index", "score", "dollars", "years", "count"),
    ),
    Column(
        "quality",
        "str",
        mark("Quality"),
        mark(
            "How far the figure may be trusted, as on the pages. Where nothing is shown it is "
            "not_shown."
        ),
        categories=("strong", "use_with_care", "too_weak", "not_shown"),
    ),
    Column(
        "lower95",
        "float64",
        mark("Likely from"),
        mark(
            "Lower end of the 95 % interval, in the unit of the estimate: by the margin of error "
            "of a survey, else by the counts of a share. Empty where neither is known."
        ),
        required=False,
        minimum=0.0,
    ),
    Column(
        "upper95",
        "float64",
        mark("Likely to"),
        mark("Upper end of the same interval."),
        required=False,
        minimum=0.0,
    ),
    Column(
        "geo_vintage",
        "str",
        mark("Version of the place code"),
        mark(
            "Which codes the place code belongs to: those of 2010 tracts, those under counties "
            "(used to 2021), or those under planning regions (used from 2022). Empty where codes "
            "have no versions."
        ),
        required=False,
    ),
    Column(
        "geo_id_other",
        "str",
        mark("Place code in the other version"),
        mark(
            "The code of the same place under planning regions where its own is under counties, "
            "and the other way round. Empty where there is none."
        ),
        required=False,
    ),
)
_DIGITS: Final = 6
"""Decimals of the ends of an interval: far finer than any is known."""
TABLE_COLUMNS: Final = (*COLUMNS, *_FURTHER)
"""Every column of ``indicators.csv``, in order."""


def in_words(
    frame: pd.DataFrame, places: Collection[tuple[str, str]], catalog: Catalog, language: str
) -> pd.DataFrame:
    """Return the rows of some places, with the catalog's names beside the codes.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    places : collection of (str, str)
        Level and code.
    catalog : Catalog
        Where names come from.
    language : str
        One of `c2c_lib.language.languages`.

    Returns
    -------
    DataFrame
        The columns of the tidy table, then those that name its codes and say how sure each
        figure is (`TABLE_COLUMNS`); same order of rows.
    """
    say = read_language(language)
    wanted = set(places)
    keep = [key in wanted for key in zip(frame["geo_level"], frame["geo_id"], strict=True)]
    rows = frame[keep].reset_index(drop=True)
    known = {(place.geo_level, place.geo_id): place for place in catalog.places}
    ids = list(zip(rows["geo_level"], rows["geo_id"], strict=True))
    found = [known[key] for key in ids]
    codes = {key: _versions(known[key]) for key in set(ids)}
    groups = {
        (dimension.id, group.id): say.of(group.name)
        for dimension in catalog.dimensions.values()
        for group in dimension.groups
    }
    indicators = catalog.indicators
    names = {i: say.of(indicators[i].name) for i in rows["indicator"].unique()}
    dimensions = {d: say.of(catalog.dimensions[d].name) for d in rows["dimension"].unique()}
    keys = zip(rows["dimension"], rows["group"], strict=True)
    named = {
        "place": [place.place for place in found],
        "indicator_name": [names[i] for i in rows["indicator"]],
        "place_name": [place.name for place in found],
        "dimension_name": [dimensions[d] for d in rows["dimension"]],
        "group_name": [groups[key] for key in keys],
        "unit": [str(indicators[i].unit) for i in rows["indicator"]],
    }
    versions = {
        "geo_vintage": [codes[key][0] for key in ids],
        "geo_id_other": [codes[key][1] for key in ids],
    }
    sure = precision(rows, catalog).round(_DIGITS)
    columns = (
        _words(named, rows),
        sure.astype({"quality": "str"}),
        _words(versions, rows),
    )
    return pd.concat([rows, *columns], axis=1)


def _words(columns: dict[str, list[str]], rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(columns, rows.index, dtype="str")


def _versions(place: Place) -> tuple[str, str]:
    """Return the version of a place's code and its code in the other version."""
    vintage = place.vintage if place.vintage in VINTAGES else ""
    other = [code for code in place.other_ids if vintage and code_vintage(code)]
    return vintage, other[0] if other else ""


def write_csv(file: Path, frame: pd.DataFrame) -> None:
    """Write a table as UTF-8 with line feeds, exact decimals and empty cells for no value."""
    frame.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")


def read_download(folder: Path, name: str = "indicators") -> pd.DataFrame:
    """Read a table of a city's downloads back, with the types that its descriptor declares.

    Parameters
    ----------
    folder : Path
        Written by `c2c_lib.reporting.downloads.write_downloads`.
    name : str
        Name of the resource in ``datapackage.json``.

    Returns
    -------
    DataFrame
        Exactly what was written.

    Raises
    ------
    StopIteration
        If the descriptor has no such resource.
    """
    descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    resource = next(r for r in descriptor["resources"] if r["name"] == name)
    kinds = {"string": "str", "integer": "int64", "number": "float64"}
    types = {f["name"]: kinds[f["type"]] for f in resource["schema"]["fields"]}
    missing = set(resource["schema"]["missingValues"])
    frame = pd.read_csv(
        folder / resource["path"], dtype="str", keep_default_na=False, encoding=resource["encoding"]
    )
    for column, kind in types.items():
        if kind == "float64":
            # Python reads back exactly what was written; a reader made for speed may not.
            values = [float("nan") if text in missing else float(text) for text in frame[column]]
            frame[column] = pd.Series(values, index=frame.index, dtype=kind)
    return frame.astype(types)
