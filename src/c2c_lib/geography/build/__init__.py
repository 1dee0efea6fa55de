"""Makes the layers and tables that ship in ``geo/`` from the publishers' files.

The bytes depend only on the raw files, the list of towns and the versions of the libraries
that draw and write (GEOS, PROJ, Arrow), which the lock file fixes.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.geography.build.census import (
    thin_tracts,
    towns_layer,
    tract_rows,
    tracts_2010_layer,
    tracts_layer,
)
from c2c_lib.geography.build.local import (
    neighborhoods_layer,
    schools_layer,
    water_layer,
    zip_areas_layer,
)
from c2c_lib.geography.build.raw import Raw
from c2c_lib.geography.build.weights import neighborhood_weights, tract_overlap
from c2c_lib.geography.build.write import write_all
from c2c_lib.geography.layers import file_of

__all__ = ["build_layers", "tract_places"]


def build_layers(raw: Path, out: Path, catalog: Catalog | None = None) -> list[Path]:
    """Write every layer and table of ``geo/``, or nothing at all.

    Parameters
    ----------
    raw : Path
        Folder of raw exports that holds ``geo-census-boundaries``, ``geo-crosswalks``,
        ``geo-neighborhoods``, ``geo-schools`` and ``geo-acs-tracts``.
    out : Path
        Folder to write to; made if it is missing.
    catalog : Catalog, optional
        Says which towns ship: the District Reference Groups of the four cities.

    Returns
    -------
    list of Path
        GeoParquet 1.1 (longitude and latitude) and Parquet, with provenance under the key
        ``c2c`` of each file's metadata.

    Raises
    ------
    InputError
        If a file, a town or a school is missing, the two code systems are not one to one,
        or shapes do not fit together edge by edge.

    Notes
    -----
    All shapes of a layer are simplified as one coverage (Visvalingam and Whyatt's effective
    area), so that neighbours keep the same edge; towns are then the union of their tracts and
    so share it too. Rounding moves the two copies of a corner alike.
    """
    files = Raw(raw, catalog or load_catalog())
    files.check()
    thin = thin_tracts(files)
    towns = towns_layer(files, thin)
    made = [
        tracts_layer(files, thin),
        towns,
        tracts_2010_layer(files),
        neighborhoods_layer(files),
        zip_areas_layer(files),
        schools_layer(files),
        water_layer(files, towns.frame),
        neighborhood_weights(files),
        tract_overlap(files),
    ]
    return write_all([(layer, file_of(out, layer.name)) for layer in made])


def tract_places(raw: Path, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return all tracts of the state that have land, as rows of the catalog's tracts.csv.

    Parameters
    ----------
    raw : Path
        Folder of raw exports that holds ``geo-crosswalks``.
    catalog : Catalog, optional
        Its towns are the tracts' parents.

    Returns
    -------
    DataFrame
        Columns of the catalog's places, sorted by code; the code is the one of 2022, as
        in the tables since then, and ``other_ids`` holds the one of 2020.
    """
    files = Raw(raw, catalog or load_catalog())
    return tract_rows(files.crosswalk, files.slugs)
