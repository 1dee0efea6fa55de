"""The project is found from its root, from inside it, and where C2C_HOME says."""

from pathlib import Path

import pytest

from c2c_lib import paths
from c2c_lib.errors import InputError
from c2c_lib.paths import project_root


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("C2C_HOME", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project with a notebook folder two levels deep."""
    folder = tmp_path / "project"
    (folder / "notebooks" / "report").mkdir(parents=True)
    (folder / "params").mkdir()
    return folder.resolve()


@pytest.mark.parametrize("inside", [".", "params", "notebooks/report"])
def test_the_project_is_found_from_anywhere_inside_it(project: Path, inside: str):
    assert project_root(project / inside) == project


def test_the_working_directory_is_where_the_search_begins(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(project / "notebooks" / "report")
    assert project_root() == project


def test_from_outside_the_project_of_this_source_is_found(tmp_path: Path, project_root: Path):
    assert paths.project_root(tmp_path) == project_root.resolve()


def test_the_nearest_project_wins(project: Path):
    inner = project / "notebooks" / "copy"
    (inner / "params").mkdir(parents=True)
    (inner / "notebooks").mkdir()
    assert project_root(inner / "params") == inner


def test_a_file_named_like_a_folder_is_no_mark(project: Path):
    inner = project / "notebooks" / "copy"
    (inner / "notebooks").mkdir(parents=True)
    (inner / "params").write_text("", encoding="utf-8")
    assert project_root(inner) == project


def test_the_environment_wins_over_the_working_directory(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("C2C_HOME", str(project))
    monkeypatch.chdir(tmp_path)
    assert project_root() == project
    assert project_root(tmp_path) == project


@pytest.mark.parametrize("named", ["nowhere", "project/params", "project/notebooks/report"])
def test_a_wrong_environment_is_an_error_and_not_a_search(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
):
    monkeypatch.setenv("C2C_HOME", str(tmp_path / named))
    monkeypatch.chdir(project)
    with pytest.raises(InputError) as raised:
        project_root()
    (problem,) = raised.value.problems
    assert problem.where == "C2C_HOME"
    assert problem.value == str(tmp_path / named)
    assert "C2C_HOME" in problem.remedy


def test_without_any_project_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # As if the library were installed away from any project.
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "site-packages" / "paths.py"))
    with pytest.raises(InputError, match="set C2C_HOME") as raised:
        project_root(tmp_path)
    assert raised.value.problems[0].where == "working directory"
