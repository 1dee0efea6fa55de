"""From a folder of raw exports to the store, all or nothing."""

from __future__ import annotations

import importlib
import pkgutil
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

import c2c_lib.sources as package
from c2c_lib.catalog import Catalog, Source, load_catalog, parse_period
from c2c_lib.catalog.extension import OwnSource
from c2c_lib.errors import InputError, Problems
from c2c_lib.observations import (
    check_observations,
    load_observations,
    sort_observations,
    write_store,
)
from c2c_lib.observations.store import STORE_FILE
from c2c_lib.sources.base import RawFile, SourceReader
from c2c_lib.sources.changes import Changes, compare
from c2c_lib.sources.fetch.manifest import Manifest
from c2c_lib.sources.names import Names
from c2c_lib.sources.plausible import note_wrong_scale
from c2c_lib.sources.resolve import resolve
from c2c_lib.sources.stray import note_stray_exports

__all__ = ["IngestReport", "ingest", "read_raw", "resolve", "source_modules"]

_LARGEST: Final = 64 * 2**20
"""Bytes. The largest export of any report has less than 16 million, which take half a gigabyte
of memory to read; ten million rows by mistake have several hundred and would fill it."""

_SLICE: Final = ["source", "indicator", "geo_level", "period", "dimension"]
"""What one export of a report covers; a new export replaces it as a whole."""


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did.

    Attributes
    ----------
    store : Path or None
        The file that was written; None for a trial run.
    read : dict of str to int
        Figures read, per source.
    kept : dict of str to int
        Figures in the store, per source.
    duplicates : int
        Figures that another report gives too and that were left out.
    changes : Changes or None
        What differs from the store that was there; None if there was none.
    """

    store: Path | None
    read: dict[str, int]
    kept: dict[str, int]
    duplicates: int
    changes: Changes | None = None


def source_modules() -> dict[str, SourceReader]:
    """Return what reads a report, by source id: a module, or one of its ``READERS``."""
    found: dict[str, SourceReader] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg:
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        alone = (module,) if hasattr(module, "SOURCE") else ()
        found.update({reader.SOURCE: reader for reader in getattr(module, "READERS", alone)})
    return dict(sorted(found.items()))


def ingest(
    raw: Path,
    store: Path | None,
    catalog: Catalog | None = None,
    *,
    sources: Sequence[str] = (),
    dry_run: bool = False,
) -> IngestReport:
    """Read reports of a raw folder and write the store, or nothing at all.

    Parameters
    ----------
    raw : Path
        Folder of publishers' exports as they are.
    store : Path or None
        Folder to write to.
    sources : sequence of str
        Only these reports are read, and of the store only what their exports cover is
        replaced (`_SLICE`): whoever has one new export needs no other. All reports if it is
        empty; of the store only partnerships' own tables then stay.
    dry_run : bool
        Read and check, but write nothing.

    Raises
    ------
    InputError
        With everything that was wrong in all files: unknown labels, columns, codes and
        places, numbers that do not read, missing files, figures that contradict each
        other. The store stays as it was.
    """
    catalog = catalog or load_catalog()
    own = {name for name, entry in catalog.sources.items() if isinstance(entry, OwnSource)}
    named = [name for name in sources or catalog.sources if name not in own]
    wanted = {name: catalog.source(name) for name in named}
    problems = Problems()
    frame = read_raw(raw, replace(catalog, sources=wanted), problems)
    try:
        resolved = resolve(frame, catalog)
    except InputError as error:
        problems.extend(error.problems)
    problems.raise_if_any()
    shipped = _shipped(resolved, catalog)
    before = _stored(store, needed=bool(sources))
    if before is not None:
        kept = _not_covered(before, shipped) if sources else before["source"].isin(sorted(own))
        shipped = resolve(pd.concat([before[kept], shipped], ignore_index=True), catalog)
    checked = check_observations(sort_observations(shipped), where=raw.name)
    dated = _dated(raw, catalog)
    written = None if dry_run or store is None else write_store(checked, store, dated)
    counts = Counter(frame["source"])
    return IngestReport(
        store=written,
        read={source: counts[source] for source in wanted},
        kept=dict(sorted(Counter(checked["source"]).items())),
        duplicates=len(frame) - len(resolved),
        changes=None if before is None else compare(before, checked),
    )


def read_raw(raw: Path, catalog: Catalog, problems: Problems) -> pd.DataFrame:
    """Read all reports of a raw folder into one frame of observations.

    Whatever is wrong is noted in `problems`; the frame then holds what could be read.
    """
    if not raw.is_dir():
        problems.add(raw.name, "the raw folder does not exist", remedy="Name it with --raw.")
        problems.raise_if_any()
    modules = source_modules()
    frames: list[pd.DataFrame] = []
    names = Names(catalog, problems)
    missing = False
    for source in catalog.sources.values():
        if isinstance(source, OwnSource):
            continue
        files = _files(raw, source, problems)
        missing = missing or not files
        if source.id not in modules:
            problems.add(
                f"sources.yml: {source.id}",
                "no module reads this source",
                remedy="Write one module in c2c_lib/sources with this SOURCE.",
            )
        elif files:
            frame = _read(modules[source.id], files, names)
            frames.append(frame.assign(source=source.id))
    if missing:
        note_stray_exports(raw, load_catalog(), problems)
    if not frames:
        return sort_observations(pd.DataFrame({"source": []}))
    frame = pd.concat(frames, ignore_index=True)
    notes = frame["note"].fillna("") if "note" in frame else ""
    ends = _period_ends(frame, problems)
    note_wrong_scale(frame, catalog, problems)
    return frame.assign(note=notes, period_end=frame["period"].map(ends))


def _read(module: SourceReader, files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read one report; a reader that breaks on odd input does not hide the other reports."""
    try:
        frame = module.read(files, names)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is told with all the rest
        at = traceback.extract_tb(error.__traceback__)[-1]
        names.problems.add(
            ", ".join(file.name for file in files[:3]) + (" ..." if len(files) > 3 else ""),
            f"the reader of {module.SOURCE} broke: {type(error).__name__}: {error}",
            value=f"{Path(at.filename).name}:{at.lineno}",
            remedy="Take the publisher's file as it was downloaded, or mend the reader.",
        )
        return sort_observations(pd.DataFrame({"source": []}))
    return frame


