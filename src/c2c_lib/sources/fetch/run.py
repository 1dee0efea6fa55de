"""`c2c fetch`: from the name of a source to a checked file in the raw folder, or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from c2c_lib.catalog import Catalog, Source, load_catalog
from c2c_lib.catalog.fetching import Boundaries, CensusFetch, SocrataFetch, load_boundaries
from c2c_lib.errors import InputError, Problem, Problems, did_you_mean
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.fetch.boundaries import fetch_boundaries, fetch_shapes
from c2c_lib.sources.fetch.census import fetch_census, newest_year
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import File, Manifest, checksum, write_whole
from c2c_lib.sources.fetch.map_files import PARTS, map_files
from c2c_lib.sources.fetch.schema import new_columns
from c2c_lib.sources.fetch.socrata import fetch_socrata
from c2c_lib.sources.fetch.table import Fetched
from c2c_lib.sources.ingest import source_modules
from c2c_lib.sources.names import Names

__all__ = ["MAP_FILES", "FetchReport", "fetch", "fetchable"]

MAP_FILES: Final = "boundaries"
"""What all boundaries together are called, in the layout that `c2c geo` reads."""

MakeClient = Callable[[Path, Manifest], Client]
Block = CensusFetch | SocrataFetch | Boundaries


@dataclass(frozen=True)
class FetchReport:
    """What a fetch did with one file.

    Attributes
    ----------
    file : str
        The file, relative to the raw folder.
    rows : int
        Rows of the publisher's table, or shapes.
    outcome : {"new", "changed", "unchanged"}
        Whether the raw folder has a file that it did not have.
    new_columns : tuple of str
        Columns of the publisher's table that were not there the last time, and are not read.
    figures : int or None
        Figures that the source's reader finds in the file; None for boundaries.
    """

    file: str
    rows: int
    outcome: str
    new_columns: tuple[str, ...]
    figures: int | None


def fetchable(catalog: Catalog) -> dict[str, str]:
    """Return what can be fetched, and what each is, by id.

    Examples
    --------
    >>> "acs_youth" in fetchable(load_catalog())
    True
    """
    sources = {
        entry.id: f"{entry.publisher}: {entry.title}"
        for entry in catalog.sources.values()
        if entry.fetch is not None
    }
    shapes = {entry.id: f"US Census Bureau: {entry.title}" for entry in load_boundaries().values()}
    together = "US Census Bureau: all boundaries that `c2c geo` makes the map layers from"
    return {**sources, MAP_FILES: together, **shapes}


def fetch(
    name: str,
    raw: Path,
    *,
    year: int | None = None,
    catalog: Catalog | None = None,
    make_client: MakeClient = Client,
) -> list[FetchReport]:
    """Fetch one source into a raw folder, where `c2c ingest --raw` or `c2c geo` reads it.

    Parameters
    ----------
    name : str
        Id of a source with a public interface, or of boundaries, or `MAP_FILES`
        (`fetchable`).
    raw : Path
        The raw folder; made if it is missing. ``fetched.json`` in it lists what was fetched.
    year : int, optional
        For the Census Bureau: the last of the five years (the newest if none is named), or
        the vintage of the boundaries.
    catalog : Catalog, optional
        Says how sources are fetched.
    make_client : callable
        Makes the HTTP client.

    Returns
    -------
    list of FetchReport
        What is in the folder now, by file.

    Raises
    ------
    InputError
        If the name is unknown or has no interface, a key is missing, the publisher's table
        has other columns than expected, or its reader does not understand it. Nothing was
        written but answers that are kept for the next time.
    FetchError
        If the publisher cannot be reached or does not answer as expected.
    """
    catalog = catalog or load_catalog()
    block = None if name == MAP_FILES else _block(name, catalog)
    _refuse_a_year(block, year)
    raw.mkdir(parents=True, exist_ok=True)
    manifest = Manifest.read(raw)
    before = _columns_before(name, manifest)
    client = make_client(raw, manifest)
    try:
        files = [_fetched(block, year, before, client)] if block else _map_files(client)
    finally:
        client.close()
        manifest.write(raw)
    _refuse_files_of_ones_own(raw, files, manifest)
    source = catalog.sources.get(name)
    figures = None if source is None else _read_on_trial(source, files, catalog)
    reports = [_land(name, raw, file, manifest, before, figures) for file in files]
    manifest.write(raw)
    return reports


def _land(
    name: str,
    raw: Path,
    found: Fetched,
    manifest: Manifest,
    before: Sequence[str],
    figures: int | None,
) -> FetchReport:
    """Write one checked file, unless it is there already, and list it."""
    standing = manifest.files.get(found.name)
    there = (raw / found.name).is_file()
    sha256 = checksum(found.content)
    same = there and checksum((raw / found.name).read_bytes()) == sha256
    if not same:
        write_whole(raw / found.name, found.content)
    manifest.files[found.name] = File(
        source=name,
        retrieved=standing.retrieved if standing and same and found.kept else _today(),
        sha256=sha256,
        rows=found.rows,
        columns=found.columns,
        addresses=found.addresses,
    )
    return FetchReport(
        file=found.name,
        rows=found.rows,
        outcome="unchanged" if same else "changed" if there else "new",
        new_columns=tuple(new_columns(found.columns, before)),
        figures=figures,
    )


def _block(name: str, catalog: Catalog) -> Block:
    boundaries = load_boundaries()
    if name in boundaries:
        return boundaries[name]
    source = catalog.sources.get(name)
    if source is not None and source.fetch is not None:
        return source.fetch
    options = fetchable(catalog)
    if source is None:
        what, remedy = "unknown source", did_you_mean(name, options)
    else:
        what = "this report has no public interface that can be fetched from"
        remedy = (
            f"Export it at {source.url} by hand, put the file where one of "
            f"{' or '.join(source.files)} finds it, and run: c2c ingest --raw"
        )
    raise InputError(
        [Problem("fetch", what, value=name, allowed=", ".join(options), remedy=remedy)]
    )


def _columns_before(name: str, manifest: Manifest) -> tuple[str, ...]:
    """Return the columns of the newest file that was fetched for a source."""
    files = [file for file in manifest.files.values() if file.source == name]
    return max(files, key=lambda file: file.retrieved).columns if files else ()


def _refuse_a_year(block: Block | None, year: int | None) -> None:
    """Raise if a year is named where there is none to choose."""
    if year is None or isinstance(block, CensusFetch | Boundaries):
        return
    what = (
        "the portal's table holds all its years at once"
        if block
        else "the map layers have vintages of their own"
    )
    raise InputError([Problem("--year", what, value=str(year), remedy="Leave --year out.")])


def _fetched(block: Block, year: int | None, before: Sequence[str], client: Client) -> Fetched:
    if isinstance(block, CensusFetch):
        years = [year] if year else newest_year(datetime.now(UTC).year)
        return fetch_census(block, years, before, client)
    if isinstance(block, Boundaries):
        return fetch_boundaries(block, year or block.year, before, client)
    return fetch_socrata(block, before, client)


def _map_files(client: Client) -> list[Fetched]:
    """Fetch all boundaries of the map layers; every file of `c2c geo` comes from all of them."""
    blocks = load_boundaries()
    parts = {
        name: fetch_shapes(blocks[part.boundaries], part.year, (), client)
        for name, part in PARTS.items()
    }
    addresses = tuple(address for _, part in parts.values() for address in part.addresses)
    return [
        Fetched(
            name=file.name,
            content=file.content,
            rows=file.rows,
            columns=(),
            addresses=addresses,
            kept=all(part.kept for _, part in parts.values()),
        )
        for file in map_files({name: shapes for name, (shapes, _) in parts.items()})
    ]


def _refuse_files_of_ones_own(raw: Path, files: Sequence[Fetched], manifest: Manifest) -> None:
    """Do not replace a file that somebody put there, or changed since it was fetched."""
    problems = Problems()
    for found in files:
        path = raw / found.name
        if not path.is_file():
            continue
        known = manifest.files.get(found.name)
        allowed = {checksum(found.content), known.sha256 if known else ""}
        if checksum(path.read_bytes()) not in allowed:
            problems.add(
                found.name,
                "a file stands there that was not fetched, or was changed since",
                remedy="Move it away, then fetch again.",
            )
    problems.raise_if_any()


def _read_on_trial(source: Source, files: Sequence[Fetched], catalog: Catalog) -> int:
    """Let the source's reader read the files, beside the raw folder, and count its figures."""
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        paths = [RawFile(Path(folder) / found.name, found.name) for found in files]
        for path, found in zip(paths, files, strict=True):
            write_whole(path.path, found.content)
        frame = source_modules()[source.id].read(paths, Names(catalog, problems))
    problems.raise_if_any()
    return len(frame)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
