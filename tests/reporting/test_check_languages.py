"""A page and its translation link to each other and show the same figures."""

from __future__ import annotations

import pytest

from c2c_lib.errors import Problems
from c2c_lib.reporting.check_languages import check_languages
from c2c_lib.reporting.html_document import read_html

FIGURE = (
    '<data data-indicator="graduation_4yr" data-place="norwalk" data-period="2018-19" '
    'data-dimension="all" data-group="{group}" data-field="estimate" data-digits="0">75%</data>'
)
PAGE = """<html lang="{lang}"><head>
<link rel="alternate" hreflang="en" href="{to_en}">
<link rel="alternate" hreflang="es" href="{to_es}">
<link rel="alternate" hreflang="x-default" href="{to_en}"></head>
<body><a href="{switch}" hreflang="{other}">{other}</a>""" + FIGURE.format(group="all")
GOOD = {
    "norwalk/index.html": PAGE.format(
        lang="en",
        to_en="index.html",
        to_es="../es/norwalk/index.html",
        switch="../es/norwalk/index.html",
        other="es",
    ),
    "es/norwalk/index.html": PAGE.format(
        lang="es",
        to_en="../../norwalk/index.html",
        to_es="index.html",
        switch="../../norwalk/index.html",
        other="en",
    ),
}


def problems_of(pages: dict[str, str]) -> list[str]:
    problems = Problems()
    documents = {address: read_html(html) for address, html in pages.items()}
    for address in documents:
        check_languages(documents, address, problems)
    return [str(problem) for problem in problems]


def test_twins_that_know_each_other_are_fine():
    assert problems_of(GOOD) == []
    assert problems_of({"index.html": '<html lang="en">'}) == []


@pytest.mark.parametrize(
    ("address", "old", "new", "told"),
    [
        ("norwalk/index.html", '"es" href="../es/', '"es" href="../pt/', "is not there"),
        ("norwalk/index.html", 'hreflang="es">', ">", "no link that a reader can follow to"),
        ("norwalk/index.html", 'x-default" href="index', 'x-default" href="x', "x-default is not"),
        ("norwalk/index.html", '"en" href="index', '"fr" href="index', "does not name itself"),
        ("es/norwalk/index.html", 'lang="es"', 'lang="en"', "is not in es"),
        ("es/norwalk/index.html", '"en" href="../../norwalk', '"en" href="..', "link back"),
        ("es/norwalk/index.html", 'group="all"', 'group="black"', "shows other figures than"),
    ],
)
def test_what_is_wrong_with_a_twin_is_told(address: str, old: str, new: str, told: str):
    assert old in GOOD[address]
    found = problems_of({**GOOD, address: GOOD[address].replace(old, new, 1)})
    assert any(told in line for line in found), found


def test_a_page_that_hides_its_translation_is_told():
    english = '<html lang="en">' + FIGURE.format(group="all")
    found = problems_of({**GOOD, "norwalk/index.html": english})
    assert any("does not link back" in line for line in found)


def test_a_figure_that_one_page_shows_twice_is_told():
    address = "es/norwalk/index.html"
    found = problems_of({**GOOD, address: GOOD[address] + FIGURE.format(group="all")})
    assert any("norwalk/2018-19" in line for line in found)
