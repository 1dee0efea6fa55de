"""The one gate: what goes in, what comes out, and what an attacker can still do."""

import dataclasses
import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError
from c2c_lib.observations import KEY, check_observations, sort_observations
from c2c_lib.privacy import HIDDEN_BY_US, Publishable, Rules, exposed_cells, publishable

Table = Callable[..., pd.DataFrame]
Cell = Callable[[pd.DataFrame, str, str], pd.Series]

ALL = ("all", "all")
RACES = (
    "american_indian",
    "asian",
    "black",
    "hispanic",
    "pacific_islander",
    "two_or_more",
    "white",
)
VALUES = ["estimate", "numerator", "denominator", "moe90"]


def race(group: str) -> tuple[str, str]:
    return ("race_ethnicity", group)


def gender(group: str) -> tuple[str, str]:
    return ("gender", group)


def meals(group: str) -> tuple[str, str]:
    return ("economic_status", group)


def statuses(frame: pd.DataFrame, dimension: str) -> dict[str, str]:
    rows = frame[frame["dimension"] == dimension]
    return dict(zip(rows["group"], rows["status"], strict=True))


# --- what is hidden -------------------------------------------------------------------


def test_small_cell_loses_every_value_and_a_note_with_a_number(
    table: Table, cell: Cell, catalog: Catalog
) -> None:
    observations = table({ALL: (5, 40)}, note="5 of 40 in the cohort", moe90=0.1)
    hidden = cell(publishable(observations, Rules(), catalog).frame, *ALL)
    assert hidden["status"] == "suppressed_small"
    assert hidden[VALUES].isna().all()
    assert hidden["note"] == ""


def test_note_without_a_number_stays(table: Table, cell: Cell, catalog: Catalog) -> None:
    observations = table({ALL: (5, 40)}, note="Charter schools are not in it.")
    hidden = cell(publishable(observations, Rules(), catalog).frame, *ALL)
    assert hidden["note"] == "Charter schools are not in it."


def test_zero_is_small_in_a_sample_survey_too(table: Table, cell: Cell, catalog: Catalog) -> None:
    observations = table({ALL: (0, 300)}, moe90=0.02, source="acs5")
    assert cell(publishable(observations, Rules(), catalog).frame, *ALL)["status"] == (
        "suppressed_small"
    )


def test_count_that_rate_and_denominator_give_away_is_judged(
    table: Table, cell: Cell, catalog: Catalog
) -> None:
    observations = table({ALL: (5, 40)}).assign(numerator=np.nan)
    assert cell(publishable(observations, Rules(), catalog).frame, *ALL)["status"] == (
        "suppressed_small"
    )


def test_events_of_a_rate_per_thousand_are_judged(
    table: Table, cell: Cell, catalog: Catalog
) -> None:
    observations = table({ALL: (5, 1000)}, indicator="infant_mortality", estimate=5.0)
    assert cell(publishable(observations, Rules(), catalog).frame, *ALL)["status"] == (
        "suppressed_small"
    )


def test_rate_without_counts_is_shown_as_published(
    table: Table, cell: Cell, catalog: Catalog
) -> None:
    observations = table({ALL: (5, 40)}).assign(numerator=np.nan, denominator=np.nan)
    assert cell(publishable(observations, Rules(), catalog).frame, *ALL)["estimate"] == 0.125


def test_what_the_publisher_hides_stays_hidden(table: Table, cell: Cell, catalog: Catalog) -> None:
    observations = table({ALL: (300, 400), race("asian"): "suppressed_by_source"})
    hidden = cell(publishable(observations, Rules(), catalog).frame, *race("asian"))
    assert hidden["status"] == "suppressed_by_source"
    assert hidden[VALUES].isna().all()


def test_value_under_a_hidden_status_does_not_pass(table: Table, catalog: Catalog) -> None:
    observations = table({ALL: (300, 400)}, status="suppressed_by_source")
    with pytest.raises(InputError, match="must carry no value"):
        publishable(observations, Rules(), catalog)


# --- complementary hiding ---------------------------------------------------------------


