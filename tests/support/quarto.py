"""A stand-in for Quarto, which is not on every machine that runs the tests."""

import sys
from pathlib import Path

import pytest

# Does to a project what Quarto does, as far as the build relies on it: Pandoc makes a page of the
# cells of every listed notebook, with the template that the front matter names.
_SCRIPT = """\
#!{python}
import json, pathlib, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
import pypandoc, yaml
pathlib.Path("calls.txt").open("a").write(" ".join(sys.argv[1:]) + "\\n")
project = yaml.safe_load(open("_quarto.yml"))["project"]
commands = []
for name in project["render"]:
    file = pathlib.Path(name)
    cells = json.loads(file.read_text())["cells"]
    front = yaml.safe_load("".join(cells[0]["source"]).strip("-\\n"))
    out = pathlib.Path(project["output-dir"]) / file.with_suffix(".html")
    out.parent.mkdir(parents=True, exist_ok=True)
    text = file.with_suffix(".md")
    text.write_text("\\n\\n".join("".join(cell["source"]) for cell in cells))
    template = file.parent / front["format"]["html"]["template"]
    arguments = [text, "--from=markdown", "--to=html", "--standalone", "--wrap=preserve"]
    arguments += [f"--template={{template}}", f"--output={{out}}"]
    commands.append([pypandoc.get_pandoc_path(), *arguments])
with ThreadPoolExecutor(2) as threads:
    sys.exit(max(done.returncode for done in threads.map(subprocess.run, commands)))
"""


def stand_in() -> str:
    """Return the text of a program that renders a project as the build relies on it."""
    return _SCRIPT.format(python=sys.executable)


def install(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program named quarto, and nothing else, on the path."""
    home = folder / "bin"
    home.mkdir()
    (home / "quarto").write_text(program, encoding="utf-8")
    (home / "quarto").chmod(0o755)
    monkeypatch.setenv("PATH", str(home))


_TOOLS = '''#!{python}
"""The same Pandoc and Typst that Quarto hands its arguments to."""
import subprocess
import sys

import pypandoc
import typst

command, *arguments = sys.argv[1:]
if command == "pandoc":
    sys.exit(subprocess.run([pypandoc.get_pandoc_path(), *arguments]).returncode)
assert command == "typst", command
if arguments == ["--version"]:
    print("typst", typst.__version__)
    sys.exit()
action, source, output, *options = arguments
assert action == "compile", action
named = [option.removeprefix("--").split("=", 1) for option in options]
assert {{name for name, _ in named}} <= {{"pdf-standard", "input"}}, named
try:
    pdf = typst.compile(
        source,
        pdf_standards=[value for name, value in named if name == "pdf-standard"],
        sys_inputs=dict(value.split("=", 1) for name, value in named if name == "input"),
    )
except typst.TypstError as error:
    sys.exit(str(error.diagnostic))
with open(output, "wb") as file:
    file.write(pdf)
'''


def tools() -> str:
    """Return the text of a program that converts and sets pages as Quarto does.

    Quarto only hands the arguments on to the Pandoc and the Typst that it brings; the packages of
    both stand for those here.
    """
    return _TOOLS.format(python=sys.executable)
