from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell

from c2c_lib.errors import BuildError, InputError
from c2c_lib.language import MissingMessageError
from c2c_lib.language.catalogue import Review
from c2c_lib.paths import project_root
from c2c_lib.reporting.nbconvert_renderer import render_body
from c2c_lib.reporting.page import (
    Link,
    PageContext,
    PageTemplate,
    SiteContext,
    add_heading_ids,
    first_paragraph,
    relative,
)
from c2c_lib.reporting.publishable import page_from_html

SITE = SiteContext((("norwalk", "Norwalk"),), "1.0", "abc", "2026-01-31", "2026", "2026-01-31")
PAGE = PageContext(
    title="Norwalk <&> 'all'",
    language="es",
    description='Says "so"',
    address="es/norwalk/index.html",
    city="norwalk",
    city_name="Norwalk",
    contents=(Link("Who?", "#who"),),
    languages=(("en", "../../norwalk/index.html"),),
)


def test_the_page_template_of_the_project_fits_what_it_is_given() -> None:
    template = PageTemplate(project_root() / "reports" / "templates" / "page.html.j2")
    body = '<h2 id="who">Who?</h2><p>31 %</p>'

    page = BeautifulSoup(template.render(PAGE, SITE, body), "html.parser")

    assert page.html["lang"] == "es"
    assert page.h1.text == PAGE.title
    assert len(page.find_all("h1")) == 1
    assert PAGE.title in page.title.text
    assert page.find("meta", {"name": "description"})["content"] == PAGE.description
    assert page.find("meta", {"name": "viewport"})
    for landmark in ("header", "main", "footer"):
        assert len(page.body.find_all(landmark, recursive=False)) == 1
    assert page.main.find("h2", id="who").text == "Who?"
    first = page.body.find("a")
    assert first["href"] == f"#{page.main['id']}"
    (sheet,) = page.find_all("link", rel="stylesheet")
    assert sheet["href"] == "../../assets/c2c.css"


def test_a_translated_page_leads_to_its_original_and_says_who_reviewed_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    template = PageTemplate(project_root() / "reports" / "templates" / "page.html.j2")
    page = BeautifulSoup(template.render(PAGE, SITE, ""), "html.parser")
    links = {e["hreflang"]: e["href"] for e in page.head.find_all("link", rel="alternate")}
    english = "../../norwalk/index.html"
    assert links == {"es": "index.html", "en": english, "x-default": english}
    switch = page.header.find("a", hreflang="en")
    assert (switch["href"], switch["lang"], switch.text) == (english, "en", "In English")
    assert page.main.find("p").text == "Ninguna persona ha revisado todavía esta traducción."
    assert "31 de enero de 2026" in page.footer.text

    review = Review(dt.date(2026, 1, 30), "Ana Pérez", since=True)
    monkeypatch.setattr("c2c_lib.reporting.page.review_of", lambda _: review)
    page = BeautifulSoup(template.render(PAGE, SITE, ""), "html.parser")
    assert page.main.find("p").text == (
        "Traducción revisada por Ana Pérez, 30 de enero de 2026. "
        "Algunas palabras cambiaron después."
    )


def test_the_original_needs_no_review() -> None:
    template = PageTemplate(project_root() / "reports" / "templates" / "page.html.j2")
    original = PageContext("Norwalk", "en", "", "norwalk/index.html")
    page = BeautifulSoup(template.render(original, SITE, ""), "html.parser")
    assert page.main.find("p") is None
    assert page.find_all(attrs={"hreflang": True}) == []


def test_a_word_of_the_template_that_is_not_translated_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "page.html.j2"
    file.write_text('<h1>{{ text("Nobody translated this") }}</h1>')
    with pytest.raises(MissingMessageError, match="Nobody translated this"):
        PageTemplate(file).render(PAGE, SITE, "")


def test_a_name_that_is_not_given_is_an_error_and_not_an_empty_place(tmp_path: Path) -> None:
    file = tmp_path / "page.html.j2"
    file.write_text("<h1>{{ page.tilte }}</h1>")
    with pytest.raises(BuildError, match="tilte"):
        PageTemplate(file).render(PAGE, SITE, "")


@pytest.mark.parametrize("text", [None, "{% if %}"])
def test_a_template_that_is_missing_or_broken_is_wrong_input(
    tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "page.html.j2"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InputError, match=r"page\.html\.j2"):
        PageTemplate(file)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        # The examples of the Pandoc manual (extension auto_identifiers).
        ("Heading identifiers in HTML", "heading-identifiers-in-html"),
        ("Maître d'hôtel", "maître-dhôtel"),
        ("<em>Dogs</em>?--in <em>my</em> house?", "dogs--in-my-house"),
        ("HTML, S5, or RTF?", "html-s5-or-rtf"),
        ("3. Applications", "applications"),
        ("33", "section"),
    ],
)
def test_anchors_follow_pandocs_rule(heading: str, anchor: str) -> None:
    body, _ = add_heading_ids(f"<h2>{heading}</h2>")
    assert body == f'<h2 id="{anchor}">{heading}</h2>'


@given(st.lists(st.sampled_from(["A?", "a", "B", "a-1", "1"]), max_size=8))
def test_anchors_are_unique_and_the_contents_point_to_them(headings: list[str]) -> None:
    body, contents = add_heading_ids("".join(f"<h2>{h}</h2>" for h in headings))
    ids = [h["id"] for h in BeautifulSoup(body, "html.parser").find_all("h2")]
    assert len(set(ids)) == len(headings)
    assert [link.href for link in contents] == [f"#{anchor}" for anchor in ids]


def test_an_anchor_that_is_there_stays() -> None:
    body, contents = add_heading_ids('<h2 class="x" id="mine">A</h2><h3>mine</h3>')
    assert body == '<h2 class="x" id="mine">A</h2><h3 id="mine-1">mine</h3>'
    assert contents == (Link("A", "#mine"),)


def test_html_with_blank_lines_stars_and_indentation_is_not_taken_for_markdown() -> None:
    html = "<div>\n\n    *not emphasis* and _not_ $x$\n\n# not a heading\n</div>"
    page = page_from_html(f"<h1>T</h1>{html}", "en")
    assert html in render_body(page.notebook)


def test_prose_is_rendered_and_code_is_not_coloured_by_scripts() -> None:
    page = page_from_html("<h1>T</h1>", "en")
    page.notebook.cells.append(new_markdown_cell("## Who?\n\n*All*\n\n- a"))
    soup = BeautifulSoup(render_body(page.notebook), "html.parser")
    assert soup.h2["id"] == "who"
    assert soup.em.text == "All"
    assert soup.li.text == "a"
    assert soup.script is None
    assert not soup.select("a")


def test_a_long_description_ends_at_a_word() -> None:
    text = "word " * 60
    found = first_paragraph(f"<p></p><p>{text}</p>")
    assert len(found) <= 160
    assert found.endswith("word…")


@given(
    st.lists(st.sampled_from(["a", "b", "es"]), max_size=3),
    st.lists(st.sampled_from(["a", "b", "es"]), max_size=3),
)
def test_the_way_between_two_pages_leads_there(to: list[str], start: list[str]) -> None:
    target, origin = "/".join([*to, "index.html"]), "/".join([*start, "index.html"])
    way = relative(target, origin)
    found = (Path("/site") / origin).parent.joinpath(way)
    parts: list[str] = []
    for part in found.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    assert Path(*parts) == Path("/site") / target
