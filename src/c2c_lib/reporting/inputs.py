"""Fingerprints of everything a page is made from, so that only changed jobs run."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import yaml

from c2c_lib.reporting.checksums import CHECKSUMS
from c2c_lib.reporting.project import Project

__all__ = ["Inputs", "fingerprint", "hash_files", "store_in_use"]

_LIBRARY: Final = Path(__file__).resolve().parents[1]
_NOT_CODE: Final = {".pyc", ".pyo"}
_PACKAGES: Final = (
    "babel",
    "geopandas",
    "ipykernel",
    "mapclassify",
    "matplotlib",
    "nbconvert",
    "numpy",
    "openpyxl",
    "pandas",
    "papermill",
    "scipy",
    "seaborn",
    "shapely",
)


def hash_files(files: Iterable[Path], base: Path) -> str:
    """Return one fingerprint of the names and contents of files.

    Parameters
    ----------
    files : iterable of Path
        In any order; files that do not exist count as absent.
    base : Path
        Names count relative to it, so that a moved project keeps its fingerprints.

    Returns
    -------
    str
        64 hexadecimal digits (SHA-256).
    """
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        if file.is_file():
            name = file.relative_to(base) if file.is_relative_to(base) else Path(file.name)
            digest.update(f"{name.as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def fingerprint(values: Mapping[str, str]) -> str:
    """Return one fingerprint of named values, whatever their order.

    Examples
    --------
    >>> fingerprint({"a": "1", "b": "2"}) == fingerprint({"b": "2", "a": "1"})
    True
    """
    lines = "\n".join(f"{name}={value}" for name, value in sorted(values.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def store_in_use() -> Path:
    """Return the folder of the tidy table: ``C2C_STORE`` if set, else the packaged one.

    The same as `c2c_lib.observations.store.store_folder`, which cannot be asked without
    importing all that reads tables; a build with nothing to do shall not wait for that.
    """
    named = os.environ.get("C2C_STORE")
    return Path(named) if named else _LIBRARY / "observations" / "data"


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in _NOT_CODE and "__pycache__" not in path.parts
    ]


@dataclass(frozen=True)
class Inputs:
    """Fingerprints of one project's inputs, each worked out once.

    Parameters
    ----------
    project : Project
        Whose files are read.
    store : Path
        The folder of the tidy table that is in use.
    library : Path
        The folder of the library's source.
    """

    project: Project
    store: Path
    library: Path = field(default=_LIBRARY)

    def of_page(self, notebook: Path, city: str) -> dict[str, str]:
        """Return the fingerprint of each input of one page, by name.

        The names are the words that the plan uses when it says why a job runs. A page
        without a city reads every city's file.
        """
        return {
            "notebook": hash_files([notebook], self.project.root),
            "parameters": self._parameters(city),
            "privacy rules": self._privacy,
            "library": self._library,
            "data": self._data,
            "geography": self._geography,
            "edition": hash_files([self.project.edition], self.project.root),
            **({} if city else {"earlier editions": self._editions}),
            "environment": self._environment,
        }

    @cached_property
    def of_site(self) -> str:
        """Fingerprint of what only rendering reads: template, shared files, kept editions."""
        project = self.project
        files = [project.template, project.quarto, *_files(project.assets)]
        return fingerprint({"frame": hash_files(files, project.root), "editions": self._editions})

    @cached_property
    def _editions(self) -> str:
        # Each kept edition lists the sums of its own files.
        project = self.project
        lists = project.editions.glob(f"*/{CHECKSUMS}") if project.editions.is_dir() else ()
        return hash_files([project.corrections, *lists], project.root)

    @cached_property
    def data(self) -> str:
        """Fingerprint of the tidy table, printed at the foot of every page."""
        return self._data

    @cached_property
    def _privacy(self) -> str:
        """The privacy rules of all cities: the strictest holds for every page."""
        rules = {}
        for file in (self.project.root / "params").glob("*.yml"):
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
            if isinstance(content, dict) and "privacy" in content:
                rules[file.stem] = json.dumps(content["privacy"], sort_keys=True)
        return fingerprint(rules)

    def _parameters(self, city: str) -> str:
        folder = self.project.root / "params"
        own = self.project.city_file(city)
        shared = [
            f
            for f in _files(folder)
            if not city or f == own or (f.parent != folder and _concerns(f, folder, city))
        ]
        return hash_files(shared, self.project.root)

    @cached_property
    def _library(self) -> str:
        # The command line only starts builds, and the store counts as data.
        skip = {self.library / "cli", self.library / "observations" / "data"}
        files = [f for f in _files(self.library) if skip.isdisjoint(f.parents)]
        return hash_files(files, self.library)

    @cached_property
    def _data(self) -> str:
        return hash_files(_files(self.store), self.store)

    @cached_property
    def _geography(self) -> str:
        return hash_files(_files(self.project.root / "geo"), self.project.root)

    @cached_property
    def _environment(self) -> str:
        return fingerprint({"python": sys.version, **{name: _version(name) for name in _PACKAGES}})


def _concerns(file: Path, folder: Path, city: str) -> bool:
    """Whether a file below ``params/`` is read for a city: its own reports and counts, or shared.

    Examples
    --------
    >>> params = Path("params")
    >>> _concerns(params / "progress" / "norwalk.yml", params, "stamford")
    False
    >>> _concerns(params / "improvement" / "norwalk" / "a.csv", params, "norwalk")
    True
    """
    kind, name = file.relative_to(folder).parts[:2]
    return kind not in ("progress", "improvement") or Path(name).stem == city


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
