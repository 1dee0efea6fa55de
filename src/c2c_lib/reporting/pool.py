"""Runs tasks in processes of their own, a few at a time, and never loses one."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, Final, Generic, NamedTuple, TypeVar

from c2c_lib.reporting.task import Engine

__all__ = [
    "Result",
    "context_for",
    "cores",
    "default_engine",
    "how_it_ended",
    "run_in_processes",
]

T = TypeVar("T")
R = TypeVar("R")

_PRELOAD: Final = "c2c_lib.reporting.preload"


class Result(NamedTuple, Generic[T, R]):
    """What came out of one task.

    Attributes
    ----------
    task : object
        As given.
    value : object or None
        What the worker returned; None if the process died.
    died : str
        How the process died, in words; empty if it did not.
    """

    task: T
    value: R | None
    died: str


def default_engine() -> Engine:
    """Return ``fork`` where the system can fork safely from a server process, else ``kernel``."""
    methods = multiprocessing.get_all_start_methods()
    return "fork" if "forkserver" in methods else "kernel"


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def context_for(engine: Engine) -> BaseContext:
    """Return how processes are started for an engine.

    ``fork``: from a server that has imported everything and does nothing else, so that no
    thread or lock of this process is copied. ``kernel``: spawned, which works everywhere.
    """
    if engine == "kernel":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOAD])
    os.environ["C2C_FORK_SERVER"] = "1"
    return context


def run_in_processes(
    worker: Callable[[T], R],
    tasks: Sequence[T],
    *,
    context: BaseContext,
    jobs: int,
    on_start: Callable[[T], None] = lambda _: None,
) -> Iterator[Result[T, R]]:
    """Run each task in a fresh process and yield results as they come.

    One process per task keeps memory flat over many tasks and keeps one city's state out
    of the next. A process that dies (killed, out of memory) gives a result that says so.

    Parameters
    ----------
    worker : callable
        A module-level function; its task and its value travel between processes.
    tasks : sequence
        In the order in which they start.
    context : BaseContext
        From `context_for`.
    jobs : int
        How many processes run at once, at least 1.
    on_start : callable, optional
        Called with each task when its process starts.

    Yields
    ------
    Result
        One for every task, in the order in which they end.
    """
    waiting = deque(tasks)
    running: dict[Connection, tuple[Any, T]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                task = waiting.popleft()
                connection, process = _start(worker, task, context)
                running[connection] = (process, task)
                on_start(task)
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)  # noqa: S101 - wait returns what it is given
                process, task = running.pop(ready)
                yield _finish(ready, process, task)
    finally:
        for process, _ in running.values():
            process.kill()  # a process just forked can miss that it was told to end
            process.join()


def _start(worker: Callable[[T], R], task: T, context: BaseContext) -> tuple[Connection, Any]:
    here, there = context.Pipe(duplex=False)
    process = context.Process(  # type: ignore[attr-defined]
        target=_serve, args=(there, worker, task)
    )
    process.start()
    there.close()  # so that the end of the process is the end of the pipe
    return here, process


def _serve(connection: Connection, worker: Callable[[T], R], task: T) -> None:
    connection.send(worker(task))
    connection.close()


def _finish(connection: Connection, process: Any, task: T) -> Result[T, R]:
    try:
        value = connection.recv()
    except EOFError:
        value = None
    connection.close()
    process.join()
    died = "" if value is not None else how_it_ended(process.exitcode)
    return Result(task, value, died)


def how_it_ended(exit_code: int | None) -> str:
    """Return in words how a process ended that gave no result."""
    if exit_code is not None and exit_code < 0:
        return f"the process was killed by signal {-exit_code} (often: out of memory)"
    return f"the process ended with exit code {exit_code} before the page was done"
