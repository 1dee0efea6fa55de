"""Tables of open data portals that speak the Socrata Open Data API (SODA 2.1).

The list of columns is asked for first: a column is known by its title, as the portal prints
it, and is asked for by its field name, which the list gives. The rows are then read page by
page in the portal's own order, and counted at the end against what the portal says it holds.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from typing import Final

import httpx

from c2c_lib.catalog.fetching import SocrataFetch
from c2c_lib.errors import Problem, Problems
from c2c_lib.sources.base import parse_number, share
from c2c_lib.sources.fetch.errors import FetchError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.schema import note_missing_columns
from c2c_lib.sources.fetch.table import Fetched

__all__ = ["PAGE", "TOKEN_VARIABLE", "fetch_socrata"]

TOKEN_VARIABLE: Final = "SOCRATA_APP_TOKEN"  # noqa: S105 - the name of a variable
PAGE: Final = 10_000
"""Rows that are asked for at once."""

_JSON: Final = ("application/json",)
_CSV: Final = ("text/csv",)
_MOST_PAGES: Final = 500


def fetch_socrata(
    block: SocrataFetch, before: Sequence[str], client: Client, page: int = PAGE
) -> Fetched:
    """Fetch a table of an open data portal.

    Parameters
    ----------
    block : SocrataFetch
        Which table and columns, and where they are written.
    before : sequence of str
        The titles of all columns when the table was fetched last.
    client : Client
        Asks; an app token in ``SOCRATA_APP_TOKEN`` goes along where there is one.
    page : int
        Rows that are asked for at once.

    Returns
    -------
    Fetched
        A CSV file with the headings of the block.

    Raises
    ------
    InputError
        If a column is missing; every one is named, and what stands there instead. Also if a
        percent does not read.
    FetchError
        If the portal cannot be reached, or the rows are not as many as it says.
    """
    token = os.environ.get(TOKEN_VARIABLE, "").strip()
    headers = {"X-App-Token": token} if token else {}
    about = f"{block.host}/api/views/{block.dataset}.json"
    reply = client.get(about, _JSON, headers=headers)
    title, fields = _described(about, reply.body)
    problems = Problems()
    expected = list(block.columns or block.required)
    note_missing_columns(about, expected, list(fields), before, problems)
    problems.raise_if_any()
    release = _release(block, about, title)
    names = {title: fields[title] for title in (block.columns or fields)}
    count, same = _count(block, client, headers)
    rows, addresses, kept = _pages(block, names, client, headers, page, count)
    if len(rows) != count:
        raise FetchError(
            Problem(
                where=f"{block.host}/resource/{block.dataset}",
                what="the table changed while it was read, or a page is cut off",
                value=f"{len(rows)} rows",
                allowed=f"{count} rows, as the portal counts them",
                remedy="Try again.",
            )
        )
    return Fetched(
        name=block.file.format(release=release),
        content=_written(block, list(names), rows, release),
        rows=len(rows),
        columns=tuple(fields),
        addresses=(about, *addresses),
        kept=reply.kept and same and kept,
    )


def _described(address: str, body: bytes) -> tuple[str, dict[str, str]]:
    """Return the name of the portal's table, and the field name of every column by title."""
    try:
        about = json.loads(body)
        name = str(about["name"])
        found = {str(c["name"]).strip(): str(c["fieldName"]) for c in about["columns"]}
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(
            Problem(
                where=address,
                what="the list of columns does not read",
                value=type(error).__name__,
                remedy="Try again; the portal may have changed its interface.",
            )
        ) from error
    return name, {title: field for title, field in found.items() if not field.startswith(":")}


def _release(block: SocrataFetch, address: str, title: str) -> str:
    """Return the year in the name of the table; empty if the block does not ask for it."""
    if not any("{release}" in text for text in (block.file, *block.constants.values())):
        return ""
    match = re.search(r"\b(20\d{2})\b", title)
    if match is None:
        raise FetchError(
            Problem(
                where=address,
                what="the name of the table does not say which release it is",
                value=title,
                allowed="a name with a year",
            )
        )
    return match[1]


def _count(block: SocrataFetch, client: Client, headers: Mapping[str, str]) -> tuple[int, bool]:
    address = _query(block, "json", {"$select": "count(*) as n"})
    reply = client.get(address, _JSON, headers=headers)
    try:
        return int(json.loads(reply.body)[0]["n"]), reply.kept
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise FetchError(
            Problem(where=address, what="the portal does not say how many rows it holds")
        ) from error


def _pages(
    block: SocrataFetch,
    names: Mapping[str, str],
    client: Client,
    headers: Mapping[str, str],
    page: int,
    count: int,
) -> tuple[list[dict[str, str]], list[str], bool]:
    """Return all rows by title, what was asked, and whether nothing has changed."""
    rows: list[dict[str, str]] = []
    addresses: list[str] = []
    kept = True
    for number in range(_MOST_PAGES):
        asked = {"$select": ",".join(names.values()), "$order": ":id"}
        asked.update({"$limit": str(page), "$offset": str(number * page)})
        address = _query(block, "csv", asked)
        reply = client.get(address, _CSV, headers=headers)
        addresses.append(address)
        kept &= reply.kept
        found = _rows(address, reply.body, names)
        rows += found
        if len(found) < page or len(rows) >= count:
            return rows, addresses, kept
    raise FetchError(
        Problem(where=f"{block.host}/resource/{block.dataset}", what="the table does not end")
    )


def _query(block: SocrataFetch, kind: str, asked: Mapping[str, str]) -> str:
    where = {"$where": block.where} if block.where else {}
    address = f"{block.host}/resource/{block.dataset}.{kind}"
    return str(httpx.URL(address, params={**asked, **where}))


def _rows(address: str, body: bytes, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one page as rows by title."""
    try:
        reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
        found = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise FetchError(
            Problem(where=address, what="the page does not read as CSV", value=str(error))
        ) from error
    problems = Problems()
    note_missing_columns(address, list(names.values()), reader.fieldnames or [], [], problems)
    problems.raise_if_any()
    if any(None in row or None in row.values() for row in found):
        raise FetchError(
            Problem(
                where=address,
                what="a row of the page is cut off",
                value=f"line {reader.line_num}",
                remedy="Try again.",
            )
        )
    return [{title: row[field].strip() for title, field in names.items()} for row in found]


def _written(
    block: SocrataFetch,
    titles: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    release: str,
) -> bytes:
    """Return the rows under the headings that the reader knows, codes with all their zeros."""
    problems = Problems()
    headings = [block.columns.get(title, title) for title in titles]
    constants = [value.format(release=release) for value in block.constants.values()]
    lines: list[list[str]] = [[*headings, *block.constants]]
    for row in rows:
        cells = [
            _cell(row[title], heading, block, problems)
            for title, heading in zip(titles, headings, strict=True)
        ]
        lines.append([*cells, *constants])
    problems.raise_if_any()
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def _cell(cell: str, heading: str, block: SocrataFetch, problems: Problems) -> str:
    if heading in block.labels:
        return block.labels[heading].get(cell, cell)
    if heading in block.pad and cell.removesuffix(".0").isdigit():
        return cell.removesuffix(".0").zfill(block.pad[heading])
    if heading in block.percents and cell:
        try:
            number = parse_number(cell)
        except ValueError as error:
            problems.add(block.dataset, str(error), column=heading)
            return cell
        return "" if number is None else f"{share(number)!r}"
    return cell