def _dated(raw: Path, catalog: Catalog) -> Catalog:
    """Return the catalog with the dates on which reports were fetched into the raw folder."""
    manifest = Manifest.read(raw)
    sources = dict(catalog.sources)
    for source in catalog.sources.values():
        files = [n for n, file in manifest.files.items() if file.source == source.id]
        if retrieved := manifest.retrieved(files):
            sources[source.id] = source.model_copy(update={"retrieved": retrieved})
    return replace(catalog, sources=sources)


def _stored(store: Path | None, *, needed: bool) -> pd.DataFrame | None:
    """Return the table that is in the store, or None if there is none.

    A store that does not read is written anew, unless most of it would have to stay.
    """
    if store is None or not (store / STORE_FILE).is_file():
        return None
    try:
        return load_observations(store)
    except InputError:
        if needed:
            raise
        return None


def _not_covered(before: pd.DataFrame, new: pd.DataFrame) -> pd.Series[bool]:
    """Say which rows of the store stand in no slice that the new figures cover."""
    covered = set(new[_SLICE].itertuples(index=False, name=None))
    stays = [row not in covered for row in before[_SLICE].itertuples(index=False, name=None)]
    return pd.Series(stays, before.index, dtype="bool")


def _period_ends(frame: pd.DataFrame, problems: Problems) -> dict[str, int]:
    """Return the year in which each period ends; note labels that do not read."""
    ends = {}
    first = frame[["period", "source"]].drop_duplicates("period")
    for label, source in first.itertuples(index=False, name=None):
        try:
            ends[label] = parse_period(label).end
        except ValueError as error:
            problems.add(source, str(error), value=label, remedy="Look at the export's title.")
    return ends


def _files(raw: Path, source: Source, problems: Problems) -> list[RawFile]:
    """Return the report's files; none at all, and one that is far too large, are noted."""
    paths = sorted({path for pattern in source.files for path in raw.glob(pattern)})
    if not paths:
        problems.add(
            source.id,
            "no file of this report lies in the raw folder",
            allowed=" or ".join(source.files),
            remedy="Put the publisher's export there; * stands for any words.",
        )
    files = [RawFile(path, path.relative_to(raw).as_posix()) for path in paths]
    for file in files:
        if file.path.stat().st_size > _LARGEST:
            problems.add(
                file.name,
                "the file is far larger than any export of a report",
                value=f"{file.path.stat().st_size / 2**20:,.0f} MB",
                allowed=f"up to {_LARGEST / 2**20:,.0f} MB",
                remedy="Export one year at a time.",
            )
    return [file for file in files if file.path.stat().st_size <= _LARGEST]


def _shipped(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Keep the places that ship, and the figures that their publishers let us pass on."""
    ids = {f"{p.geo_level}/{p.geo_id}" for p in catalog.places if catalog.ships(p)}
    allowed = {source.id for source in catalog.sources.values() if source.redistributable}
    places = frame["geo_level"].astype("str") + "/" + frame["geo_id"].astype("str")
    return frame[places.isin(sorted(ids)) & frame["source"].isin(sorted(allowed))]
