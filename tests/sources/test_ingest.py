"""From raw folders to the store: all or nothing, one figure per key, the same bytes."""

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError, Problems
from c2c_lib.observations import KEY, load_observations
from c2c_lib.sources import ingest
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.ingest import read_raw, resolve, source_modules

Write = Callable[[str, str | bytes], RawFile]

RAW = "edsight_chronic_absence"
TABLE = "ctdata_chronic_absence"
FOLDER = "chronic-absenteeism-district"
RACE_FILE = f"{FOLDER}/raw/chronic-absenteeism__2018-19_race.csv"
RACE = (
    '"Chronic Absenteeism, 2018-19"\n"All Districts, Race/Ethnicity"\n\n'
    '"District","District Code","Race/Ethnicity","Student Count","%"\n'
    '"Bridgeport School District","=""0150011""","Hispanic/Latino of any race",2250,21.0\n'
    '"Bridgeport School District","=""0150011""","Asian",25,*\n'
    '"Greenwich School District","=""0570011""","White",300,4.9\n'
)
TABLE_FILE = f"{FOLDER}/data/chronic_absenteeism_by_race_ethnicity_2012-2020.csv"
TABLE_HEADER = "District,FIPS,Year,Race/Ethnicity,Variable,Measure Type,Value\n"
KIND = "Chronically Absent Students,Percent"
ROWS = (
    f"Bridgeport School District,900108070,2018-2019,Hispanic/Latino of any race,{KIND},99.9\n"
    f"Bridgeport School District,900108070,2018-2019,Asian,{KIND},8.8\n"
    f"Bridgeport School District,900108070,2017-2018,Asian,{KIND},7.7\n"
    f"Connecticut,9,2018-2019,Asian,{KIND},4.4\n"
)


@pytest.fixture
def catalog() -> Catalog:
    """The real catalog with two sources only, which give one indicator."""
    whole = load_catalog()
    return dataclasses.replace(whole, sources={name: whole.source(name) for name in (RAW, TABLE)})


@pytest.fixture
def raw(export: Write, tmp_path: Path) -> Path:
    """A raw folder of one export and one table."""
    export(f"raw/{RACE_FILE}", RACE)
    export(f"raw/{TABLE_FILE}", TABLE_HEADER + ROWS)
    return tmp_path / "raw"


def figure(frame: pd.DataFrame, **key: str) -> dict[str, object]:
    for column, value in key.items():
        frame = frame[frame[column] == value]
    (row,) = frame.to_dict("records")
    return row


def test_the_store_holds_the_figures_of_places_that_ship(
    raw: Path, tmp_path: Path, catalog: Catalog
) -> None:
    report = ingest(raw, tmp_path / "store", catalog)
    assert report.read == {RAW: 3, TABLE: 4}
    assert report.kept == {RAW: 2, TABLE: 2}
    assert report.duplicates == 2
    frame = load_observations(tmp_path / "store")
    assert set(zip(frame["geo_level"], frame["geo_id"], strict=True)) == {
        ("district", "0150011"),
        ("state", "09"),
    }
    assert not frame.duplicated(list(KEY)).any()
    row = figure(frame, group="hispanic")
    assert (row["estimate"], row["numerator"], row["period_end"]) == (0.21, 2250, 2019)
    assert pd.isna(row["denominator"])


def test_the_earlier_source_wins_and_nothing_is_averaged(raw: Path, catalog: Catalog) -> None:
    frame = resolve(read_raw(raw, catalog, Problems()), catalog)
    row = figure(frame, geo_id="0150011", group="hispanic")
    assert (row["source"], row["estimate"]) == (RAW, 0.21)


def test_a_suppression_is_not_undone_by_another_report(raw: Path, catalog: Catalog) -> None:
    frame = resolve(read_raw(raw, catalog, Problems()), catalog)
    row = figure(frame, geo_id="0150011", group="asian", period="2018-19")
    assert (row["source"], row["status"]) == (RAW, "suppressed_by_source")
    assert pd.isna(row["estimate"])
    assert pd.isna(row["numerator"])


def test_a_later_source_fills_what_the_earlier_does_not_have(raw: Path, catalog: Catalog) -> None:
    frame = resolve(read_raw(raw, catalog, Problems()), catalog)
    assert figure(frame, period="2017-18")["estimate"] == 0.077
    assert figure(frame, geo_level="state")["source"] == TABLE


