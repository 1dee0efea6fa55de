"""The codebook page: an entry per indicator, its sources and terms, and what is left out."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from c2c_lib.catalog import Catalog, LeftOut, Localized, load_catalog
from c2c_lib.figures.codebook import Codebook
from c2c_lib.figures.codebook_link import codebook_link
from c2c_lib.figures.codebook_words import BREAK_KINDS, POLARITIES, ROLES, UNITS
from c2c_lib.privacy import Rules, publishable
from c2c_lib.reporting import codebook
from support.reading import grade
from support.synthetic import EN, SOURCES, catalog, row, table, words

CLOSED = SOURCES[1].model_copy(
    update={"redistributable": False, "terms": Localized(en="Ask the publisher.", es="Pregunte.")}
)
ABSENT = LeftOut(
    id="absent",
    kind="not_public",
    title=Localized(en="Naps", es="Siestas"),
    publisher="Nobody",
    reason=Localized(en="Nobody counts `naps`.", es="Nadie cuenta las `siestas`."),
)
UNREAD = ABSENT.model_copy(update={"id": "unread", "kind": "not_read", "files": ("naps/*",)})


def made_up(rows: list | None = None, **changes: object) -> Codebook:
    known: Catalog = replace(catalog(), **changes)
    rows = rows or [
        row("2018-19", (200, 1000), indicator="reading_anew"),
        row("2020-21", (210, 1000), indicator="reading_anew"),
        row("2020-21", (60, 300), indicator="reading_anew", group="race_ethnicity/hispanic"),
        row(
            "2020-21",
            "suppressed_by_source",
            indicator="reading_anew",
            group="race_ethnicity/asian",
        ),
        row("2023", 0.7, indicator="at_work", moe90=0.02),
    ]
    return Codebook(publishable(table(rows), Rules(), known), known, EN)


def facts(book: Codebook, indicator: str) -> dict[str, str]:
    soup = BeautifulSoup(book.indicators().html, "html.parser")
    entry = soup.find(id=indicator)
    assert isinstance(entry, Tag)
    return {
        name.get_text(): " ".join(name.find_next_sibling("dd").get_text(" ").split())
        for name in entry.find_all("dt")
    }


def test_an_entry_says_what_the_figure_is():
    found = facts(made_up(), "reading_anew")
    assert found["Definition"] == "A definition."
    assert found["Formula"] == "A numerator. over A denominator."
    assert found["Whom it is about"] == "Third graders"
    assert found["Kind of place"].startswith("A school district: its public schools, not all")
    assert found["Which way is better"] == "Higher is better"
    assert found["Years we hold"] == "2018-19 and 2020-21"
    assert found["Groups we hold"] == "Race and ethnicity: Asian and Hispanic"
    assert found["Places we hold"] == "1 school district"
    assert found["What is hidden"] == (
        "Small numbers are hidden. 1 figure has no value to show, of 4."
    )
    assert found["Limits"] == "It has limits."
    assert found["Id in the downloads"] == "reading_anew"


def test_an_entry_names_source_and_publisher_and_leads_to_the_terms():
    book = made_up()
    assert facts(book, "reading_anew")["Sources"] == "Title of school_report , The publisher."
    entries = BeautifulSoup(book.indicators().html, "html.parser")
    link = entries.find(id="reading_anew").find("a", string="Title of school_report")
    assert link["href"] == "../sources/index.html#source-school_report"
    row = BeautifulSoup(book.sources().html, "html.parser").find(id="source-school_report")
    assert "CC0-1.0. Free to use." in row.find_parent("tr").get_text()


def test_a_report_without_a_figure_has_no_row_and_is_led_to_itself():
    book = made_up(rows=[row("2023", 0.7, indicator="at_work", moe90=0.02)])
    link = BeautifulSoup(book.indicators().html, "html.parser").find(id="reading_anew").a
    assert link["href"] == SOURCES[0].url
    assert BeautifulSoup(book.sources().html, "html.parser").find(id="source-school_report") is None


def test_breaks_say_when_where_and_why():
    said = facts(made_up(), "reading_anew")["Breaks"]
    assert "2019-20: not compared with any other year. That year was cut short." in said
    assert "2020-21: a new series begins. A new test began in 2021." in said
    assert "(only Family income (school meals)). All meals are free here." in said
    assert facts(made_up(), "test_score")["Breaks"] == "No break is known"


def test_breaks_that_differ_in_their_year_alone_are_said_once(real):
    entry = real.find(id="adults_uninsured")
    said = words(entry)
    assert said.count("Each release of this model is fitted anew") == 1
    assert "2022, and 2023: not compared with any other year." in said


def test_an_indicator_without_a_figure_says_so():
    found = facts(made_up(), "babies_lost")
    assert found["Years we hold"] == "No figure that may be shown"
    assert found["Places we hold"] == "No place yet"
    assert found["Groups we hold"] == "No figure yet"
    assert found["Kind of place"] == "A city or town: everyone who lives there"


@pytest.mark.parametrize(
    ("numerator", "denominator", "formula"),
    [
        ("Students", "None: it is a count", "Students"),
        ("None: it is an average", "Tested students", "Tested students"),
        ("None: a model gives it", "None", "None: a model gives it"),
        ("Points", "Tested students", "Points over Tested students"),
    ],
)
def test_a_formula_has_the_parts_that_there_are(numerator: str, denominator: str, formula: str):
    update = {
        "numerator": Localized(en=numerator, es="Uno"),
        "denominator": Localized(en=denominator, es="Dos"),
    }
    pupils = catalog().indicator("pupils").model_copy(update=update)
    book = made_up(indicators={**catalog().indicators, "pupils": pupils})
    assert facts(book, "pupils")["Formula"] == formula


def test_an_indicator_without_groups_says_so():
    assert facts(made_up(), "at_work")["Groups we hold"] == "All together, no groups"


def test_a_section_begins_with_links_to_its_entries():
    soup = BeautifulSoup(made_up().indicators().html, "html.parser")
    links = [link["href"] for link in soup.select("p.index a")]
    assert links == [f"#{name}" for name in catalog().indicators]


def test_reports_that_may_not_be_passed_on_are_named_with_where_to_get_them():
    book = made_up(sources={s.id: s for s in (SOURCES[0], CLOSED)})
    soup = BeautifulSoup(book.not_passed_on().html, "html.parser")
    (line,) = soup.tbody.find_all("tr")
    assert [cell.get_text() for cell in line.find_all(["th", "td"])] == [
        "Title of survey",
        "The publisher",
        "At work",
        "Ask the publisher.",
    ]
    assert line.a["href"] == CLOSED.url
    assert "get them from the publisher" in facts(book, "at_work")["Sources"]
    assert "get them from the publisher" not in facts(book, "reading_anew")["Sources"]


def test_where_all_may_be_passed_on_the_page_says_so():
    assert "Every report that we read may be passed on." in words(made_up().not_passed_on())


def test_what_is_left_out_stands_with_its_reason():
    soup = BeautifulSoup(
        made_up(left_out={e.id: e for e in (ABSENT, UNREAD)}).left_out().html, "html.parser"
    )
    captions = [caption.get_text() for caption in soup.find_all("caption")]
    assert captions == ["Looked for, and not found in public", "Found, and not taken"]
    for line in soup.select("tbody tr"):
        cells = [cell.get_text() for cell in line.find_all(["th", "td"])]
        assert cells == ["Naps", "Nobody", "Nobody counts naps."]
        assert line.code.get_text() == "naps"


def test_the_table_of_sources_counts_figures_and_gives_the_terms():
    soup = BeautifulSoup(made_up().sources().html, "html.parser")
    lines = [[c.get_text() for c in line.find_all(["th", "td"])] for line in soup.find_all("tr")]
    assert lines[1][2:] == ["2018-19 and 2020-21", "4", "Jan 2, 2026", "CC0-1.0. Free to use."]
    assert lines[2][3] == "1"


def test_the_rules_of_hiding_are_those_of_the_table():
    rules = Rules(minimum_numerator=7, minimum_denominator=25)
    known = catalog()
    book = Codebook(publishable(table([row("2020-21", (30, 90))]), rules, known), known, EN)
    assert "fewer than 7 children are counted or fewer than 25" in words(book.how_to_read())


def test_a_link_leads_to_the_entry():
    assert codebook_link("at_work", "a & b") == (
        '<a href="../codebook/index.html#at_work">a &amp; b</a>'
    )


@pytest.fixture(scope="module")
def real() -> BeautifulSoup:
    book = codebook()
    sections = (
        book.title(),
        book.sources_title(),
        book.how_to_read(),
        book.indicators(),
        book.sources(),
        book.not_passed_on(),
        book.left_out(),
    )
    return BeautifulSoup("\n".join(section.html for section in sections), "html.parser")


def test_every_indicator_of_the_catalog_has_its_anchor_once(real: BeautifulSoup):
    ids = [element["id"] for element in real.find_all(id=True)]
    assert len(set(ids)) == len(ids)
    assert set(load_catalog().indicators) <= set(ids)
    entries = real.select("section.entry")
    assert {entry["id"] for entry in entries} == set(load_catalog().indicators)


def test_every_fact_of_every_entry_says_something(real: BeautifulSoup):
    wanted = ["Definition", "Formula", "Whom it is about", "Kind of place", "Unit"]
    wanted += ["Which way is better", "Sources", "Years we hold", "Groups we hold"]
    wanted += ["Places we hold", "What is hidden", "Limits", "Breaks", "Id in the downloads"]
    for entry in real.select("section.entry"):
        names = [name.get_text() for name in entry.find_all("dt")]
        assert [name for name in wanted if name not in names] == [], entry["id"]
        assert all(said.get_text(strip=True) for said in entry.find_all("dd")), entry["id"]


def test_every_source_with_figures_gives_its_terms(real: BeautifulSoup):
    text = words(real.find("table", id="codebook-sources"))
    used = set(codebook().publishable.frame["source"])
    for name in used:
        source = load_catalog().source(name)
        assert source.title in text
        assert source.terms.en in text


def test_everything_left_out_is_on_the_page(real: BeautifulSoup):
    text = words(real)
    for entry in load_catalog().left_out.values():
        assert entry.title.en in text
        assert entry.reason.en.replace("`", "") in text


def test_the_words_of_the_page_are_easy_to_read(real: BeautifulSoup):
    texts = [words(p) for p in real.select("p.lead, section.codebook > p:not(.index)")]
    assert len(texts) >= 8
    hard = [(round(grade(t), 1), t) for t in texts if len(t.split()) >= 12 and grade(t) > 8]
    assert hard == []


def test_every_code_has_words():
    for indicator in load_catalog().indicators.values():
        assert UNITS[indicator.unit]
        assert POLARITIES[indicator.polarity]
        assert ROLES[indicator.role]
        for entry in indicator.breaks:
            assert ("{period}" in BREAK_KINDS[entry.kind]) == bool(entry.period)
    assert not any(re.search(r"[{}]", text) for text in (*UNITS.values(), *ROLES.values()))
