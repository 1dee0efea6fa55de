from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner, Result

from c2c_lib.cli.terminal import ReadableErrors
from c2c_lib.errors import BuildError, InputError, Problem
from support.command import c2c


@pytest.mark.usefixtures("home")
def test_debug_raises_the_error_itself() -> None:
    result = c2c("--debug", "build", "brigeport")
    assert type(result.exception).__name__ == "InputError"


class Sent:
    """A group with one command that fails in the way it is given."""

    def __init__(self, error: Exception) -> None:
        self.app = typer.Typer(cls=ReadableErrors)
        self.app.callback()(lambda: None)

        @self.app.command()
        def fail() -> None:
            raise error

    def run(self) -> Result:
        return CliRunner().invoke(self.app, ["fail"])


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError([Problem("here", "is wrong", remedy="Mend it.")]), 2, "Mend it."),
        (BuildError("the build failed"), 1, "the build failed"),
        (PermissionError(13, "Permission denied", "locked.csv"), 1, "locked.csv"),
    ],
)
def test_every_command_has_readable_errors_without_asking(error: Exception, code: int, words: str):
    result = Sent(error).run()
    assert result.exit_code == code
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_mistake_in_our_own_code_is_not_dressed_up():
    result = Sent(ZeroDivisionError("ours")).run()
    assert isinstance(result.exception, ZeroDivisionError)
