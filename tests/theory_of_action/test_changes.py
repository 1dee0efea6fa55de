"""Changes of outcomes and of gaps: made-up series with answers worked out by hand."""

import pytest

from c2c_lib.theory_of_action import Definitions
from c2c_lib.theory_of_action.gap_evidence import gaps_of, outcome_gap
from c2c_lib.theory_of_action.outcome_change import outcome_change, strict_reading
from c2c_lib.theory_of_action.span import span_of
from support.synthetic import catalog, city, figures, row

GIRLS, BOYS = "gender/female", "gender/male"
ONLY_GENDER = Definitions(dimensions=("gender",))


def change(*rows, indicator="reading_well", **definitions):
    found = catalog().indicator(indicator)
    outcome = catalog().outcome("early_grade_reading")
    core = city(core=[indicator])
    return outcome_change(outcome, found, core, figures(rows), Definitions(**definitions))


@pytest.mark.parametrize(
    ("before", "after", "verdict", "reason"),
    [
        # 40.0 % of 1,000 to 50.0 %: 10 points, standard error 2.2, clear.
        ((400, 1000), (500, 1000), "improved", "beyond_chance"),
        ((500, 1000), (400, 1000), "slipped", "beyond_chance"),
        # 40.0 % of 100 to 45.0 %: 5 points, standard error 7.0.
        ((40, 100), (45, 100), "about_the_same", "within_chance"),
        # 0.9 of a point of 100,000: clear, and too small to matter.
        ((40000, 100000), (40900, 100000), "about_the_same", "below_minimum"),
        # Exactly one point of 100,000 counts.
        ((40000, 100000), (41000, 100000), "improved", "beyond_chance"),
        # 20 of 28 children: too few to act on.
        ((20, 28), (500, 1000), "not_enough_data", "too_weak"),
        # No counts: the size decides, or nothing does.
        (0.40, 0.45, "improved", "size_only"),
    ],
)
def test_verdicts(before, after, verdict, reason):
    found = change(row("2018-19", before), row("2022-23", after))
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_lower_figure_is_better_where_the_indicator_says_so():
    rows = [row(p, x, indicator="missing_school") for p, x in (("2018-19", 0.2), ("2022-23", 0.15))]
    assert change(*rows, indicator="missing_school").verdict == "improved"


def test_the_interval_is_newcombes():
    # Newcombe 1998, example (a): 56/70 - 48/80 = 0.20, 0.0524 to 0.3339 (method 10).
    found = change(row("2018-19", (48, 80)), row("2022-23", (56, 70)))
    assert found.difference == pytest.approx(0.2)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_definitions_change_the_verdict():
    rows = [row("2018-19", 0.40), row("2022-23", 0.42)]
    assert change(*rows, minimum=0.03).verdict == "about_the_same"
    assert change(*rows, unknown_precision="not_enough_data").reason == "precision_unknown"


def test_no_figure_since_the_baseline_is_not_enough_data():
    found = change(row("2016-17", 0.3), row("2018-19", 0.4))
    assert (found.verdict, found.reason) == ("not_enough_data", "no_data_since")
    earlier = change(row("2016-17", 0.3), row("2018-19", 0.4), baseline="2016-17")
    assert earlier.verdict == "improved"


def test_nothing_is_compared_across_a_break():
    # A new series began in 2020-21.
    rows = [
        row(p, x, indicator="reading_anew")
        for p, x in (("2018-19", 0.2), ("2020-21", 0.5), ("2022-23", 0.4))
    ]
    found = change(*rows, indicator="reading_anew")
    assert found.span.reason == "restarted"
    assert found.span.baseline.period.label == "2020-21"
    assert found.verdict == "slipped"
    refused = change(*rows, indicator="reading_anew", after_a_break="not_enough_data")
    assert (refused.verdict, refused.reason) == ("not_enough_data", "break_in_series")
    only = change(rows[0], rows[1], indicator="reading_anew")
    assert (only.verdict, only.reason) == ("not_enough_data", "break_in_series")


