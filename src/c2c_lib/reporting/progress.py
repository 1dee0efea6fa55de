"""Shows on the terminal how far a build is."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bar

from c2c_lib.reporting.build import Observer
from c2c_lib.reporting.plan import Step

__all__ = ["Progress"]


class Progress(Observer):
    """One line per finished page, and a bar while pages are made.

    On a terminal the bar is drawn and taken away at the end; in a file or a pipe only the
    lines are written.

    Parameters
    ----------
    console : Console
        Where to write.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("checking inputs", total=None)
        self._running: list[str] = []

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def planned(self, steps: Sequence[Step]) -> None:
        """Set the length of the bar."""
        total = sum(step.action == "run" for step in steps)
        if total:
            self._bar.update(self._task, total=total, completed=0)

    def started(self, job: str) -> None:
        """Name the page among those being made."""
        self._running.append(job)
        self._describe()

    def finished(self, job: str, seconds: float, *, failed: bool) -> None:
        """Write one line and move the bar."""
        self._running.remove(job)
        word = "failed" if failed else "done"
        self._console.print(f"{job} {word} ({seconds:.1f} s)", highlight=False, markup=False)
        self._bar.advance(self._task)
        self._describe()

    def stage(self, what: str) -> None:
        """Name what is being done to the whole site."""
        self._bar.update(self._task, description=what)

    def _describe(self) -> None:
        self._bar.update(self._task, description=", ".join(self._running) or "finishing")
