"""What the command line prints to, and how errors become words and an exit code."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from typer.core import TyperGroup

from c2c_lib.errors import BuildError, C2CError, InputError

__all__ = ["ReadableErrors", "problem_table", "say", "stderr", "stdout"]

_WIDE: Final = 220
"""Columns of a table that goes into a file or a pipe, so that no id is cut off there."""
stdout: Final = Console(soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
stderr: Final = Console(stderr=True, soft_wrap=True)


def say(text: str) -> None:
    """Print text to the error stream exactly as it is."""
    stderr.print(text, markup=False, highlight=False)


class ReadableErrors(TyperGroup):
    """A group of commands whose errors are words on the terminal and an exit code.

    With the group's option ``--debug`` every error is let through as it is.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command; our own errors, and those of the file system, end it readably."""
        try:
            return super().invoke(ctx)
        except (C2CError, OSError) as error:
            if ctx.params.get("debug"):
                raise
            raise typer.Exit(_explain(error)) from None


def _explain(error: C2CError | OSError) -> int:
    """Print an error and return the exit code."""
    if isinstance(error, _TabledError):
        error.show()
    elif isinstance(error, C2CError):
        say(str(error))
    else:
        say(f"could not read or write: {error}")
    return error.exit_code if isinstance(error, C2CError) else BuildError.exit_code


class _TabledError(InputError):
    """Wrong input whose problems are printed as a table, and written to a file if one is named."""

    file: Path | None = None

    def show(self) -> None:
        from c2c_lib.sources.terminal import print_problems, write_problems

        print_problems(stderr, self.problems)
        if self.file is not None:
            write_problems(self.problems, self.file)
            say(f"Wrote {self.file}.")


@contextlib.contextmanager
def problem_table(file: Path | None = None) -> Iterator[None]:
    """Have what is wrong with the input printed as a table.

    Parameters
    ----------
    file
        Where the problems are written as CSV too.
    """
    try:
        yield
    except InputError as error:
        tabled = _TabledError(error.problems)
        tabled.file = file
        raise tabled from error
