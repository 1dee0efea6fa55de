"""One build at a time in one project."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from c2c_lib.errors import BuildError

try:
    import fcntl
except ImportError:  # a system without it has no such lock; builds there are one person's
    fcntl = None  # type: ignore[assignment]

__all__ = ["only_build"]

_FILE: Final = ".lock"


@contextlib.contextmanager
def only_build(build: Path) -> Iterator[None]:
    """Hold the project's lock; the system lets it go even if the process is killed.

    Parameters
    ----------
    build : Path
        Folder of results; made if it is missing.

    Raises
    ------
    BuildError
        If another process is building the same project.
    """
    build.mkdir(parents=True, exist_ok=True)
    with (build / _FILE).open("a") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildError(
                    "another build of this project is running; wait until it has ended"
                ) from None
        yield
