"""Tables of the American Community Survey from the Census Bureau's interface.

One request per table and kind of place gives all lines of the table with margins and with the
marks that the Bureau prints in place of a number. They are written in one of two layouts that
are read here: American FactFinder's (two header lines, a pair of columns per line), or one row
per figure as Parquet. A mark is kept as a mark in the first and is an empty number in the
second; it is never a number.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from c2c_lib.catalog.fetching import CensusFetch, CensusTable
from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.sources.fetch.errors import FetchError, NotThereError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.schema import note_missing_columns
from c2c_lib.sources.fetch.table import Fetched

__all__ = ["KEY_VARIABLE", "fetch_census", "newest_year"]

KEY_VARIABLE: Final = "CENSUS_API_KEY"

_JSON: Final = ("application/json",)
_FOR: Final = {
    "state": {"for": "state:{state}"},
    "town": {"for": "county subdivision:*", "in": "state:{state} county:*"},
    "tract": {"for": "tract:*", "in": "state:{state} county:*"},
}
_HEADINGS: Final = ("GEO.id", "GEO.id2", "GEO.display-label")
_LABELS: Final = ("Id", "Id2", "Geography")
_NO_VALUE: Final = frozenset(
    {-222222222, -333333333, -555555555, -666666666, -888888888, -999999999}
)
"""Numbers that the interface gives in place of a mark."""

_NO_PLACE: Final = "County subdivisions not defined"  # water
_YEARS_BACK: Final = 3

Rows = list[dict[str, Any]]


def newest_year(this_year: int) -> list[int]:
    """Return the years to try for the newest window, the newest first.

    The five years that end in a year appear in December of the next one.

    Examples
    --------
    >>> newest_year(2024)
    [2023, 2022, 2021]
    """
    return [this_year - back for back in range(1, _YEARS_BACK + 1)]


def fetch_census(
    block: CensusFetch, years: Sequence[int], before: Sequence[str], client: Client
) -> Fetched:
    """Fetch one window of a source's tables.

    Parameters
    ----------
    block : CensusFetch
        Which tables, for which places, and where they are written.
    years : sequence of int
        The last year of the five; the first one that the Bureau has is taken.
    before : sequence of str
        The columns of the tables when they were fetched last.
    client : Client
        Asks.

    Returns
    -------
    Fetched
        The file in the layout of the block.

    Raises
    ------
    InputError
        If there is no key, or a table has other lines than expected (each is named).
    FetchError
        If the Bureau cannot be reached, refuses the key, or has none of the years.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        raise InputError([_no_key()])
    for year in years[:-1]:
        try:
            return _fetch_year(block, year, before, client, key)
        except NotThereError:
            continue
    return _fetch_year(block, years[-1], before, client, key)


def _fetch_year(
    block: CensusFetch, year: int, before: Sequence[str], client: Client, key: str
) -> Fetched:
    found: dict[tuple[str, str], Rows] = {}
    addresses: list[str] = []
    kept: list[bool] = []
    columns: dict[str, None] = {}
    problems = Problems()
    for table in block.tables:
        for level in block.levels:
            address = _address(block, year, table, level)
            reply_rows, same = _ask(address, client, key)
            addresses.append(address)
            kept.append(same)
            names = list(reply_rows[0]) if reply_rows else []
            columns.update(dict.fromkeys(names))
            _check_table(address, table, names, before, problems)
            if not reply_rows:
                problems.add(address, "the answer has no rows")
            found[(table.id, level)] = reply_rows
    problems.raise_if_any()
    if block.layout == "factfinder":
        content = _factfinder(block, year, found, client, addresses)
    else:
        content = _long(block, year, found)
    return Fetched(
        name=block.file.format(year=year, yy=f"{year % 100:02d}"),
        content=content,
        rows=sum(map(len, found.values())),
        columns=tuple(columns),
        addresses=tuple(addresses),
        kept=all(kept),
    )


def _address(block: CensusFetch, year: int, table: CensusTable, level: str) -> str:
    asked = {"get": f"group({table.id})"}
    asked.update({name: words.format(state=block.state) for name, words in _FOR[level].items()})
    return str(httpx.URL(f"{block.host}/data/{year}/acs/acs5", params=asked))


def _ask(address: str, client: Client, key: str) -> tuple[Rows, bool]:
    """Return the rows of an answer, and whether it has not changed."""
    try:
        reply = client.get(address, _JSON, secret={"key": key})
    except FetchError as error:
        # Without a good key the Bureau leads to, or gives, a web page about keys.
        if any(word in str(error).lower() for word in ("_key.html", "invalid key", "missing key")):
            raise InputError([_no_key("the Census Bureau does not take the key")]) from error
        raise
    content = _json(address, reply.body)
    header, *rows = content if isinstance(content, list) and content else [[]]
    return [dict(zip(header, row, strict=True)) for row in rows], reply.kept


