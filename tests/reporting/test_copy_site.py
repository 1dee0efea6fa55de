from pathlib import Path

import pytest

from c2c_lib.errors import BuildError, InputError
from c2c_lib.reporting import copy_site as module
from c2c_lib.reporting.checksums import CHECKSUMS, check_checksums
from c2c_lib.reporting.copy_site import copy_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "_site"
    (folder / "norwalk").mkdir(parents=True)
    (folder / "index.html").write_text("new")
    (folder / "norwalk" / "index.html").write_text("new")
    return folder


def test_a_copy_holds_the_site_and_its_list(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "public" / "cards"
    assert copy_site(site, target) == 2
    assert (target / "norwalk" / "index.html").read_text() == "new"
    assert check_checksums(target) == []
    assert [path.name for path in target.parent.iterdir()] == ["cards"]
    assert not (site / CHECKSUMS).exists()


def test_an_earlier_copy_is_replaced_whole(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    copy_site(site, target)
    (site / "norwalk" / "index.html").rename(site / "later.html")
    copy_site(site, target)
    names = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}
    assert names == {"index.html", "later.html", CHECKSUMS}


def test_somebody_elses_files_are_never_replaced(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="did not put there"):
        copy_site(site, target)
    assert [path.name for path in target.iterdir()] == ["thesis.txt"]
    with pytest.raises(InputError, match="is a file"):
        copy_site(site, target / "thesis.txt")


@pytest.mark.parametrize("name", ["CNAME", ".git/HEAD", "norwalk/notes.txt"])
def test_a_file_put_into_an_earlier_copy_is_never_lost(site: Path, tmp_path: Path, name) -> None:
    target = tmp_path / "public"
    copy_site(site, target)
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_text("cards.example.org")
    (site / "index.html").write_text("newer")
    with pytest.raises(InputError, match=rf"did not put there.*'{name}'"):
        copy_site(site, target)
    assert (target / name).read_text() == "cards.example.org"
    assert (target / "index.html").read_text() == "new"


def test_what_a_file_manager_leaves_is_nobodys_work(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    copy_site(site, target)
    (target / "norwalk" / ".DS_Store").write_text("")
    assert copy_site(site, target) == 2


@pytest.mark.parametrize("inside", ["_site", "_site/copy", "."])
def test_a_target_in_the_site_or_around_it_is_refused(site, tmp_path, inside) -> None:
    with pytest.raises(InputError, match="inside one another"):
        copy_site(site, tmp_path / inside)
    assert (site / "index.html").read_text() == "new"


def test_a_damaged_copy_leaves_the_earlier_one(site, tmp_path, monkeypatch) -> None:
    target = tmp_path / "public"
    copy_site(site, target)
    before = (target / CHECKSUMS).read_text()
    (site / "index.html").write_text("newer")
    monkeypatch.setattr(module, "check_checksums", lambda _: ["index.html: changed"])
    with pytest.raises(BuildError, match="differs from the site"):
        copy_site(site, target)
    assert (target / CHECKSUMS).read_text() == before
    assert (target / "index.html").read_text() == "new"
