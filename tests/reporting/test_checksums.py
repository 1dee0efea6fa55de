import shutil
import subprocess
from pathlib import Path

import pytest

from c2c_lib.reporting.checksums import CHECKSUMS, check_checksums, write_checksums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "norwalk").mkdir(parents=True)
    (folder / "index.html").write_text("one")
    (folder / "norwalk" / "index.html").write_text("two")
    write_checksums(folder)
    return folder


def test_an_untouched_folder_has_no_problem(folder: Path) -> None:
    assert check_checksums(folder) == []
    assert write_checksums(folder).read_text() == (folder / CHECKSUMS).read_text()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this system")
def test_the_list_is_what_sha256sum_reads(folder: Path) -> None:
    command = ["sha256sum", "--check", "--strict", CHECKSUMS]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK") == 2


def test_every_difference_is_told_at_once(folder: Path) -> None:
    (folder / "index.html").write_text("changed")
    (folder / "norwalk" / "index.html").unlink()
    (folder / "more.txt").write_text("more")
    assert {(p.where, p.what) for p in check_checksums(folder)} == {
        ("site/index.html", "the file was changed"),
        ("site/norwalk/index.html", "the file is missing"),
        ("site/more.txt", "the file does not belong there"),
    }


def test_a_list_that_is_missing_or_torn_is_a_problem(folder: Path) -> None:
    (folder / CHECKSUMS).write_text("zzz\n")
    whats = [p.what for p in check_checksums(folder)]
    assert whats == ["does not read", *["the file does not belong there"] * 2]
    (folder / CHECKSUMS).unlink()
    assert len(check_checksums(folder)) == 1
