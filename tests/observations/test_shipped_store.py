"""The store that ships: only what may ship, in order, small, and as the publishers print it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from c2c_lib.catalog import Catalog, load_catalog, parse_period
from c2c_lib.observations import KEY, STATUSES, check_observations, load_observations, write_store
from c2c_lib.observations.datapackage import describe

BRIDGEPORT, NORWALK, STAMFORD, WATERBURY = "0150011", "1030011", "1350011", "1510011"
BRIDGEPORT_TOWN, NORWALK_TOWN = "0900108070", "0900156060"
STAMFORD_TOWN, WATERBURY_TOWN = "0900173070", "0900980070"
STATE = "09"


@pytest.fixture(scope="module")
def folder(project_root: Path) -> Path:
    return project_root / "src" / "c2c_lib" / "observations" / "data"


@pytest.fixture(scope="module")
def store(folder: Path) -> pd.DataFrame:
    return load_observations(folder)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def figure(store: pd.DataFrame, *key: str) -> dict[str, Any]:
    """Return the one figure of an indicator, a place code, a period and a group."""
    columns = ["indicator", "geo_id", "period", "group"]
    rows = store[(store[columns] == list(key)).all(axis=1)]
    assert len(rows) == 1, f"{len(rows)} figures of {'/'.join(key)}"
    return {name: None if pd.isna(value) else value for name, value in rows.iloc[0].items()}


def test_the_store_fits_the_schema(store: pd.DataFrame):
    assert len(check_observations(store)) > 10_000


def test_the_store_is_small(folder: Path):
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["datapackage.json", "observations.parquet"]
    assert sum(file.stat().st_size for file in files) < 5_000_000


@pytest.mark.thorough
def test_the_store_is_sorted_as_it_lies(folder: Path):
    raw = pq.read_table(folder / "observations.parquet").to_pandas()
    order = ["indicator", "geo_level", "geo_id", "period_end", "period", "dimension", "group"]
    keys = list(raw[order].itertuples(index=False, name=None))
    assert keys == sorted(keys)


def test_no_figure_stands_twice(store: pd.DataFrame):
    assert not store.duplicated(list(KEY)).any()


def test_the_store_holds_only_places_that_ship(store: pd.DataFrame, catalog: Catalog):
    places = {(p.geo_level, p.geo_id): p for p in catalog.places}
    for level, geo_id in set(zip(store["geo_level"], store["geo_id"], strict=True)):
        assert catalog.ships(places[(level, geo_id)]), f"{level} {geo_id}"


def test_every_district_and_town_that_ships_has_figures(store: pd.DataFrame, catalog: Catalog):
    found = set(zip(store["geo_level"], store["geo_id"], strict=True))
    for slug in catalog.shipped[1:]:
        for level in ("district", "town"):
            assert (level, catalog.place(slug, level).geo_id) in found, f"{level} {slug}"
    assert ("state", STATE) in found


def test_the_store_names_only_what_the_catalog_has(store: pd.DataFrame, catalog: Catalog):
    assert set(store["indicator"]) <= set(catalog.indicators)
    assert set(store["source"]) <= set(catalog.sources)
    assert set(store["status"]) <= set(STATUSES)
    groups = {(d.id, g.id) for d in catalog.dimensions.values() for g in d.groups}
    assert set(zip(store["dimension"], store["group"], strict=True)) <= groups


def test_nothing_is_hidden_by_us_before_the_gate(store: pd.DataFrame):
    # Which figures are too small is the city's rule, so the store holds what was published.
    assert not store["status"].isin(["suppressed_small", "suppressed_complementary"]).any()


def test_a_figure_comes_from_a_source_that_its_indicator_lists(
    store: pd.DataFrame, catalog: Catalog
):
    for indicator, source in set(zip(store["indicator"], store["source"], strict=True)):
        assert source in catalog.indicators[indicator].sources, f"{indicator}: {source}"


def test_only_what_may_be_passed_on_is_in_it(store: pd.DataFrame, catalog: Catalog):
    assert all(catalog.sources[source].redistributable for source in store["source"].unique())


def test_a_figure_stands_at_the_level_of_its_indicator(store: pd.DataFrame, catalog: Catalog):
    for indicator, level in set(zip(store["indicator"], store["geo_level"], strict=True)):
        own = catalog.indicators[indicator].level
        smaller = {"district": {"school"}, "town": {"tract", "neighborhood"}}.get(own, set())
        assert level in {own, "state", *smaller}, indicator


def test_shares_are_from_zero_to_one(store: pd.DataFrame, catalog: Catalog):
    shares = [i.id for i in catalog.indicators.values() if i.unit == "share"]
    estimates = store.loc[store["indicator"].isin(shares), "estimate"].dropna()
    assert len(estimates) > 10_000
    assert estimates.between(0, 1).all()
    # A percent that was never turned into a share would lift the middle above 1.
    assert 0 < estimates.median() < 1


def test_printed_shares_carry_no_dust(store: pd.DataFrame):
    # EdSight prints one decimal: as a share, three.
    # Shares that we work out of printed counts are not rounded.
    worked_out = store["indicator"].str.startswith("students_")
    printed = store[
        store["source"].str.startswith("edsight") & (store["estimate"] <= 1) & ~worked_out
    ]
    estimates = printed["estimate"].dropna()
    assert len(estimates) > 5_000
    assert (estimates == estimates.round(3)).all()


def test_a_survey_has_margins_and_a_count_has_none(store: pd.DataFrame, catalog: Catalog):
    sampled = {source.id for source in catalog.sources.values() if source.sampled}
    shown = store[store["estimate"].notna()]
    has_margin = shown["moe90"].notna()
    # Two models publish a standard error with figures that no survey asked.
    modelled = {"nchs_life_expectancy", "urban_learning_rate"}
    with_margin = set(shown.loc[has_margin, "source"])
    assert with_margin <= sampled | modelled
    surveyed = shown["source"].isin(sampled)
    assert has_margin[surveyed].mean() > 0.95


def test_counts_give_the_printed_rate(store: pd.DataFrame, catalog: Catalog):
    shares = [i.id for i in catalog.indicators.values() if i.unit == "share"]
    printed = store["indicator"].isin(shares) & store["source"].str.startswith("edsight")
    rows = store[printed & store["numerator"].notna() & (store["denominator"] > 0)]
    assert len(rows) > 2_000
    # Half of the last printed digit, a tenth of a percent.
    far = rows[(rows["numerator"] / rows["denominator"] - rows["estimate"]).abs() > 0.000501]
    # EdSight prints 88.3 for the state's class of 2018, and 37316 of 42234, which is 88.36.
    assert far[["geo_id", "period", "estimate"]].to_numpy().tolist() == [["09", "2017-18", 0.883]]


def test_periods_of_one_indicator_are_of_one_kind(store: pd.DataFrame):
    for indicator, rows in store.groupby("indicator"):
        periods = [parse_period(label) for label in rows["period"].unique()]
        kinds = {(period.pooled, period.end - period.start) for period in periods}
        assert len(kinds) == 1, indicator


def uncollected(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for indicator in catalog.indicators.values():
        for entry in indicator.breaks:
            if entry.kind == "not_collected" and not entry.dimension and not entry.places:
                yield indicator.id, entry.period


def test_no_figure_stands_in_a_period_that_nobody_collected(store: pd.DataFrame, catalog: Catalog):
    there = store[store["status"] != "not_collected"]
    found = set(zip(there["indicator"], there["period"], strict=True))
    assert set(uncollected(catalog)) & found == set()


def test_another_report_begins_where_the_catalog_says(store: pd.DataFrame, catalog: Catalog):
    for indicator in catalog.indicators.values():
        for entry in indicator.breaks:
            if not entry.source:
                continue
            rows = store[(store["indicator"] == indicator.id) & (store["dimension"] == "all")]
            end = parse_period(entry.period).end
            before, after = rows[rows["period_end"] < end], rows[rows["period_end"] >= end]
            assert len(after), indicator.id
            # The report's earlier years, copied from it, belong to it.
            assert entry.source not in set(before["source"]), indicator.id
            # Earlier years were transcribed, and schools have a module of their own.
            same = {
                s.removesuffix("_transcribed").removesuffix("_schools") for s in after["source"]
            }
            assert same == {entry.source}


def test_the_descriptor_is_the_one_of_the_table(
    folder: Path, store: pd.DataFrame, catalog: Catalog
):
    # It names size, hash, publishers and licences; `c2c ingest` writes it with the table.
    written = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert written == json.loads(describe(store, folder / "observations.parquet", catalog))


@pytest.mark.thorough
def test_writing_the_store_again_gives_the_same_bytes(
    folder: Path, store: pd.DataFrame, tmp_path: Path
):
    write_store(store, tmp_path)
    name = "observations.parquet"
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


# Looked up by hand in the publishers' exports.
@pytest.mark.parametrize(
    ("key", "estimate", "numerator", "denominator"),
    [
        # Connecticut State Department of Education, EdSight, Four-Year Cohort Graduation Rates,
        # 2018-19: Bridgeport 1457, 1108, 76.0; Black 586, 450, 76.8; Norwalk Asian 34, 34, 100.0
        (("graduation_4yr", BRIDGEPORT, "2018-19", "all"), 0.760, 1108, 1457),
        (("graduation_4yr", BRIDGEPORT, "2018-19", "black"), 0.768, 450, 586),
        (("graduation_4yr", NORWALK, "2018-19", "asian"), 1.0, 34, 34),
        # EdSight, Smarter Balanced, 2018-19: Stamford grade 3 ELA 1267 scored, 620, 48.9;
        # Waterbury grade 8 math 1384 scored, 163, 11.8; the state grade 3 ELA 36512, 19819, 54.3
        (("grade3_ela_proficient", STAMFORD, "2018-19", "all"), 0.489, 620, 1267),
        (("grade8_math_proficient", WATERBURY, "2018-19", "all"), 0.118, 163, 1384),
        (("grade3_ela_proficient", STATE, "2018-19", "all"), 0.543, 19819, 36512),
        # EdSight, Chronic Absenteeism, 2018-19: Waterbury Hispanic 1679, 16.8
        (("chronic_absence", WATERBURY, "2018-19", "hispanic"), 0.168, 1679, None),
        # EdSight, Suspension Rates, 2018-19: Norwalk Black or African American 210, 11.0
        (("suspension", NORWALK, "2018-19", "black"), 0.110, 210, None),
        # EdSight, College Entrance and Persistence, class of 2013-14: Waterbury 57.8, 74.8
        (("postsecondary_entrance_1yr", WATERBURY, "2013-14", "all"), 0.578, None, None),
        (("postsecondary_persistence_year2", WATERBURY, "2013-14", "all"), 0.748, None, None),
        # State Department of Education, Next Generation Accountability, 2024-25, Stamford:
        # ELA index 58.810401, chronic absence 0.194103, on track in grade 9 0.721431; of the
        # class before it, graduation 0.794582 and entrance 0.68
        (("ela_performance_index", STAMFORD, "2024-25", "all"), 58.810401, None, None),
        (("chronic_absence", STAMFORD, "2024-25", "all"), 0.194103, None, None),
        (("ninth_grade_on_track", STAMFORD, "2024-25", "all"), 0.721431, None, None),
        (("graduation_4yr", STAMFORD, "2023-24", "all"), 0.794582, None, None),
        (("postsecondary_entrance_1yr", STAMFORD, "2023-24", "all"), 0.68, None, None),
        # Kindergarten Entrance Inventory, 2018-19: Waterbury LI_PCT3 0.23914495657982632
        (
            ("kindergarten_literacy_level3", WATERBURY, "2018-19", "all"),
            0.23914495657982632,
            None,
            None,
        ),
        # Department of Public Health, infant deaths 2010-2014: Bridgeport 83, 7.7 per 1,000
        (("infant_mortality", BRIDGEPORT_TOWN, "2010-2014", "all"), 7.7, 83, None),
        # Department of Public Health, Registration Report 2015, Table 4, Stamford:
        # low birthweight 146, 7.8; late or no prenatal care 322, 17.2
        (("low_birthweight", STAMFORD_TOWN, "2015", "all"), 0.078, 146, None),
        # Department of Labor, Local Area Unemployment Statistics, annual average 2019:
        # Norwalk labor force 51129, unemployed 1718, 3.4
        (("unemployment_rate", NORWALK_TOWN, "2019", "all"), 0.034, 1718, 51129),
        # Census Bureau, American Community Survey 2016-2020, table B17001I: Waterbury, Hispanic
        # children below the poverty level 4855 of 13101
        (("child_poverty", WATERBURY_TOWN, "2016-2020", "hispanic"), 4855 / 13101, 4855, 13101),
        # Census Bureau, 2019-2023 (DataHaven profiles): Norwalk, bachelor's or more 29575 of
        # 66348 adults; children in poverty 2751 of 17416
        (("adults_bachelors", NORWALK_TOWN, "2019-2023", "all"), 29575 / 66348, 29575, 66348),
        (("child_poverty", NORWALK_TOWN, "2019-2023", "all"), 2751 / 17416, 2751, 17416),
        # Urban Institute, Upward Mobility metrics: Stamford 2023, 25 to 54, employed
        (("employment_25_54", "0973000", "2023", "all"), 0.8465299841143765, None, None),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_a_published_figure_is_as_it_was_printed(
    store: pd.DataFrame,
    key: tuple[str, ...],
    estimate: float,
    numerator: int | None,
    denominator: int | None,
):
    found = figure(store, *key)
    assert found["estimate"] == pytest.approx(estimate, rel=1e-12)
    assert (found["numerator"], found["denominator"]) == (numerator, denominator)
    assert found["status"] == "published"


@pytest.mark.parametrize(
    "key",
    [
        # EdSight prints "*": graduates of two or more races in Norwalk; suspended students of
        # the Pacific islands in Norwalk; absent American Indian students in Waterbury, whose
        # number (12) it prints beside the hidden rate.
        ("graduation_4yr", NORWALK, "2018-19", "two_or_more"),
        ("suspension", NORWALK, "2018-19", "pacific_islander"),
        ("chronic_absence", WATERBURY, "2018-19", "american_indian"),
    ],
)
def test_what_the_publisher_hides_is_hidden(store: pd.DataFrame, key: tuple[str, ...]):
    found = figure(store, *key)
    assert found["status"] == "suppressed_by_source"
    assert [found[n] for n in ("estimate", "numerator", "denominator", "moe90")] == [None] * 4


def test_margins_are_ninety_percent_ones(store: pd.DataFrame):
    # The Urban Institute prints 95 percent limits: 0.84653 (0.81624 to 0.87682) for Stamford.
    found = figure(store, "employment_25_54", "0973000", "2023", "all")
    half = (0.8768207270790261 - 0.8162392411497269) / 2
    assert found["moe90"] == pytest.approx(half * 1.645 / 1.96, rel=1e-3)
