"""The list of what was fetched: addresses, dates and checksums, beside the files."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from c2c_lib.errors import InputError, Problem

__all__ = ["MANIFEST_FILE", "Answer", "File", "Manifest", "checksum", "write_whole"]

MANIFEST_FILE: Final = "fetched.json"


@dataclass(frozen=True)
class Answer:
    """One answer of a publisher that is kept, so that it need not be sent again.

    Attributes
    ----------
    etag, last_modified : str
        What the publisher calls this state of the answer.
    sha256 : str
        Checksum of the body; also its name in the folder of bodies.
    """

    etag: str
    last_modified: str
    content_type: str
    sha256: str
    bytes: int
    retrieved: str


@dataclass(frozen=True)
class File:
    """One file that was written for a source.

    Attributes
    ----------
    columns : tuple of str
        All columns that the publisher's table had, read or not: the next time it is seen
        which are new.
    """

    source: str
    retrieved: str
    sha256: str
    rows: int
    columns: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass
class Manifest:
    """Everything that was fetched into one raw folder.

    Attributes
    ----------
    answers : dict of str to Answer
        By address, without keys.
    files : dict of str to File
        By name, relative to the raw folder.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    @classmethod
    def read(cls, raw: Path) -> Manifest:
        """Read the list of a raw folder; an empty one if there is none.

        Raises
        ------
        InputError
            If it does not read.
        """
        path = raw / MANIFEST_FILE
        if not path.is_file():
            return cls()
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                {address: Answer(**entry) for address, entry in content["answers"].items()},
                {name: _file(entry) for name, entry in content["files"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                [
                    Problem(
                        where=MANIFEST_FILE,
                        what="the list of what was fetched does not read",
                        value=type(error).__name__,
                        remedy="Take it out of the folder; everything is then fetched again.",
                    )
                ]
            ) from error

    def write(self, raw: Path) -> None:
        """Write the list, whole or not at all."""
        content = {
            "answers": {key: asdict(entry) for key, entry in sorted(self.answers.items())},
            "files": {key: asdict(entry) for key, entry in sorted(self.files.items())},
        }
        write_whole(raw / MANIFEST_FILE, (json.dumps(content, indent=1) + "\n").encode())

    def retrieved(self, names: Sequence[str]) -> str:
        """Return the latest date on which one of some files was fetched; empty if none was."""
        return max((self.files[name].retrieved for name in names if name in self.files), default="")


def _file(entry: dict[str, Any]) -> File:
    return File(
        **{**entry, "columns": tuple(entry["columns"]), "addresses": tuple(entry["addresses"])}
    )


def checksum(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; the file that was there stays until the move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
