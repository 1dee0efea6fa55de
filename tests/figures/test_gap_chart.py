"""All groups on one axis: what is drawn, in which order, and what is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.figures import gap_chart as module
from c2c_lib.figures.gap_chart import gap_chart
from support.drawings import axes_of, cut_texts, svg_problems, svg_words
from support.examples import at_most
from support.synthetic import EN, finding, row

ROWS = [
    row("2023-24", (500, 1000)),
    row("2023-24", (120, 400), group="race_ethnicity/hispanic"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/asian"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/pacific_islander"),
    row("2023-24", (55, 100), group="race_ethnicity/black"),
    row("2023-24", (300, 450), group="race_ethnicity/white"),
    row("2023-24", (260, 490), group="gender/female"),
    row("2023-24", (240, 510), group="gender/male"),
]


def chart(*rows) -> str:
    found = finding(*rows)
    return gap_chart(found, found.gap_sets, EN)


@pytest.fixture
def axes():
    return axes_of(module, lambda: chart(*ROWS))


def test_rows_are_in_the_order_of_the_catalog_after_all(axes):
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "All, 2023–24",
        "Black",
        "Hispanic",
        "White",
        "Female",
        "Male",
    ]
    assert list(axes.get_yticks()) == sorted(axes.get_yticks(), reverse=True)


def test_every_dot_stands_at_its_figure(axes):
    at = {
        line.get_ydata()[0]: line.get_xdata()[0] for line in axes.lines if line.get_marker() in "oD"
    }
    values = [at[y] for y in axes.get_yticks()]
    assert values == pytest.approx([0.5, 0.55, 0.3, 2 / 3, 260 / 490, 240 / 510])


def test_a_dot_is_open_where_chance_could_make_the_difference(axes):
    # 55 of 100 against 500 of 1000 is within chance; 120 of 400 and 300 of 450 are not.
    fills = {line.get_ydata()[0]: line.get_markerfacecolor() for line in axes.lines}
    assert [fills[y] == "#ffffff" for y in axes.get_yticks()] == [
        False,
        True,
        False,
        False,
        True,
        True,
    ]


def test_the_axis_begins_at_zero(axes):
    assert axes.get_xlim()[0] == 0
    assert min(axes.get_xticks()) == 0


def test_scores_begin_below_the_lowest_one():
    rows = [
        row("2018-19", 2391, indicator="scale_score"),
        row("2018-19", 2365, indicator="scale_score", group="race_ethnicity/hispanic"),
        row("2018-19", 2428, indicator="scale_score", group="race_ethnicity/asian"),
    ]
    axes = axes_of(module, lambda: chart(*rows))
    low, high = axes.get_xlim()
    assert 2300 < low < 2365 < 2428 < high
    assert len([tick for tick in axes.get_xticks() if low <= tick <= high]) >= 2


def test_a_hidden_group_is_not_in_the_drawing():
    words = svg_words(chart(*ROWS))
    assert not {"Asian", "Pacific Islander"} & set(words)


def test_values_and_counts_stand_beside_the_dots():
    words = svg_words(chart(*ROWS))
    for value, size in (("30%", "n=400"), ("50%", "n=1,000")):
        assert words[words.index(value) + 1] == size


def test_the_people_of_a_survey_are_about_so_many_and_no_sample():
    surveyed = [
        row("2019-2023", (300, 1000), indicator="at_work", moe90=0.05),
        row(
            "2019-2023",
            (150, 400),
            indicator="at_work",
            moe90=0.08,
            group="race_ethnicity/hispanic",
        ),
    ]
    words = svg_words(chart(*surveyed))
    assert {"≈400", "≈1,000"} <= set(words)
    assert not [word for word in words if word.startswith("n=")]


def test_dimension_and_period_head_their_groups():
    words = svg_words(chart(*ROWS))
    assert {"All, 2023–24", "Race and ethnicity", "Gender"} <= set(words)


def test_all_children_stand_again_where_the_period_or_the_children_differ():
    earlier = [
        row("2021-22", (450, 1000)),
        row("2021-22", (20, 100), group="disability/with_disabilities"),
    ]
    drawn = axes_of(module, lambda: chart(*ROWS, *earlier))
    labels = [label.get_text() for label in drawn.get_yticklabels()]
    assert [label for label in labels if label.startswith("All")] == [
        "All, 2023–24",
        "All, 2021–22",
    ]
    # The line of all children is at the value that each group is compared with.
    at = {
        segment[0][1]: segment[0][0]
        for collection in drawn.collections
        for segment in collection.get_segments()
        if segment[0][0] == segment[1][0]
    }
    assert sorted({round(x, 3) for x in at.values()}) == [0.45, 0.5]


def test_the_drawing_is_real_text_and_the_same_twice():
    assert svg_problems(chart(*ROWS)) == []
    assert chart(*ROWS) == chart(*ROWS)


def test_long_names_are_not_cut():
    meals = row("2023-24", (120, 480), group="economic_status/free_or_reduced_meals")
    drawn = axes_of(module, lambda: chart(*ROWS, meals))
    assert "Family income (school meals)" in [text.get_text() for text in drawn.texts]
    assert cut_texts(drawn) == []


@pytest.mark.parametrize("asian", [(400, 400), (399, 400)])
def test_no_dot_touches_the_figures_beside_it(asian):
    drawn = axes_of(
        module,
        lambda: chart(
            row("2023", (700, 800)),
            row("2023", asian, group="race_ethnicity/asian"),
            row("2023", (1092, 1200), group="race_ethnicity/white"),
        ),
    )
    figure = drawn.figure
    figure.canvas.draw()
    points = figure.dpi / 72
    texts = [t.get_window_extent().x0 for t in drawn.texts if t.get_text().endswith("%")]
    dots = [
        drawn.transData.transform((float(line.get_xdata()[0]), 0))[0]
        + line.get_markersize() / 2 * points
        for line in drawn.lines
        if line.get_marker() in ("o", "D")
    ]
    assert len(texts) == len(dots) == 3
    assert max(dots) + 4 * points < min(texts)


@settings(max_examples=at_most(8, in_short=4))
@given(st.integers(20, 400), st.integers(20, 400))
def test_nothing_lies_beyond_all(black, white):
    total = [(400, 800), (black, 400), (white, 400)]
    groups = ["all/all", "race_ethnicity/black", "race_ethnicity/white"]
    words = svg_words(chart(*(row("2023", n, group=g) for n, g in zip(total, groups, strict=True))))
    percents = [int(word.rstrip("%")) for word in words if word.endswith("%")]
    assert percents
    assert max(percents) <= 100
