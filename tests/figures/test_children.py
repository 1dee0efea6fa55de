"""Who the children are: sentences from surveys, students by group, hidden groups with a reason."""

from bs4 import BeautifulSoup

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.children import children_section
from c2c_lib.findings import Figures, make_findings
from c2c_lib.language import language
from c2c_lib.observations import sort_observations
from c2c_lib.params import load_city
from c2c_lib.privacy import Rules, publishable
from support.synthetic import row, table, words

EN = language("en")
CATALOG = load_catalog()
DISTRICT = CATALOG.place("norwalk", "district").geo_id
TOWN = CATALOG.place("norwalk", "town").geo_id
POOR = row("2019-2023", (2_751, 17_416), indicator="at_work", moe90=0.03) | {
    "indicator": "child_poverty",
    "source": CATALOG.indicator("child_poverty").sources[0],
}


def pupils(count, group: str = "all/all", place: str = "norwalk") -> dict:
    source = CATALOG.indicator("enrollment").sources[0]
    real = {"indicator": "enrollment", "source": source}
    return row("2022-23", count, indicator="pupils", group=group, place=place) | real


ENROLLED = [
    pupils(11_500.0),
    pupils(580.0, "race_ethnicity/asian"),
    pupils("suppressed_by_source", "race_ethnicity/american_indian"),
    pupils("suppressed_by_source", "race_ethnicity/pacific_islander"),
    pupils(6_900.0, "race_ethnicity/hispanic"),
    pupils(140_000.0, "race_ethnicity/hispanic", "connecticut"),
]


def section(*rows: dict) -> str:
    figures = Figures(publishable(sort_observations(table(rows)), Rules(), CATALOG), CATALOG)
    city = load_city("norwalk")
    return children_section(make_findings(city, figures), figures, EN)


def test_residents_under_18_in_sentences():
    assert words(section(POOR)) == (
        "In 2019-2023, about 2,751 of 17,416 children under 18 in the city of Norwalk (16%) lived "
        "in poverty. If all had been asked, the figure would likely be between 12% and 19%."
    )


def test_students_by_race_and_ethnicity_with_the_hidden_ones():
    soup = BeautifulSoup(section(*ENROLLED), "html.parser")
    assert (
        words(soup.p) == "In October 2022, 11,500 students were enrolled in Norwalk public schools."
    )
    lines = [[c.get_text() for c in line.find_all(["th", "td"])] for line in soup.find_all("tr")]
    why = "Not shown (the publisher hides it to protect children)"
    assert lines == [
        ["Group", "Norwalk public schools, students", "Connecticut, students"],
        ["All", "11,500", "No figure"],
        ["American Indian", why, "No figure"],
        ["Asian", "580", "No figure"],
        ["Hispanic", "6,900", "140,000"],
        ["Pacific Islander", why, "No figure"],
    ]


def test_the_limits_of_race_categories_stand_below():
    note = CATALOG.dimension("race_ethnicity").note
    assert words(section(*ENROLLED)).endswith(note.en)


def test_nothing_known_is_nothing_said():
    assert section(pupils(11_500.0)) == ""
