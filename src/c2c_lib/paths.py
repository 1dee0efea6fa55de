"""Where the project's folders are, from wherever a notebook or a command runs."""

from __future__ import annotations

import os
from pathlib import Path

from c2c_lib.errors import InputError, Problem

__all__ = ["project_root"]

_MARKS = ("params", "notebooks")


def project_root(start: Path | None = None) -> Path:
    """Return the folder that holds ``params/`` and ``notebooks/``.

    The environment variable ``C2C_HOME`` wins, and must name that folder itself; otherwise
    the search goes upward from `start` (default: the working directory), then from this
    file, so that a notebook finds the project from its own folder, from the root and from
    anywhere inside it.

    Raises
    ------
    InputError
        If no such folder is found; the remedy names ``C2C_HOME``.
    """
    named = os.environ.get("C2C_HOME")
    begins = [Path(named)] if named else [start or Path.cwd(), Path(__file__)]
    for begin in begins:
        for folder in (begin.resolve(), *begin.resolve().parents):
            if all((folder / mark).is_dir() for mark in _MARKS):
                return folder
            if named:
                break
    raise InputError(
        [
            Problem(
                where="C2C_HOME" if named else "working directory",
                what="no project folder found (one that holds params/ and notebooks/)",
                value=named or "",
                remedy="Run the command inside the project, or set C2C_HOME to its folder.",
            )
        ]
    )
