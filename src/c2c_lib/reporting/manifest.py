"""What the last build was made from, kept beside its results under ``build/``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from c2c_lib.reporting.inputs import hash_files

__all__ = ["JobRecord", "Manifest", "hash_site", "read_manifest", "write_manifest"]

_FILE: Final = "manifest.json"
_FORMAT: Final = 1


@dataclass(frozen=True)
class JobRecord:
    """What one page was made from and how long that took.

    Attributes
    ----------
    inputs : dict of str to str
        Fingerprint by input.
    seconds : float
        Time that execution took.
    """

    inputs: Mapping[str, str]
    seconds: float


@dataclass(frozen=True)
class Manifest:
    """Everything that the last successful builds left behind.

    Attributes
    ----------
    jobs : dict of str to JobRecord
        By job id.
    sites : dict of str to str
        For each site folder a fingerprint of what it was assembled from and of the files
        that came out; a site that was edited by hand does not match and is made again.
    """

    jobs: dict[str, JobRecord] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)


def hash_site(folder: Path) -> str:
    """Return the fingerprint of every file of a built site, by name and content."""
    return hash_files((path for path in folder.rglob("*") if path.is_file()), folder)


def read_manifest(build: Path) -> Manifest:
    """Read the manifest; one that is missing, torn or of another format counts as empty.

    An empty manifest only means that everything runs again.
    """
    try:
        raw = json.loads((build / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Manifest()
    if not isinstance(raw, dict) or raw.get("format") != _FORMAT:
        return Manifest()
    jobs = {name: JobRecord(**record) for name, record in raw["jobs"].items()}
    return Manifest(jobs=jobs, sites=dict(raw["sites"]))


def write_manifest(build: Path, manifest: Manifest) -> None:
    """Write the manifest as a whole; a reader sees the old one or the new one."""
    build.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"format": _FORMAT, **asdict(manifest)}
    temporary = build / f".{_FILE}.{os.getpid()}"
    temporary.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    temporary.replace(build / _FILE)
