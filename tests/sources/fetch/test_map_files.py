"""From the Bureau's boundaries to map layers, and to nothing where they do not fit together."""

import functools
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import box
from typer.testing import CliRunner

from c2c_lib.catalog.fetching import Boundaries, load_boundaries
from c2c_lib.cli import app
from c2c_lib.errors import InputError
from c2c_lib.geography.build import build_layers
from c2c_lib.geography.layers import layer
from c2c_lib.sources.fetch import run
from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import Manifest, checksum
from c2c_lib.sources.fetch.map_files import PARTS, map_files
from c2c_lib.sources.fetch.run import MAP_FILES, fetch
from support.census_shapes import NAD83, as_published, cartographic, zipped_shapefile
from support.publisher import Answer, Publisher

MakeClient = Callable[[Path, Manifest], Client]
Shapes = dict[str, gpd.GeoDataFrame]


def series(*values: str) -> pd.Series:
    return pd.Series(values)


@pytest.fixture
def shapes() -> Shapes:
    """Two towns side by side, with a tract of each and one that reaches over their line."""
    towns = gpd.GeoSeries([box(0, 41, 2, 42), box(2, 41, 4, 42)])
    tracts = gpd.GeoSeries([box(0, 41, 1, 42), box(1, 41, 2.1, 42), box(2.1, 41, 4, 42)])
    names = series("Norwalk", "Westport")
    numbers = series("425", "426.02", "501")
    fairfield, western = "Fairfield County", "Western Connecticut Planning Region"
    found = {
        "towns": cartographic(
            series("0900156060", "0900183430"), names, fairfield, towns, "COUSUBFP"
        ),
        "towns_2022": cartographic(
            series("0919056060", "0919083430"), names, western, towns, "COUSUBFP"
        ),
    }
    for name, county in (("tracts", "001"), ("tracts_2022", "190"), ("tracts_2010", "001")):
        codes = [f"09{county}{number}" for number in ("042500", "042602", "050100")]
        found[name] = cartographic(series(*codes), numbers, fairfield, tracts, "TRACTCE")
    found["towns_with_water"] = found["towns"].assign(
        INTPTLAT=["+41.5", "+41.25"], INTPTLON=["+001.0", "+003.0"]
    )
    zips = {"ZCTA5CE10": ["06850"], "ALAND10": [1], "AWATER10": [0]}
    found["zip_areas"] = gpd.GeoDataFrame(
        {**zips, "INTPTLAT10": ["+41.5"], "INTPTLON10": ["+001.0"]},
        geometry=[box(0, 41, 1, 42)],
        crs=NAD83,
    )
    return found


def read(shapes: Shapes, name: str, folder: Path) -> gpd.GeoDataFrame:
    """Return one of the files that are made from the shapes."""
    (file,) = [file for file in map_files(shapes) if name in file.name]
    path = folder / Path(file.name).name
    path.write_bytes(file.content)
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str)
    return gpd.read_file(path)


def test_every_tract_has_its_town_and_both_codes(shapes: Shapes, tmp_path: Path):
    rows = read(shapes, "tract_2020_crosswalk", tmp_path)
    columns = ["tract_fips_2020", "tract_fips_2022", "tract_name", "town_name", "town_fips_2022"]
    assert rows[columns].to_numpy().tolist() == [
        ["09001042500", "09190042500", "425", "Norwalk", "0919056060"],
        ["09001042602", "09190042602", "426.02", "Norwalk", "0919056060"],
        ["09001050100", "09190050100", "501", "Westport", "0919083430"],
    ]
    assert set(rows["county_name"]) == {"Fairfield"}
    assert set(rows["ce_fips_2022"]) == {"09190"}


def test_towns_have_the_bureaus_interior_point(shapes: Shapes, tmp_path: Path):
    rows = read(shapes, "ct_towns_2020", tmp_path)
    assert rows[["intpt_lat", "intpt_lon"]].to_numpy().tolist() == [[41.5, 1.0], [41.25, 3.0]]
    assert rows.crs.to_epsg() == 4326


def test_water_is_no_tract_and_no_town(shapes: Shapes, tmp_path: Path):
    water = shapes["tracts"].iloc[[0]].assign(GEOID="09001990000", TRACTCE="990000", ALAND=0)
    shapes["tracts"] = pd.concat([shapes["tracts"], water], ignore_index=True)
    sea = shapes["towns"].iloc[[0]].assign(GEOID="0900100000", COUSUBFP="00000")
    shapes["towns"] = pd.concat([shapes["towns"], sea], ignore_index=True)
    assert len(read(shapes, "ct_tracts_2020", tmp_path)) == 3
    assert len(read(shapes, "ct_towns_2020", tmp_path)) == 2


