"""Child poverty by tract: sums, margins by hand, missing figures, and the towns' totals."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from c2c_lib.observations import check_observations, sort_observations
from c2c_lib.sources import acs_tracts
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

NORWALK, OTHER, WATER = "09190042500", "09120070100", "09190990000"
# Age totals of table B17024, and below each the three ratios of income under the line.
AGES = {"002": ("003", "004", "005"), "015": ("016", "017", "018"), "028": ("029", "030", "031")}

Table = Callable[[pd.DataFrame], RawFile]


def tract(geoid: str, cells: dict[str, tuple[float, float]], year: int = 2023) -> pd.DataFrame:
    """Return the rows of one tract; a cell that is not given is 0 with a margin of 14."""
    variables = [v for age, ratios in AGES.items() for v in (age, *ratios)]
    return pd.DataFrame(
        [
            (year, "tract", geoid, geoid, "pov_age", f"B17024_{v}", *cells.get(v, (0.0, 14.0)))
            for v in variables
        ],
        columns=["year", "level", "geoid", "name", "table", "variable", "estimate", "moe"],
    )


POOR_QUARTER = {
    "002": (80.0, 30.0),
    "015": (60.0, 40.0),
    "028": (60.0, 0.0),
    "003": (30.0, 24.0),
    "017": (20.0, 32.0),
}


@pytest.fixture
def table(tmp_path: Path) -> Table:
    def write(frame: pd.DataFrame) -> RawFile:
        path = tmp_path / "acs5_2023_long.parquet"
        frame.to_parquet(path)
        return RawFile(path, path.name)

    return write


def test_sums_and_margins_by_hand(table: Table, names: Names):
    file = table(tract(NORWALK, POOR_QUARTER))
    (row,) = acs_tracts.read([file], names).to_dict("records")
    assert list(names.problems) == []
    key = ("indicator", "geo_level", "geo_id", "period", "dimension", "group", "status")
    assert [row[k] for k in key] == [
        "child_poverty", "tract", NORWALK, "2019-2023", "all", "all", "published",
    ]  # fmt: skip
    assert (row["numerator"], row["denominator"], row["estimate"]) == (50, 200, 0.25)
    # Poor: 24 and 32, and once the 14 of seven zeros: sqrt(576 + 1024 + 196) = sqrt(1796).
    # Children: sqrt(900 + 1600 + 0) = 50. Share: sqrt(1796 - 0.0625 * 2500) / 200.
    assert row["moe90"] == pytest.approx((1796 - 156.25) ** 0.5 / 200, rel=1e-12)


def test_where_the_root_is_negative_the_sign_turns(table: Table, names: Names):
    cells = {"002": (100.0, 90.0), "003": (99.0, 10.0)}
    (row,) = acs_tracts.read([table(tract(NORWALK, cells))], names).to_dict("records")
    # Poor: 10 and 14; children: 90 and 14; 296 - 0.99² * 8296 is negative.
    assert row["moe90"] == pytest.approx((296 + 0.99**2 * 8296) ** 0.5 / 100, rel=1e-12)


def test_a_tract_without_children_is_not_applicable(table: Table, names: Names):
    (row,) = acs_tracts.read([table(tract(NORWALK, {}))], names).to_dict("records")
    assert row["status"] == "not_applicable"
    values = [row[c] for c in ("estimate", "numerator", "denominator", "moe90")]
    assert pd.isna(values).all()


def test_no_poor_children_is_a_zero_with_a_margin(table: Table, names: Names):
    (row,) = acs_tracts.read([table(tract(NORWALK, {"002": (70.0, 20.0)}))], names).to_dict(
        "records"
    )
    assert (row["status"], row["estimate"]) == ("published", 0.0)
    assert row["moe90"] == pytest.approx(14 / 70)  # one zero cell counts, not nine


def test_other_levels_tables_and_water_do_not_count(table: Table, names: Names):
    town = tract("0919056060", POOR_QUARTER).assign(level="town")
    more = tract(NORWALK, {}).assign(variable=lambda t: t["variable"].str.replace("B17024", "B1"))
    frame = pd.concat([town, tract(WATER, {}), tract(NORWALK, POOR_QUARTER), more])
    read = acs_tracts.read([table(frame)], names)
    assert list(names.problems) == []
    assert read["geo_id"].tolist() == [NORWALK]


def test_it_fits_the_tidy_table(table: Table, names: Names):
    frame = pd.concat([tract(NORWALK, POOR_QUARTER), tract(OTHER, {})])
    read = acs_tracts.read([table(frame)], names)
    filled = read.assign(period_end=2023, source=acs_tracts.SOURCE)
    assert len(check_observations(sort_observations(filled))) == 2


def test_each_year_is_its_own_window(table: Table, names: Names):
    frame = pd.concat([tract(NORWALK, POOR_QUARTER), tract(NORWALK, {}, year=2022)])
    read = acs_tracts.read([table(frame)], names)
    assert read["period"].tolist() == ["2018-2022", "2019-2023"]


def test_county_codes_are_unknown_tracts(table: Table, names: Names):
    acs_tracts.read([table(tract("09001042500", POOR_QUARTER))], names)
    (problem,) = names.problems
    assert (problem.what, problem.value) == ("unknown tract", "09001042500")
    assert "planning regions" in problem.allowed


def test_all_that_is_wrong_is_noted_and_nothing_is_made_up(table: Table, names: Names):
    marked = tract(NORWALK, {**POOR_QUARTER, "016": (-666666666.0, -222222222.0)})
    unmeasured = tract(OTHER, {"002": (70.0, float("nan"))})
    short = tract("09120070200", POOR_QUARTER)[:-1]
    twice = pd.concat([tract("09120070300", {}), tract("09120070300", {})[:1]])
    frame = pd.concat([marked, unmeasured, short, twice], ignore_index=True)
    read = acs_tracts.read([table(frame)], names)
    assert read.empty
    assert [problem.what for problem in names.problems] == [
        "no count or no margin of error for B17024_016 of tract 09190042500",
        "no count or no margin of error for B17024_002 of tract 09120070100",
        "tract 09120070200 does not have every count of 2023 exactly once",
        "tract 09120070300 does not have every count of 2023 exactly once",
    ]


def test_missing_and_wrong_columns_are_named(table: Table, names: Names):
    frame = tract(NORWALK, {}).drop(columns=["moe", "variable"]).astype({"estimate": str})
    assert acs_tracts.read([table(frame)], names).empty
    assert [(p.what, p.value or p.column) for p in names.problems] == [
        ("a column is missing", "variable"),
        ("a column is missing", "moe"),
        ("a column does not hold numbers", "estimate"),
    ]


def test_an_empty_table_is_a_problem(table: Table, names: Names):
    assert acs_tracts.read([table(tract(NORWALK, {})[:0])], names).empty
    assert [p.what for p in names.problems] == ["holds no tract rows of table B17024"]


@pytest.fixture(scope="module")
def published(shared: Path) -> pd.DataFrame:
    return pd.read_parquet(shared / "sources/geo-acs-tracts/acs5_2023_long.parquet")


@pytest.fixture
def read(shared: Path, names: Names) -> pd.DataFrame:
    path = shared / "sources/geo-acs-tracts/acs5_2023_long.parquet"
    frame = acs_tracts.read([RawFile(path, path.name)], names)
    assert list(names.problems) == []
    return frame


def test_every_tract_with_land_is_read(read: pd.DataFrame):
    assert read["geo_id"].is_unique
    assert len(read) == 879  # 884 in the table less five of water only


@pytest.mark.parametrize(
    ("parent", "town", "printed"),
    [
        ("0900108070", "0912008070", 34.2),
        ("0900173070", "0919073070", 13.8),
        ("0900156060", "0919056060", 15.8),
        ("0900980070", "0914080070", 34.6),
    ],
)
def test_tracts_add_to_the_published_town(
    published: pd.DataFrame,
    read: pd.DataFrame,
    names: Names,
    parent: str,
    town: str,
    printed: float,
):
    tracts = {p.geo_id for p in names.catalog.places if p.parent == parent}
    rows = read[read["geo_id"].isin(tracts)]
    poor, children = rows["numerator"].sum(), rows["denominator"].sum()
    assert round(100 * poor / children, 1) == printed
    # The publisher's own row of the town, children by the three age totals.
    own = published[(published["geoid"] == town)].set_index("variable")["estimate"]
    assert children == own[["B17024_002", "B17024_015", "B17024_028"]].sum()
