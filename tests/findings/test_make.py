"""What is said about a city: the latest figure, its baseline, its change, and what is not said."""

import pytest

from c2c_lib.errors import InputError
from c2c_lib.findings import make_findings
from c2c_lib.params import City, Target
from c2c_lib.privacy import Rules
from c2c_lib.reporting.cards import site_figures

from .conftest import NOTE, Find, alone, counted, new_series, periods, row

# ---- latest and baseline


def test_the_newest_figure_is_counted_from_the_citys_baseline(find: Find):
    rows = [row(f"20{n}-{n + 1}", n / 100) for n in (13, 17, 18, 21, 23)]
    finding = find(rows)
    assert periods(finding) == ("2018-19", "2023-24")
    assert finding.change is not None
    assert finding.change.difference == pytest.approx(0.05)
    assert finding.change.verdict == "improved"
    assert finding.change_note is None


def test_without_the_baseline_year_the_newest_before_it_is_taken(find: Find):
    finding = find([row("2014-15", 0.5), row("2016-17", 0.6), row("2022-23", 0.7)])
    assert periods(finding) == ("2016-17", "2022-23")


def test_a_series_that_begins_later_is_counted_from_its_first_figure(find: Find):
    finding = find([row("2021-22", 0.5), row("2022-23", 0.6), row("2023-24", 0.7)])
    assert periods(finding) == ("2021-22", "2023-24")


def test_a_series_that_ends_by_the_baseline_is_counted_from_its_first_figure(find: Find):
    finding = find([row("2014-15", 0.5), row("2016-17", 0.6), row("2018-19", 0.7)])
    assert periods(finding) == ("2014-15", "2018-19")


def test_after_a_break_the_count_begins_anew(find: Find):
    rows = [row(f"20{n}-{n + 1}", n / 100) for n in (17, 18, 20, 21, 23)]
    finding = find(rows, breaks=[new_series("2020-21")])
    assert periods(finding) == ("2020-21", "2023-24")


def test_nothing_is_counted_across_a_break(find: Find):
    finding = find([row("2018-19", 0.5), row("2020-21", 0.9)], breaks=[new_series("2020-21")])
    assert periods(finding) == (None, "2020-21")
    assert finding.change is None
    assert finding.change_note == NOTE


def test_one_figure_has_no_change_and_no_reason_for_it(find: Find):
    finding = find([row("2018-19", 0.5)])
    assert periods(finding) == (None, "2018-19")
    assert (finding.change, finding.change_note) == (None, None)


def test_a_year_that_stands_alone_never_leads(find: Find):
    rows = [row("2017-18", 0.5), row("2018-19", 0.6), row("2019-20", 0.9)]
    finding = find(rows, breaks=[alone("2019-20")])
    assert periods(finding) == ("2017-18", "2018-19")
    assert [o.period.label for o in finding.series] == ["2017-18", "2018-19", "2019-20"]


def test_a_year_that_stands_alone_is_no_baseline(find: Find):
    rows = [row("2016-17", 0.5), row("2018-19", 0.6), row("2021-22", 0.7)]
    finding = find(rows, breaks=[alone("2018-19")])
    assert periods(finding) == ("2016-17", "2021-22")


def test_a_year_that_stands_alone_elsewhere_leads_here(find: Find):
    rows = [row("2018-19", 0.6), row("2019-20", 0.9)]
    finding = find(rows, breaks=[alone("2019-20", places=("stamford",))])
    assert periods(finding) == ("2018-19", "2019-20")


def test_where_all_stand_alone_the_newest_is_told_without_a_change(find: Find):
    rows = [row("2019-20", 0.6), row("2020-21", 0.9)]
    finding = find(rows, breaks=[alone("2019-20"), alone("2020-21")])
    assert periods(finding) == (None, "2020-21")
    assert finding.change_note == NOTE


