"""The change of every outcome as drawn: the good way is to the right, no number is rounded."""

import pytest

from c2c_lib.figures import progress_numbers_chart as module
from c2c_lib.figures.progress_numbers_chart import changes_chart
from c2c_lib.language import language
from c2c_lib.reporting import city_progress
from support.drawings import axes_of, cut_texts, overlapping_texts, svg_problems, svg_words

CASES = [("norwalk", "en"), ("waterbury", "es"), ("bridgeport", "en")]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def drawing(request):
    city, code = request.param
    changes = city_progress(city).evidence.changes

    def draw() -> str:
        return changes_chart(changes, language(code))

    return changes, language(code), axes_of(module, draw), draw()


def test_dots_stand_at_the_change_and_the_good_way_is_right(drawing):
    changes, _, axes, _ = drawing
    judged = [c for c in changes if c.verdict != "not_enough_data" and c.indicator.unit == "share"]
    dots = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    signs = [1 if c.indicator.polarity == "higher_is_better" else -1 for c in judged]
    assert judged
    assert dots == pytest.approx(
        [sign * c.difference for sign, c in zip(signs, judged, strict=True)]
    )
    for dot, change in zip(dots, judged, strict=True):
        if change.verdict in ("improved", "slipped"):
            assert (dot > 0) == (change.verdict == "improved")


def test_ranges_hold_their_dots_and_lie_inside_the_axis(drawing):
    changes, _, axes, _ = drawing
    low, high = axes.get_xlim()
    ranges = [segment[:, 0] for c in axes.collections for segment in c.get_segments()]
    dots = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert all(low < left < right < high for left, right in ranges)
    assert all(any(left <= dot <= right for dot in dots) for left, right in ranges)
    assert len(ranges) == sum(
        c.interval is not None and c.verdict != "not_enough_data" for c in changes
    )


def test_the_axis_has_ticks_on_whole_points(drawing):
    _, _, axes, _ = drawing
    low, high = axes.get_xlim()
    ticks = [tick * 100 for tick in axes.get_xticks() if low <= tick <= high]
    assert len(ticks) >= 3
    assert ticks == pytest.approx([round(tick) for tick in ticks])


def test_every_outcome_is_named_and_no_words_are_cut_or_lie_over_each_other(drawing):
    changes, said, axes, svg = drawing
    words = " ".join(svg_words(svg))
    assert [c.outcome.id for c in changes if said.of(c.outcome.name) not in words] == []
    assert cut_texts(axes) == []
    assert overlapping_texts(axes) == []
    assert svg_problems(svg) == []
