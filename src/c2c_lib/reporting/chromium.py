"""Finds the Chromium on this computer, which prints pages; no browser is ever downloaded."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from c2c_lib.errors import InputError, Problem

__all__ = ["ARGUMENTS", "VARIABLE", "arguments", "find_chromium", "require_chromium"]

VARIABLE: Final = "C2C_CHROMIUM"
"""Environment variable that names the browser's program; it wins over what is found."""

_COMMANDS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
_MACOS: Final = ("Chromium", "Google Chrome", "Microsoft Edge")
_WINDOWS: Final = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
_WINDOWS_FOLDERS: Final = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
_REMEDIES: Final = {
    "linux": "Install it, for example with: sudo apt-get install chromium",
    "darwin": "Install Google Chrome or Chromium into Applications, for example with: "
    "brew install --cask google-chrome",
    "win32": "Install Google Chrome or Microsoft Edge, for example with: "
    "winget install Google.Chrome",
}
ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    # A request that leaves the machine is to fail, here as on an analyst's train ride.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""How the browser is started: by itself, without a word to anyone."""


def arguments() -> list[str]:
    """Return the arguments to start the browser with, for who is running it.

    Examples
    --------
    >>> "--disable-sync" in arguments()
    True
    """
    # Chromium refuses its sandbox to root, as whom containers run. Only our own pages are shown.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*ARGUMENTS, *(["--no-sandbox"] if root else [])]


def find_chromium(path: str | None = None) -> str | None:
    """Return the program of the first Chromium, Chrome or Edge that is installed, or None.

    Parameters
    ----------
    path : str, optional
        Folders to look into instead of those of ``PATH`` and the system's own.
    """
    found = (shutil.which(name, path=path) for name in _COMMANDS)
    places = () if path is not None else _places(sys.platform)
    there = (str(place) for place in places if place.is_file())
    return next((program for program in (*found, *there) if program), None)


def _places(platform: str) -> Iterator[Path]:
    """Yield where browsers are installed on systems that put no command on the path."""
    if platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for name in _MACOS:
                yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    elif platform == "win32":
        for variable in _WINDOWS_FOLDERS:
            for name in _WINDOWS:
                if variable in os.environ:
                    yield Path(os.environ[variable], *name.split("\\"))


def require_chromium() -> str:
    """Return the program of the browser that prints.

    Raises
    ------
    InputError
        If `VARIABLE` names no file, or no browser is installed; the remedy is the one for this
        kind of computer.
    """
    named = os.environ.get(VARIABLE)
    if named:
        program = shutil.which(named)
        if program is None:
            raise InputError(
                [
                    Problem(
                        VARIABLE,
                        "names no program",
                        named,
                        remedy="Name the browser's program, or unset the variable.",
                    )
                ]
            )
        return program
    found = find_chromium()
    if found is None:
        raise InputError(
            [
                Problem(
                    where="c2c pdf",
                    what="needs Chromium, Google Chrome or Microsoft Edge to print, and found none",
                    remedy=f"{_REMEDIES.get(sys.platform, _REMEDIES['linux'])}; or set "
                    f"{VARIABLE} to the browser's program. The pages print from any browser too.",
                )
            ]
        )
    return found