def test_a_hidden_figure_neither_leads_nor_begins(find: Find):
    rows = [
        row("2016-17", 0.5),
        row("2018-19", "suppressed_by_source"),
        row("2021-22", 0.7),
        row("2022-23", "not_collected"),
    ]
    finding = find(rows)
    assert periods(finding) == ("2016-17", "2021-22")
    assert [o.shown for o in finding.series] == [True, False, True, False]
    assert finding.intervals[1] is None


def test_pooled_periods_are_compared_where_they_share_no_year(find: Find):
    rows = [row(f"{end - 4}-{end}", end / 10_000, moe90=0.001) for end in range(2010, 2024)]
    finding = find(rows, indicator="child_poverty")
    # Newest ends in 2023; of those up to 2018-19, 2015-2019 shares a year with it.
    assert periods(finding) == ("2014-2018", "2019-2023")


def test_pooled_periods_that_all_overlap_say_why_there_is_no_change(find: Find):
    rows = [row("2017-2021", 0.2, moe90=0.01), row("2019-2023", 0.3, moe90=0.01)]
    finding = find(rows, indicator="child_poverty")
    assert periods(finding) == (None, "2019-2023")
    assert finding.change_note is not None
    assert "share years" in finding.change_note.en


def test_another_baseline_is_the_citys_choice(find: Find, norwalk: City):
    rows = [row(f"20{n}-{n + 1}", n / 100) for n in (14, 16, 18, 21)]
    finding = find(rows, city=norwalk.model_copy(update={"baseline": "2014-15"}))
    assert periods(finding) == ("2014-15", "2021-22")


# ---- verdicts and intervals


def test_lower_may_be_better(find: Find):
    rows = [row("2018-19", 0.30), row("2021-22", 0.20)]
    better = find(rows, polarity="lower_is_better").change
    worse = find(rows).change
    assert better is not None
    assert worse is not None
    assert (better.verdict, worse.verdict) == ("improved", "slipped")
    assert better.interval is None


def test_an_interval_is_wilsons_where_counts_are_known(find: Find):
    # Wilson 1927 for 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, without correction).
    finding = find([counted("2018-19", 81, 263)])
    assert finding.interval is not None
    assert finding.interval.low == pytest.approx(0.2553, abs=5e-5)
    assert finding.interval.high == pytest.approx(0.3662, abs=5e-5)


def test_the_interval_of_a_change_is_newcombes(find: Find):
    # Newcombe 1998 (II), method 10, 56/70 and 48/80: 0.0524 to 0.3339.
    finding = find([counted("2018-19", 48, 80), counted("2021-22", 56, 70)])
    assert finding.change is not None
    assert finding.change.interval is not None
    assert finding.change.interval.low == pytest.approx(0.0524, abs=5e-5)
    assert finding.change.interval.high == pytest.approx(0.3339, abs=5e-5)


def test_a_survey_interval_is_the_margin_widened_and_kept_within_the_whole(find: Find):
    finding = find([row("2016-2020", 0.02, moe90=0.04)], indicator="child_poverty")
    assert finding.interval is not None
    assert finding.interval.low == 0
    assert finding.interval.high == pytest.approx(0.02 + 0.04 * 1.96 / 1.645, abs=1e-4)


def test_without_counts_or_margin_there_is_no_interval(find: Find):
    finding = find([row("2018-19", 0.5)])
    assert finding.interval is None
    assert (finding.quality.word, finding.quality.reason) == ("use_with_care", "precision_unknown")


# ---- what is not said


def test_a_figure_that_is_too_weak_is_no_headline(find: Find):
    finding = find([row("2016-2020", 0.2, moe90=0.19)], indicator="child_poverty")
    assert finding.latest is not None
    assert finding.quality.word == "too_weak"
    assert finding.headline is None


def test_a_figure_with_a_narrow_margin_is_a_headline(find: Find):
    finding = find([row("2016-2020", 0.2, moe90=0.01)], indicator="child_poverty")
    assert finding.headline is finding.latest


