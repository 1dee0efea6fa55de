from __future__ import annotations

import pytest

from c2c_lib.reporting.html_document import read_html
from c2c_lib.reporting.page import PageContext
from c2c_lib.reporting.search import Entry, entries_of, search_body

QUESTION = "How many babies are born too small?"


def block(identifier: str, question: str) -> str:
    return (
        f'<section class="indicator" id="{identifier}"><h3 id="q">{question}</h3>'
        f"<p>In 2015, <data>7%</data>.</p></section>"
    )


def card(slug: str, name: str) -> tuple[PageContext, str]:
    body = (
        f'<p class="byline">By us.</p><p class="lead">What {name} does.</p>'
        f'<h2 id="healthy">Are babies healthy?</h2><p><data>7%</data></p><p>Care &amp; food.</p>'
        f"{block('low', QUESTION)}"
        f'<h2 id="who">Who are {name}’s children?</h2><p>In 2020, <data>9</data>.</p>'
    )
    return PageContext(
        f"{name} report card", "en", "By us.", f"{slug}/index.html", slug, name
    ), body


CODEBOOK = (
    PageContext("Codebook", "en", "D.", "codebook/index.html"),
    (
        '<section><h2 id="early">Early years</h2><p>All of them.</p>'
        '<section class="entry" id="low"><h3 id="small">Born <em>too</em> small</h3>\n<dl>\n'
        "<dt>Definition</dt><dd>Share of births under 2,500 grams.</dd>\n"
        "<dt>Formula</dt><dd>Births</dd></dl></section></section>"
    ),
)
WORDS = (
    PageContext("Words", "en", "D.", "words/index.html"),
    (
        '<dl><div id="word-gap"><dt>Gap</dt><dd>How far a group is from all.</dd></div></dl>'
        '<table id="group-words"><tr><th scope="row">Race</th><td>Asian, Black</td><td>x</td></tr>'
        "</table>"
    ),
)
OUTCOME = (
    PageContext("Are babies healthy?", "en", "D.", "outcomes/healthy/index.html"),
    "<p>One outcome, all cities.</p>",
)
AREAS = (
    PageContext("Where?", "en", "D.", "norwalk/neighborhoods/index.html", "norwalk", "Norwalk"),
    "".join(
        f'<h3 id="{name}">{question}</h3><table id="{name}"><tbody>'
        '<tr><th scope="row">Oak &amp; Elm School</th>'
        '<td><data data-place="norwalk-school-01" data-group="all">31%</data></td></tr>'
        '<tr data-place="norwalk-tract-02"><th scope="row">Census Tract 2 (Old Harbor)</th></tr>'
        '<tr data-place="norwalk-tract-03"><th scope="row">Census Tract 3 (2010)</th></tr>'
        '<tr data-place="norwalk-tract-04"><th scope="row">Census Tract 4 (ZIP 06850)</th></tr>'
        "</tbody></table>"
        for name, question in (("school-absence", "Who is absent?"), ("tract-poor", "How much?"))
    ),
)
SHEET = (
    PageContext("Norwalk, on one page", "en", "D.", "norwalk/one-page/index.html", "n", "Norwalk"),
    '<h2 id="again">Are babies healthy?</h2><p>Again.</p>',
)
MISSING = (PageContext("Not here", "en", "D.", "404.html"), "<h2 id='x'>What now?</h2>")
PAGES = [card("norwalk", "Norwalk"), card("stamford", "Stamford"), CODEBOOK, WORDS, OUTCOME]
PAGES += [SHEET, MISSING, AREAS]


@pytest.fixture(scope="module")
def found() -> dict[str, Entry]:
    entries = entries_of(PAGES)
    assert len({entry.title for entry in entries}) == len(entries)
    return {entry.title: entry for entry in entries}


def test_an_indicator_is_one_entry_with_its_question_definition_and_every_way(found):
    assert found["Born too small"] == Entry(
        "Born too small",
        "indicator",
        (
            ("Codebook", "codebook/index.html#low"),
            ("Norwalk", "norwalk/index.html#low"),
            ("Stamford", "stamford/index.html#low"),
        ),
        f"{QUESTION} Share of births under 2,500 grams.",
        "low",
        ("low",),
    )
    assert QUESTION not in found