def test_a_single_figure_has_no_baseline():
    assert change(row("2022-23", 0.4)).reason == "no_baseline"
    assert change(row("2022-23", "suppressed_by_source")).reason == "no_figure"


def test_a_window_counts_back_from_the_newest_figure():
    rows = [row(p, x) for p, x in (("2016-17", 0.1), ("2019-20", 0.3), ("2022-23", 0.4))]
    found = change(*rows, window=3)
    assert found.span.baseline.period.label == "2019-20"


def test_pooled_years_that_overlap_are_passed_over():
    rows = [
        row(p, x, indicator="at_work", moe90=0.01)
        for p, x in (("2010-2014", 0.5), ("2012-2016", 0.55), ("2016-2020", 0.6))
    ]
    series = figures(rows).series(catalog().indicator("at_work"), "norwalk")
    found = span_of(
        catalog().indicator("at_work"), series, Definitions(), baseline="2014", place="norwalk"
    )
    assert [o.period.label for o in found.figures] == ["2010-2014", "2016-2020"]


@pytest.mark.parametrize(
    ("values", "verdict", "strict"),
    [
        ([0.3, 0.4, 0.5], "improved", "improved"),
        ([0.3, 0.3, 0.5], "improved", "improved"),
        ([0.3, 0.5, 0.4], "improved", "mixed"),
        ([0.5, 0.4, 0.3], "slipped", "slipped"),
        ([0.5, 0.3, 0.4], "slipped", "mixed"),
        ([0.3, 0.5], "improved", "not_enough_data"),
        ([0.3, 0.5, 0.305], "about_the_same", "about_the_same"),
    ],
)
def test_the_stricter_reading(values, verdict, strict):
    rows = [row(f"20{18 + n}-{19 + n}", value) for n, value in enumerate(values)]
    found = change(*rows)
    assert (found.verdict, found.strict) == (verdict, strict)


def test_the_stricter_reading_says_no_more_than_the_plain_one():
    assert strict_reading(catalog().indicator("reading_well"), (), "not_enough_data") == (
        "not_enough_data"
    )


def gap(before, after, **definitions):
    """Return the gap of girls; each side is (counted girls, of, counted boys, of)."""
    rows = []
    for period, (x, n, y, m) in (("2018-19", before), ("2022-23", after)):
        rows += [row(period, (x + y, n + m)), row(period, (x, n), group=GIRLS)]
        rows.append(row(period, (y, m), group=BOYS))
    chosen = Definitions(dimensions=("gender",), **definitions)
    found = gaps_of(catalog().indicator("reading_well"), city(), figures(rows), chosen)
    return next(g for g in found if g.group.id == "female"), outcome_gap(found, chosen)


def test_a_gap_that_shrinks_beyond_chance_is_reduced():
    # Girls 40 % of 1,000, boys 60 %: all 50 %, gap 10. Then 52 and 58: all 55 %, gap 3.
    girls, outcome = gap((400, 1000, 600, 1000), (520, 1000, 580, 1000))
    assert girls.before == pytest.approx(0.10)
    assert girls.after == pytest.approx(0.03)
    assert girls.change == pytest.approx(-0.07)
    assert girls.verdict == "reduced"
    assert not girls.levelling_down
    # Gap to all is half the gap to boys: its standard error is half of the root of the four
    # variances pq/n: sqrt(.24 + .24 + .2496 + .2436)/sqrt(1000)/2 = 0.01559; 1.96 x that is 0.0306.
    assert girls.interval.low == pytest.approx(-0.07 - 0.0306, abs=0.001)
    assert girls.interval.high == pytest.approx(-0.07 + 0.0306, abs=0.001)
    assert (outcome.verdict, outcome.reduced, outcome.chosen) == ("reduced", True, girls)


