"""What is left out has a reason in both languages, and files only where there are any."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from c2c_lib.catalog import LeftOut, load_catalog
from c2c_lib.catalog.loader import read_catalog
from c2c_lib.errors import InputError
from c2c_lib.language import language
from support.reading import grade

ENTRIES = [pytest.param(entry, id=entry.id) for entry in load_catalog().left_out.values()]
WORDS = {
    "id": "naps",
    "title": {"en": "Naps", "es": "Siestas"},
    "publisher": "Nobody",
    "reason": {"en": "Nobody counts them.", "es": "Nadie las cuenta."},
}
FORBIDDEN = re.compile(
    r"\bminorit|\bfailing\b|\bbehind\b|\bable-bodied\b|\bOther\b|\blow-performing\b"
)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_reason_is_whole_plain_and_translated(entry: LeftOut):
    assert entry.reason.en.endswith(".")
    assert language("es").of(entry.reason).endswith(".")
    assert entry.reason.en != language("es").of(entry.reason)
    assert not FORBIDDEN.search(f"{entry.title.en} {entry.reason.en}")
    assert grade(entry.reason.en.replace("`", "")) <= 8


@pytest.mark.parametrize("entry", ENTRIES)
def test_files_are_patterns_inside_the_raw_folder(entry: LeftOut):
    for pattern in entry.files:
        assert not pattern.startswith(("/", ".")), pattern


def test_what_everyone_asks_for_is_admitted():
    wanted = {"preschool_experience", "kindergarten_by_group", "youth_16_to_24"}
    assert wanted <= {e.id for e in load_catalog().left_out.values() if e.kind == "not_public"}


@pytest.mark.parametrize(
    ("kind", "files", "problem"),
    [
        ("not_public", ["naps/*.csv"], "expected to have none"),
        ("not_read", [], "expected to name some"),
        ("unwanted", [], "not_public"),
    ],
)
def test_files_and_kind_belong_together(kind: str, files: list[str], problem: str):
    with pytest.raises(ValidationError, match=problem):
        LeftOut.model_validate({**WORDS, "kind": kind, "files": files})


def test_an_entry_that_does_not_fit_is_told_with_its_file(tmp_path: Path, project_root: Path):
    data = project_root / "src" / "c2c_lib" / "catalog" / "data"
    for file in data.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "left_out_more.yml").write_text(
        "left_out:\n  - {id: naps, kind: not_public, publisher: Nobody}\n"
        "  - {id: preschool_experience, kind: not_public, publisher: Nobody,\n"
        "     title: {en: A, es: B}, reason: {en: C., es: D.}}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as raised:
        read_catalog(tmp_path)
    told = str(raised.value)
    assert "left_out_more.yml: naps: Field required (in title)" in told
    assert "left_out_more.yml: naps: Field required (in reason)" in told
    assert "left_out_more.yml: preschool_experience: id stands twice" in told


def test_files_merge_in_the_order_of_their_names(tmp_path: Path, project_root: Path):
    data = project_root / "src" / "c2c_lib" / "catalog" / "data"
    for file in data.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "left_out_zz.yml").write_text(
        "left_out:\n  - {id: naps, kind: not_public, publisher: Nobody,\n"
        "     title: {en: A, es: B}, reason: {en: C., es: D.}}\n",
        encoding="utf-8",
    )
    assert list(read_catalog(tmp_path).left_out)[-1] == "naps"