def test_tracts_and_towns_without_a_counterpart_are_all_named(shapes: Shapes):
    shapes["tracts_2022"].loc[1, "TRACTCE"] = "042699"
    with pytest.raises(InputError) as raised:
        map_files(shapes)
    assert {problem.value for problem in raised.value.problems} == {"042602", "042699"}
    shapes["towns_2022"] = shapes["towns_2022"].iloc[:1]
    shapes["towns_with_water"] = shapes["towns_with_water"].iloc[1:]
    with pytest.raises(InputError) as raised:
        map_files(shapes)
    assert {problem.value for problem in raised.value.problems} >= {"83430", "0900156060"}


def test_a_tract_outside_of_every_town_is_named(shapes: Shapes):
    shapes["tracts"].loc[[2], "geometry"] = gpd.GeoSeries([box(4, 41, 5, 42)], index=[2])
    with pytest.raises(InputError, match="lies in no town: got '09001050100'"):
        map_files(shapes)


@pytest.fixture
def local(
    publisher: Publisher, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Shapes, Path], None]:
    """Let the Bureau on loopback publish some shapes, and `c2c fetch` ask there."""

    def moved(block: Boundaries) -> Boundaries:
        url = block.url.replace("https://www2.census.gov", publisher.address)
        return block.model_copy(update={"url": url})

    blocks = {name: moved(block) for name, block in load_boundaries().items()}
    monkeypatch.setattr(run, "load_boundaries", lambda: blocks)
    monkeypatch.setattr(run, "fetch", functools.partial(run.fetch, make_client=make_client))

    def publish(shapes: Shapes, folder: Path) -> None:
        for name, part in PARTS.items():
            path = blocks[part.boundaries].url.format(year=part.year)
            zipped = zipped_shapefile(shapes[name], name, folder)
            answer = Answer(zipped, "application/zip", headers={"ETag": f'"{checksum(zipped)}"'})
            publisher.says(path.removeprefix(publisher.address), answer)

    return publish


def c2c(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.mark.thorough
def test_what_is_fetched_is_what_the_layers_are_rebuilt_from(
    local: Callable[[Shapes, Path], None], shared: Path, project_root: Path, tmp_path: Path
):
    local(as_published(shared / "sources"), tmp_path)
    raw = tmp_path / "raw"
    code, output = c2c("fetch", MAP_FILES, "--raw", str(raw))
    assert code == 0, output
    assert "ct_tracts_2020.geojson: new; 879 rows" in output
    assert f"Next: c2c geo --raw {raw}" in output
    for folder in (shared / "sources").glob("geo-*"):  # what others than the Bureau publish
        if not (raw / folder.name).exists():
            (raw / folder.name).symlink_to(folder)

    build_layers(raw, tmp_path / "geo")

    for name in ("tracts", "towns"):
        made, ships = layer(name, folder=tmp_path / "geo"), layer(name, folder=project_root / "geo")
        assert_geodataframe_equal(made, ships)


def test_a_second_fetch_asks_only_what_changed(
    local: Callable[[Shapes, Path], None], publisher: Publisher, shapes: Shapes, tmp_path: Path
):
    local(shapes, tmp_path)
    raw = tmp_path / "raw"
    assert c2c("fetch", MAP_FILES, "--raw", str(raw))[0] == 0
    before = {path: path.read_bytes() for path in raw.rglob("*") if path.is_file()}
    code, output = c2c("fetch", MAP_FILES, "--raw", str(raw))
    assert code == 0
    assert output.count("unchanged") == 6
    assert {path: path.read_bytes() for path in raw.rglob("*") if path.is_file()} == before
    assert all("If-None-Match" in asked.headers for asked in publisher.asked[len(PARTS) :])


def test_one_file_that_is_missing_or_changed_leaves_the_folder_as_it_was(
    local: Callable[[Shapes, Path], None], publisher: Publisher, shapes: Shapes, tmp_path: Path
):
    raw = tmp_path / "raw"
    local(shapes, tmp_path)
    last = "/geo/tiger/TIGER2010/ZCTA5/2010/tl_2010_09_zcta510.zip"
    publisher.says(last, Answer(b"down", "text/plain", 500))
    code, output = c2c("fetch", MAP_FILES, "--raw", str(raw))
    assert (code, "500 Internal Server Error" in output) == (1, True)
    assert not (raw / "geo-census-boundaries").exists()

    renamed = shapes["tracts_2022"].rename(columns={"GEOID": "GEOIDFQ"})
    local({**shapes, "tracts_2022": renamed}, tmp_path)
    code, output = c2c("fetch", MAP_FILES, "--raw", str(raw))
    assert code == 2
    assert "GEOIDFQ" in output
    assert not (raw / "geo-census-boundaries").exists()


def test_a_vintage_cannot_be_chosen(tmp_path: Path):
    with pytest.raises(InputError, match="vintages of their own"):
        fetch(MAP_FILES, tmp_path / "raw", year=2019)
    assert not (tmp_path / "raw").exists()
