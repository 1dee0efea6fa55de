"""How long a table of ten million rows takes to be checked, and how much memory.

The table is made on the fly: every figure is another one, and every millionth is at fault. The
ingest reads it piece by piece, lists the faults, and refuses it in the end, because a store holds
two million figures at most; nothing is written. Run with a number for another size.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import yaml

from c2c_lib.errors import InputError
from c2c_lib.sources.own_store import ingest_table

EXAMPLE = Path(__file__).resolve().parents[1] / "docs" / "examples" / "lakeview.yml"
YEARS = 9000
TOWNS = 1200


def write_table(path: Path, rows: int) -> None:
    """Write figures of so many towns and years, each with its counts."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("place,period,group,percent,n,of\n")
        for number in range(rows):
            part = number % 1000
            percent = "101.0" if number % 1_000_000 == 999_999 else f"{part / 10:.1f}"
            town, year = number // YEARS % TOWNS, 1000 + number % YEARS
            stream.write(f"Town {town},{year},all,{percent},{part},1000\n")


def write_mapping(path: Path) -> None:
    """Write the mapping of the worked example for this table and its towns."""
    mapping = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    columns = {"place": "place", "period": "period", "group": "group", "estimate": "percent"}
    mapping["columns"] = {**columns, "numerator": "n", "denominator": "of"}
    mapping["constants"] = {"indicator": "grade3_reading_aloud", "geo_level": "town"}
    mapping["places"] = [
        {"geo_level": "town", "geo_id": f"27{n:08d}", "place": f"town-{n}", "name": f"Town {n}"}
        for n in range(TOWNS)
    ]
    path.write_text(yaml.safe_dump(mapping), encoding="utf-8")


def main(rows: int) -> None:
    """Make the table, check it, and print time, memory and what was found."""
    with tempfile.TemporaryDirectory() as folder:
        table, mapping = Path(folder) / "table.csv", Path(folder) / "mapping.yml"
        write_table(table, rows)
        write_mapping(mapping)
        size = table.stat().st_size / 2**20
        start = time.perf_counter()
        try:
            report = ingest_table(table, mapping, Path(folder) / "store")
            found = f"{report.total:,} figures written"
        except InputError as error:
            found = f"{len(error.problems)} problems, nothing written"
        seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{rows:,} rows, {size:,.0f} MB: {found}")
    print(f"{seconds:.1f} s, {rows / seconds:,.0f} rows a second, {memory:.2f} GB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
