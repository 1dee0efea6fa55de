"""A chart is real text, the same bytes every time, and leaves no trace of its making."""

import matplotlib as mpl
import pytest

from c2c_lib.figures.palette import GROUPS, HIGHLIGHT
from c2c_lib.figures.style import WIDTH, chart, house_style, text_width, to_svg, wrapped
from support.drawings import svg_problems, svg_words


def drawn() -> str:
    with chart() as (figure, axes):
        axes.plot([1, 2], [3, 4], color=HIGHLIGHT)
        axes.set_title("A title < x")
        return to_svg(figure)


def test_series_that_say_no_colour_have_those_that_can_be_told_apart():
    with chart() as (_, axes):
        colours = [axes.plot([1, 2], [n, n])[0].get_color() for n in range(6)]
    assert tuple(colours) == GROUPS


def test_a_chart_is_real_text():
    assert "A title < x" in svg_words(drawn())
    assert svg_problems(drawn()) == []


def test_the_same_chart_has_the_same_bytes():
    assert drawn() == drawn()


def test_nothing_stands_before_the_drawing():
    assert drawn().startswith("<svg")


def test_the_size_is_that_asked_for():
    with chart(3, 2) as (figure, _):
        svg = to_svg(figure)
    assert 'width="216pt"' in svg
    assert 'height="144pt"' in svg


def test_the_settings_of_the_caller_are_left_alone():
    before = mpl.rcParams["svg.fonttype"], mpl.rcParams["font.size"]
    with house_style():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert (mpl.rcParams["svg.fonttype"], mpl.rcParams["font.size"]) == before


def test_the_settings_come_back_after_an_error():
    before = mpl.rcParams["svg.fonttype"]
    with pytest.raises(RuntimeError), house_style():
        raise RuntimeError
    assert mpl.rcParams["svg.fonttype"] == before


def test_on_a_phone_type_of_ten_points_is_twelve_pixels():
    # 360 CSS pixels less 16 of margin on each side, for a drawing of WIDTH inches of 96 pixels.
    shown = (360 - 2 * 16) / (WIDTH * 96)
    assert 10 * 96 / 72 * shown >= 12


def test_a_label_is_broken_between_words_to_fit():
    label = wrapped("Comidas gratuitas o a precio reducido", 1.6)
    assert label.splitlines() == ["Comidas gratuitas o", "a precio reducido"]
    assert max(map(text_width, label.splitlines())) <= 1.6
