"""Swaps a finished site into place; whatever goes wrong, the old one stays."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from c2c_lib.errors import BuildError, InputError, Problem

__all__ = ["publish", "recover", "refuse_other_files", "staging"]

_STAGING: Final = ".staging"
_OLD: Final = ".old"
_SITE: Final = ("index.html", "assets")
"""What every site has, by which it is known."""


def _beside(site: Path, suffix: str) -> Path:
    """Return a folder on the same file system, where a rename is one step."""
    return site.with_name(site.name + suffix)


def recover(site: Path) -> None:
    """Put the old site back if an earlier publication was cut off between its two renames."""
    old = _beside(site, _OLD)
    if old.exists():
        if site.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(site)


def refuse_other_files(site: Path, project: Path) -> None:
    """Refuse to put a site where something else is: what is there would be deleted.

    Parameters
    ----------
    site : Path
        Where the site is to be. A folder that is new, empty, or holds a site may be replaced.
    project : Path
        The root of the project, which must not lie in it.

    Raises
    ------
    InputError
        If it is a file, holds something else, or the project lies in it.
    """
    if project.resolve().is_relative_to(site.resolve()):
        what = "the project lies in this folder, which the site would replace"
    elif site.exists() and not site.is_dir():
        what = "is a file"
    elif site.is_dir() and any(site.iterdir()) and not all((site / n).exists() for n in _SITE):
        what = "holds files that are no site, and building replaces a folder"
    else:
        return
    raise InputError(
        [
            Problem(
                str(site),
                what,
                allowed="an empty folder, a new one, or an earlier site",
                remedy="Name another folder, for example one inside it.",
            )
        ]
    )


@contextlib.contextmanager
def staging(site: Path) -> Iterator[Path]:
    """Give an empty folder beside the site to build in; it is gone afterwards.

    Parameters
    ----------
    site : Path
        The site that is to be replaced; it need not exist.

    Yields
    ------
    Path
        The folder; `publish` moves it away.

    Raises
    ------
    BuildError
        If the disk is full, or a folder cannot be written; the site is untouched.
    """
    folder = _beside(site, _STAGING)
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        recover(site)
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir()
        yield folder
    except OSError as error:
        raise BuildError(_words(site, error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, site: Path) -> None:
    """Put a finished folder in the place of the site.

    The old site is renamed, the new one takes its name, then the old one is deleted. If the
    second step fails, the first is undone.

    Parameters
    ----------
    folder : Path
        From `staging`, complete and checked.
    site : Path
        The published site.

    Raises
    ------
    BuildError
        If a rename fails; the old site is in its place again.
    """
    old = _beside(site, _OLD)
    try:
        if site.exists():
            site.rename(old)
        folder.rename(site)
    except OSError as error:
        if old.exists() and not site.exists():
            old.rename(site)
        raise BuildError(_words(site, error)) from error
    # The new site is in place: a leftover of the old one is no reason to fail.
    shutil.rmtree(old, ignore_errors=True)


def _words(site: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    file = f" ({Path(error.filename).name})" if isinstance(error.filename, str) else ""
    return (
        f"the new site could not be written to {site.name}: {reason}{file}. "
        "The site that was there before is untouched; make room or mend the permissions, then "
        "run the build again."
    )
