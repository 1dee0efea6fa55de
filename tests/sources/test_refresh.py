"""`c2c ingest --source`: one new export replaces what it covers, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from c2c_lib.cli import app
from c2c_lib.errors import InputError
from c2c_lib.observations import load_observations
from c2c_lib.sources import ingest
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.changes import Changes, compare

Export = Callable[[str, str | bytes], RawFile]

FOLDER = "chronic-absenteeism-district"
EDSIGHT = "edsight_chronic_absence"
CTDATA = "ctdata_chronic_absence"
HEAD = '"District","District Code","Race/Ethnicity","Student Count","%"\n'
KIND = "Chronically Absent Students,Percent"


def edsight(year: str, *rows: str) -> str:
    return f'"Chronic Absenteeism, {year}"\n"All Districts, Race/Ethnicity"\n\n{HEAD}' + "".join(
        f'"Norwalk School District","=""1030011""",{row}\n' for row in rows
    )


def ctdata(*rows: str) -> str:
    head = "District,FIPS,Year,Race/Ethnicity,Variable,Measure Type,Value\n"
    return head + "".join(f"Norwalk School District,900156060,{row}\n" for row in rows)


@pytest.fixture
def store(tmp_path: Path, export: Export) -> Path:
    """A store of two reports and two years; EdSight goes before CTData."""
    export(
        f"a/{FOLDER}/raw/chronic-absenteeism__2017-18_race.csv", edsight("2017-18", "Asian,9,4.5")
    )
    export(
        f"a/{FOLDER}/raw/chronic-absenteeism__2018-19_race.csv",
        edsight("2018-19", "Asian,10,5.0", "White,120,4.9"),
    )
    export(
        f"a/{FOLDER}/data/chronic_absenteeism_by_race_ethnicity_2012-2020.csv",
        ctdata(f"2018-2019,Asian,{KIND},9.9", f"2016-2017,Asian,{KIND},4.0"),
    )
    report = ingest(tmp_path / "a", tmp_path / "store", sources=[EDSIGHT, CTDATA])
    assert report.changes is None
    assert report.kept == {EDSIGHT: 3, CTDATA: 1}
    return tmp_path / "store"


def values(store: Path) -> dict[tuple[str, str], tuple[str, float]]:
    frame = load_observations(store)
    rows = zip(frame["period"], frame["group"], frame["source"], frame["estimate"], strict=True)
    return {(period, group): (source, value) for period, group, source, value in rows}


def test_one_new_export_replaces_its_own_year_and_group(
    store: Path, tmp_path: Path, export: Export
) -> None:
    before = values(store)
    export(
        f"b/{FOLDER}/raw/chronic-absenteeism__2018-19_race.csv",
        edsight("2018-19", "Asian,11,5.5", "Black,60,12.0"),
    )
    report = ingest(tmp_path / "b", store, sources=[EDSIGHT])
    assert report.changes == Changes(added=1, revised=1, gone=1)
    assert values(store) == {
        **{key: found for key, found in before.items() if key != ("2018-19", "white")},
        ("2018-19", "asian"): (EDSIGHT, 0.055),
        ("2018-19", "black"): (EDSIGHT, 0.12),
    }


def test_a_new_year_is_added(store: Path, tmp_path: Path, export: Export) -> None:
    before = values(store)
    export(f"b/{FOLDER}/raw/chronic-absenteeism__2019-20_race.csv", edsight("2019-20", "Asian,9,*"))
    assert ingest(tmp_path / "b", store, sources=[EDSIGHT]).changes == Changes(1, 0, 0)
    after = values(store)
    assert {key: after[key] for key in before} == before
    source, value = after[("2019-20", "asian")]
    assert source == EDSIGHT
    assert pd.isna(value)


def test_the_order_of_precedence_holds_for_a_refresh(
    store: Path, tmp_path: Path, export: Export
) -> None:
    export(
        f"b/{FOLDER}/data/chronic_absenteeism_by_race_ethnicity_2012-2020.csv",
        ctdata(f"2018-2019,Asian,{KIND},7.7", f"2018-2019,Black,{KIND},8.8"),
    )
    ingest(tmp_path / "b", store, sources=[CTDATA])
    after = values(store)
    assert after[("2018-19", "asian")] == (EDSIGHT, 0.05)
    assert after[("2018-19", "black")] == (CTDATA, 0.088)
    assert after[("2016-17", "asian")] == (CTDATA, 0.04)


def test_only_the_named_report_has_to_lie_in_the_folder(store: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        ingest(tmp_path / "empty", store, sources=[CTDATA])
    assert [problem.where for problem in caught.value.problems] == [CTDATA]


def test_an_unknown_report_gets_the_nearest_one(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'edsight_chronic_absence'"):
        ingest(tmp_path / "a", store, sources=["edsight_chronic_abscence"])


def test_a_broken_store_is_not_half_replaced(store: Path, tmp_path: Path) -> None:
    (store / "observations.parquet").write_bytes(b"not a table")
    with pytest.raises(InputError, match="the store does not read"):
        ingest(tmp_path / "a", store, sources=[EDSIGHT])
    assert (store / "observations.parquet").read_bytes() == b"not a table"


def test_the_command_names_what_changes(store: Path, tmp_path: Path) -> None:
    words = ["ingest", "--raw", str(tmp_path / "a"), "--source", EDSIGHT, "--store", str(store)]
    result = CliRunner().invoke(app, [*words, "--dry-run"])
    assert result.exit_code == 0, result.output
    assert "0 figures are new, 0 have another value, 0 are gone" in result.output
    assert "Nothing was written" in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "either a folder with --raw or a table with --table"),
        (["--raw", "a", "--table", "b"], "either a folder"),
        (["--table", "b"], "--table and --mapping go together"),
        (["--raw", "a", "--mapping", "c"], "--table and --mapping go together"),
        (["--raw", "a", "--merge"], "--merge goes with --table"),
        (["--table", "b", "--mapping", "c"], "--table needs --store"),
        (["--table", "b", "--mapping", "c", "--store", "d", "--source", "e"], "goes with --raw"),
    ],
)
def test_options_that_do_not_go_together_are_told(words: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["ingest", *words])
    assert result.exit_code == 2
    assert message in result.output


def test_hidden_and_shown_differ_but_two_hidden_figures_do_not(store: Path) -> None:
    frame = load_observations(store)
    hidden = frame.assign(
        status="suppressed_by_source", estimate=float("nan"), numerator=float("nan")
    )
    assert compare(hidden, hidden) == Changes(0, 0, 0)
    assert compare(frame, hidden) == Changes(0, len(frame), 0)
