"""The breaks that publishers warn of are in the catalog, and nothing is compared across them."""

from itertools import combinations

import pytest

from c2c_lib.catalog import Break, Indicator, Localized, load_catalog, parse_period
from c2c_lib.catalog.comparability import may_draw_line, series_breaks
from c2c_lib.findings import Finding, may_compare
from c2c_lib.observations import load_observations
from c2c_lib.params import load_cities
from c2c_lib.reporting.cards import city_findings

pytestmark = pytest.mark.thorough

CATALOG = load_catalog()
NOTE = Localized(en="Redrawn.", es="Trazado de nuevo.")
MEALS = ("bridgeport", "waterbury")


def comparable(indicator: str, first: str, second: str, **where: str) -> bool:
    found = CATALOG.indicator(indicator)
    return may_compare(found, parse_period(first), parse_period(second), **where) is None


@pytest.mark.parametrize(
    ("indicator", "first", "second"),
    [
        # New tests: Smarter Balanced for the CMT, the SAT for grade 11, NGSS for CMT/CAPT.
        ("grade3_ela_proficient", "2012-13", "2014-15"),
        ("grade8_math_proficient", "2013-14", "2018-19"),
        ("ela_performance_index", "2014-15", "2021-22"),
        ("math_performance_index", "2014-15", "2015-16"),
        ("science_performance_index", "2014-15", "2021-22"),
        # Years that the pandemic cut short.
        ("chronic_absence", "2018-19", "2019-20"),
        ("chronic_absence", "2019-20", "2021-22"),
        ("suspension", "2018-19", "2019-20"),
        ("suspension", "2019-20", "2020-21"),
        # Kindergarten: rated in winter, and an older entry age.
        *(
            (f"kindergarten_{domain}_level{level}", first, second)
            for domain in ("language", "literacy", "numeracy", "creative")
            for level in (1, 3)
            for first, second in (("2014-15", "2015-16"), ("2015-16", "2016-17"))
        ),
        ("kindergarten_literacy_level3", "2023-24", "2024-25"),
        # Another report goes on: near to the one before, and not equal to it.
        ("graduation_4yr", "2018-19", "2020-21"),
        ("postsecondary_entrance_1yr", "2013-14", "2020-21"),
        ("chronic_absence", "2018-19", "2021-22"),
        # Another yearly benchmark.
        ("unemployment_rate", "2019", "2020"),
    ],
)
def test_what_publishers_warn_of_is_not_compared(indicator: str, first: str, second: str):
    assert not comparable(indicator, first, second)
    assert not comparable(indicator, second, first)


@pytest.mark.parametrize(
    ("indicator", "first", "second"),
    [
        ("grade3_ela_proficient", "2014-15", "2018-19"),
        ("ela_performance_index", "2021-22", "2024-25"),
        ("graduation_4yr", "2010-11", "2018-19"),
        ("kindergarten_literacy_level3", "2016-17", "2023-24"),
        ("enrollment", "2007-08", "2020-21"),
        ("child_poverty", "2009-2013", "2014-2018"),
    ],
)
def test_what_is_alike_is_still_compared(indicator: str, first: str, second: str):
    assert comparable(indicator, first, second)


@pytest.mark.parametrize("city", ["bridgeport", "norwalk", "stamford", "waterbury"])
@pytest.mark.parametrize("dimension", ["economic_status", "high_needs"])
@pytest.mark.parametrize(
    "indicator", ["graduation_4yr", "grade3_ela_proficient", "grade8_math_proficient"]
)
def test_meals_and_what_counts_them_are_not_compared_over_time_where_all_eat_free(
    indicator: str, dimension: str, city: str
):
    allowed = comparable(indicator, "2014-15", "2015-16", place=city, dimension=dimension)
    assert allowed == (city not in MEALS)
    assert comparable(indicator, "2014-15", "2015-16", place=city, dimension="race_ethnicity")


def test_the_races_of_enrollment_changed_in_2010():
    where = {"dimension": "race_ethnicity"}
    assert not comparable("enrollment", "2009-10", "2010-11", **where)
    assert comparable("enrollment", "2010-11", "2020-21", **where)
    assert comparable("enrollment", "2009-10", "2010-11", dimension="gender")


def test_tracts_were_redrawn_and_towns_were_not():
    assert not comparable("child_poverty", "2009-2013", "2016-2020", level="tract")
    assert comparable("child_poverty", "2009-2013", "2016-2020", level="town")
    assert comparable("child_poverty", "2009-2013", "2016-2020")


def test_the_state_of_a_year_with_fewer_districts_stands_alone():
    args = ("kindergarten_literacy_level3", "2014-15", "2016-17")
    assert not comparable(*args, place="connecticut")
    assert comparable(*args, place="norwalk")


