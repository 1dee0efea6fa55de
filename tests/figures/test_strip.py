"""One row per outcome, and what a row says where there is little to say."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.strip import lead_finding, strip
from support.figures_in_html import figure_problems, loose_numbers
from support.synthetic import EN, catalog, finding, row, table
from support.world import made_up_city, made_up_findings, rows


def lines(findings) -> dict[str, list[str]]:
    soup = BeautifulSoup(strip(made_up_city(), findings, EN, catalog()), "html.parser")
    cells = [[c.get_text() for c in line.find_all(["th", "td"])] for line in soup.find_all("tr")]
    return {line[0]: line[1:] for line in cells}


def only(found):
    return MappingProxyType({found.id: found})


def test_a_row_says_everything_in_short():
    assert lines(made_up_findings())["Reading by third grade"] == [
        "Reading well (public schools)",
        "31% in 2023-24",
        "Better: 11 points more than in 2018-19",
        "47%",
        "Hispanic: 15 points (2023-24)",
        "Strong",
    ]


def test_rows_are_the_outcomes_of_the_city_in_its_order():
    names = [catalog().outcome(o).name.en for o in made_up_city().outcomes]
    assert list(lines(made_up_findings())) == ["Outcome", *names]


def test_each_row_leads_to_its_section():
    soup = BeautifulSoup(strip(made_up_city(), made_up_findings(), EN, catalog()), "html.parser")
    assert [a["href"] for a in soup.find_all("a")] == [f"#{o}" for o in made_up_city().outcomes]


def test_an_outcome_without_a_figure_says_so():
    assert lines(made_up_findings())["At work"] == [*["No public figure"] * 5, "Not shown"]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            [row("2023-24", (9, 25))],
            ["Reading well (public schools)", *["Too weak to act on"] * 5],
        ),
        (
            [row("2023-24", "suppressed_by_source")],
            ["Reading well (public schools)", *["Not shown"] * 5],
        ),
        (
            [row("2023-24", (300, 1000))],
            [
                "Reading well (public schools)",
                "30% in 2023-24",
                "First figure",
                "No figure",
                "No figures by group",
                "Strong",
            ],
        ),
        (
            [
                row("2010-2014", (57, 10_000), indicator="babies_lost"),
                row("2010-2014", (51, 10_000), indicator="babies_lost", place="connecticut"),
                row(
                    "2010-2014", (22, 4_000), indicator="babies_lost", group="race_ethnicity/black"
                ),
            ],
            [
                "Babies lost (all residents)",
                "5.7 in 1,000 in 2010-2014",
                "First figure",
                "5.1 in 1,000",
                "No gap beyond chance",
                "Strong",
            ],
        ),
    ],
    ids=["too weak", "hidden", "first", "rate"],
)
def test_rows_of_every_kind(figures, expected):
    assert lines(only(finding(*figures)))["Reading by third grade"] == expected


def test_the_first_core_indicator_speaks_for_an_outcome():
    findings = made_up_findings()
    found = lead_finding("early_grade_reading", made_up_city(), findings)
    assert found is findings["reading_well"]
    swapped = made_up_city().model_copy(update={"core": ["missing_school", "reading_well"]})
    assert lead_finding("early_grade_reading", swapped, findings) is findings["missing_school"]
    assert lead_finding("employment", made_up_city(), findings) is None


def test_an_indicator_speaks_only_for_its_first_outcome():
    found = made_up_findings()["reading_well"]
    both = found.indicator.model_copy(update={"outcomes": ("attendance", "early_grade_reading")})
    findings = {"reading_well": replace(found, indicator=both)}
    assert lead_finding("early_grade_reading", made_up_city(), findings) is None
    assert lead_finding("attendance", made_up_city(), findings) is findings["reading_well"]


def test_every_figure_is_its_row():
    html = strip(made_up_city(), made_up_findings(), EN, catalog())
    assert figure_problems(html, table(rows()), catalog()) == []
    assert loose_numbers(html) == []
