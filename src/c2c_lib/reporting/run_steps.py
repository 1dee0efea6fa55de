"""Runs the steps of a plan and records what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from c2c_lib.reporting.failure import BuildFailedError, Failure
from c2c_lib.reporting.manifest import JobRecord, Manifest, write_manifest
from c2c_lib.reporting.nursery import run_in_nursery
from c2c_lib.reporting.plan import Step
from c2c_lib.reporting.pool import context_for, cores, default_engine, run_in_processes
from c2c_lib.reporting.project import Project
from c2c_lib.reporting.task import Engine, Outcome, Task, task_environment

__all__ = ["BuildOptions", "Observer", "run_steps"]

_PAGES_WORTH_PREPARING: Final = 4
"""A single page reads the figures itself as fast."""


@dataclass(frozen=True)
class BuildOptions:
    """How to build.

    Attributes
    ----------
    cities : tuple of str
        Slugs; all cities if empty.
    renderer : {"auto", "nbconvert", "quarto"}
        ``auto`` takes Quarto if it is installed.
    jobs : int
        Processes at once; 0 means one per core.
    engine : {"auto", "fork", "kernel"}
        ``auto`` forks where the system can.
    force : bool
        Run every job that was asked for.
    keep : bool
        Make an edition that is kept for good: it says so on every page, and holds no other
        edition.
    """

    cities: tuple[str, ...] = ()
    renderer: Literal["auto", "nbconvert", "quarto"] = "auto"
    jobs: int = 0
    engine: Literal["auto", "fork", "kernel"] = "auto"
    force: bool = False
    keep: bool = False


class Observer:
    """Told what happens while a build runs; this one keeps silent."""

    def planned(self, steps: Sequence[Step]) -> None:
        """Hear that the plan is made and checked; nothing has run yet."""

    def started(self, job: str) -> None:
        """Hear that a job has started."""

    def finished(self, job: str, seconds: float, *, failed: bool) -> None:
        """Hear that a job has ended."""

    def stage(self, what: str) -> None:
        """Hear that something has begun that concerns the whole site."""


def run_steps(
    project: Project,
    steps: Sequence[Step],
    options: BuildOptions,
    manifest: Manifest,
    observer: Observer,
) -> tuple[dict[str, Outcome], Manifest]:
    """Run the steps that must run; record those that succeeded even if others fail.

    Parameters
    ----------
    project : Project
        Where results are kept; its manifest is written after every page.
    steps : sequence of Step
        The whole plan.
    options : BuildOptions
        Engine, and how many processes at once.
    manifest : Manifest
        Of the builds before.
    observer : Observer
        Told when a job starts and ends.

    Returns
    -------
    dict of str to Outcome, Manifest
        By job id; and the manifest with what succeeded.

    Raises
    ------
    BuildFailedError
        With every job that failed.
    """
    running = {step.job.id: step for step in steps if step.action == "run"}
    if not running:
        return {}, manifest
    # papermill and nbconvert take a second to import; a plan does not need them.
    from c2c_lib.reporting.worker import make_pages, prepare_pages  # noqa: PLC0415

    engine = default_engine() if options.engine == "auto" else options.engine
    tasks = _by_page([_task(project, step, engine) for step in running.values()])

    def started(group: Sequence[Task]) -> None:
        for task in group:
            observer.started(task.job)

    outcomes: dict[str, Outcome] = {}
    context, at_once = context_for(engine), options.jobs or cores()
    if engine == "fork" and len(tasks) >= _PAGES_WORTH_PREPARING:
        results = run_in_nursery(
            make_pages,
            tasks,
            prepare=prepare_pages,
            context=context,
            jobs=at_once,
            on_start=started,
        )
    else:
        results = run_in_processes(
            make_pages, tasks, context=context, jobs=at_once, on_start=started
        )
    for result in results:
        for outcome in result.value or [_died(task, result.died) for task in result.task]:
            outcomes[outcome.job] = outcome
            observer.finished(outcome.job, outcome.seconds, failed=outcome.failure is not None)
            if outcome.failure is None:
                record = JobRecord(dict(running[outcome.job].inputs), outcome.seconds)
                manifest = replace(manifest, jobs={**manifest.jobs, outcome.job: record})
        write_manifest(project.build, manifest)
    failures = [outcome.failure for outcome in outcomes.values() if outcome.failure]
    if failures:
        raise BuildFailedError(failures)
    return outcomes, manifest


def _by_page(tasks: Sequence[Task]) -> list[list[Task]]:
    """Put the languages of a page together: one process makes them all."""
    pages: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        pages.setdefault((task.city, task.page), []).append(task)
    return list(pages.values())


def _task(project: Project, step: Step, engine: Engine) -> Task:
    job = step.job
    root = project.root.resolve()
    folder = job.folder(project.build).resolve()
    return Task(
        job=job.id,
        city=job.city,
        page=job.page,
        language=job.language,
        notebook=job.notebook.resolve(),
        folder=folder,
        failed=project.failed.resolve(),
        root=root,
        parameters=job.parameters,
        engine=engine,
        environment=task_environment(root, project.build.resolve() / "ipython"),
        downloads=step.downloads,
    )


def _died(task: Task, how: str) -> Outcome:
    failure = Failure(
        job=task.job,
        city=task.city,
        page=task.page,
        parameters=dict(task.parameters),
        error_type="ProcessDied",
        message=how,
    )
    return Outcome(task.job, 0.0, failure)
