"""An export that was saved under a name of its own is pointed at, not passed over."""

from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError, Problems
from c2c_lib.sources import ingest
from c2c_lib.sources.stray import note_stray_exports


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    known = "chronic-absenteeism-district/raw/chronic-absenteeism__any words.csv"
    for name in ("Chronic Absenteeism.csv", "sub/Report (1).csv", known, "notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return folder


def test_only_files_that_nothing_accounts_for_are_noted(raw: Path):
    problems = Problems()
    note_stray_exports(raw, load_catalog(), problems)
    assert [problem.where for problem in problems] == [
        "Chronic Absenteeism.csv",
        "sub/Report (1).csv",
    ]


def test_a_missing_report_comes_with_the_files_that_may_be_it(raw: Path, tmp_path: Path):
    with pytest.raises(InputError) as raised:
        ingest(raw, tmp_path / "store", sources=["edsight_suspension"])
    told = [problem.where for problem in raised.value.problems]
    assert told == ["edsight_suspension", "Chronic Absenteeism.csv", "sub/Report (1).csv"]
    assert not (tmp_path / "store").exists()


def test_of_many_only_the_first_are_noted(tmp_path: Path):
    for number in range(30):
        (tmp_path / f"{number:02d}.csv").write_text("x")
    problems = Problems()
    note_stray_exports(tmp_path, load_catalog(), problems)
    assert len(problems) == 10
