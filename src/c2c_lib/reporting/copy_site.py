"""Copies a checked site to where it is published from: as a whole, with a list of its files."""

from __future__ import annotations

import shutil
from pathlib import Path

from c2c_lib.errors import BuildError, InputError, Problem
from c2c_lib.reporting.checksums import check_checksums, unlisted_files, write_checksums
from c2c_lib.reporting.pdf_links import add_pdfs
from c2c_lib.reporting.publish import publish, staging

__all__ = ["copy_site"]


def copy_site(site: Path, target: Path, pdfs: Path | None = None) -> int:
    """Copy a built and checked site to a folder, all of it or nothing.

    The copy is made beside the target, checked against its list of SHA-256 sums, and swapped
    into place. A target that holds anything but an earlier copy is refused, so that nobody's
    files are lost.

    Parameters
    ----------
    site : Path
        The built site.
    target : Path
        The folder to publish from; made if it is missing.
    pdfs : Path, optional
        Folder of the PDFs that the copy is to hold and lead to, from `c2c pdf`.

    Returns
    -------
    int
        How many files the site has.

    Raises
    ------
    InputError
        If the target lies inside the site or holds other files, or a PDF is not of this site.
    BuildError
        If the copy could not be written or does not read back the same.
    """
    _refuse(site.resolve(), target.resolve())
    with staging(target) as folder:
        shutil.copytree(site, folder, dirs_exist_ok=True)
        if pdfs is not None:
            add_pdfs(folder, pdfs)
        file = write_checksums(folder)
        damaged = check_checksums(folder)
        if damaged:
            raise BuildError("the copy differs from the site:\n" + "\n".join(map(str, damaged)))
        count = len(file.read_text(encoding="utf-8").splitlines())
        publish(folder, target)
    return count


def _refuse(site: Path, target: Path) -> None:
    where = str(target)
    if target == site or target.is_relative_to(site) or site.is_relative_to(target):
        raise InputError(
            [
                Problem(
                    where,
                    "the folder to publish to and the site lie inside one another",
                    remedy="Name a folder outside the site.",
                )
            ]
        )
    if target.exists() and not target.is_dir():
        raise InputError([Problem(where, "is a file", allowed="a folder, or nothing")])
    others = unlisted_files(target) if target.is_dir() else []
    if others:
        shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
        raise InputError(
            [
                Problem(
                    where,
                    "holds files that c2c did not put there, and publishing replaces a folder",
                    value=shown,
                    allowed="an empty folder, a new one, or an earlier copy of the site",
                    remedy="Name another folder, for example one inside it, or move them away.",
                )
            ]
        )
