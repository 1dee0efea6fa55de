"""Files in a raw folder that no report is read from: often an export under another name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems

__all__ = ["note_stray_exports"]

_SHOWN: Final = 10


def note_stray_exports(raw: Path, catalog: Catalog, problems: Problems) -> None:
    """Note the first CSV files that neither a report nor what is left out accounts for.

    Parameters
    ----------
    raw : Path
        The raw folder.
    catalog : Catalog
        The whole catalog, not only the reports that are asked for.
    problems : Problems
        Where each is noted. Worth it only when a report is missing: the file may be its
        export, saved under a name of its own.
    """
    patterns = [pattern for entry in catalog.sources.values() for pattern in entry.files]
    patterns += [pattern for entry in catalog.left_out.values() for pattern in entry.files]
    known = {path for pattern in patterns for path in raw.glob(pattern)}
    strays = [path for path in sorted(raw.rglob("*.csv")) if path not in known]
    for path in strays[:_SHOWN]:
        problems.add(
            path.relative_to(raw).as_posix(),
            "no report is read from a file of this name",
            remedy="If it is the missing export, move or rename it to where that is looked for.",
        )
