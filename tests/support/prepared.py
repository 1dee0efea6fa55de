"""Workers of other processes: what a prepared process hands on to those forked from it."""

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


def sleep_and_write(task: tuple[float, str]) -> str:
    """Write a file after some seconds."""
    time.sleep(task[0])
    Path(task[1]).write_text("written", encoding="utf-8")
    return task[1]
