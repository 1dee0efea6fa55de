"""What the repository may hold: no traces of one machine, clean notebooks, one version."""

import re
import subprocess
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
import yaml

import c2c_lib

ROOT = Path(__file__).resolve().parents[1]

# Written in pieces or as classes so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(
    r"(?<![\w.:/])/(?:home|Users|root|work|tmp|var/folders)/[\w.]"  # Linux and macOS
    r"|\b[A-Z]:\\+Users\\+\w"  # Windows
)
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pythonhosted", "org"),
        ("pypi", "org/simple"),
        ("pypi", "python", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("conda", "anaconda", "org"),
    )
]
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==[^\s;]+(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
VERSION_HEADING = re.compile(r"^## \[?v?(\d+\.\d+\.\d+)\b", re.MULTILINE)


def repository_files() -> list[Path]:
    """Return the files that are, or would be, committed; skip where there is no repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository: no list of its files")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    paths = [ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name]
    return [path for path in paths if path.is_file()]


def texts() -> dict[str, str]:
    """Return the text files by their path in the repository."""
    found = {}
    for path in repository_files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # parquet, images
    assert "pyproject.toml" in found
    return found


def lines_with(pattern: re.Pattern[str], text: str) -> list[str]:
    return [line.strip()[:160] for line in text.splitlines() if pattern.search(line)]


def lock_problems(lock: str) -> list[str]:
    """Return lines that are neither a pinned package nor a hash, and packages without a hash."""
    problems = [line for line in lock.splitlines() if not (PINNED.match(line) or HASH.match(line))]
    lines = [*lock.splitlines(), "end"]
    for line, following in pairwise(lines):
        if PINNED.match(line) and not HASH.match(following):
            problems.append(f"no hash: {line}")
    return problems


def notebook_problems(text: str) -> list[str]:
    """Return what a notebook holds that only running it may add."""
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    problems = []
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        problems.append("kernelspec is not python3")
    if "papermill" in notebook.metadata:
        problems.append("metadata of an execution")
    for number, cell in enumerate(notebook.cells):
        if cell.get("outputs"):
            problems.append(f"cell {number} has outputs")
        if cell.get("execution_count") is not None:
            problems.append(f"cell {number} has an execution count")
        if {"papermill", "execution"} & cell.metadata.keys():
            problems.append(f"cell {number} has metadata of an execution")
    return problems


def test_no_path_of_one_machine():
    # Tests may hold such paths: they are what the published pages are searched for.
    found = {
        name: lines
        for name, text in texts().items()
        if not name.startswith("tests/") and (lines := lines_with(MACHINE_PATH, text))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line", ["open('/home/ana/x.csv')", "see /root/.cache", "C:\\Users\\ana", "(/work/main)"]
)
def test_a_path_of_one_machine_is_caught(line: str):
    assert lines_with(MACHINE_PATH, line) == [line]


@pytest.mark.parametrize(
    "line", ["reports/home/index.html", "https://example.org/home/x", "at home/work/school"]
)
def test_a_path_of_no_machine_is_fine(line: str):
    assert lines_with(MACHINE_PATH, line) == []


def test_no_package_registry_is_named():
    pattern = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)))
    found = {name: lines for name, text in texts().items() if (lines := lines_with(pattern, text))}
    assert found == {}


def test_the_lock_pins_every_package_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert lock_problems(lock) == []
    assert "://" not in lock


def test_the_lock_has_every_direct_requirement():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["lab"] + extras["test"] + extras["dev"]
    names = {re.split(r"[\[<>=~! ;]", line)[0].lower().replace("_", "-") for line in wanted}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    assert names <= locked, f"run `make lock`: {sorted(names - locked)}"


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        (f"a==1 \\\n    --hash=sha256:{'0' * 64}\n--index-url https://x.example", "--index-url"),
        (f"a @ https://x.example/a.whl \\\n    --hash=sha256:{'0' * 64}", "a @"),
        (f"a>=1 \\\n    --hash=sha256:{'0' * 64}", "a>=1"),
        (f"a==1 \\\nb==2 \\\n    --hash=sha256:{'0' * 64}", "no hash: a==1"),
        ("a==1 \\", "no hash: a==1"),
    ],
)
def test_a_faulty_lock_is_caught(lock: str, problem: str):
    assert lock_problems(lock)[0].startswith(problem)


def test_notebooks_are_clean():
    notebooks = [path for path in repository_files() if path.suffix == ".ipynb"]
    notebooks = [path for path in notebooks if (ROOT / "notebooks") in path.parents]
    assert notebooks, "no notebook in notebooks/"
    found = {
        path.relative_to(ROOT).as_posix(): problems
        for path in notebooks
        if (problems := notebook_problems(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_notebook_that_was_run_is_caught():
    cell = nbformat.v4.new_code_cell("1 + 1", execution_count=1, id="sum")
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2"})]
    cell.metadata = nbformat.from_dict({"papermill": {"duration": 1.5}})
    notebook = nbformat.v4.new_notebook(
        cells=[cell], metadata={"kernelspec": {"name": "c2c", "display_name": "c2c"}}
    )
    assert notebook_problems(nbformat.writes(notebook)) == [
        "kernelspec is not python3",
        "cell 0 has outputs",
        "cell 0 has an execution count",
        "cell 0 has metadata of an execution",
    ]


def test_the_citation_follows_its_format():
    # Required keys and allowed values of the Citation File Format, version 1.2.0.
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in {"software", "dataset"}
    assert isinstance(citation["date-released"], date)
    for key in ("message", "title", "abstract", "license"):
        assert isinstance(citation[key], str), key
        assert citation[key].strip(), key
    assert citation["authors"]
    for author in citation["authors"]:
        # An entity has a name, a person a given or family name.
        assert author.keys() & {"name", "given-names", "family-names"}, author
    assert len(set(citation["keywords"])) == len(citation["keywords"])


def test_the_licence_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["license"] == citation["license"] == "MIT"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n")
    assert citation["authors"][0]["name"] in licence


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = VERSION_HEADING.search(changelog)
    assert top, "CHANGELOG.md has no heading like '## 0.1.0'"
    versions = {
        "pyproject.toml": project["version"],
        "CITATION.cff": str(citation["version"]),
        "CHANGELOG.md": top.group(1),
        "installed": c2c_lib.__version__,
    }
    assert len(set(versions.values())) == 1, versions
