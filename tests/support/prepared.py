"""Workers of other processes: what a prepared process hands on to those forked from it."""

import fcntl
import os
import time
from collections.abc import Sequence
from pathlib import Path

PREPARED: list[object] = []


def prepare(tasks: Sequence[object]) -> None:
    """Remember all tasks in this process."""
    PREPARED.append(tuple(tasks))


def cannot_prepare(tasks: Sequence[object]) -> None:
    """Fail as a store that does not read does."""
    raise OSError(len(tasks))


def die(tasks: Sequence[object]) -> None:
    """End the process without a word."""
    os._exit(7 if tasks else 0)


def seen(task: object) -> tuple[object, list[object], int]:
    """Return the task, what was prepared, and the process."""
    return task, list(PREPARED), os.getpid()


def wait_for_ever(task: str) -> str:
    """Lock the file that the task names and never end; or end where it names none."""
    if task:
        with Path(task).open("w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            time.sleep(3600)
    return "ended"


def is_locked(file: Path) -> bool:
    """Return whether a process that locked a file still runs."""
    with file.open(encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
