"""The store is read as it was written, the same to the byte, and written whole or not at all."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import InputError
from c2c_lib.observations import load_observations, store, write_store
from c2c_lib.observations.schema import sort_observations
from c2c_lib.observations.store import STORE_FILE, store_folder

FILES = ["datapackage.json", "observations.parquet"]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_written_reads_back_the_same(table: pd.DataFrame, tmp_path: Path):
    file = write_store(table, tmp_path / "store")
    assert file == tmp_path / "store" / STORE_FILE
    pd.testing.assert_frame_equal(load_observations(tmp_path / "store"), table)


@pytest.mark.thorough
@given(
    estimates=st.lists(st.floats(0, 1, allow_subnormal=True), min_size=1, max_size=6),
    note=st.text(max_size=30),
)
def test_every_number_and_note_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, estimates: list[float], note: str
):
    years = range(2001, 2001 + len(estimates))
    frame = sort_observations(
        pd.DataFrame(
            {
                "indicator": "unemployment_rate",
                "geo_level": "town",
                "geo_id": "0900156060",
                "period": [str(year) for year in years],
                "period_end": list(years),
                "dimension": "all",
                "group": "all",
                "estimate": estimates,
                "status": "published",
                "source": "ctdol_labor_force",
                "note": note.encode("utf-8", "ignore").decode(),
            }
        )
    )
    folder = tmp_path_factory.mktemp("store")
    write_store(frame, folder)
    pd.testing.assert_frame_equal(load_observations(folder), frame, check_exact=True)
    shutil.rmtree(folder)


def test_only_the_table_and_its_descriptor_lie_in_the_folder(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES


def test_the_same_table_gives_the_same_bytes_in_any_order(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path / "one")
    write_store(table.iloc[::-1].drop(columns="note"), tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_written_store_can_be_written_again(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path / "one")
    write_store(load_observations(tmp_path / "one"), tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_folder_that_is_missing_is_made(table: pd.DataFrame, tmp_path: Path):
    assert write_store(table, tmp_path / "a" / "b").is_file()


def test_a_new_store_in_the_same_place_is_read_anew(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path)
    assert len(load_observations(tmp_path)) == 6
    write_store(table.head(2), tmp_path)
    assert len(load_observations(tmp_path)) == 2


def test_a_store_that_another_process_wrote_is_read_anew(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path / "mine")
    write_store(table.head(2), tmp_path / "theirs")
    assert len(load_observations(tmp_path / "mine")) == 6
    (tmp_path / "theirs" / STORE_FILE).replace(tmp_path / "mine" / STORE_FILE)
    assert len(load_observations(tmp_path / "mine")) == 2


def test_a_reader_cannot_change_what_the_next_one_reads(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path)
    mine = load_observations(tmp_path)
    mine.loc[0, "estimate"] = 0.99
    mine["note"] = "changed"
    pd.testing.assert_frame_equal(load_observations(tmp_path), table)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.assign(status="lost"),
        lambda t: t.drop(columns="status"),
        lambda t: t.assign(period_end=np.nan),
        lambda t: t.assign(estimate="many"),
        lambda t: pd.concat([t, t]),
        lambda t: t.assign(numerator=10.0, denominator=9.0),
    ],
)
def test_a_table_that_does_not_fit_writes_nothing(table: pd.DataFrame, tmp_path: Path, spoil):
    with pytest.raises(InputError):
        write_store(spoil(table), tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_table_that_does_not_fit_leaves_the_old_store(table: pd.DataFrame, tmp_path: Path):
    write_store(table, tmp_path)
    before = content(tmp_path)
    with pytest.raises(InputError):
        write_store(table.assign(status="lost"), tmp_path)
    assert content(tmp_path) == before
    pd.testing.assert_frame_equal(load_observations(tmp_path), table)


def _fail(*_args: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("when", ["table", "descriptor", "first move", "second move"])
@pytest.mark.parametrize("existed", [True, False])
def test_a_write_that_fails_leaves_what_was_there(
    table: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, existed: bool
):
    folder = tmp_path / "store"
    folder.mkdir()
    if existed:
        write_store(table, folder)
    before = content(folder)
    moves: list[Path] = []
    move = Path.replace

    def fail_at(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == (1 if when == "first move" else 2):
            _fail()
        return move(self, target)

    with monkeypatch.context() as broken:
        if when == "table":
            broken.setattr(store.pq, "write_table", _fail)
        elif when == "descriptor":
            broken.setattr(store, "describe", _fail)
        else:
            broken.setattr(Path, "replace", fail_at)
        with pytest.raises(OSError, match="No space left"):
            write_store(table.head(2), folder)
    assert content(folder) == before
    write_store(table.head(2), folder)
    assert sorted(content(folder)) == FILES


@pytest.mark.parametrize("broken", [None, b"", b"PAR1 and then nothing"])
def test_a_store_that_does_not_read_is_told_with_the_remedy(tmp_path: Path, broken: bytes | None):
    if broken is not None:
        (tmp_path / STORE_FILE).write_bytes(broken)
    with pytest.raises(InputError, match="c2c ingest") as raised:
        load_observations(tmp_path)
    (problem,) = raised.value.problems
    assert problem.where == STORE_FILE
    assert problem.value
    assert str(tmp_path) not in str(raised.value)


def test_the_environment_names_another_store(
    table: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write_store(table, tmp_path)
    shipped = store_folder()
    monkeypatch.setenv("C2C_STORE", str(tmp_path))
    assert store_folder() == tmp_path
    pd.testing.assert_frame_equal(load_observations(), table)
    assert len(load_observations(shipped)) > len(table)