def test_the_order_of_the_pages_does_not_change_what_is_found(found):
    turned = {entry.title: entry for entry in entries_of(reversed(PAGES))}
    assert turned.keys() == found.keys()
    for title, entry in turned.items():
        assert (entry.kind, entry.text) == (found[title].kind, found[title].text)
        assert set(entry.ways) == set(found[title].ways)


def test_a_page_and_the_parts_that_ask_its_question_are_one(found):
    entry = found["Are babies healthy?"]
    assert entry.kind == "page"
    assert entry.text == "One outcome, all cities."
    assert entry.ways == (
        ("Are babies healthy?", "outcomes/healthy/index.html"),
        ("Norwalk", "norwalk/index.html#healthy"),
        ("Stamford", "stamford/index.html#healthy"),
    )


def test_words_groups_pages_and_parts_are_there(found):
    assert found["Gap"].ways == (("Words", "words/index.html#word-gap"),)
    assert found["Gap"].text == "How far a group is from all."
    assert (found["Race"].kind, found["Race"].text) == ("groups", "Asian, Black")
    assert (found["Early years"].kind, found["Early years"].text) == ("part", "All of them.")
    assert found["Norwalk report card"].text == "What Norwalk does."
    assert found["Who are Norwalk’s children?"].text == ""  # all it says is a figure


def test_no_page_is_found_that_is_not_there_and_a_sheet_only_as_a_page(found):
    assert found["Norwalk, on one page"].ways == (("Norwalk", "norwalk/one-page/index.html"),)
    assert not {"Not here", "What now?"} & found.keys()


def test_a_school_leads_to_every_table_it_stands_in_and_a_neighborhood_to_the_first(found):
    school, area = found["Oak & Elm School"], found["Old Harbor"]
    page = "norwalk/neighborhoods/index.html"
    assert (school.kind, school.text) == ("school", "Norwalk")
    assert school.ways == (
        ("Who is absent?", f"{page}#school-absence"),
        ("How much?", f"{page}#tract-poor"),
    )
    assert (area.kind, area.ways) == ("area", (("Norwalk", f"{page}#school-absence"),))
    assert not [title for title in found if "2010" in title or "ZIP" in title]


def test_what_readers_call_it_stands_with_it_unseen_in_every_language():
    page = PageContext("Protected", "es", "D.", "es/privacy/index.html")
    sheet = PageContext("Sheet", "es", "D.", "es/norwalk/one-page/privacy/index.html", "norwalk")
    entries = [(page, ""), (sheet, ""), (CODEBOOK[0], CODEBOOK[1].replace("low", "child_poverty"))]
    protected, poverty, printed = sorted(
        (item for item in read_html(search_body(entries, "es")).all("li")),
        key=lambda item: ["Prot", "Born", "Shee"].index(item.text[:4]) if item.text[:4] in
        ("Prot", "Born", "Shee") else 9,
    )[:3]  # fmt: skip
    assert protected.attributes["data-also"].startswith("privacidad; ")
    assert "FERPA" in protected.attributes["data-also"]
    assert "; privacy; " in protected.attributes["data-also"]
    assert poverty.attributes["data-also"].startswith("niños pobres; ")
    assert poverty.attributes["data-also"].endswith("; child_poverty")
    assert "data-also" not in printed.attributes


def test_the_page_is_a_list_from_a_to_z():
    page = read_html(search_body(PAGES, "en"))
    letters = [heading.text for heading in page.all("h2")]
    assert letters == sorted(letters)
    assert {"A", "B", "E", "G", "N", "R", "S", "W"} <= set(letters)
    assert len(page.ids) == len(set(page.ids))
    links = {link.attributes["href"] for link in page.all("a")}
    assert "../codebook/index.html#low" in links
    assert "../norwalk/index.html#low" in links
    assert "low" in [e.attributes["data-also"] for e in page.with_attribute("data-also")]
    form = page.all("form")[0]
    assert "hidden" in form.attributes


def test_signs_and_accents_do_not_change_the_order():
    titles = ["¿Qué es?", "Ñandú", "“Probable”", "Árbol", "4 años", "baja"]
    pages = [(PageContext(t, "es", "", f"es/{n}/index.html"), "") for n, t in enumerate(titles)]
    page = read_html(search_body(pages, "es"))
    assert [h.text for h in page.all("h2")] == ["0–9", "A", "B", "N", "P", "Q"]
    assert page.all("a")[0].attributes["href"] == "../4/index.html"
    assert "Página" in page.text
