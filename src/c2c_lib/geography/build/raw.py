"""The publishers' files that the layers are made from, read and held against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems
from c2c_lib.geography.projection import PROJECTED_CRS

__all__ = [
    "ACS_2020",
    "CROSSWALK",
    "NEIGHBORHOODS",
    "NEIGHBORHOOD_WEIGHTS",
    "NEIGHBORHOOD_WEIGHTS_2010",
    "RAW_FILES",
    "SCHOOLS",
    "TOWNS",
    "TOWNS_WITH_WATER",
    "TRACTS",
    "TRACTS_2010",
    "ZIP_AREAS",
    "Raw",
]

TRACTS: Final = "geo-census-boundaries/ct_tracts_2020.geojson"
TRACTS_2010: Final = "geo-census-boundaries/ct_tracts_2010.geojson"
TOWNS: Final = "geo-census-boundaries/ct_towns_2020.geojson"
TOWNS_WITH_WATER: Final = "geo-census-boundaries/ct_towns_tiger2020_with_water.geojson.gz"
ZIP_AREAS: Final = "geo-census-boundaries/ct_zcta_2010.geojson.gz"
CROSSWALK: Final = "geo-crosswalks/tract_2020_crosswalk.csv"
NEIGHBORHOODS: Final = (
    "geo-neighborhoods/bridgeport_neighborhoods.geojson",
    "geo-neighborhoods/stamford_neighborhoods.geojson",
)
NEIGHBORHOOD_WEIGHTS: Final = "geo-neighborhoods/tract_to_neighborhood_2020.csv"
NEIGHBORHOOD_WEIGHTS_2010: Final = "geo-neighborhoods/tract_to_neighborhood_2010.csv"
SCHOOLS: Final = "geo-schools/ct_education_directory_2025-01.csv"
ACS_2020: Final = "geo-acs-tracts/acs5_2020_long.parquet"

RAW_FILES: Final = (
    TRACTS,
    TRACTS_2010,
    TOWNS,
    TOWNS_WITH_WATER,
    ZIP_AREAS,
    CROSSWALK,
    *NEIGHBORHOODS,
    NEIGHBORHOOD_WEIGHTS,
    NEIGHBORHOOD_WEIGHTS_2010,
    SCHOOLS,
    ACS_2020,
)

_CODES: Final = ["tract_fips_2020", "tract_fips_2022", "town_fips_2020", "town_fips_2022"]
_POPULATION: Final = "B01003_001"


@dataclass(frozen=True)
class Raw:
    """The raw files of one folder; shapes come projected, codes are text.

    Parameters
    ----------
    folder : Path
        The folder that holds ``geo-census-boundaries`` and the others.
    catalog : Catalog
        Says which towns ship.
    """

    folder: Path
    catalog: Catalog

    def check(self) -> None:
        """Raise `InputError` with every file, code and town that is missing or does not fit."""
        self._check_files(RAW_FILES)
        problems = Problems()
        self._check_codes(problems)
        known = set(self.towns["town_fips_2020"])
        for code, slug in self.shipped.items():
            if code not in known:
                problems.add(TOWNS, "a town that ships is not in the file", value=f"{slug} {code}")
        problems.raise_if_any()

    def _check_files(self, names: Sequence[str]) -> None:
        problems = Problems()
        for name in names:
            if not (self.folder / name).is_file():
                problems.add(
                    name,
                    "the file is not in the raw folder",
                    remedy="Name the folder that holds geo-census-boundaries, geo-crosswalks, "
                    "geo-neighborhoods, geo-schools and geo-acs-tracts.",
                )
        problems.raise_if_any()

    def _check_codes(self, problems: Problems) -> None:
        """Hold shapes and crosswalk to the same tracts, each code paired with one other."""
        drawn = set(self.tracts[_CODES].itertuples(index=False, name=None))
        listed = set(self.crosswalk[_CODES].itertuples(index=False, name=None))
        for codes in sorted(drawn ^ listed):
            where = TRACTS if codes in drawn else CROSSWALK
            problems.add(where, "a tract that the other file does not have", value=", ".join(codes))
        for column in ("tract_fips_2020", "tract_fips_2022"):
            for code in self.tracts.loc[self.tracts[column].duplicated(), column]:
                problems.add(TRACTS, "a tract code stands twice", value=code, column=column)

    def checksums(self, names: Sequence[str]) -> dict[str, str]:
        """Return the SHA-256 of files, by name."""
        return {n: hashlib.sha256((self.folder / n).read_bytes()).hexdigest() for n in names}

    @cached_property
    def shipped(self) -> dict[str, str]:
        """Slugs of the towns that ship, by their code of 2020."""
        wanted = set(self.catalog.shipped)
        return {code: slug for code, slug in self.slugs.items() if slug in wanted}

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Slugs of all towns of the catalog, by their code of 2020."""
        return {p.geo_id: p.place for p in self.catalog.places if p.geo_level == "town"}

    @cached_property
    def slug_of_name(self) -> dict[str, str]:
        """Slugs of the towns that ship, by name."""
        return {
            p.name: p.place
            for p in self.catalog.places
            if p.geo_level == "town" and p.geo_id in self.shipped
        }

    @cached_property
    def tracts(self) -> gpd.GeoDataFrame:
        """2020 tracts with land of the whole state, sorted by code."""
        return self._shapes(TRACTS).sort_values("tract_fips_2020", ignore_index=True)

    @cached_property
    def tracts_2010(self) -> gpd.GeoDataFrame:
        """2010 tracts with land of the whole state, sorted by code."""
        return self._shapes(TRACTS_2010).sort_values("tract_fips_2010", ignore_index=True)

    @cached_property
    def towns(self) -> gpd.GeoDataFrame:
        """The towns of the state, sorted by code."""
        return self._shapes(TOWNS).sort_values("town_fips_2020", ignore_index=True)

    @cached_property
    def towns_with_water(self) -> gpd.GeoDataFrame:
        """The towns as far as the state's line in Long Island Sound."""
        return self._shapes(TOWNS_WITH_WATER)

    @cached_property
    def zip_areas(self) -> gpd.GeoDataFrame:
        """The ZIP areas of the state, sorted by code."""
        return self._shapes(ZIP_AREAS).sort_values("zcta5_2010", ignore_index=True)

    @cached_property
    def neighborhoods(self) -> gpd.GeoDataFrame:
        """The neighborhoods of all cities that have some, sorted by city and name."""
        frames = [self._shapes(name) for name in NEIGHBORHOODS]
        return pd.concat(frames).sort_values(["city", "name"], ignore_index=True)

    @cached_property
    def crosswalk(self) -> pd.DataFrame:
        """2020 tracts with both of their codes."""
        return self.table(CROSSWALK)

    @cached_property
    def population(self) -> pd.Series[float]:
        """Residents of every 2020 tract in 2016-2020, by its code under counties."""
        wanted = [("level", "==", "tract"), ("variable", "==", _POPULATION)]
        rows = pd.read_parquet(
            self.folder / ACS_2020, columns=["geoid", "estimate"], filters=wanted
        )
        return rows.set_index("geoid")["estimate"].astype(float)

    def table(self, name: str) -> pd.DataFrame:
        """Return a CSV file with all columns as text."""
        return pd.read_csv(self.folder / name, dtype=str, keep_default_na=False)

    def _shapes(self, name: str) -> gpd.GeoDataFrame:
        path = self.folder / name
        frame = gpd.read_file(f"/vsigzip/{path}" if path.suffix == ".gz" else path)
        return frame.to_crs(PROJECTED_CRS)
