"""Writes layers and tables with nothing in them that depends on the day or the machine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

__all__ = ["Made", "write_all"]


@dataclass(frozen=True, eq=False)
class Made:
    """One file to write: a layer (GeoDataFrame) or a table, and where it comes from."""

    name: str
    frame: pd.DataFrame
    provenance: dict[str, Any]


def write_all(made: list[tuple[Made, Path]]) -> list[Path]:
    """Write every file beside its place, then move all of them, so that none is half written."""
    for _, file in made:
        file.parent.mkdir(parents=True, exist_ok=True)
    temporary = [file.with_name(f".{file.name}.writing") for _, file in made]
    try:
        for (layer, _), file in zip(made, temporary, strict=True):
            _write(layer, file)
        return [written.replace(file) for written, (_, file) in zip(temporary, made, strict=True)]
    finally:
        for file in temporary:
            file.unlink(missing_ok=True)


def _write(made: Made, file: Path) -> None:
    metadata = {"c2c": json.dumps(made.provenance, ensure_ascii=False)}
    if isinstance(made.frame, gpd.GeoDataFrame):
        metadata = {"geo": json.dumps(_geo(made.frame.geometry)), **metadata}
    table = _table(made.frame).replace_schema_metadata(metadata)
    pq.write_table(table, file, compression="zstd", compression_level=19)


def _table(frame: pd.DataFrame) -> pa.Table:
    if not isinstance(frame, gpd.GeoDataFrame):
        return pa.Table.from_pandas(frame, preserve_index=False)
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    table = pa.Table.from_pandas(plain, preserve_index=False)
    shapes = pa.array(shapely.to_wkb(frame.geometry.to_numpy()), pa.binary())
    return table.append_column("geometry", shapes)


def _geo(shapes: gpd.GeoSeries) -> dict[str, Any]:
    """Return the metadata of GeoParquet 1.1; without ``crs`` it means OGC:CRS84."""
    return {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": sorted(shapes.geom_type.unique()),
                "bbox": [float(edge) for edge in shapes.total_bounds],
            }
        },
    }
