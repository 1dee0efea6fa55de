"""Detailed tables: sums and margins by hand, codes of three kinds, missing figures, totals."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.observations import check_observations, sort_observations
from c2c_lib.sources import acs_tracts
from c2c_lib.sources.acs_measures import CONTROLLED, MEASURES, MEDIAN_INCOME, VARIABLES
from c2c_lib.sources.acs_medians import NO_MEDIAN, OPEN_END
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, told

pytestmark = pytest.mark.thorough

NORWALK, BRIDGEPORT, WATER = "09190042500", "09120070100", "09190990000"
COLUMNS = ["year", "level", "geoid", "name", "table", "variable", "estimate", "moe"]
NAN = float("nan")

Cells = Mapping[str, tuple[float, float]]
Table = Callable[[pd.DataFrame], RawFile]


def area(
    geoid: str | float,
    cells: Cells | None = None,
    year: int = 2023,
    level: str = "tract",
    name: str = "",
) -> pd.DataFrame:
    """Return the rows of one area; a cell that is not given is 0 with a margin of 14."""
    return pd.DataFrame(
        [(year, level, geoid, name, "", v, *(cells or {}).get(v, (0.0, 14.0))) for v in VARIABLES],
        columns=COLUMNS,
    ).astype({"geoid": "object"})


POOR_QUARTER = {
    "B17024_002": (80.0, 30.0),
    "B17024_015": (60.0, 40.0),
    "B17024_028": (60.0, 0.0),
    "B17024_003": (30.0, 24.0),
    "B17024_017": (20.0, 32.0),
}


@pytest.fixture
def table(tmp_path: Path) -> Table:
    def write(frame: pd.DataFrame) -> RawFile:
        path = tmp_path / "acs5_2023_long.parquet"
        frame.to_parquet(path)
        return RawFile(path, path.name)

    return write


def test_sums_and_margins_by_hand(table: Table, names: Names):
    frame = acs_tracts.read([table(area(NORWALK, POOR_QUARTER))], names)
    assert told(names) == []
    row = figure(frame, "child_poverty", NORWALK, "2019-2023")
    assert (row["geo_level"], row["dimension"], row["status"]) == ("tract", "all", "published")
    assert (row["numerator"], row["denominator"], row["estimate"]) == (50, 200, 0.25)
    # Poor: 24 and 32, and once the 14 of seven zeros: sqrt(576 + 1024 + 196) = sqrt(1796).
    # Children: sqrt(900 + 1600 + 0) = 50. Share: sqrt(1796 - 0.0625 * 2500) / 200.
    assert row["moe90"] == pytest.approx((1796 - 156.25) ** 0.5 / 200, rel=1e-12)
    young = figure(frame, "young_child_poverty", NORWALK, "2019-2023")
    assert (young["numerator"], young["denominator"]) == (30, 80)


def test_where_the_root_is_negative_the_sign_turns(table: Table, names: Names):
    cells = {"B17024_002": (100.0, 90.0), "B17024_003": (99.0, 10.0)}
    frame = acs_tracts.read([table(area(NORWALK, cells))], names)
    row = figure(frame, "child_poverty", NORWALK, "2019-2023")
    # Poor: 10 and 14; children: 90 and 14; 296 - 0.99² * 8296 is negative.
    assert row["moe90"] == pytest.approx((296 + 0.99**2 * 8296) ** 0.5 / 100, rel=1e-12)


def test_housing_cost_by_tenure_leaves_out_whose_cost_is_not_known(table: Table, names: Names):
    cells = {
        "B25106_001": (1000.0, 50.0),
        "B25106_004": (10.0, 5.0),  # owners, lowest band, under 20 percent
        "B25106_006": (30.0, 9.0),  # owners, lowest band, 30 percent or more
        "B25106_022": (20.0, 12.0),  # owners, highest band, 30 percent or more
        "B25106_023": (7.0, 3.0),  # owners without income
        "B25106_044": (15.0, 8.0),  # tenants, highest band, 30 percent or more
        "B25106_043": (25.0, 6.0),  # tenants, highest band, 20 to 29 percent
        "B25106_045": (9.0, 3.0),  # tenants without income
        "B25106_046": (11.0, 3.0),  # no rent to pay
    }
    frame = acs_tracts.read([table(area(NORWALK, cells))], names)
    housing = frame[frame["indicator"] == "housing_cost_burden"].set_index("group")
    assert housing["dimension"].to_dict() == {"all": "all", "owner": "tenure", "renter": "tenure"}
    assert housing["numerator"].to_dict() == {"all": 65, "owner": 50, "renter": 15}
    assert housing["denominator"].to_dict() == {"all": 100, "owner": 60, "renter": 40}


def test_every_share_lies_within_its_table():
    for measure in MEASURES:
        assert len(set(measure.numerator)) == len(measure.numerator), measure
        of_part = {line.partition("_")[0] for line in measure.numerator}
        of_whole = {line.partition("_")[0] for line in measure.denominator}
        # Ages are taken out of the table of all people, everything else out of its own table.
        assert of_part == of_whole or (of_part, of_whole) == ({"B01001"}, {"B01003"})
    keys = [(m.indicator, m.dimension, m.group) for m in MEASURES]
    assert len(set(keys)) == len(keys)
    assert set(VARIABLES) >= CONTROLLED


def test_a_tract_without_children_is_not_applicable(table: Table, names: Names):
    frame = acs_tracts.read([table(area(NORWALK))], names)
    row = figure(frame, "child_poverty", NORWALK, "2019-2023")
    assert row["status"] == "not_applicable"
    assert [row[c] for c in ("estimate", "numerator", "denominator", "moe90")] == [None] * 4


def test_no_poor_children_is_a_zero_with_a_margin(table: Table, names: Names):
    cells = {"B17024_002": (70.0, 20.0)}
    frame = acs_tracts.read([table(area(NORWALK, cells))], names)
    row = figure(frame, "child_poverty", NORWALK, "2019-2023")
    assert (row["status"], row["estimate"]) == ("published", 0.0)
    assert row["moe90"] == pytest.approx(14 / 70)  # one zero cell counts, not nine


@pytest.mark.parametrize(
    ("cell", "status", "estimate", "margin", "note"),
    [
        ((90_000.0, 4_000.0), "published", 90_000, 4_000, None),
        ((250_001.0, NAN), "published", 250_001, None, OPEN_END),
        ((NAN, NAN), "not_applicable", None, None, NO_MEDIAN),
    ],
)
def test_medians(table: Table, names: Names, cell, status, estimate, margin, note):
    frame = acs_tracts.read([table(area(NORWALK, {MEDIAN_INCOME: cell}))], names)
    assert told(names) == []
    row = figure(frame, "median_household_income", NORWALK, "2019-2023")
    assert (row["status"], row["estimate"], row["moe90"]) == (status, estimate, margin)
    assert (row["note"] or None) == note


def test_each_window_has_its_own_codes(table: Table, names: Names):
    frame = pd.concat(
        [
            area("09001042500", year=2018),  # a tract of 2010
            area("09001042500", year=2020),  # a tract of 2020, under its county
            area(NORWALK, year=2022),  # the same, under its planning region
            area("0900156060", year=2021, level="town"),
            area("0919056060", level="town"),
            area("09", level="state"),
        ]
    )
    read = acs_tracts.read([table(frame)], names)
    assert told(names) == []
    places = read[["period", "geo_level", "geo_id"]].drop_duplicates()
    assert places.to_numpy().tolist() == [
        ["2014-2018", "tract", "09001042500"],
        ["2016-2020", "tract", NORWALK],
        ["2017-2021", "town", "0900156060"],
        ["2018-2022", "tract", NORWALK],
        ["2019-2023", "state", "09"],
        ["2019-2023", "town", "0900156060"],
    ]


@pytest.mark.parametrize(
    ("code", "year", "allowed"),
    [
        ("09001042500", 2023, "under planning regions, as in 2023"),
        (NORWALK, 2020, "under counties, as in 2020"),
        (NORWALK, 2018, "2010 tracts"),
        ("09001999999", 2018, "2010 tracts"),
    ],
)
def test_codes_of_another_window_are_unknown(
    table: Table, names: Names, code: str, year: int, allowed: str
):
    assert acs_tracts.read([table(area(code, year=year))], names).empty
    (problem,) = names.problems
    assert (problem.what, problem.value) == ("unknown tract", code)
    assert allowed in problem.allowed


def test_what_the_bureau_fits_to_its_own_estimates_has_no_sampling_error(
    table: Table, names: Names
):
    certain = {
        "B01003_001": (1000.0, NAN),
        "B03002_001": (1000.0, NAN),
        "B03002_012": (200.0, NAN),
        "B01001_003": (60.0, 6.0),
    }
    frame = acs_tracts.read([table(area("09", certain, level="state"))], names)
    assert told(names) == []
    hispanic = figure(frame, "residents_hispanic", "09", "2019-2023")
    assert (hispanic["estimate"], hispanic["moe90"]) == (0.2, 0.0)
    young = figure(frame, "children_under_5", "09", "2019-2023")
    # Girls: 0 with a margin of 14; the total is certain.
    assert young["moe90"] == pytest.approx((36 + 196) ** 0.5 / 1000)


def test_in_a_town_a_missing_margin_is_a_problem(table: Table, names: Names):
    frame = area("0919056060", {"B03002_012": (200.0, NAN)}, level="town")
    assert acs_tracts.read([table(frame)], names).empty
    assert [p.what for p in names.problems] == [
        "no count or no margin of error for B03002_012 of town 0919056060"
    ]


def test_neighborhoods_by_city_and_name(table: Table, names: Names):
    kinds = {"level": "neighborhood", "name": "Bridgeport_Downtown"}
    stamford = {"level": "neighborhood", "name": "Stamford_Downtown"}
    frame = pd.concat(
        [
            area(NAN, POOR_QUARTER, **kinds),
            area(NAN, POOR_QUARTER, **stamford),
            area(NAN, year=2021, level="neighborhood", name="Stamford_Belltown"),  # divided anew
            area(NAN, level="neighborhood", name="Hartford_Frog Hollow"),  # no place of ours
        ]
    )
    frame = frame[frame["variable"] != MEDIAN_INCOME]
    read = acs_tracts.read([table(frame)], names)
    assert told(names) == []
    assert read["geo_id"].unique().tolist() == ["bridgeport-downtown", "stamford-downtown"]
    poor = figure(read, "child_poverty", "stamford-downtown", "2019-2023")
    assert (poor["geo_level"], poor["estimate"]) == ("neighborhood", 0.25)
    acs_tracts.read([table(area(NAN, level="neighborhood", name="Stamford_Dwntown"))], names)
    (problem,) = names.problems
    assert (problem.what, problem.value) == ("unknown neighborhood of Stamford", "Dwntown")
    assert "Downtown" in problem.remedy


def test_the_country_counties_and_water_do_not_count(table: Table, names: Names):
    more = area(NORWALK).assign(variable=lambda t: t["variable"].str.replace("B17024", "B1"))
    frame = pd.concat(
        [
            area("1", level="us"),
            area("09190", level="county"),
            area(WATER),
            area(NORWALK),
            more[more["variable"].str.startswith("B1_")],
        ]
    )
    read = acs_tracts.read([table(frame)], names)
    assert told(names) == []
    assert read["geo_id"].unique().tolist() == [NORWALK]


def test_it_fits_the_tidy_table(table: Table, names: Names):
    read = acs_tracts.read(
        [table(pd.concat([area(NORWALK, POOR_QUARTER), area("09120070100")]))], names
    )
    filled = read.assign(period_end=2023, source=acs_tracts.SOURCE)
    assert len(check_observations(sort_observations(filled))) == 2 * (len(MEASURES) + 1)


def test_all_that_is_wrong_is_noted_and_the_rest_is_read(table: Table, names: Names):
    marked = area(NORWALK, {"B17024_016": (-666666666.0, -222222222.0)})
    unmeasured = area("09120070100", {"B17024_002": (70.0, NAN)})
    short = area("09120070200")[:-1]
    twice = pd.concat([area("09120070300"), area("09120070300")[:1]])
    good = area("09120070400", POOR_QUARTER)
    odd = area("0912008070", level="village")
    frame = pd.concat([marked, unmeasured, short, twice, good, odd], ignore_index=True)
    read = acs_tracts.read([table(frame)], names)
    assert read["geo_id"].unique().tolist() == ["09120070400"]
    assert [problem.what for problem in names.problems] == [
        "unknown level",
        "no count or no margin of error for B17024_016 of tract 09190042500",
        "no count or no margin of error for B17024_002 of tract 09120070100",
        "tract 09120070200 does not have every count of 2023 exactly once",
        "tract 09120070300 does not have every count of 2023 exactly once",
    ]


def test_missing_and_wrong_columns_are_named(table: Table, names: Names):
    frame = area(NORWALK).drop(columns=["moe", "variable"]).astype({"estimate": str})
    assert acs_tracts.read([table(frame)], names).empty
    assert [(p.what, p.value or p.column) for p in names.problems] == [
        ("a column is missing", "variable"),
        ("a column is missing", "moe"),
        ("a column does not hold numbers", "estimate"),
    ]


def test_an_empty_table_is_a_problem(table: Table, names: Names):
    assert acs_tracts.read([table(area(NORWALK)[:0])], names).empty
    assert [p.what for p in names.problems] == ["holds no rows of the tables that are read"]


@pytest.mark.parametrize("kept", [0, 40, 1000])
def test_a_download_that_was_cut_off_is_a_problem(table: Table, names: Names, kept: int):
    file = table(area(NORWALK))
    file.path.write_bytes(file.path.read_bytes()[:kept])
    assert acs_tracts.read([file], names).empty
    (problem,) = names.problems
    assert problem.what.startswith("does not read as a Parquet table (")
    assert str(file.path.parent) not in str(problem)


@pytest.fixture(scope="module")
def raw(shared: Path) -> list[RawFile]:
    folder = shared / "sources/geo-acs-tracts"
    if not folder.is_dir():
        pytest.skip("no raw exports beside the project")
    return [RawFile(path, path.name) for path in sorted(folder.glob("acs5_*_long.parquet"))]


@pytest.fixture(scope="module")
def read(raw: list[RawFile]) -> pd.DataFrame:
    names = Names(load_catalog(), Problems())
    frame = acs_tracts.read(raw, names)
    assert told(names) == []
    return frame


def test_every_area_of_every_window_is_read_once(read: pd.DataFrame):
    keys = ["indicator", "geo_level", "geo_id", "period", "dimension", "group"]
    assert not read.duplicated(keys).any()
    places = read[read["indicator"] == "child_poverty"].groupby(["period", "geo_level"]).size()
    # 833 and 883 or 884 tracts in the tables, less those of water only.
    tracts = {"2014-2018": 829, "2016-2020": 879, "2017-2021": 879, "2018-2022": 879}
    for period, count in (tracts | {"2019-2023": 879}).items():
        assert places[period]["tract"] == count
        assert (places[period]["town"], places[period]["state"]) == (169, 1)
    assert [places[p].get("neighborhood", 0) for p in tracts] == [0, 13, 13, 26]


@pytest.mark.parametrize(
    ("parent", "printed"),
    [("0900108070", 34.2), ("0900173070", 13.8), ("0900156060", 15.8), ("0900980070", 34.6)],
)
def test_tracts_add_to_their_town(read: pd.DataFrame, names: Names, parent: str, printed: float):
    tracts = {p.geo_id for p in names.catalog.places if p.parent == parent}
    counts = read[read["denominator"].notna()]
    of_tracts = counts[(counts["geo_level"] == "tract") & counts["geo_id"].isin(tracts)]
    of_town = counts[counts["geo_id"] == parent]
    keys = ["indicator", "period", "group"]
    sums = of_tracts.groupby(keys)[["numerator", "denominator"]].sum()
    own = of_town.set_index(keys)[["numerator", "denominator"]]
    # The window of 2018 has tracts under the towns as they are today, too.
    pd.testing.assert_frame_equal(sums, own.sort_index(), check_like=True)
    poor = own.loc["child_poverty", "2019-2023", "all"]
    assert round(100 * poor["numerator"] / poor["denominator"], 1) == printed
