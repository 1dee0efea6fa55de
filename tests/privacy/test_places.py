"""Schools against their district: hand arithmetic on a made-up district of four schools."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError
from c2c_lib.observations import sort_observations
from c2c_lib.privacy import Rules, ShownSchools, exposed_schools, publishable, with_schools
from c2c_lib.privacy.places import schools_to_hide

Table = Callable[..., pd.DataFrame]
Cell = tuple[float, float] | str

DISTRICT = "1350011"
SCHOOLS = ("1350511", "1350611", "1350911", "1351111")
"""Codes of four real schools of one district; every figure here is made up."""
ALL = ("all", "all")
READING = "grade3_ela_proficient"


@pytest.fixture(scope="session")
def world(table: Table) -> Callable[..., pd.DataFrame]:
    """Make a district's row and one row per school, in the order of `SCHOOLS`."""

    def make(total: Cell, *cells: Cell, indicator: str = READING, **more: object) -> pd.DataFrame:
        shared = {"indicator": indicator, "source": "edsight_smarter_balanced", **more}
        rows = [table({ALL: total}, geo_id=DISTRICT, **shared)]
        rows += [
            table({ALL: cell}, geo_level="school", geo_id=code, **shared)
            for code, cell in zip(SCHOOLS, cells, strict=False)
        ]
        return sort_observations(pd.concat(rows, ignore_index=True))

    return make


def shown(*indicators: str, codes: tuple[str, ...] = SCHOOLS, **wholes: str) -> ShownSchools:
    return ShownSchools.of(codes, indicators or (READING,), wholes)


def hows(frame: pd.DataFrame, catalog: Catalog, which: ShownSchools | None = None) -> list[str]:
    return exposed_schools(frame, which or shown(), Rules(), catalog)["how"].tolist()


def statuses(
    frame: pd.DataFrame, catalog: Catalog, which: ShownSchools | None = None
) -> dict[str, str]:
    result = with_schools(publishable(frame, Rules(), catalog), which or shown(), catalog).frame
    schools = result[result["geo_level"] == "school"]
    return dict(zip(schools["geo_id"], schools["status"], strict=True))


def test_one_hidden_school_is_the_district_less_the_others(world, catalog: Catalog) -> None:
    # 100 of 220 less 20 of 50, 30 of 60 and 40 of 80 leaves 10 of 30: the school that is hidden.
    frame = world((100, 220), (20, 50), (30, 60), (40, 80), "suppressed_by_source")
    found = exposed_schools(frame, shown(), Rules(), catalog)
    assert found.to_numpy().tolist() == [
        [READING, "2018-19", DISTRICT, (SCHOOLS[3],), "only_one_hidden"]
    ]
    after = statuses(frame, catalog)
    # The school that counts fewest children goes with it, and no other.
    assert after == {
        SCHOOLS[0]: "suppressed_complementary",
        SCHOOLS[1]: "published",
        SCHOOLS[2]: "published",
        SCHOOLS[3]: "suppressed_by_source",
    }
    closed = with_schools(publishable(frame, Rules(), catalog), shown(), catalog)
    assert hows(closed.frame, catalog) == []


def test_two_hidden_schools_with_room_are_left_alone(world, catalog: Catalog) -> None:
    hidden = "suppressed_by_source"
    frame = world((100, 220), (30, 60), (40, 80), hidden, hidden)
    assert hows(frame, catalog) == []
    assert list(statuses(frame, catalog).values()).count("suppressed_complementary") == 0


def test_hidden_schools_that_must_each_count_one_child_are_given_away(
    world, catalog: Catalog
) -> None:
    # 72 - 30 - 40 leaves 2 for two schools; a publisher hides no zeros, so that each has one.
    hidden = "suppressed_by_source"
    frame = world((72, 220), (30, 60), (40, 80), hidden, hidden)
    assert hows(frame, catalog) == ["at_the_limit"]
    assert statuses(frame, catalog)[SCHOOLS[0]] == "suppressed_complementary"


def test_the_few_children_in_no_school_are_not_given_away(world, catalog: Catalog) -> None:
    # 103 of 214 less 20 of 50, 30 of 60 and 50 of 100 leaves 3 of 4 who are in none of them.
    frame = world((103, 214), (20, 50), (30, 60), (50, 100))
    assert hows(frame, catalog) == ["few_left_over"]
    # One hidden school and they would be 23 of 54, so that a second one goes, too.
    after = statuses(frame, catalog)
    assert [after[code] for code in SCHOOLS[:3]] == [
        "suppressed_complementary",
        "suppressed_complementary",
        "published",
    ]


@pytest.mark.parametrize("total", [(100, 210), (130, 260)])
def test_nobody_and_many_in_no_school_give_nothing_away(total, world, catalog: Catalog) -> None:
    frame = world(total, (20, 50), (30, 60), (50, 100))
    assert hows(frame, catalog) == []
    assert set(statuses(frame, catalog).values()) == {"published"}


def test_schools_may_not_add_up_to_a_district_that_is_hidden(world, catalog: Catalog) -> None:
    frame = world("suppressed_by_source", (20, 50), (30, 60))
    assert hows(frame, catalog) == ["adds_up"]
    assert "published" not in statuses(frame, catalog).values()


