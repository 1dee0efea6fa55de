from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from c2c_lib import __version__
from support.command import c2c


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "build"),
        (["build", "--rendrer", "quarto"], "--renderer"),
        (["build", "--renderer", "word"], "nbconvert"),
        (["build", "--jobs", "-1"], "--jobs"),
        (["build", "brigeport"], "did you mean 'bridgeport'?"),
        (["plan", "norwlak"], "did you mean 'norwalk'?"),
        (["show", "graduation_4y", "--city", "norwalk"], "graduation_4yr"),
        (["show", "graduation_4yr", "--city", "norwlak"], "did you mean 'norwalk'?"),
        (["show", "graduation_4yr"], "--city"),
        (["new-city", "hartfort"], "did you mean 'hartford'"),
        (["new-city", "norwalk"], "exists already"),
        (["ingest", "--raw", "nowhere"], "raw folder does not exist"),
        (["check", "nowhere"], "no such folder"),
        (["serve", "nowhere"], "no such folder"),
    ],
)
def test_wrong_input_is_exit_code_2_with_a_remedy_and_no_traceback(
    home: Path, arguments: list[str], words: str
) -> None:
    result = c2c(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output
    assert not (home / "build").exists()


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from c2c_lib import cli; from typer.testing import CliRunner; "
        "r = CliRunner().invoke(cli.app, ['--help']); assert r.exit_code == 0, r.output; "
        "print(sorted({'pandas', 'geopandas', 'nbconvert', 'papermill', 'matplotlib'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_installed_command_reports_its_version() -> None:
    command = Path(sys.executable).with_name("c2c")
    done = subprocess.run(
        [command, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == __version__


def test_every_module_of_commands_is_part_of_the_application():
    module = sys.modules["c2c_lib.cli.app"]  # the name `c2c_lib.cli.app` is the application
    files = Path(str(module.__file__)).parent.glob("*.py")
    with_commands = {file.stem for file in files if "commands = typer.Typer()" in file.read_text()}
    assert with_commands == {one.__name__.rpartition(".")[2] for one in module._MODULES}
