from __future__ import annotations

import os
import time
from typing import Any, Literal

import pytest

from c2c_lib.reporting.pool import context_for, run_in_processes

# Workers must be importable in another process: functions of the standard library serve.


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_every_task_gives_one_result(engine: Literal["fork", "kernel"]) -> None:
    tasks = [-3, 0, 5]
    results = list(run_in_processes(abs, tasks, context=context_for(engine), jobs=2))
    assert sorted((r.task, r.value, r.died) for r in results) == [
        (-3, 3, ""),
        (0, 0, ""),
        (5, 5, ""),
    ]


def test_a_process_that_dies_is_reported_and_the_others_go_on() -> None:
    def status(task: int) -> Any:
        return found[task]

    results = run_in_processes(os._exit, [3, 4], context=context_for("fork"), jobs=1)
    found = {result.task: result for result in results}
    assert status(3).value is None
    assert "exit code 3" in status(3).died
    assert "exit code 4" in status(4).died


def test_a_process_that_is_killed_says_by_what() -> None:
    results = run_in_processes(eval, ["__import__('os').kill(__import__('os').getpid(), 9)"],
                               context=context_for("fork"), jobs=1)  # fmt: skip
    (result,) = results
    assert "signal 9" in result.died


def test_every_task_has_a_process_of_its_own_that_starts_in_order() -> None:
    started: list[str] = []
    tasks = ["__import__('os').getpid()  # 1", "__import__('os').getpid()  # 2"]
    results = list(
        run_in_processes(eval, tasks, context=context_for("fork"), jobs=1, on_start=started.append)
    )
    assert started == tasks
    assert len({result.value for result in results} | {os.getpid()}) == 3


def test_leaving_early_ends_what_still_runs() -> None:
    begun = time.perf_counter()
    results = run_in_processes(time.sleep, [0.0, 60.0], context=context_for("fork"), jobs=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert time.perf_counter() - begun < 30
