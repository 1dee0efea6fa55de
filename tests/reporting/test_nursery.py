from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from c2c_lib.reporting.nursery import run_in_nursery
from c2c_lib.reporting.pool import context_for
from support.prepared import cannot_prepare, die, is_locked, prepare, seen, wait_for_ever


def run(worker: Any, tasks: list[Any], prepared: Any, **options: Any) -> list[Any]:
    context = context_for("fork")
    return list(run_in_nursery(worker, tasks, prepare=prepared, context=context, jobs=2, **options))


def test_every_task_has_a_process_of_its_own_with_what_was_prepared_once() -> None:
    started: list[str] = []
    results = run(seen, ["a", "b", "c"], prepare, on_start=started.append)
    assert started == ["a", "b", "c"]
    assert sorted(result.task for result in results) == ["a", "b", "c"]
    assert [result.value[:2] for result in results] == [
        (result.task, [("a", "b", "c")]) for result in results
    ]
    assert len({result.value[2] for result in results} | {os.getpid()}) == 4


def test_tasks_run_even_if_nothing_could_be_prepared() -> None:
    results = run(seen, ["a", "b"], cannot_prepare)
    assert sorted((result.value[0], result.value[1]) for result in results) == [
        ("a", []),
        ("b", []),
    ]


def test_a_task_that_dies_is_reported_and_the_others_go_on() -> None:
    results = run(eval, ["__import__('os')._exit(3)", "1 + 1"], prepare)
    found = {result.task: result for result in results}
    assert found["1 + 1"].value == 2
    assert "exit code 3" in found["__import__('os')._exit(3)"].died


def test_where_the_prepared_process_dies_every_task_has_died() -> None:
    results = run(seen, ["a", "b"], die)
    assert [(result.task, result.value) for result in results] == [("a", None), ("b", None)]
    assert all("exit code 7" in result.died for result in results)


def test_leaving_early_ends_what_still_runs(tmp_path: Path) -> None:
    running = [tmp_path / name for name in "ab"]
    tasks = [*map(str, running), ""]
    results = run_in_nursery(
        wait_for_ever, tasks, prepare=prepare, context=context_for("fork"), jobs=3
    )
    assert next(results).value == "ended"
    while not all(file.exists() and is_locked(file) for file in running):
        time.sleep(0.01)
    results.close()  # type: ignore[attr-defined]
    assert not any(is_locked(file) for file in running)


def test_leaving_at_once_ends_what_is_just_being_forked(tmp_path: Path) -> None:
    late = tmp_path / "late"
    for _ in range(20):
        results = run_in_nursery(
            wait_for_ever, ["", str(late)], prepare=prepare, context=context_for("fork"), jobs=2
        )
        assert next(results).value == "ended"
        results.close()  # type: ignore[attr-defined]
        assert not (late.exists() and is_locked(late))
