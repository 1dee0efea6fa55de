import pytest

from c2c_lib.reporting.plain_links import without_links_to

LEFT_OUT = {"compare/index.html", "es/compare/index.html"}


@pytest.mark.parametrize(
    ("address", "html", "expected"),
    [
        ("norwalk/index.html", '<a href="../compare/index.html">All</a>', "All"),
        ("norwalk/progress/index.html", '<a class="x" href="../../compare/index.html">A</a>', "A"),
        ("es/norwalk/index.html", '<a href="../compare/index.html#a"><b>T</b></a>', "<b>T</b>"),
        ("index.html", '<a href="compare/index.html">All</a>', "All"),
        ("index.html", '<a href="norwalk/index.html">N</a>', '<a href="norwalk/index.html">N</a>'),
        ("index.html", '<a href="#compare">C</a>', '<a href="#compare">C</a>'),
        (
            "index.html",
            '<a href="https://example.org/compare/index.html">E</a>',
            '<a href="https://example.org/compare/index.html">E</a>',
        ),
    ],
)
def test_only_links_to_what_is_left_out_become_words(address, html, expected):
    assert without_links_to(LEFT_OUT, html, address) == expected


def test_a_whole_build_changes_nothing():
    html = '<a href="../compare/index.html">All</a>'
    assert without_links_to((), html, "norwalk/index.html") is html
