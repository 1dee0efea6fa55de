"""October enrollment: CTData's tables, and every figure against the publisher's own files."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.equity import Measured, change_between
from c2c_lib.errors import Problems
from c2c_lib.observations import check_observations, sort_observations
from c2c_lib.privacy import Rules, publishable
from c2c_lib.sources import enrollment, enrollment_edsight
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure

Write = Callable[[str, str | bytes], RawFile]
Key = tuple[str, str, str]  # place, school year, group

ALL = "student_enrollment_all_students_2008-2021.csv"
RACE = "student_enrollment_by_race_ethnicity_2011-2022.csv"
HEADER = '"District","FIPS","Year",{}"Variable","Measure Type","Value"\n'
KIND = '"Student Enrollment","Number"'


def rows_of(groups: dict[str, int | str], total: int | str) -> dict[str, str]:
    """The two tables of one district and one year."""
    start = '"Norwalk School District","900156060","2031-2032"'
    return {
        ALL: HEADER.format("") + f"{start},{KIND},{total}\n",
        RACE: HEADER.format('"Race/Ethnicity",')
        + "".join(f'{start},"{label}",{KIND},{count}\n' for label, count in groups.items()),
    }


def read_texts(texts: dict[str, str], export: Write, names: Names) -> pd.DataFrame:
    return enrollment.read([export(name, text) for name, text in texts.items()], names)


def test_counts_marks_and_dimensions(export: Write, names: Names) -> None:
    frame = read_texts(rows_of({"Asian": 0, "White": -9999}, 2011), export, names)
    assert list(names.problems) == []
    total = figure(frame, "enrollment", "1030011", "2031-32")
    assert (total["dimension"], total["estimate"], total["numerator"]) == ("all", 2011, 2011)
    nobody = figure(frame, "enrollment", "1030011", "2031-32", "asian")
    assert (nobody["dimension"], nobody["estimate"], nobody["status"]) == (
        "race_ethnicity",
        0,
        "published",
    )
    hidden = figure(frame, "enrollment", "1030011", "2031-32", "white")
    assert (hidden["status"], hidden["estimate"], hidden["numerator"]) == (
        "suppressed_by_source",
        None,
        None,
    )


def test_a_year_without_a_total_gets_none(export: Write, names: Names) -> None:
    texts = rows_of({"Asian": 40, "White": -9999}, 2011)
    frame = read_texts({RACE: texts[RACE]}, export, names)
    assert set(frame["dimension"]) == {"race_ethnicity"}


def test_the_district_whose_name_was_lost_is_left_out(export: Write, names: Names) -> None:
    texts = rows_of({"Asian": 40}, 2011)
    texts[RACE] += f'NA,"","2031-2032","Asian",{KIND},28\n'
    frame = read_texts(texts, export, names)
    assert list(names.problems) == []
    assert set(frame["geo_id"]) == {"1030011"}


@pytest.mark.parametrize("value", ["12.5", "-3", "many", ""])
def test_what_is_no_count_is_noted(export: Write, names: Names, value: str) -> None:
    frame = read_texts(rows_of({"Asian": 40}, value), export, names)
    (problem,) = names.problems
    assert (problem.where, problem.column) == (f"{ALL}:2", "Value")
    assert list(frame["dimension"]) == ["race_ethnicity"]


def tidy(frame: pd.DataFrame, end: int = 2032) -> pd.DataFrame:
    frame = frame.assign(period_end=end, source=enrollment.SOURCE)
    return check_observations(sort_observations(frame))


def test_the_gate_hides_small_groups_and_what_gives_them_away(export: Write, names: Names) -> None:
    groups: dict[str, int | str] = {
        "American Indian or Alaska Native": 9,
        "Asian": 41,
        "Black or African American": 300,
        "Hispanic/Latino of any race": 700,
        "Native Hawaiian or Other Pacific Islander": 3,
        "Two or More Races": 90,
        "White": 868,
    }
    frame = tidy(read_texts(rows_of(groups, 2011), export, names))
    shown = publishable(frame, Rules(), load_catalog()).frame
    status = dict(zip(shown["group"], shown["status"], strict=True))
    # Three children are too few; with the next smallest group shown they could be worked out.
    assert status.pop("pacific_islander") == "suppressed_small"
    assert status.pop("american_indian") == "suppressed_complementary"
    assert set(status.values()) == {"published"}
    hidden = shown["status"] != "published"
    assert shown.loc[hidden, ["estimate", "numerator"]].isna().all(axis=None)
    before = frame.set_index("group")["estimate"].drop(["american_indian", "pacific_islander"])
    after = shown[~hidden].set_index("group")["estimate"]
    pd.testing.assert_series_equal(after.sort_index(), before.sort_index())


def test_a_change_of_a_count_has_a_size_and_no_direction() -> None:
    earlier, later = (Measured.of(n, numerator=n) for n in (2000, 1900))
    change = change_between(
        earlier,
        later,
        earlier_period="2030-31",
        later_period="2031-32",
        polarity="neutral",
        unit="count",
    )
    assert (float(change.difference), str(change.verdict)) == (-100.0, "no_direction")
    assert str(change.basis) == "size_only"


DISTRICTS = {
    "Bridgeport School District": "0150011",
    "Norwalk School District": "1030011",
    "Stamford School District": "1350011",
    "Waterbury School District": "1510011",
    "Connecticut": "09",
    "Total": "09",
}
GROUPS = {
    "American Indian or Alaska Native": "american_indian",
    "Asian": "asian",
    "Black or African American": "black",
    "Hispanic/Latino of any race": "hispanic",
    "Native Hawaiian or Other Pacific Islander": "pacific_islander",
    "Two or More Races": "two_or_more",
    "White": "white",
    "Female": "female",
    "Male": "male",
    "Eligible For Free Lunch": "free_meals",
    "Eligible For Reduced Lunch": "reduced_meals",
    "Not Eligible For Lunch": "not_eligible",
    "English Language Learner": "english_learner",
    "Non-English Language Learner": "not_english_learner",
    "Special Education": "with_disabilities",
    "Non-Special Education": "without_disabilities",
    "Total": "all",
}


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    folder = shared / "sources" / "enrollment-district"
    if not folder.is_dir():
        pytest.skip("no raw exports of enrollment beside the project")
    return folder


def found_in(module: ModuleType, raw: Path) -> dict[Key, float | str]:
    """What a reader finds for the cities and the state in the files that the catalog names."""
    source = load_catalog().source(module.SOURCE)
    paths = sorted({p for pattern in source.files for p in raw.parent.glob(pattern)})
    assert paths
    problems = Problems()
    frame = module.read(
        [RawFile(path, path.relative_to(raw.parent).as_posix()) for path in paths],
        Names(load_catalog(), problems),
    )
    assert [str(problem) for problem in problems] == []
    frame = frame[frame["geo_id"].isin(DISTRICTS.values())]
    same = frame["estimate"].eq(frame["numerator"]) | frame["estimate"].isna()
    assert same.all()
    assert not frame.duplicated(["geo_id", "period", "group"]).any()
    return {
        (row["geo_id"], row["period"], row["group"]): row["estimate"]
        if row["status"] == "published"
        else row["status"]
        for row in frame.to_dict("records")
    }


def printed(cell: str) -> float | str:
    return "suppressed_by_source" if cell in ("*", "-9999") else float(cell.replace(",", ""))


def long_rows(path: Path) -> Iterator[tuple[Key, float | str]]:
    """Cells of a long table, read by position."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            if row[0] in DISTRICTS:
                group = GROUPS[row[3]] if len(row) == 7 else "all"
                yield (DISTRICTS[row[0]], row[2][:5] + row[2][-2:], group), printed(row[-1])


