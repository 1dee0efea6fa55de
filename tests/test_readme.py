"""Every command that README.md and docs/ show in an ``sh`` block exists as it is written."""

import importlib.util
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.main import get_command

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]

BLOCK = re.compile(r"^[ ]*```sh\b[^\n]*\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
ASSIGNMENT = re.compile(r"^[A-Z_][A-Z0-9_]*=")
BETWEEN = {"&&", "||", "|", ";", "&"}
PYTHONS = {"python", "python3"}
# Commands of the reader's own machine; what stands after them is not ours to check.
OUTSIDE = {"cd", "git", "source", "."}


def commands(text: str) -> list[str]:
    """Return the commands of the ``sh`` blocks, one each, without comments and prompts."""
    found = []
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            lexer = shlex.shlex(line.strip().removeprefix("$ "), posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words: list[str] = []
            for word in [*lexer, ";"]:
                if word not in BETWEEN:
                    words.append(word)
                elif words:
                    found.append(shlex.join(words))
                    words = []
    return found


def makefile_problem(arguments: list[str], makefile: str) -> str:
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))
    variables = set(re.findall(r"\$\(([A-Z_]+)\)", makefile))
    for word in arguments:
        name, assigned, _ = word.partition("=")
        if assigned and name not in variables:
            return f"the Makefile has no variable {name}"
        if not assigned and name not in targets:
            return f"the Makefile has no target {name}"
    return ""


def cli_problem(arguments: list[str], app: typer.Typer) -> str:
    """Parse the arguments as the command line would, without running the command."""
    command, words = get_command(app), list(arguments)
    while subcommands := getattr(command, "commands", None):
        options = {name for parameter in command.params for name in parameter.opts}
        word = words.pop(0) if words else ""
        if word in subcommands:
            command = subcommands[word]
        elif word == "--help" or (word in options and not words):
            return ""
        elif word not in options:
            return f"no subcommand or option {word}" if word else "a subcommand is missing"
    try:
        command.make_context(command.name, words)
    except typer.Exit:
        return ""  # --help
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        message = error.format_message()
        # A path in the documentation may be only an example.
        return "" if message.endswith("does not exist.") else message
    return ""


def problem(command: str, app: typer.Typer, makefile: str) -> str:
    """Return what is wrong with a command, or an empty string."""
    words = shlex.split(command)
    while words and ASSIGNMENT.match(words[0]):
        words.pop(0)
    for sign in (">", ">>", "<", "2>"):
        words = words[: words.index(sign)] if sign in words else words
    if not words:
        return ""
    name = words[0].removeprefix(".venv/bin/")
    ours = name != words[0] or name in {"c2c", "jupyter"}
    if name == "make":
        return makefile_problem(words[1:], makefile)
    if name == "c2c":
        return cli_problem(words[1:], app)
    if name in PYTHONS and words[1:2] == ["-m"]:
        known = len(words) > 2 and importlib.util.find_spec(words[2])
        return "" if known else f"no module {' '.join(words[2:3])}"
    if name in PYTHONS and words[1:2] and words[1].endswith(".py"):
        return "" if (ROOT / words[1]).is_file() else f"no script {words[1]}"
    if ours:
        return "" if shutil.which(name, path=str(BIN)) else f"{name} is not installed"
    return "" if name in OUTSIDE else f"no check for {name}: see tests/test_readme.py"


DOCUMENTED = [
    pytest.param(command, id=f"{document.name}: {command}")
    for document in DOCUMENTS
    if document.exists()
    for command in commands(document.read_text(encoding="utf-8"))
]


def test_the_readme_shows_how_to_build_the_reports():
    assert "make reports" in commands((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", DOCUMENTED)
def test_a_documented_command_exists(command: str):
    from c2c_lib.cli import app  # noqa: PLC0415 - a broken command line fails here, by name

    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert problem(command, app, makefile) == ""


MAKEFILE = "CITIES ?=\nreports: .venv/stamp ## build\n\t@c2c build $(CITIES)\nPIP := pip\n"


@pytest.fixture
def app(tmp_path: Path) -> typer.Typer:
    example = typer.Typer()

    @example.callback()
    def root(debug: bool = False) -> None:
        pass

    @example.command()
    def build(
        cities: Annotated[list[str] | None, typer.Argument()] = None,
        output: Annotated[str, typer.Option("--output", "-o")] = "site",
        jobs: int = 2,
        force: bool = False,
    ) -> None:
        tmp_path.joinpath("ran").write_text(f"{cities} {output} {jobs} {force}")

    @example.command()
    def ingest(raw: Annotated[Path, typer.Option(exists=True)]) -> None:
        tmp_path.joinpath("ran").write_text(str(raw))

    return example


def test_commands_are_taken_apart():
    text = (
        "```sh\n# a comment\n$ make reports && c2c build \\\n    norwalk  # one city\n```\n"
        "```python\nnot a command\n```\n- step:\n  ```sh\n  A=1 c2c plan | less > x\n  ```\n"
    )
    assert commands(text) == [
        "make reports",
        "c2c build norwalk",
        "A=1 c2c plan",
        "less '>' x",
    ]


@pytest.mark.parametrize(
    "command",
    [
        "make reports CITIES=norwalk",
        "c2c build",
        "c2c build norwalk stamford --output out --jobs 1 --force",
        "C2C_HOME=. .venv/bin/c2c --debug build -o out",
        "c2c --help",
        "c2c build --help",
        "c2c ingest --raw path/to/exports",
        "python3 -m http.server --directory reports/_site",
        ".venv/bin/python -m pytest",
        "git clone address",
    ],
)
def test_a_right_command_passes(command: str, app: typer.Typer, tmp_path: Path):
    assert problem(command, app, MAKEFILE) == ""
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("make report", "no target report"),
        ("make pip", "no target pip"),
        ("make reports CITY=norwalk", "no variable CITY"),
        ("c2c", "a subcommand is missing"),
        ("c2c bild", "no subcommand or option bild"),
        ("c2c --verbose build", "no subcommand or option --verbose"),
        ("c2c build --out x", "No such option: --out"),
        ("c2c build --output", "requires an argument"),
        ("c2c build --jobs two", "Invalid value for '--jobs'"),
        ("c2c ingest", "Missing option"),
        ("c2c ingest --raw . y", "unexpected extra argument"),
        ("python3 -m no_such_module", "no module no_such_module"),
        (".venv/bin/no-such-tool", "is not installed"),
        ("npm install", "no check for npm"),
    ],
)
def test_a_wrong_command_is_caught(command: str, expected: str, app: typer.Typer):
    assert expected in problem(command, app, MAKEFILE)
