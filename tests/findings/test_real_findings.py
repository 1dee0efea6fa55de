"""What is told of the four cities from the store that ships."""

from collections.abc import Mapping

import pytest

from c2c_lib.findings import Finding
from c2c_lib.params import load_cities
from c2c_lib.reporting.cards import city_findings

from .conftest import periods

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def real(project_root) -> dict[str, Mapping[str, Finding]]:
    cities = load_cities(project_root / "params")
    return {slug: city_findings(city)[1] for slug, city in cities.items()}


@pytest.mark.parametrize(
    ("slug", "indicator", "baseline", "latest", "value"),
    [
        # EdSight: grade 3 ELA, Stamford 2018-19, 620 of 1267 (48.9)
        ("stamford", "grade3_ela_proficient", "2014-15", "2018-19", 0.489),
        # State accountability 2024-25: Stamford's class of 2024, 0.794582
        ("stamford", "graduation_4yr", "2020-21", "2023-24", 0.794582),
        ("stamford", "chronic_absence", "2021-22", "2024-25", 0.194103),
        # Two pandemic years stand alone, so the year before them leads.
        ("norwalk", "suspension", "2009-10", "2018-19", 0.05),
        # Infant deaths 2010-2014 in Bridgeport: 7.7 per 1,000; pooled years do not overlap.
        ("bridgeport", "infant_mortality", "1999-2003", "2010-2014", 7.7),
        # One year only.
        ("stamford", "low_birthweight", None, "2015", 0.078),
        # One-year survey figures; the publisher calls those of Stamford before 2022 weak.
        ("stamford", "employment_25_54", "2022", "2023", 0.8465299841143765),
        # Kindergartners are older on average from fall 2024 on.
        ("waterbury", "kindergarten_literacy_level3", "2024-25", "2025-26", None),
    ],
)
def test_what_is_told_of_the_real_cities(
    real, slug: str, indicator: str, baseline: str | None, latest: str, value: float | None
):
    finding = real[slug][indicator]
    assert periods(finding) == (baseline, latest)
    assert value is None or finding.latest.value == pytest.approx(value, rel=1e-9)


def test_every_city_has_a_finding_of_every_indicator(real, catalog):
    assert len(real) == 4
    for found in real.values():
        assert list(found) == [
            indicator.id
            for indicator in catalog.indicators.values()
            if indicator.level not in ("school", "tract", "neighborhood")
        ]


def test_no_real_finding_compares_what_may_not_be_compared(real):
    for found in real.values():
        for finding in found.values():
            if finding.baseline is None:
                assert finding.change is None
                continue
            first, second = finding.baseline.period, finding.latest.period
            assert first < second
            assert not (first.pooled and first.end >= second.start)
            for entry in finding.breaks:
                if entry.kind == "new_series":
                    end = int(entry.period[:4]) + (1 if "-" in entry.period else 0)
                    assert not first.end < end <= second.end, finding.id
                if entry.kind == "not_comparable":
                    assert entry.period not in (first.label, second.label), finding.id


def test_no_real_finding_tells_of_fewer_than_six_children(real):
    for found in real.values():
        for finding in found.values():
            shown = [o for o in (*finding.series, *finding.peers) if o.shown]
            shown += [g.observation for s in finding.gap_sets for g in s.shown]
            for observation in shown:
                assert observation.numerator is None or observation.numerator >= 6
                assert observation.denominator is None or observation.denominator >= 20


def test_no_real_gap_of_bridgeport_by_school_meals_is_a_headline(real):
    # The whole district serves free meals, so the label no longer tells families apart.
    for finding in real["bridgeport"].values():
        assert all(gaps.dimension.id != "economic_status" for gaps, _ in finding.adverse_gaps)


def test_bridgeports_real_gaps_are_what_the_printed_rates_say(real):
    # EdSight, class of 2019: all 76.0, Black 76.8, Hispanic 74.1, White 76.8, Asian 90.0.
    (gaps,) = [
        s
        for s in real["bridgeport"]["graduation_4yr"].gap_sets
        if s.dimension.id == "race_ethnicity"
    ]
    assert gaps.reference.period.label == "2018-19"
    found = {gap.group.id: gap.difference for gap in gaps.shown}
    expected = {"asian": 0.14, "black": 0.008, "hispanic": -0.019, "white": 0.008}
    assert found == pytest.approx(expected)
    assert {gap.group.id for gap in gaps.hidden} == {"american_indian", "two_or_more"}
