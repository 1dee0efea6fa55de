"""Run `c2c` inside the test's own process."""

from __future__ import annotations

from typer.testing import CliRunner, Result

from c2c_lib.cli import app

_runner = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"})


def c2c(*arguments: str) -> Result:
    return _runner.invoke(app, list(arguments))
