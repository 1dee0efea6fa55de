"""Editions that are published for good: kept, listed, copied into the site, compared."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.reporting.checksums import check_checksums, write_checksums
from c2c_lib.reporting.edition import edition_of, site_address
from c2c_lib.reporting.task import CODEBOOK, DATA_FOLDER, INDICATORS

if TYPE_CHECKING:
    import pandas as pd

    from c2c_lib.reporting.project import Project

__all__ = [
    "EDITIONS",
    "KeptEdition",
    "address_of",
    "check_editions",
    "copy_editions",
    "edition_codebook",
    "edition_table",
    "keep_edition",
    "kept_editions",
    "refuse_kept",
]

EDITIONS: Final = "editions"
"""The folder of the site under which every edition has its own, unchanging address."""
_DESCRIPTION: Final = "edition.yml"
_LABEL: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_DEFINED_BY: Final = ("definition", "numerator", "denominator", "universe", "unit", "level")
"""What of a codebook entry makes a figure another figure when it changes."""


@dataclass(frozen=True)
class KeptEdition:
    """One edition that is published for good.

    Attributes
    ----------
    label, date : str
        As in ``reports/site.yml`` when it was made; the date in ISO form.
    folder : Path
        Its whole site, with a list of checksums.
    """

    label: str
    date: str
    folder: Path


def address_of(project: Project) -> str:
    """Return the address at which a project's site is read, or its edition that is kept.

    Empty if ``reports/site.yml`` names none.

    Raises
    ------
    InputError
        If it names one that is no address.
    """
    address = site_address(project.edition)
    kept = project.site.parent == project.editions
    return f"{address}{EDITIONS}/{project.site.name}/" if address and kept else address


def kept_editions(folder: Path) -> tuple[KeptEdition, ...]:
    """Return the editions of a folder, the newest first.

    Parameters
    ----------
    folder : Path
        ``reports/editions``; it need not exist.

    Raises
    ------
    InputError
        If a folder in it is not a kept edition.
    """
    if not folder.is_dir():
        return ()
    problems = Problems()
    found = []
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.name.startswith("."):
            continue
        if path.suffix in (".staging", ".old"):
            continue  # what a cut-off `c2c edition` left behind
        try:
            label, date = edition_of(path / _DESCRIPTION)
        except InputError as error:
            problems.extend(error.problems)
            continue
        found.append(KeptEdition(label, date, path))
    problems.raise_if_any()
    return tuple(sorted(found, key=lambda edition: (edition.date, edition.label), reverse=True))


def refuse_kept(label: str, folder: Path) -> None:
    """Refuse a label that cannot name a folder, or that an edition has already.

    Raises
    ------
    InputError
        An edition never changes once it is published: a new one needs a new label.
    """
    if not _LABEL.fullmatch(label):
        raise InputError(
            [
                Problem(
                    "reports/site.yml",
                    "the edition's label cannot name a folder",
                    value=label,
                    column="edition",
                    allowed="letters, digits, dots, dashes and underscores",
                )
            ]
        )
    if (folder / label).exists():
        raise InputError(
            [
                Problem(
                    "reports/site.yml",
                    "this edition is published already and never changes",
                    value=label,
                    column="edition",
                    remedy="Give the new edition a new label and date, for example "
                    f"{label}-corrected, and say in reports/corrections.yml what was wrong.",
                )
            ]
        )


def keep_edition(site: Path, label: str, date: str) -> None:
    """Turn a built site into an edition: add its description and the list of its files."""
    (site / _DESCRIPTION).write_text(f'edition: "{label}"\ndate: "{date}"\n', encoding="utf-8")
    write_checksums(site)


def check_editions(editions: tuple[KeptEdition, ...]) -> list[Problem]:
    """Return a problem for every file of an edition that is not as it was published."""
    return [problem for edition in editions for problem in check_checksums(edition.folder)]


def copy_editions(editions: tuple[KeptEdition, ...], site: Path) -> None:
    """Copy each edition to its own address in a site: ``editions/<label>/``."""
    for edition in editions:
        shutil.copytree(edition.folder, site / EDITIONS / edition.folder.name)


def edition_table(edition: KeptEdition) -> pd.DataFrame:
    """Return every figure of an edition, once, as its downloads give it.

    Returns
    -------
    DataFrame
        The columns of the downloads of the default language; a figure that stands in the
        downloads of several cities is the same in all and is returned once.

    Raises
    ------
    InputError
        If the edition has no downloads.
    """
    # The default language: its cities stand at the root of the site.
    files = sorted(edition.folder.glob(f"*/{DATA_FOLDER}/{INDICATORS}"))
    if not files:
        raise InputError([Problem(edition.folder.name, "the edition has no table of figures")])
    # A plan asks for editions too, and must not wait for what reads tables.
    import pandas as pd  # noqa: PLC0415

    from c2c_lib.reporting.downloads import read_download  # noqa: PLC0415

    frames = [read_download(file.parent) for file in files]
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)


def edition_codebook(edition: KeptEdition) -> dict[str, dict[str, object]]:
    """Return the entry of the codebook of every indicator of an edition, by id."""
    found: dict[str, dict[str, object]] = {}
    for file in sorted(edition.folder.glob(f"*/{DATA_FOLDER}/{CODEBOOK}")):
        for entry in json.loads(file.read_text(encoding="utf-8"))["indicators"]:
            found[str(entry["id"])] = entry
    return found


def defining_words(entry: dict[str, object]) -> tuple[str, ...]:
    """Return what of a codebook entry makes a figure another figure when it changes.

    Examples
    --------
    >>> defining_words({"id": "i", "definition": "Children.", "unit": "share"})
    ('Children.', '', '', '', 'share', '')
    """
    return tuple(str(entry.get(name, "")) for name in _DEFINED_BY)