def test_a_gap_that_shrinks_because_all_fell_is_flagged():
    # Girls 40 to 38 %, boys 60 to 42 %: all 50 to 40 %, gap 10 to 2.
    girls, _ = gap((400, 1000, 600, 1000), (380, 1000, 420, 1000))
    assert (girls.verdict, girls.levelling_down) == ("reduced", True)


def test_a_gap_that_closes_is_eliminated_only_if_small_within_chance_and_well_measured():
    # Girls 40, boys 60 of 1,000; then both 55 %: gap 0.
    girls, _ = gap((400, 1000, 600, 1000), (550, 1000, 550, 1000))
    assert girls.verdict == "eliminated"
    # The same shares of 100 children each: the figures are not strong enough to tell.
    few, _ = gap((400, 1000, 600, 1000), (55, 100, 55, 100))
    assert few.verdict == "reduced"
    # 0.9 points left of 100,000 each: small, but clearly there.
    small, _ = gap((40000, 100000, 60000, 100000), (54100, 100000, 55900, 100000))
    assert small.after == pytest.approx(0.009)
    assert small.verdict == "reduced"


def test_a_gap_that_turns_round_is_flagged():
    girls, _ = gap((400, 1000, 600, 1000), (600, 1000, 500, 1000))
    assert (girls.verdict, girls.reversed) == ("reduced", True)


def test_a_wider_gap_and_one_that_only_wobbles():
    wide, outcome = gap((480, 1000, 520, 1000), (400, 1000, 600, 1000))
    assert (wide.verdict, outcome.reduced) == ("widened", False)
    same, _ = gap((400, 1000, 600, 1000), (410, 1000, 590, 1000))
    assert same.verdict == "about_the_same"


def test_the_widest_gap_speaks_whatever_became_of_it():
    rows = []
    for period, girls, boys in (("2018-19", 0.30, 0.50), ("2022-23", "suppressed_by_source", 0.45)):
        rows += [row(period, 0.45), row(period, girls, group=GIRLS), row(period, boys, group=BOYS)]
    rows += [
        row("2018-19", 0.35, group="race_ethnicity/black"),
        row("2022-23", 0.45, group="race_ethnicity/black"),
    ]
    found = gaps_of(
        catalog().indicator("reading_well"), city(), figures(rows),
        Definitions(dimensions=("gender", "race_ethnicity")),
    )  # fmt: skip
    widest = outcome_gap(found, Definitions())
    # Girls' gap of 15 points was the widest, and has no newer figure.
    assert widest.chosen.group.id == "female"
    assert (widest.verdict, widest.reduced) == ("not_enough_data", None)
    assert outcome_gap(found, Definitions(gap_of_an_outcome="any")).verdict == "reduced"


def test_no_groups_and_no_group_worse_off():
    assert outcome_gap((), Definitions()).verdict == "not_enough_data"
    rows = [row(p, 0.4) for p in ("2018-19", "2022-23")]
    rows += [row(p, 0.5, group=GIRLS) for p in ("2018-19", "2022-23")]
    found = gaps_of(catalog().indicator("reading_well"), city(), figures(rows), ONLY_GENDER)
    assert outcome_gap(found, ONLY_GENDER).verdict == "no_gap"


def test_unknown_precision_can_be_refused():
    rows = []
    for period, all_of, girls in (("2018-19", 0.5, 0.3), ("2022-23", 0.5, 0.45)):
        rows += [row(period, all_of), row(period, girls, group=GIRLS)]
    indicator = catalog().indicator("reading_well")
    (by_size,) = gaps_of(indicator, city(), figures(rows), ONLY_GENDER)
    assert (by_size.verdict, by_size.reason, by_size.interval) == ("reduced", "size_only", None)
    strict = Definitions(dimensions=("gender",), unknown_precision="not_enough_data")
    (refused,) = gaps_of(indicator, city(), figures(rows), strict)
    assert (refused.verdict, refused.reason) == ("not_enough_data", "precision_unknown")
