"""Every file and every figure of a raw folder is accounted for, and the parts add up."""

import dataclasses
import gzip
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from c2c_lib.catalog import Catalog, LeftOut, Localized, load_catalog
from c2c_lib.errors import InputError
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.holdings import Account, holdings

Write = Callable[[str, str | bytes], RawFile]

RAW, TABLE = "edsight_chronic_absence", "ctdata_chronic_absence"
FOLDER = "chronic-absenteeism-district"
RACE = (
    '"Chronic Absenteeism, 2018-19"\n"All Districts, Race/Ethnicity"\n\n'
    '"District","District Code","Race/Ethnicity","Student Count","%"\n'
    '"Bridgeport School District","=""0150011""","Hispanic/Latino of any race",2250,21.0\n'
    '"Bridgeport School District","=""0150011""","Asian",25,*\n'
    '"Greenwich School District","=""0570011""","White",300,4.9\n'
)
KIND = "Chronically Absent Students,Percent"
LONG = (
    "District,FIPS,Year,Race/Ethnicity,Variable,Measure Type,Value\n"
    f"Bridgeport School District,900108070,2018-2019,Hispanic/Latino of any race,{KIND},99.9\n"
    f"Bridgeport School District,900108070,2018-2019,Asian,{KIND},8.8\n"
    f"Bridgeport School District,900108070,2017-2018,Asian,{KIND},7.7\n"
    f"Bridgeport School District,900108070,2017-2018,Asian,{KIND},7.7\n"
    f"Connecticut,9,2018-2019,Asian,{KIND},4.4\n"
)
NOTES = LeftOut(
    id="notes",
    kind="not_read",
    title=Localized(en="Notes", es="Notas"),
    publisher="Nobody",
    reason=Localized(en="No figures.", es="Sin cifras."),
    files=("*/notes.csv", f"{FOLDER}/data/*.csv"),
)


@pytest.fixture
def catalog() -> Catalog:
    """The real catalog with two sources that give one indicator, and one thing left out."""
    whole = load_catalog()
    sources = {name: whole.source(name) for name in (RAW, TABLE)}
    return dataclasses.replace(whole, sources=sources, left_out={"notes": NOTES})


@pytest.fixture
def raw(export: Write, tmp_path: Path) -> Path:
    export(f"raw/{FOLDER}/raw/chronic-absenteeism__2018-19_race.csv", RACE)
    export(f"raw/{FOLDER}/data/chronic_absenteeism_by_race_ethnicity_2012-2020.csv", LONG)
    export(f"raw/{FOLDER}/notes.csv", "a,b\n\n1,2\n")
    export("raw/stray.csv", "a\n")
    return tmp_path / "raw"


def parts(report: Account) -> int:
    return sum((report.repeated, report.superseded, report.elsewhere, report.withheld, report.kept))


def test_every_figure_has_one_fate(raw: Path, catalog: Catalog):
    first, second = holdings(raw, catalog).reports
    # Six rows with text; Greenwich does not ship.
    assert first == Account(RAW, files=1, rows=6, read=3, elsewhere=1, kept=2)
    # One row stands twice; two figures stand in the first report too.
    assert second == Account(TABLE, files=1, rows=6, read=5, repeated=1, superseded=2, kept=2)


def test_the_parts_add_up(raw: Path, catalog: Catalog):
    found = holdings(raw, catalog)
    for report in (*found.reports, found.total):
        assert parts(report) == report.read, report
    assert (found.total.read, found.total.kept) == (8, 4)


def test_what_may_not_be_passed_on_is_withheld(raw: Path, catalog: Catalog):
    closed = catalog.source(TABLE).model_copy(update={"redistributable": False})
    found = holdings(raw, dataclasses.replace(catalog, sources={**catalog.sources, TABLE: closed}))
    assert (found.reports[1].withheld, found.reports[1].kept) == (2, 0)
    assert parts(found.reports[1]) == found.reports[1].read


def test_every_file_is_read_left_out_or_named(raw: Path, catalog: Catalog):
    found = holdings(raw, catalog)
    (entry,) = found.left_out
    assert (entry.left_out, entry.files, entry.rows, entry.partly) == ("notes", 1, 2, 1)
    assert found.unexplained == ("stray.csv",)


def test_the_table_has_a_row_per_report_and_the_sums(raw: Path, catalog: Catalog):
    frame = holdings(raw, catalog).table()
    assert list(frame["source"]) == [RAW, TABLE, "all"]
    assert frame["read"].tolist() == [3, 5, 8]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "parquet", "xlsx", "geojson"])
def test_rows_are_counted_in_every_kind_of_file(raw: Path, catalog: Catalog, kind: str):
    file = raw / f"extra.{kind}"
    if kind == "csv":
        file.write_bytes(b"a\r1\r\r2\r")  # carriage returns only, as old exports have them
    elif kind == "csv.gz":
        file.write_bytes(gzip.compress(b"a\n1\n2\n"))
    elif kind == "parquet":
        pd.DataFrame({"a": [1, 2, 3]}).to_parquet(file)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in (["a"], [1], [2]):
            book.active.append(row)
        book.save(file)
    else:
        file.write_text("{}", encoding="utf-8")
    extra = NOTES.model_copy(update={"id": "extra", "files": ("extra.*",)})
    found = holdings(raw, dataclasses.replace(catalog, left_out={"extra": extra}))
    assert found.left_out[0].rows == (0 if kind == "geojson" else 3)


def test_a_wrong_file_is_told_as_by_the_ingest(raw: Path, catalog: Catalog):
    (raw / FOLDER / "raw" / "chronic-absenteeism__2018-19_race.csv").write_text("", "utf-8")
    with pytest.raises(InputError, match="the file is empty"):
        holdings(raw, catalog)


def test_a_folder_that_is_not_there(tmp_path: Path, catalog: Catalog):
    with pytest.raises(InputError, match="the raw folder does not exist"):
        holdings(tmp_path / "nowhere", catalog)


def test_every_file_of_the_publishers_is_explained(shared: Path):
    """Nothing lies in the raw folder that is neither read nor left out with a reason."""
    raw, catalog = shared / "sources", load_catalog()
    explained = {
        path
        for entry in (*catalog.sources.values(), *catalog.left_out.values())
        for pattern in entry.files
        for path in raw.glob(pattern)
    }
    rest = {path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file()}
    rest -= {path.relative_to(raw).as_posix() for path in explained}
    assert sorted(rest) == []
