"""One series over time: what is drawn, what is joined, and what is never joined."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from c2c_lib.catalog import parse_period
from c2c_lib.figures import trend_chart as module
from c2c_lib.figures.palette import HIGHLIGHT, MUTED
from c2c_lib.figures.trend_chart import (
    drawn_figures,
    new_series_starts,
    short_period,
    stand_alone_figures,
    trend_chart,
)
from c2c_lib.params import Target
from support.drawings import axes_of, cut_texts, svg_problems, svg_words
from support.examples import at_most
from support.synthetic import EN, finding, row

SERIES = [
    row("2014-15", (200, 1000)),
    row("2015-16", (220, 1000)),
    row("2017-18", (260, 1000)),
    row("2018-19", (280, 1000)),
]
STATE = [row(p, (40_000, 100_000), place="connecticut") for p in ("2017-18", "2018-19")]
BROKEN = [
    row("2017-18", (300, 1000), indicator="reading_anew"),
    row("2018-19", (310, 1000), indicator="reading_anew"),
    row("2019-20", (900, 1000), indicator="reading_anew"),
    row("2020-21", (500, 1000), indicator="reading_anew"),
    row("2021-22", (510, 1000), indicator="reading_anew"),
]


@pytest.fixture
def axes():
    return lambda found: axes_of(module, lambda: trend_chart(found, EN))


def runs(axes, colour: str) -> list[list[float]]:
    """Return the years of every joined stretch of one colour."""
    return [
        list(line.get_xdata())
        for line in axes.lines
        if line.get_linestyle() == "-"
        and to_hex(line.get_color()) == colour
        and line.get_marker() == "o"
        and line.get_markerfacecolor() != "none"
    ]


def test_a_missing_year_breaks_the_line(axes):
    assert runs(axes(finding(*SERIES)), HIGHLIGHT) == [[2015, 2016], [2018, 2019]]


def test_a_hidden_year_breaks_the_line_too(axes):
    hidden = finding(*SERIES, row("2016-17", "suppressed_by_source"))
    assert runs(axes(hidden), HIGHLIGHT) == [[2015, 2016], [2018, 2019]]


def test_nothing_is_joined_across_a_break(axes):
    assert runs(axes(finding(*BROKEN)), HIGHLIGHT) == [[2018, 2019], [2020], [2021, 2022]]


def test_the_state_is_grey_and_joined_by_the_same_rules(axes):
    assert runs(axes(finding(*SERIES, *STATE)), MUTED) == [[2018, 2019]]


def test_the_axis_begins_at_zero_and_ends_by_all(axes):
    for rows in (SERIES, [row("2014-15", 0.97), row("2015-16", 0.99)]):
        low, high = axes(finding(*rows)).get_ylim()
        assert low == 0
        assert high <= 1


def test_scores_begin_below_the_lowest_one(axes):
    found = finding(
        row("2017-18", 2361, indicator="scale_score"), row("2018-19", 2375, indicator="scale_score")
    )
    low, high = axes(found).get_ylim()
    assert 2300 < low < 2361 < 2375 < high < 2450


def test_the_baseline_has_a_ring(axes):
    rings = [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes(finding(*SERIES)).lines
        if line.get_markerfacecolor() == "none"
    ]
    assert rings == [(2015, 0.2)]


def test_a_first_figure_has_no_ring(axes):
    found = finding(BROKEN[1], BROKEN[3])
    assert not [line for line in axes(found).lines if line.get_markerfacecolor() == "none"]


def test_a_target_is_a_dashed_line_with_its_value(axes):
    target = Target(indicator="reading_well", value=0.6, by="2030", source="A plan")
    drawn = axes(finding(*SERIES, target=target))
    dashed = [line for line in drawn.lines if line.get_linestyle() == "--"]
    assert [list(line.get_ydata()) for line in dashed] == [[0.6, 0.6]]
    assert "Target 2030: 60%" in [text.get_text() for text in drawn.texts]
    assert drawn.get_ylim()[1] > 0.6


def test_without_a_target_nothing_is_dashed(axes):
    assert not [line for line in axes(finding(*SERIES)).lines if line.get_linestyle() == "--"]


def test_a_year_that_stands_alone_is_an_open_dot(axes):
    found = finding(*BROKEN)
    open_dots = [
        list(line.get_xdata())
        for line in axes(found).lines
        if to_hex(line.get_markerfacecolor()) == "#ffffff" and len(line.get_xdata())
    ]
    assert open_dots == [[2020]]
    assert [o.period.label for o in stand_alone_figures(found)] == ["2019-20"]


def test_a_new_series_has_a_dotted_line_only_inside_the_chart(axes):
    assert [p.label for p in new_series_starts(finding(*BROKEN))] == ["2020-21"]
    upright = [
        line.get_xdata()[0]
        for line in axes(finding(*BROKEN)).lines
        if list(line.get_ydata()) == [0, 1]
    ]
    assert upright == [2020.5]
    assert new_series_starts(finding(*BROKEN[:2])) == []
    assert new_series_starts(finding(*BROKEN[3:])) == []


def test_the_band_is_the_95_percent_interval(axes):
    # Wilson's interval of 280 of 1000 is 25.3 to 30.9 percent.
    drawn = axes(finding(*SERIES))
    ends = drawn.collections[-1].get_paths()[0].vertices
    last = sorted({round(y, 3) for x, y in ends if x == 2019})
    assert last[0] == pytest.approx(0.253, abs=0.001)
    assert last[-1] == pytest.approx(0.309, abs=0.001)


def test_lines_are_named_at_their_ends_with_the_figures_of_the_sentence():
    words = svg_words(trend_chart(finding(*SERIES, *STATE), EN))
    assert "Norwalk 28%" in words
    assert "Connecticut 40%" in words


def test_a_year_cut_short_does_not_label_the_line():
    words = svg_words(trend_chart(finding(*BROKEN[:3]), EN))
    assert "Norwalk 31%" in words
    assert not any("90%" in word for word in words if word.startswith("Norwalk"))


def test_an_older_figure_of_the_state_is_named_with_its_period():
    words = svg_words(trend_chart(finding(*SERIES, STATE[0]), EN))
    assert "Connecticut 40%" in words
    assert "(2017–18)" in words


def test_a_figure_that_is_too_weak_is_drawn_but_not_named():
    found = finding(row("2014-15", (9, 25)), row("2015-16", (11, 25)))
    words = svg_words(trend_chart(found, EN))
    assert "Norwalk" in words
    assert not any(word.startswith("Norwalk ") for word in words)


@settings(max_examples=at_most(40))
@given(st.floats(0, 1), st.floats(0, 1))
def test_names_never_touch_and_never_leave_the_chart(one, other):
    limits = (0.0, max(one, other, 0.02))
    low, high = module._apart(sorted([one, other]), limits)
    assert high - low >= 0.104 * limits[1]
    assert high <= limits[1]


def test_both_names_stand_even_at_the_very_top():
    rows = [row("2023-24", 0.99), row("2022-23", 0.98)]
    state = [row("2023-24", 0.995, place="connecticut")]
    words = svg_words(trend_chart(finding(*rows, *state), EN))
    assert {"Norwalk 99%", "Connecticut 100%"} <= set(words)


def test_the_drawing_is_real_text_and_the_same_twice():
    found = finding(*SERIES, *STATE)
    svg = trend_chart(found, EN)
    assert svg_problems(svg) == []
    assert svg == trend_chart(found, EN)


@pytest.mark.parametrize(
    "rows",
    [
        [*SERIES, STATE[0]],
        [row("2023-24", 0.99), row("2022-23", 0.98), row("2023-24", 0.995, place="connecticut")],
        [row("2014", 0.7, indicator="at_work", moe90=0.02)],
    ],
)
def test_nothing_is_cut_at_the_edge(axes, rows):
    target = Target(indicator=rows[0]["indicator"], value=0.995, by="2030", source="A plan")
    assert cut_texts(axes(finding(*rows, target=target))) == []


def test_only_shown_figures_are_drawn():
    found = finding(*SERIES, row("2019-20", "suppressed_by_source"), *STATE)
    assert [(o.place, o.period.end) for o in drawn_figures(found)] == [
        *(("norwalk", year) for year in (2015, 2016, 2018, 2019)),
        *(("connecticut", year) for year in (2018, 2019)),
    ]


def test_nothing_to_draw_is_an_error_with_a_remedy():
    found = finding(row("2023-24", "suppressed_by_source"))
    with pytest.raises(ValueError, match=r"reading_well has no figure .* to draw; draw only"):
        trend_chart(found, EN)


@pytest.mark.parametrize(
    ("label", "short"),
    [("2019-2023", "2019–23"), ("2018-19", "2018–19"), ("2015", "2015"), ("1998-2002", "1998–02")],
)
def test_periods_are_short_on_an_axis(label, short):
    assert short_period(parse_period(label)) == short


@given(st.sets(st.integers(1990, 2030), min_size=1))
def test_few_ticks_and_always_the_last(years):
    periods = sorted(parse_period(str(year)) for year in years)
    ticks = module.spaced(periods)
    assert ticks[-1] == periods[-1]
    assert len(ticks) <= 5
    assert ticks == sorted(set(ticks))


def test_a_rate_has_no_percent_on_its_axis():
    rows = [
        row("2005-2009", (109, 10_000), indicator="babies_lost"),
        row("2010-2014", (57, 10_000), indicator="babies_lost"),
    ]
    assert not any("%" in word for word in svg_words(trend_chart(finding(*rows), EN)))