def test_the_same_exports_give_the_same_bytes(raw: Path, tmp_path: Path, catalog: Catalog) -> None:
    ingest(raw, tmp_path / "one", catalog)
    for path in raw.rglob("*.csv"):
        os.utime(path, (0, 0))
    ingest(raw, tmp_path / "two", catalog)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["datapackage.json", "observations.parquet"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_order_of_rows_does_not_change_the_bytes(
    raw: Path, tmp_path: Path, catalog: Catalog, export: Write
) -> None:
    ingest(raw, tmp_path / "one", catalog)
    export(f"raw/{TABLE_FILE}", TABLE_HEADER + "".join(reversed(ROWS.splitlines(keepends=True))))
    ingest(raw, tmp_path / "two", catalog)
    one, two = (tmp_path / name / "observations.parquet" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_the_descriptor_names_the_publishers_reports(
    raw: Path, tmp_path: Path, catalog: Catalog
) -> None:
    ingest(raw, tmp_path / "store", catalog)
    described = json.loads((tmp_path / "store" / "datapackage.json").read_text(encoding="utf-8"))
    titles = {source["title"] for source in described["sources"]}
    assert titles == {f"{entry.publisher}: {entry.title}" for entry in catalog.sources.values()}


def test_figures_that_may_not_be_passed_on_stay_out(
    raw: Path, tmp_path: Path, catalog: Catalog
) -> None:
    closed = catalog.source(RAW).model_copy(update={"redistributable": False})
    report = ingest(
        raw, tmp_path / "s", dataclasses.replace(catalog, sources={**catalog.sources, RAW: closed})
    )
    assert report.read[RAW] == 3
    assert RAW not in report.kept


def test_a_trial_run_writes_nothing(raw: Path, tmp_path: Path, catalog: Catalog) -> None:
    report = ingest(raw, tmp_path / "store", catalog, dry_run=True)
    assert report.store is None
    assert report.kept == {RAW: 2, TABLE: 2}
    assert not (tmp_path / "store").exists()


def test_everything_that_is_wrong_is_listed_and_the_store_stays(
    raw: Path, tmp_path: Path, catalog: Catalog, export: Write
) -> None:
    store = tmp_path / "store"
    ingest(raw, store, catalog)
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    bad = RACE.replace("Asian", "Asiatic").replace("0570011", "0580011").replace("21.0", "210")
    export(f"raw/{RACE_FILE}", bad)
    export(f"raw/{RACE_FILE}".replace("_race", "_gender"), RACE.replace('"%"', '"Per cent"'))
    export(f"raw/{RACE_FILE}".replace("_race", "_ell"), "")
    twice = f"Connecticut,9,2018-2019,Asian,{KIND},5.5\n"
    export(f"raw/{TABLE_FILE}", TABLE_HEADER + ROWS + twice)
    with pytest.raises(InputError) as caught:
        ingest(raw, store, catalog)
    values = {problem.value for problem in caught.value.problems}
    assert {"Asiatic", "0580011", "210", "Per cent"} <= values
    assert "0.044 (published), 0.055 (published)" in values
    wheres = {problem.where for problem in caught.value.problems}
    assert f"{RACE_FILE}:5" in wheres
    assert f"{RACE_FILE.replace('_race', '_ell')}" in wheres
    assert f"{TABLE_FILE}:5 and {TABLE_FILE}:6" in wheres
    assert str(tmp_path) not in str(caught.value)
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before


def test_the_same_row_twice_is_no_contradiction(raw: Path, catalog: Catalog, export: Write) -> None:
    export(f"raw/{TABLE_FILE}", TABLE_HEADER + ROWS + ROWS)
    frame = resolve(read_raw(raw, catalog, Problems()), catalog)
    assert not frame.duplicated(list(KEY)).any()


def test_a_shown_and_a_hidden_figure_for_one_key_contradict_each_other(
    raw: Path, catalog: Catalog, export: Write
) -> None:
    hidden = f"Connecticut,9,2018-2019,Asian,{KIND},-9999\n"
    export(f"raw/{TABLE_FILE}", TABLE_HEADER + ROWS + hidden)
    with pytest.raises(InputError, match=r"more than once.*suppressed_by_source"):
        resolve(read_raw(raw, catalog, Problems()), catalog)


def test_a_missing_file_is_named_with_its_pattern(tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(InputError) as caught:
        ingest(tmp_path / "raw", None, catalog)
    patterns = {problem.where: problem.allowed for problem in caught.value.problems}
    assert patterns == {name: " or ".join(catalog.source(name).files) for name in (RAW, TABLE)}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(InputError, match="does not exist"):
        ingest(tmp_path / "nowhere", None, catalog)


def test_a_source_without_a_module_is_a_problem(raw: Path, catalog: Catalog) -> None:
    unread = catalog.source(RAW).model_copy(update={"id": "star_signs"})
    problems = Problems()
    read_raw(
        raw,
        dataclasses.replace(catalog, sources={**catalog.sources, "star_signs": unread}),
        problems,
    )
    (problem,) = problems
    assert problem.where == "sources.yml: star_signs"


def test_a_source_that_the_indicator_does_not_list_is_a_problem(
    raw: Path, catalog: Catalog
) -> None:
    indicator = catalog.indicator("chronic_absence").model_copy(update={"sources": (RAW,)})
    lean = dataclasses.replace(
        catalog, indicators={**catalog.indicators, "chronic_absence": indicator}
    )
    with pytest.raises(InputError) as caught:
        resolve(read_raw(raw, catalog, Problems()), lean)
    (problem,) = caught.value.problems
    assert (problem.where, problem.value) == ("indicators.yml: chronic_absence", TABLE)


def test_a_period_that_does_not_read_is_a_problem(
    raw: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = source_modules()[TABLE]
    whole = module.read
    monkeypatch.setattr(
        module, "read", lambda files, names: whole(files, names).assign(period="spring")
    )
    problems = Problems()
    read_raw(raw, catalog, problems)
    assert ["'spring'" in problem.what for problem in problems] == [True]


def test_each_module_reads_a_source_of_its_own() -> None:
    modules = source_modules()
    assert {RAW, TABLE, "edsight_graduation_4yr", "edsight_smarter_balanced"} <= modules.keys()
    assert modules.keys() <= load_catalog().sources.keys()
