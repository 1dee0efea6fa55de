"""Finds Quarto, which is optional."""

from __future__ import annotations

import shutil

from c2c_lib.errors import InputError, Problem

__all__ = ["find_quarto", "require_quarto"]


def find_quarto() -> str | None:
    """Return the path of the ``quarto`` command, or None."""
    return shutil.which("quarto")


def require_quarto() -> str:
    """Return the path of the ``quarto`` command.

    Raises
    ------
    InputError
        If it is not installed; the remedy says what to install.
    """
    found = find_quarto()
    if found is None:
        raise InputError(
            [
                Problem(
                    where="--renderer",
                    what="Quarto is not installed (no command 'quarto' on PATH)",
                    value="quarto",
                    allowed="auto, nbconvert",
                    remedy="Install Quarto 1.5 or later (pip install 'c2c[quarto]', or from "
                    "quarto.org), or use --renderer nbconvert.",
                )
            ]
        )
    return found
