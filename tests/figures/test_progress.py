"""The progress pages of the four cities: true counts, plain words, no award."""

import re

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from c2c_lib.figures import progress_improvement
from c2c_lib.figures.progress_improvement import improvement_section, run_chart_svg
from c2c_lib.figures.progress_targets import targets_section
from c2c_lib.figures.progress_words import condition_words, range_words, signed
from c2c_lib.findings import Limits
from c2c_lib.language import language
from c2c_lib.params import Target
from c2c_lib.privacy import Rules
from c2c_lib.reporting import city_progress, compared_progress
from c2c_lib.theory_of_action import count_condition, gather_evidence, load_improvement
from c2c_lib.theory_of_action.improvement import charts_of
from c2c_lib.theory_of_action.reported import Progress
from support.drawings import axes_of, cut_texts, overlapping_texts, svg_problems
from support.reading import grade
from support.synthetic import words

EN = language("en")
SECTIONS = (
    "title", "gateways", "numbers", "thresholds", "rules", "checks", "improvement", "targets",
    "unsaid", "short",
)  # fmt: skip
UNKIND = (
    r"\bminorit", r"subgroup", r"\bbehind\b", r"\bfail(?:ed|ing|ure)", r"low[- ]perform",
    r"at[- ]risk", r"achievement gap", r"\bpoor\b", r"\bnormal\b",
)  # fmt: skip
CITIES = ["bridgeport", "norwalk", "stamford", "waterbury"]


@pytest.fixture(scope="module", params=CITIES)
def page(request):
    return city_progress(request.param)


@pytest.fixture(scope="module")
def soup(page):
    html = "\n".join(getattr(page, name)().html for name in SECTIONS)
    return BeautifulSoup(html, "html.parser")


def cells(soup, identifier) -> list[list[str]]:
    rows = soup.find("table", id=identifier).tbody.find_all("tr")
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in rows]


def test_seven_outcomes_with_the_verdicts_of_the_evidence(page, soup):
    rows = cells(soup, "numbers")
    assert len(rows) == 7
    told = {"improved": "Improved", "slipped": "Slipped", "about_the_same": "About the same"}
    expected = [told.get(c.verdict, "Not enough data") for c in page.evidence.changes]
    assert [row[1] for row in rows] == expected


def test_six_gateways_by_four_pillars_count_every_benchmark(page, soup):
    rows = cells(soup, "gateways")
    assert (len(rows), len(rows[0])) == (6, 5)
    reported = re.findall(
        r"(\d+) (?:described|intended|not reported|in progress|reported as)",
        " ".join(cell for row in rows for cell in row[1:]),
    )
    assert sum(map(int, reported)) == len(page.evidence.framework.benchmarks) == 45


def test_every_benchmark_is_listed_once_with_what_is_reported(page, soup):
    listed = [
        row for g in page.evidence.framework.gateways if g.id != "proof_point"
        for row in cells(soup, f"gateway-{g.id.replace('_', '-')}")
    ]  # fmt: skip
    assert len(listed) == 45
    blank = sum(row[2] == "Not reported" for row in listed)
    assert blank == 45 - len(page.evidence.progress.reported)
    # Every entry leads to its evidence.
    links = [a["href"] for a in soup.select("[id^=gateway-] a")]
    assert len(links) == len(page.evidence.progress.reported)


def test_the_arithmetic_of_each_threshold_is_on_the_page(page, soup):
    text = words(soup.find("table", id="thresholds"))
    for result in page.evidence.thresholds:
        for c in result.conditions:
            assert f"{c.have} of {c.of}; {c.needed} needed" in text
    assert "not known for lack of data since 2018-19" in text


def test_nothing_is_awarded(soup):
    text = words(soup)
    assert "awards no gateway" in text
    boasts = r"\b(?:has reached|achieved|earned|congratulations|succeeded)\b"
    assert not re.search(boasts, text, re.IGNORECASE)


def test_no_word_blames_or_sorts_children(soup):
    text = " ".join([words(soup), *(picture["alt"] for picture in soup.find_all("img"))])
    found = [
        text[max(m.start() - 30, 0) : m.end() + 30]
        for pattern in UNKIND
        for m in re.finditer(pattern, text, re.IGNORECASE)
    ]
    assert found == []


def test_paragraphs_are_of_the_eighth_grade_or_below(soup):
    texts = {words(p) for p in soup.find_all("p") if len(words(p).split()) >= 12}
    texts = {t for t in texts if not t.startswith(("Adjacent sector", "By "))}
    assert len(texts) >= 8
    assert [(round(grade(t), 1), t) for t in texts if grade(t) > 8] == []


def test_ids_are_unique_and_pictures_have_words(soup):
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    pictures = soup.find_all("img")
    assert len(pictures) == 2
    assert len({p["alt"] for p in pictures}) == 2
    for picture in pictures:
        assert soup.find(id=picture["aria-describedby"]) is not None


def test_figures_name_their_rows(page, soup):
    named = soup.find_all("data")
    assert len(named) > 10
    assert {element["data-place"] for element in named} == {page.evidence.city.slug}


def test_what_cannot_be_said_names_who_holds_the_data(soup):
    rows = cells(soup, "unsaid")
    assert len(rows) == 7  # no city has newer figures by group
    assert all(len(row[2]) > 20 for row in rows)