def wide_rows(path: Path) -> Iterator[tuple[Key, float | str]]:
    """Cells of an export with a column per group, read by position."""
    year = re.search(r"\d{4}-\d{2}", path.name)
    assert year is not None
    header: list[str] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            if row and row[0] == "District":
                header = row
            elif header and row and row[0] in DISTRICTS:
                for label, cell in zip(header[2:], row[2:], strict=True):
                    yield (DISTRICTS[row[0]], year[0], GROUPS[label]), printed(cell)


def test_every_figure_of_the_tables_is_the_printed_one(raw: Path) -> None:
    files = sorted((raw / "data").glob("*.csv"))
    expected = {key: value for path in files for key, value in long_rows(path)}
    # Places by years, and by groups: races, then meals, learning English and disability.
    assert len(expected) == 5 * 14 + 5 * 12 * 7 + 5 * 14 * (3 + 2 + 2)
    assert found_in(enrollment, raw) == expected


def test_every_figure_of_the_exports_is_the_printed_one(raw: Path) -> None:
    files = [raw / "raw" / "enrollment__2021-22_race.csv"]
    files += sorted((raw / "raw").glob("enrollment__20*_gender.csv"))
    expected = {key: value for path in files for key, value in wide_rows(path)}
    assert len(expected) == 5 * 8 + 5 * 3 * 10  # race in one year, gender in ten
    found = found_in(enrollment_edsight, raw)
    assert found == expected
    # Two publications of the same count: where both give a figure they give the same.
    tables = found_in(enrollment, raw)
    both = found.keys() & tables.keys()
    assert len(both) == 5 * 7 + 5 * 10
    assert {key: found[key] for key in both} == {key: tables[key] for key in both}


def test_the_tables_agree_with_the_states_own_exports(raw: Path) -> None:
    tables = found_in(enrollment, raw)
    compared = 0
    for path in sorted((raw / "raw").glob("enrollment__201[0-9]-*_race.csv")):
        for key, value in wide_rows(path):
            assert tables[key] == value, key
            compared += 1
    assert compared >= 10 * 4 * 8
