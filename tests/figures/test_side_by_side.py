"""One indicator in several cities: ranges, and what is said where a figure is too weak."""

from bs4 import BeautifulSoup

from c2c_lib.figures.side_by_side import cities_table
from support.synthetic import EN, catalog, city, finding, row


def cells(*rows) -> list[str]:
    found = finding(*rows)
    html = cities_table({"norwalk": (city(), found)}, EN, catalog(), "../")
    return [c.get_text() for c in BeautifulSoup(html, "html.parser").tbody.find_all(["th", "td"])]


def test_on_a_phone_every_cell_is_named() -> None:
    html = cities_table({"norwalk": (city(), finding(row("2023", (400, 1000))))}, EN, catalog(), "")
    soup = BeautifulSoup(html, "html.parser")
    heads = [head.get_text() for head in soup.thead.find_all("th")]
    assert soup.table["class"] == ["label"]
    assert [cell["data-label"] for cell in soup.tbody.find_all("td")] == heads[1:]


def test_a_range_is_in_whole_percents() -> None:
    assert cells(row("2023-24", (400, 1000)))[4] == "37% to 43%"


def test_a_range_whose_ends_look_alike_has_a_decimal() -> None:
    # Wilson at 95 percent for 120,000 of 1,000,000: 11.94 to 12.06.
    assert cells(row("2023-24", (120_000, 1_000_000)))[4] == "11.9% to 12.1%"


def test_a_weak_figure_is_not_shown_but_its_year_and_the_state_are() -> None:
    said = cells(
        row("2023", 0.3, indicator="at_work", moe90=0.25),
        row("2023", 0.6, indicator="at_work", moe90=0.01, place="connecticut"),
    )
    assert said[1:] == [
        "2023",
        "Too weak to act on",
        "Not shown",
        "Not shown",
        "Not shown",
        "60.0%",
        "Too weak to act on",
    ]


def heading_of_counts(*rows) -> str:
    html = cities_table({"norwalk": (city(), finding(*rows))}, EN, catalog(), "../")
    return BeautifulSoup(html, "html.parser").thead.find_all("th")[3].get_text()


def test_a_survey_estimates_and_others_count() -> None:
    assert heading_of_counts(row("2023-24", (400, 1000))) == "Counted"
    assert heading_of_counts(row("2023", 0.3, indicator="at_work", moe90=0.02)).startswith("Estim")