def with_break(**values: object) -> Indicator:
    entry = Break.model_validate({"note": NOTE, **values})
    return CATALOG.indicator("child_poverty").model_copy(update={"breaks": (entry,)})


def test_a_break_of_some_levels_leaves_the_rest_alone():
    indicator = with_break(kind="new_series", period="2016-2020", levels=("tract", "school"))
    ends = parse_period("2009-2013"), parse_period("2016-2020")
    assert may_compare(indicator, *ends, level="tract") == NOTE
    assert may_compare(indicator, *ends, level="school") == NOTE
    assert may_compare(indicator, *ends, level="town") is None
    # The level of the indicator itself, which is the town, where none is named.
    assert may_compare(indicator, *ends) is None
    assert series_breaks(indicator, level="tract") == indicator.breaks


def test_only_a_moving_definition_can_hold_within_a_year():
    with pytest.raises(ValueError, match="only a break of kind 'not_over_time' has it"):
        with_break(kind="new_series", period="2016-2020", within_year=True)


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """The findings of every indicator in every city."""
    return [f for city in load_cities().values() for f in city_findings(city)[1].values()]


def test_no_finding_compares_across_a_break(findings: list[Finding]):
    compared = 0
    for finding in findings:
        if finding.baseline is None or finding.latest is None:
            continue
        pair = (finding.baseline.period, finding.latest.period)
        assert may_compare(finding.indicator, *pair, place=finding.place.place) is None
        for entry in finding.breaks:
            if entry.kind == "new_series":
                start = parse_period(entry.period).end
                assert (pair[0].end < start) == (pair[1].end < start), finding.id
            if entry.kind in ("not_comparable", "not_collected"):
                assert entry.period not in (pair[0].label, pair[1].label), finding.id
        compared += 1
    assert compared > 40


def test_no_line_is_drawn_across_a_break(findings: list[Finding]):
    for finding in findings:
        place = finding.place.place
        periods = [o.period for o in finding.series if o.shown]
        for first, second in combinations(periods, 2):
            if not may_draw_line(finding.indicator, first, second, place=place):
                continue
            starts = [parse_period(b.period).end for b in finding.breaks if b.kind == "new_series"]
            assert not any(first.end < start <= second.end for start in starts), finding.id


def test_no_figure_stands_in_a_year_that_was_not_collected(findings: list[Finding]):
    for finding in findings:
        missing = {b.period for b in finding.breaks if b.kind == "not_collected"}
        shown = {o.period.label for o in finding.series if o.shown}
        assert missing & shown == set(), finding.id


def test_a_gap_by_meals_is_flagged_where_all_eat_free_and_one_by_needs_is_not(
    findings: list[Finding],
):
    flagged, shown = set(), set()
    for finding in findings:
        for gaps in finding.gap_sets:
            if gaps.dimension.id == "economic_status" and gaps.caution is not None:
                flagged.add(finding.place.place)
            if gaps.dimension.id == "high_needs" and gaps.shown:
                assert gaps.caution is None, finding.id
                shown.add(finding.place.place)
    assert flagged == set(MEALS)
    assert shown >= set(MEALS)


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("bridgeport-school-0150111", False),
        ("waterbury-school-1516211", False),
        ("norwalk-school-1036111", True),
        ("east-bridgeport-school-1", True),
    ],
)
def test_a_break_of_a_district_holds_for_its_schools(place: str, allowed: bool):
    meals = with_break(
        kind="not_over_time", dimension="economic_status", places=("bridgeport", "waterbury")
    )
    ends = parse_period("2013-14"), parse_period("2015-16")
    where = {"place": place, "dimension": "economic_status", "level": "school"}
    assert (may_compare(meals, *ends, **where) is None) == allowed


@pytest.mark.parametrize(
    "indicator",
    [i.id for i in CATALOG.indicators.values() if i.unit == "dollars" and i.id != "income_at_35"],
)
def test_dollars_of_two_years_are_not_compared(indicator: str):
    assert not comparable(indicator, "2009-2013", "2014-2018")


def test_every_indicator_by_meals_or_needs_is_flagged_where_all_eat_free():
    """Whatever a store holds by these labels, the catalog knows that they moved."""
    frame = load_observations()
    for dimension in ("economic_status", "high_needs"):
        rows = frame[(frame["dimension"] == dimension) & (frame["geo_level"] != "state")]
        periods = rows.groupby("indicator")["period"].nunique()
        assert (periods > 1).any()
        for name in periods[periods > 1].index:
            indicator = CATALOG.indicator(name)
            for city in MEALS:
                found = series_breaks(indicator, place=city, dimension=dimension)
                kinds = [b.kind for b in found if b.dimension in ("", dimension)]
                assert "not_over_time" in kinds, (name, dimension, city)