def test_a_school_that_no_page_shows_can_be_read_at_the_publisher(world, catalog: Catalog) -> None:
    # The fourth school is on no page, but known: what is left is the third alone.
    frame = world((100, 220), (20, 50), (30, 60), "suppressed_by_source", (40, 80))
    part = shown(codes=SCHOOLS[:3])
    assert hows(frame, catalog, part) == ["only_one_hidden"]
    after = statuses(frame, catalog, part)
    assert after == {
        SCHOOLS[0]: "suppressed_complementary",
        SCHOOLS[1]: "published",
        SCHOOLS[2]: "suppressed_by_source",
    }


def test_a_district_of_one_school_stands_for_it(world, catalog: Catalog) -> None:
    # Rates without counts: no sum can be made, but the two are the same children.
    frame = world((50, 100), "suppressed_by_source").assign(numerator=None, denominator=None)
    frame = frame.astype({"numerator": float, "denominator": float})
    assert hows(frame, catalog) == ["only_school"]


def test_where_enrollment_is_hidden_no_share_tells_it(world, catalog: Catalog) -> None:
    source = {"source": "edsight_enrollment_schools"}
    enrolled = world((280, 280), (50, 50), (60, 60), (80, 80), "suppressed_by_source",
                     indicator="enrollment", **source)  # fmt: skip
    enrolled = enrolled.assign(denominator=float("nan"), estimate=enrolled["numerator"])
    meals = world((150, 290), (25, 50), (30, 60), (40, 80), "suppressed_by_source",
                  indicator="students_meal_eligible", **source)  # fmt: skip
    frame = sort_observations(pd.concat([enrolled, meals], ignore_index=True))
    which = shown("enrollment", "students_meal_eligible", students_meal_eligible="enrollment")
    result = with_schools(publishable(frame, Rules(), catalog), which, catalog).frame
    hidden = result[(result["geo_level"] == "school") & (result["status"] != "published")]
    by_indicator = hidden.groupby("indicator")["geo_id"].agg(set)
    assert by_indicator["enrollment"] <= by_indicator["students_meal_eligible"]
    assert len(by_indicator["enrollment"]) == 2


def test_of_other_schools_years_and_groups_nothing_is_kept(
    world, table: Table, catalog: Catalog
) -> None:
    newest = world((100, 210), (20, 50), (30, 60), (50, 100))
    older = world((90, 210), (10, 50), (30, 60), (50, 100), period="2017-18", period_end=2018)
    girls = table({("gender", "female"): (10, 30)}, geo_level="school", geo_id=SCHOOLS[2],
                  indicator=READING, source="edsight_smarter_balanced")  # fmt: skip
    frame = sort_observations(pd.concat([newest, older, girls], ignore_index=True))
    kept = with_schools(publishable(frame, Rules(), catalog), shown(codes=SCHOOLS[1:]), catalog)
    schools = kept.frame[kept.frame["geo_level"] == "school"]
    assert schools[["geo_id", "period", "group"]].to_numpy().tolist() == [
        [SCHOOLS[1], "2018-19", "all"],
        [SCHOOLS[2], "2018-19", "all"],
    ]
    assert (kept.frame["geo_level"] == "district").sum() == 2


def test_a_school_of_no_known_district_is_refused(world, catalog: Catalog) -> None:
    frame = publishable(world((100, 210), (20, 50)), Rules(), catalog)
    with pytest.raises(InputError, match="9999999"):
        with_schools(frame, shown(codes=("9999999",)), catalog)


@pytest.mark.parametrize("seed", [0, 1])
def test_after_hiding_nothing_is_given_away(seed: int, catalog: Catalog) -> None:
    # Thirty districts at once, each with two to five schools and made-up counts.
    draw = np.random.default_rng(seed)
    of_district: dict[str, list[str]] = {}
    for place in catalog.places:
        if place.geo_level == "school":
            of_district.setdefault(place.parent, []).append(place.geo_id)
    parts, codes = [], []
    several = [pair for pair in of_district.items() if len(pair[1]) > 1]
    for district, schools in several[:30]:
        here = schools[: draw.integers(2, 6)]
        codes += here
        counts = [(int(draw.integers(6, 40)), int(draw.integers(40, 90))) for _ in here]
        hidden = draw.random(len(here)) < 0.25
        total = np.sum(counts, axis=0) + draw.integers(0, 2) * draw.integers(0, 9, 2)
        parts.append(cells_of(district, "district", tuple(total)))
        for code, count, hide in zip(here, counts, hidden, strict=True):
            parts.append(cells_of(code, "school", "suppressed_by_source" if hide else count))
    frame = sort_observations(pd.DataFrame(parts))
    which = shown(codes=tuple(codes))
    before = exposed_schools(frame, which, Rules(), catalog)
    hide = schools_to_hide(frame, which, Rules(), catalog)
    frame.loc[hide, ["estimate", "numerator", "denominator"]] = np.nan
    frame.loc[hide, "status"] = "suppressed_complementary"
    after = exposed_schools(frame, which, Rules(), catalog)
    assert len(before) > 5
    assert after.empty
    assert not schools_to_hide(frame, which, Rules(), catalog).any()


def cells_of(code: str, level: str, cell: Cell) -> dict[str, object]:
    hidden = isinstance(cell, str)
    x, n = (np.nan, np.nan) if hidden else cell
    return {
        "indicator": READING,
        "geo_level": level,
        "geo_id": code,
        "period": "2018-19",
        "period_end": 2019,
        "dimension": "all",
        "group": "all",
        "estimate": np.nan if hidden else x / n,
        "numerator": x,
        "denominator": n,
        "status": cell if hidden else "published",
        "source": "edsight_smarter_balanced",
        "note": "",
    }
