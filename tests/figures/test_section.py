"""A section shows itself in a notebook and reads as text in a terminal."""

from markupsafe import Markup

from c2c_lib.figures.section import Section


def test_a_notebook_gets_the_html_and_a_terminal_the_words():
    section = Section(Markup("<p>1 &lt; <b>2</b></p>"))
    assert section._repr_html_() == "<p>1 &lt; <b>2</b></p>"
    assert str(section) == "1 < 2"
