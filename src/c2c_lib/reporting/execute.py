"""Executes one report notebook with papermill, in a process of its own."""

from __future__ import annotations

import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from papermill.engines import papermill_engines

from c2c_lib.reporting import inprocess, kernel
from c2c_lib.reporting.failure import Failure, nearest_heading
from c2c_lib.reporting.task import Outcome, Task

__all__ = ["execute"]

START_TIMEOUT: Final = 180
"""Seconds that a kernel may take to start on a busy machine (papermill's own limit is 60)."""

EXECUTED: Final = "executed.ipynb"
LOG: Final = "log.txt"

_KNOWN_NOISE: Final = (
    # ipykernel says so once per kernel; kernels listen on the loopback address only.
    "Kernel is running over TCP without encryption",
    "frozen modules",
    "PYDEVD_DISABLE_FILE_VALIDATION",
)


def execute(task: Task, after: Callable[[Task, Any], None]) -> Outcome:
    """Execute a task's notebook in this process or in a kernel, then hand it on.

    The process is changed for good (its folder, its variables, its output): call this only
    in a process that ends with the task, or with the same page in another language.

    Parameters
    ----------
    task : Task
        What to run.
    after : callable
        Takes the task and the executed notebook; what it raises fails the task too.

    Returns
    -------
    Outcome
        With a `Failure` instead of an exception, so that it can travel between processes.
    """
    started = time.perf_counter()
    _prepare(task)
    executed: Any = None
    failure = None
    try:
        executed = _run(task)
        after(task, executed)
        _accept(task)
    except Exception as error:  # noqa: BLE001 - every error becomes one screen for the analyst
        failure = _failure(task, error, executed)
    _flush()
    folder = _running(task) if failure else task.folder
    log = (folder / LOG).read_text(encoding="utf-8", errors="replace")
    return Outcome(task.job, time.perf_counter() - started, failure, _without_noise(log))


def _running(task: Task) -> Path:
    """Return the folder to work in: what an earlier run left stays until this one is done."""
    return task.folder.with_name(f"{task.folder.name}.running")


def _accept(task: Task) -> None:
    """Put the finished work in the place of the earlier one."""
    os.chdir(task.root)
    shutil.rmtree(task.folder, ignore_errors=True)
    _running(task).rename(task.folder)


def _prepare(task: Task) -> None:
    shutil.rmtree(_running(task), ignore_errors=True)
    _running(task).mkdir(parents=True)
    os.environ.update(task.environment)
    Path(os.environ["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
    # Safe here and nowhere else: this process has one task. papermill's own cwd is not.
    os.chdir(_running(task))
    _flush()
    log = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def _run(task: Task) -> Any:
    papermill_engines.register(inprocess.ENGINE_NAME, inprocess.InProcessEngine)
    papermill_engines.register(kernel.ENGINE_NAME, kernel.KernelEngine)
    if task.engine == "fork":
        return _papermill(task, engine_name=inprocess.ENGINE_NAME)
    options = {"engine_name": kernel.ENGINE_NAME, "start_timeout": START_TIMEOUT}
    try:
        return _papermill(task, **options)
    except kernel.KernelStartError:
        # A port was taken or the machine was busy. Once a cell has run there is no retry.
        return _papermill(task, **options)


def _papermill(task: Task, **options: Any) -> Any:
    # Relative, because papermill writes both paths into the notebook.
    return papermill.execute_notebook(
        os.path.relpath(task.notebook),
        EXECUTED,
        parameters=dict(task.parameters),
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        **options,
    )


def _failure(task: Task, error: Exception, executed: Any) -> Failure:
    kept = _keep(task, executed)
    index = getattr(error, "cell_index", None)
    if index is None:
        index = getattr(error, "cell", None)
    cells = kept["cells"] if kept is not None else []
    if hasattr(error, "cell_index"):
        # papermill adds cells that mark the error, so its own count is off.
        index = _error_cell(cells, index)
    lines = getattr(error, "traceback", None)
    if not isinstance(lines, list):
        lines = [] if index is not None else traceback.format_exception(error)
    return Failure(
        job=task.job,
        city=task.city,
        page=task.page,
        parameters=dict(task.parameters),
        error_type=str(getattr(error, "ename", type(error).__name__)),
        message=str(getattr(error, "evalue", error)),
        heading=nearest_heading(cells, index) if index is not None else "",
        cell=None if index is None else index + 1,
        source=str(cells[index]["source"]) if index is not None else "",
        traceback=tuple("\n".join(lines).splitlines()),
        notebook=os.path.relpath(_kept_file(task), task.root),
    )


def _kept_file(task: Task) -> Path:
    return task.failed / (task.city or "site") / f"{task.page}-{task.language}.ipynb"


def _keep(task: Task, executed: Any) -> Any:
    """Put the notebook, as far as it got, where JupyterLab can open it; return it."""
    file = _kept_file(task)
    file.parent.mkdir(parents=True, exist_ok=True)
    if executed is None and Path(EXECUTED).is_file():
        executed = nbformat.read(EXECUTED, as_version=4)
    if executed is None:
        shutil.copyfile(task.notebook, file)
        return None
    nbformat.write(executed, file)
    return executed


def _error_cell(cells: Iterable[Mapping[str, Any]], default: int | None) -> int | None:
    for index, cell in enumerate(cells):
        if any(output["output_type"] == "error" for output in cell.get("outputs", [])):
            return index
    return default


def _without_noise(log: str) -> str:
    lines = [
        line
        for line in log.splitlines()
        if line.strip() and not any(noise in line for noise in _KNOWN_NOISE)
    ]
    return "\n".join(lines)
