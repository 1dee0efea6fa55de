from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.figures.report_card import Edition
from c2c_lib.observations import sort_observations
from c2c_lib.privacy import Rules, publishable
from c2c_lib.reporting.check import check_site
from c2c_lib.reporting.check_figures import Table, check_figures
from c2c_lib.reporting.check_page import private_marks, text_marks
from c2c_lib.reporting.downloads import write_downloads
from c2c_lib.reporting.html_document import read_html

CITIES = {"bridgeport": "Bridgeport", "norwalk": "Norwalk"}
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>{name} report card</title>
<link rel="stylesheet" href="../assets/c2c.css"></head>
<body><main><h1>{name} report card</h1>
<h2 id="who">Do they graduate?</h2>
<p>Of <data data-indicator="graduation_4yr" data-place="{slug}" data-period="2018-19"
data-dimension="all" data-group="all" data-field="denominator" data-digits="0">1,000</data>
students, <data data-indicator="graduation_4yr" data-place="{slug}" data-period="2018-19"
data-dimension="all" data-group="all" data-digits="0">75 %</data> did. None of this is new.</p>
<img src="assets/{slug}-trend.svg" alt="Line chart of graduation in {name}">
<p><a href="data/indicators.csv">Numbers</a> <a href="#who">Up</a>
<a href="https://example.org/home/page">Publisher</a></p>
</main></body></html>
"""
HEADINGS = {"norwalk/index.html": ["Do they graduate?"]}


@pytest.fixture
def site(tmp_path: Path, good_site: Path) -> Path:
    """A good site, to be spoiled."""
    return Path(shutil.copytree(good_site, tmp_path / "_site"))


@pytest.fixture(scope="module")
def good_site(
    tmp_path_factory: pytest.TempPathFactory, all_observations: pd.DataFrame, city_info: Any
) -> Path:
    catalog = load_catalog()
    table = publishable(sort_observations(all_observations), Rules(), catalog)
    folder = tmp_path_factory.mktemp("good") / "_site"
    for slug, name in CITIES.items():
        code = catalog.place(slug, "district").geo_id
        city = city_info(slug, name)
        places = {("district", code), ("state", "09")}
        edition = Edition("2026", "2026-01-31")
        write_downloads(folder / slug / "data", table, city, places, catalog, edition=edition)
        (folder / slug / "assets").mkdir()
        (folder / slug / "assets" / f"{slug}-trend.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
        )
        (folder / slug / "index.html").write_text(PAGE.format(slug=slug, name=name))
    (folder / "assets").mkdir()
    (folder / "assets" / "c2c.css").write_text("body { margin: 0 }")
    home = '<html lang="en"><title>Home</title><h1>Cities</h1><a href="norwalk/">Norwalk</a></html>'
    (folder / "index.html").write_text(home)
    return folder


def check(site: Path) -> list[str]:
    return [str(problem) for problem in check_site(site, CITIES, headings=HEADINGS)]


def test_a_good_site_has_no_problems(site: Path) -> None:
    assert check(site) == []


def replace(old: str, new: str) -> Callable[[str], str]:
    def replaced(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return replaced


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replace('lang="en"', 'lang="es"'), "wrong language"),
        (replace("<title>Norwalk", "<title>City"), "the title does not name Norwalk"),
        (replace("<h1>Norwalk", "<h1>Norwalk and Bridgeport"), "the h1 names another city"),
        (replace("<h1>", "<h1>Norwalk</h1><h1>"), "not exactly one h1"),
        (replace("Do they graduate?", "Do they read?"), "a section of the notebook is missing"),
        (replace("</main>", "<h2>Empty</h2> </main>"), "a section has no content"),
        (replace('id="who"', 'id="who"><b id="who"></b'), "an id is not unique"),
        (replace(' alt="Line chart of graduation in Norwalk"', ""), "no alt text"),
        (replace('alt="Line chart', 'alt="nan chart'), "an alt text shows an empty value"),
        (replace("None of this", "<NA> of this"), "an empty value"),
        (replace("None of this", "&lt;NA&gt; of this"), "an empty value"),
        (replace("None of this is", "<b>This is</b> about None"), "an empty value"),
        (replace("is new", "is {city}"), "a placeholder"),
        (replace("is new", "is TODO"), "unfinished text"),
        (replace("is new", "is new.. So"), "two marks for one"),
        (replace('alt="Line chart', 'alt="Line.. chart'), "an alt text shows two marks"),
        (replace("<title>Norwalk", "<title>Norwalk,, "), "the title shows two marks"),
        (replace("is new", "Traceback (most recent call last):"), "a traceback"),
        (replace("is new", "ValueError: bad"), "an error or warning"),
        (replace("is new", "at /Users/someone/c2c"), "an absolute path"),
        (replace("is new", r"at C:\Users\someone"), "an absolute path"),
        (replace('"#who"', '"#what"'), "an anchor that is not there"),
        (replace('"data/indicators.csv"', '"data/all.csv"'), "a file that is not there"),
        (replace('"data/indicators.csv"', '"../../../etc/hosts"'), "a file that is not there"),
        (replace('"data/indicators.csv"', '"/norwalk/data/indicators.csv"'), "root of the server"),
        (replace('"data/indicators.csv"', '"javascript:alert(1)"'), "unusable address"),
        (replace('"../assets/c2c.css"', '"https://cdn.example/c2c.css"'), "another server"),
        (replace("<img", '<script src="//cdn.example/a.js"></script><img'), "another server"),
        (replace("<img", '<img srcset="https://a.example/b.png 2x"'), "another server"),
        (replace("<main>", "<style>@import url(http://a.example/b.css);</style><main>"), "another"),
        (replace("assets/norwalk-trend.svg", "data:image/png;base64,AA=="), "not a file beside"),
        (replace(">75 %<", ">76 %<"), "is not the estimate of its row"),
        (replace(">75 %<", ">75.0 %<"), "other decimals than data-digits"),
        (replace(">1,000<", ">1,001<"), "is not the denominator of its row"),
        (replace('data-group="all"', 'data-group="ell"'), "is not in the downloads"),
        (replace('data-place="norwalk"', 'data-place="bridgeport"'), "is not in the downloads"),
        (replace(' data-group="all"', ""), "no data-group"),
        (replace(' data-digits="0">75', ">75"), "no data-digits"),
        (replace('"denominator"', '"total"'), "unknown data-field"),
    ],
)
def test_one_wrong_thing_is_one_problem_that_names_the_page(
    site: Path, change: Callable[[str], str], words: str
) -> None:
    page = site / "norwalk" / "index.html"
    page.write_text(change(page.read_text()))
    found = check(site)
    assert any(words in problem and "norwalk" in problem for problem in found), found
    assert not any(problem.startswith("bridgeport") for problem in found)


def test_downloads_are_those_of_the_city(site: Path) -> None:
    for name in ("indicators.csv", "datapackage.json"):
        source = site / "bridgeport" / "data" / name
        (site / "norwalk" / "data" / name).write_bytes(source.read_bytes())
    found = " ".join(check(site))
    assert "the download has no row about its city" in found
    assert "norwalk/data/datapackage.json: the title names another city: Bridgeport" in found


def test_missing_files_spelled_out_blanks_and_paths_in_any_file(site: Path) -> None:
    data = site / "norwalk" / "data"
    (data / "datapackage.json").unlink()
    table = data / "indicators.csv"
    table.write_text(table.read_text().replace(",,", ",nan,", 1))
    (site / "assets" / "c2c.css").write_text("/* /home/someone/c2c */ @import '//a.example/x';")
    picture = site / "norwalk" / "assets" / "norwalk-trend.svg"
    picture.write_text('<svg><image href="https://a.example/b.png"/><script>1</script></svg>')
    found = " ".join(check(site))
    for words in (
        "norwalk/data/datapackage.json: the download is missing",
        "an empty value is spelled out",
        "assets/c2c.css: loads from another server",
        "assets/c2c.css: holds an absolute path",
        "norwalk-trend.svg: loads from another server",
        "norwalk-trend.svg: holds a script",
    ):
        assert words in found


def test_a_page_that_was_planned_and_a_folder_that_is_no_site(site: Path) -> None:
    found = check_site(site, CITIES, expected=["waterbury/index.html"])
    assert [str(problem) for problem in found] == ["waterbury/index.html: the page is missing"]
    assert "no index.html" in str(check_site(site / "assets", CITIES)[0])


def test_the_folder_of_the_project_is_private_wherever_it_lies(tmp_path: Path) -> None:
    text = f"made in {tmp_path.resolve()}/reports"
    assert ("an absolute path", str(tmp_path.resolve())) in list(private_marks(text, tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        "None of the groups is hidden.\nNone given",
        "Nancy, Infancy, a banana; noNaN",
        "See example.org/home/page and ../tmp/x; and/or 1/2",
        "In 2018-19, 3 in 10 {or so}",
    ],
)
def test_ordinary_words_are_not_marks(text: str) -> None:
    assert list(text_marks(text)) == []
    assert list(private_marks(text)) == []


def test_a_slip_of_spanish_is_a_mark_in_spanish() -> None:
    assert list(text_marks("Cifras de el estado", "es")) == [
        ('"de el" for "del"', "Cifras de el estado")
    ]
    assert list(text_marks("Cifras de el estado", "en")) == []


ROW = {
    "unit": "share",
    "estimate": "0.745",
    "numerator": "5.0",
    "denominator": "",
    "moe90": "0.031",
}
KEY = ("reading", "norwalk", "2018-19", "all", "all")


def figure_problems(text: str, digits: str = "0", column: str = "estimate", **row: str) -> int:
    names = ("indicator", "place", "period", "dimension", "group")
    attributes = " ".join(f'data-{n}="{v}"' for n, v in zip(names, KEY, strict=True))
    html = f'<data {attributes} data-field="{column}" data-digits="{digits}">{text}</data>'
    problems = Problems()
    merged = {**ROW, **row}
    table = Table(tuple(merged), {KEY: list(merged.values())})
    check_figures(read_html(html), "page", [table], problems)
    return len(problems)


def test_numbers_are_read_as_the_language_of_the_page_writes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert figure_problems("74.5%", "1") == 0
    monkeypatch.setattr("c2c_lib.reporting.check_figures._symbols", lambda _: (".", ","))
    assert figure_problems("74,5%", "1") == 0
    assert figure_problems("74.5%", "1") == 1


@pytest.mark.parametrize(
    ("text", "digits", "column"),
    [
        ("74 %", "0", "estimate"),  # a half may go either way: 0.745 has no exact double
        ("75%", "0", "estimate"),
        ("74.5 %", "1", "estimate"),
        ("5", "0", "numerator"),
        ("±3.1 points", "1", "moe90"),
        ("Not shown: fewer than 20 children", "0", "denominator"),
    ],
)
def test_a_figure_may_be_rounded_as_shown(text: str, digits: str, column: str) -> None:
    assert figure_problems(text, digits, column) == 0


@pytest.mark.parametrize(
    ("text", "digits", "column"),
    [
        ("73 %", "0", "estimate"),
        ("76 %", "0", "estimate"),
        ("74.6 %", "1", "estimate"),
        ("0.7", "1", "estimate"),
        ("many", "0", "estimate"),
        ("6", "0", "numerator"),
        ("20", "0", "denominator"),
        ("≥ 20 %", "0", "denominator"),
    ],
)
def test_a_figure_that_is_not_its_row_is_a_problem(text: str, digits: str, column: str) -> None:
    assert figure_problems(text, digits, column) == 1


def test_other_units_are_shown_as_they_are() -> None:
    assert figure_problems("45,250", "0", unit="dollars", estimate="45250.4") == 0
    assert figure_problems("$45,251", "0", unit="dollars", estimate="45250.4") == 1
    assert figure_problems("6.3", "1", unit="per_1000", estimate="6.25") == 0
