"""The list of a folder's files with their SHA-256, as ``sha256sum --check`` reads it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from c2c_lib.errors import Problem, Problems

__all__ = ["CHECKSUMS", "check_checksums", "unlisted_files", "write_checksums"]

CHECKSUMS: Final = "SHA256SUMS"
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_OF_THE_SYSTEM: Final = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What file managers leave behind wherever somebody looks."""


def write_checksums(folder: Path) -> Path:
    """Write the list of every file of a folder into it, sorted by name.

    Parameters
    ----------
    folder : Path
        Whose files are listed; an old list is replaced.

    Returns
    -------
    Path
        The list.
    """
    lines = [f"{_digest(folder / name)}  {name}\n" for name in _names(folder)]
    file = folder / CHECKSUMS
    file.write_text("".join(lines), encoding="utf-8")
    return file


def check_checksums(folder: Path) -> list[Problem]:
    """Return a problem for every file that is missing, changed or not in the list.

    Parameters
    ----------
    folder : Path
        A folder that `write_checksums` has listed.
    """
    problems = Problems()
    try:
        text = (folder / CHECKSUMS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.add(f"{folder.name}/{CHECKSUMS}", f"the list of files does not read: {error}")
        return list(problems)
    listed: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            problems.add(
                f"{folder.name}/{CHECKSUMS}, line {number}",
                "does not read",
                value=line[:80],
                allowed="64 hexadecimal digits, two spaces, and a file name",
            )
            continue
        listed[match[2]] = match[1]
    there = set(_names(folder))
    for name in sorted(listed.keys() - there):
        problems.add(f"{folder.name}/{name}", "the file is missing")
    for name in sorted(there - listed.keys()):
        problems.add(f"{folder.name}/{name}", "the file does not belong there")
    for name in sorted(there & listed.keys()):
        if _digest(folder / name) != listed[name]:
            problems.add(f"{folder.name}/{name}", "the file was changed")
    return list(problems)


def unlisted_files(folder: Path) -> list[str]:
    """Return the files of a folder that its list does not name, but for what systems leave.

    Parameters
    ----------
    folder : Path
        With or without a list that `write_checksums` has made; one that does not read lists
        nothing.
    """
    try:
        text = (folder / CHECKSUMS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    listed = {match[2] for match in map(_LINE.fullmatch, text.splitlines()) if match}
    return [
        name
        for name in _names(folder)
        if name not in listed and name.rpartition("/")[2] not in _OF_THE_SYSTEM
    ]


def _names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != CHECKSUMS
    )


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