@pytest.mark.parametrize(
    ("statuses", "word", "reason"),
    [
        (["suppressed_by_source"], "not_shown", "hidden"),
        (["not_collected"], "not_shown", "no_figure"),
        (["not_applicable", "suppressed_by_source"], "not_shown", "hidden"),
        ([], "not_shown", "no_figure"),
    ],
)
def test_without_a_figure_the_reason_is_told(
    find: Find, statuses: list[str], word: str, reason: str
):
    rows = [row(f"201{n}-1{n + 1}", status) for n, status in enumerate(statuses, start=4)]
    finding = find([*rows, row("2018-19", 0.5, place="stamford")])
    assert (finding.latest, finding.headline, finding.state, finding.peers) == (
        None,
        None,
        None,
        (),
    )
    assert (finding.quality.word, finding.quality.reason) == (word, reason)
    assert finding.gap_sets == ()


def test_a_figure_that_the_survey_cannot_carry_is_too_weak(find: Find):
    weak = {"estimate": 0.4, "moe90": 0.3}
    finding = find([row("2016-2020", "too_weak") | weak], indicator="child_poverty")
    assert (finding.latest, finding.quality.word) == (None, "too_weak")


def test_a_figure_about_too_few_children_is_hidden_and_the_one_before_leads(find: Find):
    finding = find([counted("2017-18", 30, 60), counted("2018-19", 4, 60)])
    assert periods(finding) == (None, "2017-18")
    assert [o.status for o in finding.series] == ["published", "suppressed_small"]
    assert finding.series[1].estimate is None


# ---- the state and the peers


def test_the_state_is_told_in_the_same_period_only(find: Find):
    rows = [row("2018-19", 0.5), row("2018-19", 0.8, place="connecticut")]
    newer = row("2019-20", 0.9, place="connecticut")
    state = find([*rows, newer]).state
    assert state is not None
    assert (state.period.label, state.value) == ("2018-19", 0.8)
    assert find([rows[0], newer]).state is None
    assert (
        find([rows[0], row("2018-19", "suppressed_by_source", place="connecticut")]).state is None
    )


def test_the_states_series_is_kept_whole(find: Find):
    rows = [
        row("2018-19", 0.5),
        *(row(f"201{n}-1{n + 1}", 0.8, place="connecticut") for n in (4, 6)),
    ]
    assert [o.period.end for o in find(rows).state_series] == [2015, 2017]


def test_peers_are_told_by_name_in_the_same_period_where_they_have_a_figure(find: Find):
    rows = [
        row("2018-19", 0.5),
        row("2018-19", 0.9, place="stamford"),
        row("2018-19", 0.6, place="danbury"),
        row("2017-18", 0.7, place="meriden"),
        row("2018-19", "suppressed_by_source", place="west-haven"),
        row("2018-19", 0.4, place="hartford"),  # of another reference group
    ]
    assert [o.place for o in find(rows).peers] == ["danbury", "stamford"]


# ---- targets and places


def test_a_target_of_all_children_is_told(find: Find, norwalk: City):
    said = {"value": 0.95, "by": "2029-30", "source": "A plan"}
    girls = Target(indicator="graduation_4yr", group="gender/female", **said)
    everyone = Target(indicator="graduation_4yr", **said)
    other = Target(indicator="suspension", **said)
    rows = [row("2018-19", 0.5)]
    city = norwalk.model_copy(update={"targets": [other, girls, everyone]})
    assert find(rows, city=city).target == everyone
    assert find(rows, city=norwalk.model_copy(update={"targets": [other, girls]})).target is None
    assert find(rows).target is None


@pytest.mark.thorough
def test_a_city_without_a_city_code_has_no_city_figures(norwalk: City):
    figures = site_figures(Rules())
    without = norwalk.model_copy(
        update={"places": norwalk.places.model_copy(update={"city": None})}
    )
    assert "employment_25_54" in make_findings(norwalk, figures)
    assert "employment_25_54" not in make_findings(without, figures)


def test_a_place_that_the_catalog_does_not_have_is_an_error(find: Find, norwalk: City):
    with pytest.raises(InputError, match="unknown place at level district"):
        find([row("2018-19", 0.5)], city=norwalk.model_copy(update={"slug": "norwalc"}))