def test_the_words_of_a_count():
    three = [True] * 3 + [None] * 2 + [False] * 2
    found = count_condition("maintained_or_improved", three, 4)
    assert str(condition_words(found, "2018-19", EN)) == (
        "3 of 7; 4 needed; 2 not known for lack of data since 2018-19"
    )
    assert str(condition_words(count_condition("benchmarks", [None] * 4, 4), "", EN)) == (
        "0 of 4; 4 needed; 4 not reported"
    )


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        (0.0, "share", "0.0 points"),
        (-0.0004, "share", "0.0 points"),
        (1.25, "per_1000", "+1.3 in 1,000"),
    ],
)
def test_signs(change, unit, text):
    assert signed(change, unit, EN).striptags() == text


def test_ranges():
    assert range_words(None, "share", EN) == "Not known"
    assert range_words(Limits(0.004, 0.0475), "share", EN).striptags() == "0.4 to 4.8"


def test_a_reported_benchmark_and_gateway_are_shown_with_role_and_date():
    page = city_progress("waterbury")
    place = {"title": "Minutes", "url": "https://example.org/minutes"}
    dated = {"date": "2025-10", "by": "director", "evidence": place}
    entry = {"benchmark": "backbone", "status": "met", **dated}
    progress = Progress.model_validate(
        {"city": "waterbury", "gateway": {"id": "emerging", **dated}, "reported": [entry]}
    )
    evidence = gather_evidence(page.evidence.city, page.figures, progress, year=2026)
    shown = words(type(page)(evidence, page.figures, page.edition, EN).gateways())
    assert "has reported on 1 of 45 benchmarks" in shown
    assert "Emerging (2025-10)" in shown
    assert "Reported as met. By: director; 2025-10. Minutes" in shown


def test_a_target_is_shown_in_points_and_children():
    page = city_progress("norwalk")
    target = Target(indicator="grade3_ela_proficient", value=0.6, by="2029-30", source="Plan 2025")
    city = page.evidence.city.model_copy(update={"targets": [target], "baseline": "2014-15"})
    evidence = gather_evidence(city, page.figures, page.evidence.progress, year=2026)
    shown = BeautifulSoup(targets_section(evidence, EN), "html.parser")
    # 45.8 of 831 children to 60 %: 14.2 points; 0.142 x 831 = 118.002, so 119 children,
    # in 11 years 10.8, so 11 a year. So far 51.0 to 45.8 in four years: 1.3 points less a year.
    (cell,) = cells(shown, "targets")
    assert cell[3] == "14.2 points"
    assert cell[4] == "119 children; 11 more each year"
    assert cell[5] == "−1.3 points"
    assert cell[6] == "+1.3 points"
    assert cell[7] == "The figures move away from it."


def test_monthly_counts_become_charts_with_their_steps(project_root):
    folder = project_root / "docs/examples/improvement/lakeview"
    series = load_improvement("lakeview", Rules(), folder)
    soup = BeautifulSoup(improvement_section(series, "lakeview", "Lakeview", EN), "html.parser")
    assert len(soup.find_all("img")) == 2
    assert [words(li) for li in soup.find_all("li")][1] == (
        "2100-09: Do. Call home after the second missed day"
    )
    assert "The figures shifted" in words(soup)
    assert len(cells(soup, "months-1")) == len(series[0].months)
    assert cells(soup, "months-1")[10] == ["2100-07", *["Not collected"] * 3]


@pytest.mark.parametrize("number", [0, 1])
def test_the_words_of_monthly_charts_are_whole_and_large_enough_on_a_phone(project_root, number):
    folder = project_root / "docs/examples/improvement/lakeview"
    series = load_improvement("lakeview", Rules(), folder)[number]
    charts = charts_of(series)
    assert charts is not None

    def drawn() -> str:
        return run_chart_svg(series, *charts, EN)

    axes = axes_of(progress_improvement, drawn)
    assert cut_texts(axes) == []
    assert overlapping_texts(axes) == []
    assert svg_problems(drawn()) == []


def test_a_note_cannot_smuggle_html_into_the_page(tmp_path):
    text = "month,site,counted,out_of,pdsa,note\n2099-09,<b>A</b>,40,300,do,<script>x</script>\n"
    (tmp_path / "chronic_absence.csv").write_text(text, encoding="utf-8")
    series = load_improvement("norwalk", Rules(), tmp_path)
    html = improvement_section(series, "norwalk", "Norwalk", EN)
    assert Markup("<script>") not in html
    assert Markup("<b>A</b>") not in html


def test_cities_side_by_side_without_rank_or_score():
    page = compared_progress()
    html = "\n".join(
        section().html
        for section in (page.title, page.caution, page.outcomes, page.thresholds, page.reports)
    )
    soup = BeautifulSoup(html, "html.parser")
    heads = [words(th) for th in soup.select("#outcomes-by-city thead th")]
    assert heads == ["Outcome", "Bridgeport", "Norwalk", "Stamford", "Waterbury"]
    rows = cells(soup, "outcomes-by-city")
    assert rows[3][2] == "Improved+4.9 points, 2020-21 to 2023-24"
    text = words(soup)
    assert "You may not compare:" in text
    assert "no ranking" in text
    assert not re.search(r"\b(?:best|worst|first place|rank \d)\b", text)
