"""Finds and runs Quarto, which is optional."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from c2c_lib.errors import BuildError, InputError, Problem

__all__ = ["find_quarto", "require_quarto", "require_typst", "run_quarto"]

_TIMEOUT: Final = 900
_TYPST: Final = (0, 14)
"""The first Typst that tags PDFs."""


def find_quarto() -> str | None:
    """Return the path of the ``quarto`` command, or None."""
    return shutil.which("quarto")


def require_quarto(option: str = "--renderer", instead: str = "nbconvert") -> str:
    """Return the path of the ``quarto`` command.

    Parameters
    ----------
    option : str
        Which option asked for Quarto.
    instead : str
        What that option takes where there is none.

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
                    where=option,
                    what="Quarto is not installed (no command 'quarto' on PATH)",
                    value="quarto",
                    allowed=f"auto, {instead}" if option == "--renderer" else instead,
                    remedy="Install Quarto 1.5 or later (pip install 'c2c[quarto]', or from "
                    f"quarto.org), or use {option} {instead}.",
                )
            ]
        )
    return found


def require_typst() -> str:
    """Return the path of a ``quarto`` command whose Typst makes tagged PDFs.

    Raises
    ------
    InputError
        If Quarto is not installed, or brings an older Typst than 0.14.
    BuildError
        If it does not run.
    """
    program = require_quarto("--engine", "chromium")
    told = run_quarto([program, "typst", "--version"])
    found = re.search(r"(\d+)\.(\d+)(?:\.\d+)?", told)
    if found is None or (int(found[1]), int(found[2])) < _TYPST:
        raise InputError(
            [
                Problem(
                    where="--engine",
                    what="the Typst of this Quarto does not tag PDFs",
                    value=told.strip(),
                    allowed="Typst 0.14 or later",
                    remedy="Install a newer Quarto, or use --engine chromium.",
                )
            ]
        )
    return program


def run_quarto(command: Sequence[str], folder: Path | None = None) -> str:
    """Run a command of Quarto in a folder, and return what it prints.

    Parameters
    ----------
    command : sequence of str
        The program, its command, and the arguments.
    folder : Path, optional
        Where it runs; here, if not given.

    Raises
    ------
    BuildError
        If it fails or takes longer than 15 minutes, with the last lines that it said.
    """
    what = f"quarto {command[1]}"
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{what} did not run: {error}") from error
    if done.returncode != 0:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-25:])
        raise BuildError(f"{what} failed with exit code {done.returncode}:\n{tail}")
    return done.stdout