def _json(address: str, body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise FetchError(
            Problem(
                where=address,
                what="the answer does not read as JSON; it may be cut off",
                value=body[-60:].decode("utf-8", "replace"),
                remedy="Try again.",
            )
        ) from error


def _check_table(
    address: str,
    table: CensusTable,
    found: Sequence[str],
    before: Sequence[str],
    problems: Problems,
) -> None:
    """Note lines of the table that are missing, and lines beyond its last one."""
    lines = [f"{table.id}_{n:03d}" for n in range(1, table.lines + 1)]
    expected = ["GEO_ID", "NAME", *(f"{line}{kind}" for line in lines for kind in "EM")]
    old = [name for name in before if name.startswith((table.id, "GEO_ID", "NAME"))]
    note_missing_columns(address, expected, found, old, problems)
    further = f"{table.id}_{table.lines + 1:03d}E"
    if further in found:
        problems.add(
            address,
            f"table {table.id} has more lines than expected, so its lines may have moved",
            value=further,
            column=further,
            allowed=f"{table.lines} lines",
            remedy="Look at the Bureau's list of changes, then mend `fetch` in the catalog.",
        )


def _factfinder(
    block: CensusFetch,
    year: int,
    found: Mapping[tuple[str, str], Rows],
    client: Client,
    addresses: list[str],
) -> bytes:
    """Return one table as FactFinder wrote it, with the Bureau's own labels."""
    table = block.tables[0]
    address = f"{block.host}/data/{year}/acs/acs5/groups/{table.id}.json"
    labels = _json(address, client.get(address, _JSON).body).get("variables", {})
    addresses.append(address)
    codes = [f"{table.id}_{n:03d}{kind}" for n in range(1, table.lines + 1) for kind in "EM"]
    lines = [list(_HEADINGS) + codes, list(_LABELS) + [_label(code, labels) for code in codes]]
    for level in block.levels:
        for row in found[(table.id, level)]:
            names = [row["GEO_ID"], row["GEO_ID"].partition("US")[2], row["NAME"]]
            lines.append(names + [_printed(row, code) for code in codes])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def _label(code: str, labels: Mapping[str, Any]) -> str:
    """Return the label of a line; older years give none for margins."""
    label = str(labels.get(code, {}).get("label", ""))
    if label or not code.endswith("M"):
        return label
    estimate = str(labels.get(f"{code[:-1]}E", {}).get("label", ""))
    return estimate.replace("Estimate", "Margin of Error", 1)


def _printed(row: Mapping[str, Any], code: str) -> str:
    """Return what the Bureau prints: the mark where there is one, else the number."""
    mark = row.get(f"{code}A")
    value = row[code]
    if mark not in (None, "", "null"):
        return str(mark)
    return "" if value is None else str(value)


def _number(row: Mapping[str, Any], code: str) -> float:
    """Return a number, NaN where the Bureau gives a mark."""
    value = row[code]
    number = float("nan") if value is None else float(value)
    return float("nan") if number in _NO_VALUE else number


def _long(block: CensusFetch, year: int, found: Mapping[tuple[str, str], Rows]) -> bytes:
    """Return all tables as one row per area and line."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("level", "geoid", "name", "table", "variable", "estimate", "moe")
    }
    for table in block.tables:
        for level in block.levels:
            for row in found[(table.id, level)]:
                if row["NAME"].startswith(_NO_PLACE):
                    continue
                for number in range(1, table.lines + 1):
                    line = f"{table.id}_{number:03d}"
                    values = (
                        level,
                        row["GEO_ID"].partition("US")[2],
                        row["NAME"].partition(",")[0].removesuffix(" town"),
                        table.name or table.id,
                        line,
                        _number(row, f"{line}E"),
                        _number(row, f"{line}M"),
                    )
                    for name, value in zip(columns, values, strict=True):
                        columns[name].append(value)
    frame = pd.DataFrame(columns)
    frame.insert(0, "year", year)
    sink = io.BytesIO()
    table_of_all = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table_of_all, sink, compression="zstd")
    return sink.getvalue()


def _no_key(what: str = "no key for the Census Bureau's interface is set") -> Problem:
    return Problem(
        where=KEY_VARIABLE,
        what=what,
        allowed="a key of 40 letters and digits",
        remedy="A key is free at https://api.census.gov/data/key_signup.html; put it in the "
        f"environment variable {KEY_VARIABLE}.",
    )
