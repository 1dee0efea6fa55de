"""Boundaries are kept as published, if they open and are what they say."""

from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from c2c_lib.catalog.fetching import Boundaries
from c2c_lib.errors import InputError
from c2c_lib.sources.fetch.boundaries import fetch_boundaries
from c2c_lib.sources.fetch.errors import FetchError
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import Manifest
from support.census_shapes import zipped_shapefile
from support.publisher import Answer, Publisher

PATH = "/GENZ2020/cb_2020_09_kites_500k.zip"


@pytest.fixture
def client(tmp_path: Path, make_client: Callable[[Path, Manifest], Client]) -> Iterator[Client]:
    made = make_client(tmp_path / "raw", Manifest())
    yield made
    made.close()


@pytest.fixture
def zipped(tmp_path: Path) -> bytes:
    shapes = gpd.GeoDataFrame(
        {"GEOID": ["0900156060"], "NAME": ["Norwalk"]}, geometry=[box(0, 0, 1, 1)], crs=4269
    )
    return zipped_shapefile(shapes, "kites", tmp_path)


def block(publisher: Publisher, *columns: str) -> Boundaries:
    entry = Boundaries(
        id="boundaries_kites",
        title="Kites",
        url="https://example.org/GENZ{year}/cb_{year}_09_kites_500k.zip",
        file="shapes/cb_{year}_09_kites_500k.zip",
        year=2020,
        columns=columns or ("GEOID", "NAME"),
    )
    return entry.model_copy(
        update={"url": entry.url.replace("https://example.org", publisher.address)}
    )


def test_the_file_is_kept_byte_for_byte(
    publisher: Publisher, client: Client, zipped: bytes
) -> None:
    publisher.says(PATH, Answer(zipped, "application/zip"))
    found = fetch_boundaries(block(publisher), 2020, [], client)
    assert (found.content, found.rows) == (zipped, 1)
    assert found.name == "shapes/cb_2020_09_kites_500k.zip"
    assert found.columns == ("GEOID", "NAME")


def test_a_missing_attribute_is_named(publisher: Publisher, client: Client, zipped: bytes) -> None:
    publisher.says(PATH, Answer(zipped, "application/zip"))
    with pytest.raises(InputError, match="'NAMELSAD'"):
        fetch_boundaries(block(publisher, "GEOID", "NAMELSAD"), 2020, ["GEOID"], client)


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.97])
def test_a_damaged_file_is_not_taken(
    publisher: Publisher, client: Client, zipped: bytes, keep: float
) -> None:
    part = zipped[: int(len(zipped) * keep)]
    publisher.says(PATH, Answer(part, "application/zip"))
    with pytest.raises(FetchError, match="does not open as a zipped shapefile"):
        fetch_boundaries(block(publisher), 2020, [], client)


def test_a_flipped_byte_is_found(publisher: Publisher, client: Client, zipped: bytes) -> None:
    at = zipped.index(b"kites.shp") + 40
    broken = zipped[:at] + bytes([zipped[at] ^ 0xFF]) + zipped[at + 1 :]
    publisher.says(PATH, Answer(broken, "application/zip"))
    with pytest.raises(FetchError, match="does not open"):
        fetch_boundaries(block(publisher), 2020, [], client)