def test_one_hidden_group_takes_the_smallest_shown_one_with_it(
    table: Table, catalog: Catalog
) -> None:
    observations = table(
        {
            ALL: (304, 400),
            race("asian"): (4, 30),
            race("black"): (100, 120),
            race("hispanic"): (50, 100),
            race("white"): (150, 150),
        }
    )
    assert statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity") == {
        "asian": "suppressed_small",
        "black": "published",
        "hispanic": "suppressed_complementary",
        "white": "published",
    }


def test_tie_goes_to_the_first_group_by_id(table: Table, catalog: Catalog) -> None:
    observations = table(
        {
            ALL: (104, 230),
            race("asian"): (4, 30),
            race("white"): (50, 100),
            race("hispanic"): (50, 100),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found["hispanic"] == "suppressed_complementary"
    assert found["white"] == "published"


def test_two_hidden_groups_protect_each_other(table: Table, catalog: Catalog) -> None:
    observations = table(
        {
            ALL: (107, 200),
            race("asian"): (4, 30),
            race("black"): (3, 70),
            race("white"): (100, 100),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found["white"] == "published"


def test_a_cell_the_publisher_hid_protects_ours(table: Table, catalog: Catalog) -> None:
    observations = table(
        {
            ALL: (113, 200),
            race("asian"): (4, 30),
            race("black"): "suppressed_by_source",
            race("white"): (100, 100),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found["white"] == "published"


def test_hidden_zeros_that_sum_to_zero_do_not_protect_each_other(
    table: Table, catalog: Catalog
) -> None:
    observations = table(
        {
            ALL: (100, 200),
            race("asian"): (0, 30),
            race("black"): (0, 70),
            race("hispanic"): (40, 50),
            race("white"): (60, 60),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found["hispanic"] == "suppressed_complementary"
    assert found["white"] == "published"


def test_zero_and_the_minimum_do_not_protect_each_other(table: Table, catalog: Catalog) -> None:
    # The complementary cell passed the rules, so of 6 children it must count all 6.
    observations = table(
        {
            ALL: (56, 400),
            race("asian"): (0, 100),
            race("black"): (6, 100),
            race("hispanic"): (20, 100),
            race("white"): (30, 100),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found["black"] == found["hispanic"] == "suppressed_complementary"
    assert found["white"] == "published"


def test_hidden_groups_of_which_everyone_is_counted_do_not_protect_each_other(
    table: Table, catalog: Catalog
) -> None:
    # 10 of 10 and 12 of 12: what is left, 22 of 22, says that all of both are counted.
    observations = table(
        {
            ALL: (122, 222),
            race("asian"): (10, 10),
            race("black"): (12, 12),
            race("hispanic"): (40, 100),
            race("white"): (60, 100),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found["hispanic"] == "suppressed_complementary"


def test_hidden_total_takes_everything_with_counts_with_it(table: Table, catalog: Catalog) -> None:
    # Two groups of one dimension cannot hide 0 of 6, so the total must go, and with it
    # every group that adds up to it.
    observations = table(
        {
            ALL: (26, 300),
            gender("female"): (0, 100),
            gender("male"): (26, 200),
            race("black"): (12, 150),
            race("white"): (14, 150),
        }
    )
    hidden = table(
        {
            ALL: (6, 300),
            gender("female"): (0, 100),
            gender("male"): (6, 200),
            race("black"): "suppressed_by_source",
            race("white"): "suppressed_by_source",
        }
    )
    shown = publishable(observations, Rules(), catalog).frame
    assert statuses(shown, "all") == {"all": "published"}
    assert statuses(shown, "race_ethnicity") == {"black": "published", "white": "published"}
    closed = publishable(hidden, Rules(), catalog).frame
    assert statuses(closed, "all") == {"all": "suppressed_complementary"}
    assert not (closed["status"] == "published").any()


def test_total_that_another_dimension_adds_up_to_is_used_by_the_attacker(
    table: Table, catalog: Catalog
) -> None:
    observations = table(
        {
            ALL: "suppressed_by_source",
            gender("female"): (80, 100),
            gender("male"): (64, 100),
            race("asian"): (4, 20),
            race("black"): (60, 90),
            race("white"): (80, 90),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found == {
        "asian": "suppressed_small",
        "black": "suppressed_complementary",
        "white": "published",
    }


def test_dimension_with_only_some_of_its_groups_is_not_subtracted(
    table: Table, catalog: Catalog
) -> None:
    # Only learners are listed, so total minus nothing (300 of 400) is not about them.
    observations = table({ALL: (300, 400), ("english_learner", "english_learner"): (3, 25)})
    shown = publishable(observations, Rules(), catalog).frame
    assert statuses(shown, "all") == {"all": "published"}
    assert statuses(shown, "english_learner") == {"english_learner": "suppressed_small"}


def test_what_is_left_must_be_small_to_be_taken_for_the_one_small_cell(
    table: Table, catalog: Catalog
) -> None:
    # 12 of 400 would have been shown, so there must be others who have no row.
    observations = table({ALL: (12, 400), ("english_learner", "english_learner"): (3, 25)})
    shown = publishable(observations, Rules(), catalog).frame
    assert statuses(shown, "all") == {"all": "published"}


def test_cell_that_the_publisher_left_open_is_not_ours_to_protect(
    table: Table, catalog: Catalog
) -> None:
    observations = table(
        {ALL: (300, 400), gender("female"): "suppressed_by_source", gender("male"): (100, 200)}
    )
    shown = publishable(observations, Rules(), catalog).frame
    pd.testing.assert_frame_equal(shown, observations)


def test_group_without_a_row_is_taken_for_empty_where_that_fits(
    table: Table, catalog: Catalog
) -> None:
    # Five of the seven groups have no row; 104 - 100 = 4 of 30 is what a small cell can be.
    observations = table({ALL: (104, 150), race("asian"): (4, 30), race("white"): (100, 120)})
    found = statuses(publishable(observations, Rules(), catalog).frame, "race_ethnicity")
    assert found == {"asian": "suppressed_small", "white": "suppressed_complementary"}


def test_groups_that_overlap_without_a_declared_sum_are_not_subtracted(
    table: Table, catalog: Catalog
) -> None:
    observations = table(
        {ALL: (304, 400), ("homelessness", "homeless"): (4, 30), meals("not_eligible"): (300, 370)}
    )
    frame = publishable(observations, Rules(), catalog).frame
    assert statuses(frame, "economic_status") == {"not_eligible": "published"}


def test_meal_groups_that_make_up_both_together_are_subtracted(
    table: Table, catalog: Catalog
) -> None:
    # 104 - 100 = 4 of 30 reduced; and all - not eligible is both together, so one more is hidden.
    observations = table(
        {
            ALL: (304, 400),
            meals("free_or_reduced_meals"): (104, 150),
            meals("free_meals"): (100, 120),
            meals("reduced_meals"): (4, 30),
            meals("not_eligible"): (200, 250),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "economic_status")
    assert found["reduced_meals"] == "suppressed_small"
    assert found["free_meals"] == "suppressed_complementary"
    assert {found["free_or_reduced_meals"], found["not_eligible"]} == {"published"}


def test_a_sum_is_not_drawn_where_its_part_is_a_sum_without_a_row(
    table: Table, catalog: Catalog
) -> None:
    observations = table(
        {
            ALL: (300, 400),
            meals("free_meals"): (4, 40),
            meals("reduced_meals"): "suppressed_by_source",
            meals("not_eligible"): (250, 300),
        }
    )
    found = statuses(publishable(observations, Rules(), catalog).frame, "economic_status")
    assert found["not_eligible"] == "published"


@pytest.mark.parametrize(
    ("girls", "boys", "hidden"),
    [
        ((100, 199), (100, 200), True),  # one student is neither, and not counted
        ((97, 180), (100, 199), True),  # 21 are neither, and three of them are counted
        ((100, 180), (100, 199), False),  # 21 are neither, and none of them is counted
        ((100, 200), (99, 200), False),  # nobody is neither: the counts are rounded
    ],
)
def test_groups_that_leave_over_a_few_children_are_not_all_shown(
    table: Table, catalog: Catalog, girls: tuple[int, int], boys: tuple[int, int], hidden: bool
) -> None:
    observations = table({ALL: (200, 400), gender("female"): girls, gender("male"): boys})
    found = statuses(publishable(observations, Rules(), catalog).frame, "gender")
    assert ("published" not in found.values()) == hidden


def test_survey_estimates_are_not_subtracted(table: Table, catalog: Catalog) -> None:
    cells = {ALL: (60, 400), gender("female"): (4, 200), gender("male"): (56, 200)}
    counted = publishable(table(cells), Rules(), catalog).frame
    surveyed = publishable(table(cells, moe90=0.05, source="acs_youth"), Rules(), catalog).frame
    assert statuses(counted, "gender")["male"] == "suppressed_complementary"
    assert statuses(surveyed, "gender") == {"female": "suppressed_small", "male": "published"}


def test_places_and_periods_are_judged_on_their_own(table: Table, catalog: Catalog) -> None:
    cells = {ALL: (104, 150), gender("female"): (4, 30), gender("male"): (100, 120)}
    well = {ALL: (110, 150), gender("female"): (10, 30), gender("male"): (100, 120)}
    observations = sort_observations(
        pd.concat(
            [
                table(cells),
                table(well, geo_id="1510011"),
                table(well, period="2017-18", period_end=2018),
            ]
        )
    )
    frame = publishable(observations, Rules(), catalog).frame
    affected = frame[frame["status"] != "published"]
    assert set(affected["geo_id"] + " " + affected["period"]) == {"0150011 2018-19"}


# --- the seal ---------------------------------------------------------------------------


def test_only_the_gate_makes_a_publishable(table: Table, catalog: Catalog) -> None:
    sealed = publishable(table({ALL: (300, 400)}), Rules(), catalog)
    with pytest.raises(TypeError, match="by nothing else"):
        Publishable(sealed.frame, Rules(), sealed.report)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(sealed, rules=Rules(1, 1))
    with pytest.raises(dataclasses.FrozenInstanceError):
        sealed.rules = Rules(1, 1)  # type: ignore[misc]


def test_changing_the_frame_does_not_change_what_is_sealed(table: Table, catalog: Catalog) -> None:
    sealed = publishable(table({ALL: (5, 40)}), Rules(), catalog)
    frame = sealed.frame
    frame.loc[0, "estimate"] = 0.125
    frame["status"] = "published"
    assert sealed.frame["status"].tolist() == ["suppressed_small"]
    assert sealed.frame["estimate"].isna().all()


def test_input_is_left_as_it_was(table: Table, catalog: Catalog) -> None:
    observations = table({ALL: (104, 150), gender("female"): (4, 30), gender("male"): (100, 120)})
    copy = observations.copy()
    publishable(observations, Rules(), catalog)
    pd.testing.assert_frame_equal(observations, copy)


def test_report_counts_every_status_before_and_after(table: Table, catalog: Catalog) -> None:
    observations = table({ALL: (104, 150), gender("female"): (4, 30), gender("male"): (100, 120)})
    report = publishable(observations, Rules(), catalog).report
    assert report.to_dict("records") == [
        {"source": "edsight_graduation_4yr", "status": status, "before": before, "after": after}
        for status, before, after in (
            ("published", 3, 1),
            ("suppressed_complementary", 0, 1),
            ("suppressed_small", 0, 1),
        )
    ]


def test_unknown_group_is_not_let_through(table: Table, catalog: Catalog) -> None:
    observations = table({ALL: (300, 400)}).assign(dimension="gender", group="boys")
    with pytest.raises(InputError, match="privacy rules cannot judge"):
        publishable(observations, Rules(), catalog)


def test_empty_table_passes(table: Table, catalog: Catalog) -> None:
    assert len(publishable(table({ALL: (300, 400)}).iloc[:0], Rules(), catalog)) == 0


# --- whatever comes -----------------------------------------------------------------------

counts = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
groups = st.lists(counts, min_size=len(RACES), max_size=len(RACES))


@st.composite
def partitions(draw: st.DrawFn) -> dict[tuple[str, str], tuple[int, int] | str]:
    """A total, its races (some hidden by the publisher) and its genders, all adding up."""
    cells: dict[tuple[str, str], tuple[int, int] | str] = {}
    of_race = draw(groups)
    x, n = (sum(values) for values in zip(*of_race, strict=True))
    girls_n = draw(st.integers(0, n))
    girls_x = draw(st.integers(max(0, x - (n - girls_n)), min(x, girls_n)))
    cells[ALL] = (x, n)
    cells[gender("female")] = (girls_x, girls_n)
    cells[gender("male")] = (x - girls_x, n - girls_n)
    for name, count in zip(RACES, of_race, strict=True):
        hidden = draw(st.sampled_from([False, False, False, True]))
        cells[race(name)] = "suppressed_by_source" if hidden else count
    return cells


def several(
    table: Table, places: list[dict[tuple[str, str], tuple[int, int] | str]]
) -> pd.DataFrame:
    """One table of many places: each is judged on its own, and the gate is passed only once."""
    parts = [table(cells, geo_id=f"{n:07d}") for n, cells in enumerate(places)]
    return sort_observations(pd.concat(parts))


@settings(max_examples=6)
@given(
    st.lists(partitions(), min_size=1, max_size=9),
    st.sampled_from([Rules(), Rules(11, 30), Rules(6, 20, 6), Rules(3, 0)]),
)
def test_gate_hides_once_and_for_all(
    table: Table, places: list[dict[tuple[str, str], tuple[int, int] | str]], rules: Rules
) -> None:
    catalog = load_catalog()
    observations = several(table, places)
    sealed = publishable(observations, rules, catalog)
    frame = check_observations(sealed.frame)

    pd.testing.assert_frame_equal(frame[list(KEY)], observations[list(KEY)])
    shown = frame["status"] == "published"
    assert (observations.loc[shown, "status"] == "published").all()
    pd.testing.assert_frame_equal(frame[shown], observations[shown])
    for row in frame[shown].itertuples():
        assert row.numerator >= rules.minimum_numerator
        assert row.denominator >= rules.minimum_denominator
        assert not 0 < row.denominator - row.numerator < rules.minimum_complement

    again = publishable(frame, rules, catalog).frame
    pd.testing.assert_frame_equal(again, frame)
    found = exposed_cells(frame, catalog, rules)
    assert not found["hidden_by_us"].any()


@settings(max_examples=6)
@given(st.lists(partitions(), min_size=1, max_size=9))
def test_plain_subtraction_never_leaves_one_cell_of_ours(
    table: Table, places: list[dict[tuple[str, str], tuple[int, int] | str]]
) -> None:
    every = publishable(several(table, places), Rules(), load_catalog()).frame
    for _, frame in every.groupby("geo_id"):
        total = frame[frame["dimension"] == "all"].iloc[0]
        for dimension in ("gender", "race_ethnicity"):
            rows = frame[frame["dimension"] == dimension]
            hidden = rows[rows["status"] != "published"]
            if total["status"] != "published":
                assert len(hidden) == len(rows)
                continue
            ours = hidden["status"].isin(HIDDEN_BY_US).any()
            left = total["numerator"] - rows["numerator"].sum()
            assert not (ours and (len(hidden) == 1 or left == 0))


SMALL_RULES = [
    *(Rules(2, 3), Rules(2, 3, 2)),
    *(
        pytest.param(rules, marks=pytest.mark.thorough)
        for rules in (Rules(3, 2), Rules(2, 5), Rules(1, 4), Rules(0, 3))
    ),
]


@pytest.mark.parametrize("rules", SMALL_RULES, ids=str)
def test_every_hidden_cell_has_at_least_two_possible_values(
    table: Table, catalog: Catalog, rules: Rules
) -> None:
    """Enumerates every table that fits what is shown, the rules and the statuses."""
    generator = np.random.default_rng(20240930)
    sizes = generator.integers(1, 6, size=(150, 3))
    places = np.stack([generator.integers(0, sizes + 1), sizes], axis=-1)
    names = ("asian", "black", "white")
    parts = []
    for number, of_race in enumerate(places):
        cells = {ALL: of_race.sum(axis=0)}
        cells |= {race(g): c for g, c in zip(names, of_race, strict=True)}
        parts.append(table(cells, geo_id=f"{number:07}"))
    observations = sort_observations(pd.concat(parts))
    gated = publishable(observations, rules, catalog).frame
    judged = 0
    for (_, frame), of_race in zip(gated.groupby("geo_id"), places, strict=True):
        shown = frame[frame["status"] == "published"]
        if "all" not in set(shown["dimension"]):
            assert shown.empty
        elif len(shown) < len(frame):
            judged += 1
            _assert_room(frame, shown, of_race, rules)
    assert judged > 40


def _assert_room(
    frame: pd.DataFrame, shown: pd.DataFrame, of_race: np.ndarray, rules: Rules
) -> None:
    total = of_race.sum(axis=0)
    hidden = [s for s in statuses(frame, "race_ethnicity").values() if s != "published"]
    left = tuple(
        int(total[i] - shown[column].iloc[1:].sum())
        for i, column in enumerate(("numerator", "denominator"))
    )
    for position, values in enumerate(_possible(hidden, left, rules)):
        for what, distinct in (
            ("numerators", {x for x, _ in values}),
            ("denominators", {n for _, n in values}),
            ("rates", {x / n for x, n in values}),
        ):
            assert len(distinct) > 1, (what, position, hidden, of_race)


def _possible(hidden: list[str], left: tuple[int, int], rules: Rules) -> list[set[tuple[int, int]]]:
    """Return the values that each hidden cell takes in some table that fits."""
    pairs = [(x, n) for n in range(1, left[1] + 1) for x in range(min(n, left[0]) + 1)]

    def small(x: int, n: int) -> bool:
        below = x < rules.minimum_numerator or n < rules.minimum_denominator
        return below or 0 < n - x < rules.minimum_complement

    fitting = [[p for p in pairs if small(*p) == (s == "suppressed_small")] for s in hidden]
    found: list[set[tuple[int, int]]] = [set() for _ in hidden]
    for chosen in itertools.product(*fitting[:-1]):
        last = (left[0] - sum(x for x, _ in chosen), left[1] - sum(n for _, n in chosen))
        if last in fitting[-1]:
            for values, value in zip(found, (*chosen, last), strict=True):
                values.add(value)
    return found


@st.composite
def meal_tables(draw: st.DrawFn) -> dict[tuple[str, str], tuple[int, int] | str]:
    """Free, reduced and not eligible, with both together or not; some hidden by the publisher."""
    free, reduced, neither = draw(counts), draw(counts), draw(counts)
    both = (free[0] + reduced[0], free[1] + reduced[1])
    everyone = (both[0] + neither[0], both[1] + neither[1])
    cells: dict[tuple[str, str], tuple[int, int] | str] = {
        ALL: everyone,
        meals("free_meals"): free,
        meals("reduced_meals"): reduced,
        meals("not_eligible"): neither,
    }
    if draw(st.booleans()):
        cells[meals("free_or_reduced_meals")] = both
    for group in ("free_meals", "reduced_meals", "not_eligible"):
        if draw(st.sampled_from([False, False, False, True])):
            cells[meals(group)] = "suppressed_by_source"
    return cells


@settings(max_examples=6)
@given(
    st.lists(meal_tables(), min_size=1, max_size=9),
    st.sampled_from([Rules(), Rules(11, 30), Rules(3, 0)]),
)
def test_no_linear_reasoning_gives_a_meal_group_of_ours_away(
    table: Table, places: list[dict[tuple[str, str], tuple[int, int] | str]], rules: Rules
) -> None:
    every = publishable(several(table, places), rules, load_catalog()).frame
    # Unknowns: free, reduced, not eligible. Each row of the table is a sum of them.
    sums = {
        "free_meals": [1, 0, 0],
        "reduced_meals": [0, 1, 0],
        "not_eligible": [0, 0, 1],
        "free_or_reduced_meals": [1, 1, 0],
        "all": [1, 1, 1],
    }
    for _, frame in every.groupby("geo_id"):
        status = dict(zip(frame["group"], frame["status"], strict=True))
        shown = np.array([sums[g] for g in status if status[g] == "published"] or [[0, 0, 0]])
        for group, found in status.items():
            if found in HIDDEN_BY_US:
                more = np.vstack([shown, sums[group]])
                assert np.linalg.matrix_rank(more) > np.linalg.matrix_rank(shown), group
