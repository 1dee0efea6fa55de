"""``c2c progress``: the table, the JSON, and the check of the files."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from c2c_lib.cli import app
from c2c_lib.paths import project_root

runner = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"})


def c2c(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's own cities and notebooks, to spoil."""
    root = tmp_path / "project"
    for folder in ("params", "notebooks"):
        shutil.copytree(project_root() / folder, root / folder)
    monkeypatch.setenv("C2C_HOME", str(root))
    return root


def test_a_city_in_words():
    result = c2c("progress", "norwalk")
    assert result.exit_code == 0
    assert "graduation_4yr" in result.stdout
    assert "+4.9" in result.stdout
    assert "cannot be said" in result.stdout
    assert "not an award" in result.stdout


def test_a_city_as_json():
    result = c2c("progress", "norwalk", "--json")
    found = json.loads(result.stdout)
    assert found["city"] == "norwalk"
    assert len(found["outcomes"]) == 7
    assert [t["id"] for t in found["thresholds"]] == [
        "proof_point", "ongoing_proof_point", "systems_transformation",
    ]  # fmt: skip
    assert found["thresholds"][0]["conditions"][2]["needed"] == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["norwlak"], "did you mean 'norwalk'"),
        ([], "name a city, or check"),
        (["norwalk", "--check"], "name a city, or check"),
    ],
)
def test_wrong_input_is_exit_code_2(arguments, words):
    result = c2c("progress", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_files_that_ship_have_no_problems():
    result = c2c("progress", "--check")
    assert result.exit_code == 0
    assert "No problems found: 4 progress files" in result.stdout


def test_every_problem_of_every_file_is_said_at_once(home):
    folder = home / "params"
    report = folder / "progress" / "waterbury.yml"
    report.write_text("city: waterbury\nreported:\n  - {benchmark: backbon}\n", encoding="utf-8")
    for city in ("norwalk", "norwlak"):
        counts = folder / "improvement" / city / "chronic_absence.csv"
        counts.parent.mkdir(parents=True)
        counts.write_text("month,site,counted\n", encoding="utf-8")
    result = c2c("progress", "--check")
    assert result.exit_code == 2
    for words in (
        "waterbury.yml:3", "did you mean 'backbone'", "columns are missing",
        "is the folder of no city", "did you mean 'norwalk'",
    ):  # fmt: skip
        assert words in result.stderr, words
