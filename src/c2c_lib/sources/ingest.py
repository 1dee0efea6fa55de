"""From a folder of raw exports to the store, all or nothing."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pandas as pd

import c2c_lib.sources as package
from c2c_lib.catalog import Catalog, Source, load_catalog, parse_period
from c2c_lib.errors import InputError, Problems
from c2c_lib.observations import KEY, check_observations, sort_observations, write_store
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["IngestReport", "ingest", "read_raw", "resolve", "source_modules"]


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
    """

    store: Path | None
    read: dict[str, int]
    kept: dict[str, int]
    duplicates: int


def source_modules() -> dict[str, ModuleType]:
    """Return the modules that read a report, by source id."""
    found: dict[str, ModuleType] = {}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, "SOURCE"):
            found[module.SOURCE] = module
    return dict(sorted(found.items()))


def ingest(
    raw: Path, store: Path | None, catalog: Catalog | None = None, *, dry_run: bool = False
) -> IngestReport:
    """Read every report in a raw folder and write the store, or nothing at all.

    Parameters
    ----------
    raw : Path
        Folder of publishers' exports as they are.
    store : Path or None
        Folder to write to.
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
    problems = Problems()
    frame = read_raw(raw, catalog, problems)
    try:
        resolved = resolve(frame, catalog)
    except InputError as error:
        problems.extend(error.problems)
    problems.raise_if_any()
    counts = Counter(frame["source"])
    shipped = _shipped(resolved, catalog)
    checked = check_observations(sort_observations(shipped), where=str(raw.name))
    written = None if dry_run or store is None else write_store(checked, store)
    return IngestReport(
        store=written,
        read={source: counts[source] for source in catalog.sources},
        kept=dict(sorted(Counter(checked["source"]).items())),
        duplicates=len(frame) - len(resolved),
    )


def read_raw(raw: Path, catalog: Catalog, problems: Problems) -> pd.DataFrame:
    """Read all reports of a raw folder into one frame of observations.

    Whatever is wrong is noted in `problems`; the frame then holds what could be read.
    """
    if not raw.is_dir():
        problems.add(str(raw.name), "the raw folder does not exist", remedy="Name it with --raw.")
        problems.raise_if_any()
    modules = source_modules()
    frames: list[pd.DataFrame] = []
    for source in catalog.sources.values():
        files = _files(raw, source, problems)
        if source.id not in modules:
            problems.add(
                f"sources.yml: {source.id}",
                "no module reads this source",
                remedy="Write one module in c2c_lib/sources with this SOURCE.",
            )
        elif files:
            frame = modules[source.id].read(files, Names(catalog, problems))
            frames.append(frame.assign(source=source.id))
    if not frames:
        return sort_observations(pd.DataFrame({"source": []}))
    frame = pd.concat(frames, ignore_index=True)
    notes = frame["note"].fillna("") if "note" in frame else ""
    ends = _period_ends(frame, problems)
    return frame.assign(note=notes, period_end=frame["period"].map(ends))


def resolve(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Keep one figure where several reports give the same one, as the catalog says.

    The indicator's `sources` list is the order of precedence: the earlier one wins, the
    other is kept out and never averaged. It wins also where it hides the figure: what one
    report hides is not brought back from another.

    Parameters
    ----------
    frame : DataFrame
        Figures of all reports, with ``source``; a column ``where`` (file and line) makes
        the messages exact.
    catalog : Catalog
        Whose indicators list their sources.

    Returns
    -------
    DataFrame
        One row per indicator, place, period and group.

    Raises
    ------
    InputError
        If one report gives the same figure twice, with different values, or gives an
        indicator that does not list it; the error lists all of them.
    """
    order = {
        (indicator.id, source): rank
        for indicator in catalog.indicators.values()
        for rank, source in enumerate(indicator.sources)
    }
    problems = Problems()
    pairs = list(zip(frame["indicator"], frame["source"], strict=True))
    for indicator, source in sorted(set(pairs) - order.keys()):
        problems.add(
            f"indicators.yml: {indicator}",
            "a source gives this indicator but is not in its list of sources",
            value=source,
            remedy="Add it to the indicator's sources, in the order of precedence.",
        )
    problems.raise_if_any()
    frame = frame.assign(_rank=pd.Series([order[pair] for pair in pairs], index=frame.index))
    same = [*KEY, "source", "status", *VALUE_COLUMNS]
    frame = frame.drop_duplicates([column for column in same if column in frame])
    _note_contradictions(frame, problems)
    problems.raise_if_any()
    frame = frame.sort_values("_rank", kind="stable").drop_duplicates(list(KEY))
    return frame.drop(columns="_rank").reset_index(drop=True)


def _note_contradictions(frame: pd.DataFrame, problems: Problems) -> None:
    """Note every figure that one report gives more than once, with different values."""
    twice = frame[frame.duplicated([*KEY, "source"], keep=False)]
    for key, rows in twice.groupby([*KEY, "source"], sort=True):
        *names, source = (str(part) for part in key)
        wheres = list(rows["where"].dropna()) if "where" in rows else []
        values = zip(rows["estimate"], rows["status"], strict=True)
        problems.add(
            " and ".join(dict.fromkeys(wheres)) or source,
            f"gives {'/'.join(names)} more than once, with different values",
            value=", ".join(f"{estimate:g} ({status})" for estimate, status in values),
            remedy="Keep the export that is right, and take the other out of the folder.",
        )


def _period_ends(frame: pd.DataFrame, problems: Problems) -> dict[str, int]:
    """Return the year in which each period ends; note labels that do not read."""
    ends = {}
    for label, source in dict(zip(frame["period"], frame["source"], strict=True)).items():
        try:
            ends[label] = parse_period(label).end
        except ValueError as error:
            problems.add(source, str(error))
    return ends


def _files(raw: Path, source: Source, problems: Problems) -> list[RawFile]:
    paths = sorted({path for pattern in source.files for path in raw.glob(pattern)})
    if not paths:
        problems.add(
            source.id,
            "no file of this report lies in the raw folder",
            allowed=" or ".join(source.files),
            remedy="Put the publisher's export there.",
        )
    return [RawFile(path, path.relative_to(raw).as_posix()) for path in paths]


def _shipped(frame: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Keep the places that ship, and the figures that their publishers let us pass on."""
    ids = {(p.geo_level, p.geo_id) for p in catalog.places if catalog.ships(p)}
    allowed = {source.id for source in catalog.sources.values() if source.redistributable}
    keep = [
        (level, geo_id) in ids and source in allowed
        for level, geo_id, source in zip(
            frame["geo_level"], frame["geo_id"], frame["source"], strict=True
        )
    ]
    return frame[keep]
