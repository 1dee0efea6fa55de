"""Read every download of a built site back and compare it with the table, figure by figure.

Run after a build: ``python benchmarks/downloads_round_trip.py [SITE]``; the default is
``reports/_site``. Prints, for each city and language, how many figures came back from the
workbook and how many from the maps, and how long reading took. Ends with exit code 1 if one
differs.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import openpyxl

from c2c_lib.reporting.downloads import read_download
from c2c_lib.reporting.downloads.workbook import FIGURES_ORDER

VALUES = ("estimate", "numerator", "denominator", "moe90")


def main(site: Path) -> int:
    """Compare all cities of a site; return how many figures differ."""
    wrong = 0
    for folder in sorted(path.parent for path in site.glob("**/data/datapackage.json")):
        if "editions" in folder.parts:
            continue
        started = time.perf_counter()
        book, off = compare_workbook(folder)
        wrong += off
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        maps, off = compare_maps(folder)
        wrong += off
        print(
            f"{folder.relative_to(site)}: {book:,} figures from the workbook in {seconds:.1f} s, "
            f"{maps:,} from the maps in {time.perf_counter() - started:.1f} s, {wrong} differ"
        )
    return wrong


def compare_workbook(folder: Path) -> tuple[int, int]:
    """Return how many rows were compared and how many differ in any column."""
    table = read_download(folder)
    names = [column for column in FIGURES_ORDER if column in table]
    places = [FIGURES_ORDER.index(name) for name in names]
    wrong = count = 0
    file = folder / "indicators.xlsx"
    with contextlib.closing(openpyxl.load_workbook(file, read_only=True)) as book:
        rows = book.worksheets[1].iter_rows(min_row=2, values_only=True)
        figures = table[names].itertuples(index=False, name=None)
        for wanted, row in zip(figures, rows, strict=True):
            count += 1
            wrong += tuple(row[place] for place in places) != tuple(map(plain, wanted))
    return count, wrong


def compare_maps(folder: Path) -> tuple[int, int]:
    """Return how many figures of areas were compared and how many differ."""
    table = read_download(folder)
    keys = ["indicator", "geo_id", "period", "group"]
    inside = table[table["geo_level"].isin(["tract", "neighborhood"])]
    rows = {tuple(row[key] for key in keys): row for row in inside.to_dict("records")}
    bases = {
        i if g == "all" else f"{i}_{g}": (i, g)
        for i, g in inside[["indicator", "group"]].drop_duplicates().to_numpy()
    }
    wrong = count = 0
    for area, code in areas(folder):
        for base, (indicator, group) in bases.items():
            row = rows.get((indicator, code, area.get(f"{base}_period"), group))
            if row is None:
                continue
            count += 1
            told = [area[base], *(area[f"{base}_{name}"] for name in VALUES[1:])]
            same = all(plain(a) == plain(row[n]) for a, n in zip(told, VALUES, strict=True))
            wrong += not same or area[f"{base}_status"] != row["status"]
    return count, wrong


def areas(folder: Path) -> Iterator[tuple[dict[str, object], str]]:
    """Yield the properties and the code of every area, as desktop GIS reads them."""
    for file in sorted(folder.glob("*.geojson")):
        codes = [f["id"] for f in json.loads(file.read_text(encoding="utf-8"))["features"]]
        frame = gpd.read_file(file).drop(columns="geometry")
        yield from zip(frame.to_dict("records"), codes, strict=True)


def plain(value: object) -> object:
    """Return None for every way to say that there is nothing."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


if __name__ == "__main__":
    home = Path(__file__).resolve().parents[1] / "reports" / "_site"
    sys.exit(bool(main(Path(sys.argv[1]) if len(sys.argv) > 1 else home)))
