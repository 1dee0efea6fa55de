from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from c2c_lib.errors import Problems
from c2c_lib.reporting.figure_files import extract_figures

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>ñ &amp; 31 %</text></svg>'
IN_BASE64 = "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()


def extract(html: str) -> tuple[str, dict[str, bytes], list[str]]:
    figures: dict[str, bytes] = {}
    problems = Problems()
    out = extract_figures(html, figures, "cell 1", problems)
    return out, figures, [problem.what for problem in problems]


@pytest.mark.parametrize(
    "uri", [IN_BASE64, f"data:image/svg+xml;charset=utf-8,{quote(SVG)}"], ids=["base64", "text"]
)
def test_every_byte_of_a_picture_reaches_its_file(uri: str) -> None:
    html = (
        f'<p>a</p><img alt="A chart" src="{uri}" width="3" data-figure="norwalk-gap_1" /><p>b</p>'
    )
    out, figures, problems = extract(html)
    assert problems == []
    assert figures == {"norwalk-gap_1.svg": SVG.encode()}
    assert out == (
        '<p>a</p><img alt="A chart" src="assets/norwalk-gap_1.svg" width="3" '
        'data-figure="norwalk-gap_1" /><p>b</p>'
    )


def test_pictures_that_are_files_stay_as_they_are() -> None:
    html = '<img src="../assets/icon.svg" alt="">'
    assert extract(html) == (html, {}, [])


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (f'<img src="{IN_BASE64}" alt="x">', "no data-figure"),
        (f'<img src="{IN_BASE64}" data-figure="../x" alt="x">', "cannot be a file name"),
        ('<img src="data:text/html;base64,AA==" data-figure="x" alt="x">', "unknown type"),
        ('<img src="data:image/png;base64,A!" data-figure="x" alt="x">', "does not decode"),
    ],
)
def test_a_picture_that_cannot_become_a_file_is_a_problem(tag: str, words: str) -> None:
    out, figures, problems = extract(tag)
    assert (out, figures) == (tag, {})
    assert len(problems) == 1
    assert words in problems[0]


def test_one_name_stands_for_one_picture() -> None:
    same = f'<img src="{IN_BASE64}" data-figure="x" alt="x">'
    other = same.replace(IN_BASE64, "data:image/svg+xml,%3Csvg%2F%3E")
    assert extract(same + same)[2] == []
    assert extract(same + other)[2] == ["two different pictures have the same name"]
