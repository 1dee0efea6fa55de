from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from c2c_lib.errors import BuildError, InputError
from c2c_lib.reporting.publish import publish, recover, refuse_other_files, staging


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "reports" / "_site"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("old")
    return folder


def test_the_new_site_replaces_the_old_one_whole(site: Path) -> None:
    (site / "gone.html").write_text("gone")
    with staging(site) as folder:
        (folder / "index.html").write_text("new")
        publish(folder, site)
    assert [file.name for file in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "new"
    assert [folder.name for folder in site.parent.iterdir()] == ["_site"]


def test_what_is_no_site_is_never_replaced(site: Path, tmp_path: Path) -> None:
    project, other = tmp_path / "project", tmp_path / "documents"
    project.mkdir()
    for folder in (other, other / "new", project / "reports" / "_site"):
        refuse_other_files(folder, project)  # missing
        folder.mkdir(parents=True)
        refuse_other_files(folder, project)  # empty
    (site / "assets").mkdir()
    refuse_other_files(site, project)  # an earlier site
    (other / "thesis.txt").write_text("years of work")
    for folder, what in (
        (other, "holds files that are no site"),
        (other / "thesis.txt", "is a file"),
        (project, "the project lies in this folder"),
        (tmp_path, "the project lies in this folder"),
    ):
        with pytest.raises(InputError, match=what):
            refuse_other_files(folder, project)


def test_the_first_site_needs_no_old_one(tmp_path: Path) -> None:
    site = tmp_path / "not" / "yet" / "_site"
    with staging(site) as folder:
        (folder / "index.html").write_text("new")
        publish(folder, site)
    assert (site / "index.html").read_text() == "new"


@pytest.mark.parametrize("failing", [1, 2])
def test_the_old_site_stays_if_a_rename_fails(
    site: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    rename, calls = Path.rename, []

    def fails_once(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    def attempt() -> None:
        with staging(site) as folder:
            (folder / "index.html").write_text("new")
            monkeypatch.setattr(Path, "rename", fails_once)
            publish(folder, site)

    with pytest.raises(BuildError, match="Permission denied"):
        attempt()
    monkeypatch.undo()

    assert (site / "index.html").read_text() == "old"
    assert [folder.name for folder in site.parent.iterdir()] == ["_site"]


def test_the_old_site_stays_if_the_disk_is_full(site: Path) -> None:
    with pytest.raises(BuildError, match=r"No space left.*untouched"), staging(site):
        raise OSError(28, "No space left on device")
    assert (site / "index.html").read_text() == "old"
    assert [folder.name for folder in site.parent.iterdir()] == ["_site"]


def test_other_errors_pass_through_and_leave_no_folder(site: Path) -> None:
    with pytest.raises(ValueError, match="bad"), staging(site):
        raise ValueError("bad")
    assert [folder.name for folder in site.parent.iterdir()] == ["_site"]


def test_a_publication_that_was_cut_off_between_its_renames_is_undone(site: Path) -> None:
    site.rename(site.with_name("_site.old"))
    recover(site)
    assert (site / "index.html").read_text() == "old"


def test_a_leftover_of_the_old_site_is_cleared_away(site: Path) -> None:
    shutil.copytree(site, site.with_name("_site.old"))
    (site / "index.html").write_text("new")
    recover(site)
    assert (site / "index.html").read_text() == "new"
    assert not site.with_name("_site.old").exists()
