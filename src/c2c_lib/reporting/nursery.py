"""Runs many tasks from one process that has read the figures once, for all of them.

A page's process needs the store, the privacy gate and each city's findings before it can draw
anything. Forked from a process that holds them already, it starts with all of that. The store is
read when a build begins, never before, so a build sees the data of its own moment.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from c2c_lib.reporting.pool import Result, how_it_ended, run_in_processes

__all__ = ["run_in_nursery"]

T = TypeVar("T")
R = TypeVar("R")


def run_in_nursery(
    worker: Callable[[T], R],
    tasks: Sequence[T],
    *,
    prepare: Callable[[Sequence[T]], None],
    context: BaseContext,
    jobs: int,
    on_start: Callable[[T], None] = lambda _: None,
) -> Iterator[Result[T, R]]:
    """Run each task in a process of its own, forked from one that has been prepared.

    Parameters
    ----------
    worker, tasks, context, jobs, on_start
        As for `c2c_lib.reporting.pool.run_in_processes`; the context must be of ``fork``.
    prepare : callable
        Called once with all tasks, before the first of them starts. Where it raises, the tasks
        start all the same: each meets the error itself and reports it in full.

    Yields
    ------
    Result
        One for every task, in the order in which they end; if the prepared process dies, the
        tasks that have not ended have died with it.
    """
    here, there = context.Pipe(duplex=False)
    process = context.Process(  # type: ignore[attr-defined]
        target=_serve, args=(there, worker, tasks, prepare, jobs)
    )
    process.start()
    there.close()
    missing = dict(enumerate(tasks))
    try:
        while missing:
            try:
                number, ended, value, died = here.recv()
            except (EOFError, OSError):  # an end between two messages, or in one
                break
            if ended:
                yield Result(missing.pop(number), value, died)
            else:
                on_start(tasks[number])
        process.join()
        for task in missing.values():
            yield Result(task, None, how_it_ended(process.exitcode))
    finally:
        if missing:
            _end(process, here)
        process.join()
        here.close()


def _end(process: Any, connection: Connection) -> None:
    # Killed, not told to end: a process that has just been forked forgets, in Python, what it
    # was told. First the one that forks, then its group.
    process.kill()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(EOFError, OSError):  # all hold the other end until they are gone
        while True:
            connection.recv_bytes()


def _serve(
    connection: Connection,
    worker: Callable[[Any], Any],
    tasks: Sequence[Any],
    prepare: Callable[[Sequence[Any]], None],
    jobs: int,
) -> None:
    os.setpgid(0, 0)
    with contextlib.suppress(Exception):
        prepare(tasks)
    gc.collect()
    gc.freeze()
    results = run_in_processes(
        _Numbered(worker),
        list(enumerate(tasks)),
        context=multiprocessing.get_context("fork"),
        jobs=jobs,
        on_start=lambda pair: connection.send((pair[0], False, None, "")),
    )
    for result in results:
        connection.send((result.task[0], True, result.value, result.died))
    connection.close()


class _Numbered:
    """Calls a worker with the task of a numbered pair."""

    def __init__(self, worker: Callable[[Any], Any]) -> None:
        self.worker = worker

    def __call__(self, pair: tuple[int, Any]) -> Any:
        return self.worker(pair[1])
