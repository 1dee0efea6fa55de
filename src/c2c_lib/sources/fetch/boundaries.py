"""The Census Bureau's boundaries: zipped shapefiles, checked and kept as they are published."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from c2c_lib.catalog.fetching import Boundaries
from c2c_lib.errors import Problem, Problems
from c2c_lib.sources.fetch.errors import FetchError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.schema import note_missing_columns
from c2c_lib.sources.fetch.table import Fetched

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["fetch_boundaries", "fetch_shapes"]

_ZIP: Final = ("application/zip", "application/x-zip-compressed", "application/octet-stream")


def fetch_boundaries(
    block: Boundaries, year: int, before: Sequence[str], client: Client
) -> Fetched:
    """Fetch one file of boundaries and check that it opens and is what it says.

    Parameters
    ----------
    block : Boundaries
        Which file.
    year : int
        Its vintage.
    before : sequence of str
        The attributes of the shapes when the file was fetched last.
    client : Client
        Asks.

    Returns
    -------
    Fetched
        The zip file, byte for byte.

    Raises
    ------
    InputError
        If an attribute is missing; every one is named.
    FetchError
        If the file cannot be had, or does not open as a shapefile with shapes.
    """
    return fetch_shapes(block, year, before, client)[1]


def fetch_shapes(
    block: Boundaries, year: int, before: Sequence[str], client: Client
) -> tuple[gpd.GeoDataFrame, Fetched]:
    """Fetch one file as `fetch_boundaries` does; return its shapes too."""
    import geopandas as gpd  # noqa: PLC0415 - slow to import, and only boundaries need it

    address = block.url.format(year=year)
    reply = client.get(address, _ZIP)
    try:
        with zipfile.ZipFile(io.BytesIO(reply.body)) as archive:
            broken = archive.testzip()
        if broken:
            raise FetchError(_damaged(address, f"{broken} has another checksum"))
        shapes = gpd.read_file(io.BytesIO(reply.body))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise FetchError(_damaged(address, type(error).__name__)) from error
    found = [str(name) for name in shapes.columns if name != "geometry"]
    problems = Problems()
    note_missing_columns(address, block.columns, found, before, problems)
    problems.raise_if_any()
    if shapes.empty or shapes.geometry.isna().any() or shapes.geometry.is_empty.any():
        raise FetchError(_damaged(address, "shapes are missing"))
    return shapes, Fetched(
        name=block.file.format(year=year),
        content=reply.body,
        rows=len(shapes),
        columns=tuple(found),
        addresses=(address,),
        kept=reply.kept,
    )


def _damaged(address: str, value: str) -> Problem:
    return Problem(
        where=address,
        what="the file does not open as a zipped shapefile; it may be cut off",
        value=value,
        remedy="Try again.",
    )
