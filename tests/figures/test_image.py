"""A chart on a page has words of the right length and the size of its drawing."""

import base64

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.image import image

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="345.6pt" height="187.2pt"></svg>'
ALT = "Line chart of readers & writers in Norwalk, 2015 to 2019: 31% in 2019."


def drawn(**changes):
    values = {"svg": SVG, "name": "norwalk-x-trend", "alt": ALT, "caption": "Readers"}
    return BeautifulSoup(image(**values | changes), "html.parser")


def test_the_picture_holds_the_same_svg():
    source = drawn().img["src"]
    assert base64.b64decode(source.removeprefix("data:image/svg+xml;base64,")).decode() == SVG


def test_words_name_and_table():
    soup = drawn(described_by="x-years")
    assert soup.img["alt"] == ALT
    assert soup.img["data-figure"] == "norwalk-x-trend"
    assert soup.img["aria-describedby"] == "x-years"
    assert soup.figcaption.get_text() == "Readers"


def test_without_a_table_nothing_is_referred_to():
    assert "aria-describedby" not in drawn().img.attrs


@pytest.mark.parametrize(
    "svg",
    [SVG, SVG.replace('width="345.6pt" height="187.2pt"', 'height="187.2pt" width="345.6pt"')],
)
def test_points_become_css_pixels(svg):
    # 4.8 x 2.6 inches at 96 pixels to the inch.
    assert (drawn(svg=svg).img["width"], drawn(svg=svg).img["height"]) == ("461", "250")


@pytest.mark.parametrize("alt", ["", "x" * 39, "x" * 301])
def test_too_short_and_too_long_words_are_an_error(alt):
    with pytest.raises(ValueError, match=rf"norwalk-x-trend has {len(alt)} characters.*40 to 300"):
        drawn(alt=alt)


def test_a_drawing_without_a_size_is_an_error():
    with pytest.raises(ValueError, match="no width and height"):
        drawn(svg="<svg></svg>")
