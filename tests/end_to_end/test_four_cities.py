"""The built site as its readers get it: pages, numbers, downloads, nothing private."""

import csv
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag

from support.cities import EACH_CITY

pytestmark = pytest.mark.end_to_end

CITIES = {
    "bridgeport": "Bridgeport",
    "norwalk": "Norwalk",
    "stamford": "Stamford",
    "waterbury": "Waterbury",
}
SECTIONS = [
    "What are the three things to know?",
    "How are children doing, from birth to career?",
    "Are children ready for kindergarten?",
    "Are children reading well by third grade?",
    "Are students ready for high school math?",
    "Are students on track in ninth grade, and do they graduate?",
    "Do graduates go on to college or training?",
    "Do college students finish?",
    "Are young adults working?",
    "Who is being left out?",
    "Does it depend on where a child lives?",
    "What we cannot see yet",
    "Get the numbers",
    "How we made this",
]
KEY = ("indicator", "place", "period", "dimension", "group")


@cache
def page(site: Path, city: str) -> BeautifulSoup:
    return BeautifulSoup((site / city / "index.html").read_text(encoding="utf-8"), "html.parser")


def named(element: Tag, attribute: str) -> str:
    """Return an attribute of a figure, or of the nearest element around it that has it."""
    around = [element, *element.parents]
    return next(one[attribute] for one in around if one.has_attr(attribute))


@cache
def rows(site: Path, city: str) -> dict[tuple[str, ...], dict[str, str]]:
    with (site / city / "data" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        return {tuple(row[name] for name in KEY): row for row in csv.DictReader(stream)}


def as_shown(value: str, scale: int, digits: int) -> str:
    """Round a value of the table as a reader would, without the library."""
    step = Decimal(1).scaleb(-digits)
    exact = (Decimal(value) * scale).quantize(Decimal("1e-9"))
    return f"{exact.quantize(step, rounding=ROUND_HALF_UP):,}"


@pytest.mark.parametrize("city", EACH_CITY)
def test_a_card_has_its_title_and_every_section(built_site, city):
    soup = page(built_site, city)
    assert re.fullmatch(rf"{CITIES[city]} report card \d{{4}} – c2c", soup.title.string)
    assert CITIES[city] in soup.h1.get_text()
    headings = [heading.get_text(" ", strip=True) for heading in soup.find_all("h2")]
    assert [s for s in SECTIONS if s not in headings] == []
    for other in set(CITIES.values()) - {CITIES[city]}:
        assert other not in soup.title.string + soup.h1.get_text()


@pytest.mark.parametrize("city", EACH_CITY)
def test_every_number_is_the_number_of_its_row(built_site, city):
    table = rows(built_site, city)
    elements = page(built_site, city).find_all("data")
    assert len(elements) > 500
    for element in elements:
        row = table[tuple(named(element, f"data-{name}") for name in KEY)]
        field = element.get("data-field", "estimate")
        percent = row["unit"] == "share" and field in ("estimate", "moe90")
        shown = as_shown(row[field], 100 if percent else 1, int(element["data-digits"]))
        assert element.get_text().rstrip("%") == shown, element


@pytest.mark.parametrize("city", EACH_CITY)
def test_the_spanish_card_has_the_same_numbers_and_its_own_table(built_site, city):
    english, spanish = page(built_site, city), page(built_site / "es", city)
    assert spanish.html["lang"] == "es"
    assert CITIES[city] in spanish.h1.get_text()

    def numbers(soup: BeautifulSoup) -> list[tuple[str, str]]:
        return sorted((str(e.attrs), e.get_text()) for e in soup.find_all("data"))

    assert numbers(spanish) == numbers(english)
    assert [len(soup.find_all("h2")) for soup in (spanish, english)] == [
        len(english.find_all("h2"))
    ] * 2
    there, here = rows(built_site, city), rows(built_site / "es", city)
    assert there.keys() == here.keys()
    for key, row in here.items():
        assert (row["estimate"], row["status"]) == (there[key]["estimate"], there[key]["status"])


def test_every_page_has_its_mirror_in_spanish(built_site):
    pages = {p.relative_to(built_site).as_posix() for p in built_site.rglob("*.html")}
    spanish = {p.removeprefix("es/") for p in pages if p.startswith("es/")}
    assert spanish == {p for p in pages if not p.startswith("es/")}


@pytest.mark.parametrize("city", EACH_CITY)
def test_downloads_carry_statuses_and_no_small_number(built_site, city):
    for key, row in rows(built_site, city).items():
        shown = row["status"] in ("published", "too_weak")
        assert bool(row["estimate"]) == shown, key
        if not shown:
            assert [row[n] for n in ("numerator", "denominator", "moe90")] == [""] * 3, key
        assert not row["numerator"] or float(row["numerator"]) >= 6, key
        assert not row["denominator"] or float(row["denominator"]) >= 20, key
        assert "nan" not in ",".join(row.values()).lower().split(","), key


def test_the_downloads_hold_the_city_the_state_and_its_peers(built_site):
    every = {key[1] for key in rows(built_site, "norwalk")}
    places = {place for place in every if "-tract-" not in place and "-school-" not in place}
    schools = {place for place in every if "-school-" in place}
    assert schools
    assert {place.split("-school-")[0] for place in schools} == {"norwalk"}
    peers = {"danbury", "east-hartford", "meriden", "stamford", "west-haven"}
    assert places == {"norwalk", "connecticut"} | peers


@pytest.mark.parametrize("city", EACH_CITY)
def test_the_descriptor_describes_the_file_that_lies_beside_it(built_site, city):
    folder = built_site / city / "data"
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"].endswith("datapackage.json")
    assert descriptor["licenses"]
    assert descriptor["sources"]
    by_path = {resource["path"]: resource for resource in descriptor["resources"]}
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    fields = [f["name"] for f in by_path["indicators.csv"]["schema"]["fields"]]
    assert fields == header
    assert not (folder / "indicators.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_nothing_of_the_machine_is_published(built_site):
    private = re.compile(r"/home/|/root/|/Users/|/tmp/|papermill|Traceback|ipykernel")
    for file in built_site.rglob("*"):
        if file.suffix in (".html", ".csv", ".json", ".svg", ".css"):
            text = file.read_text(encoding="utf-8")
            assert not private.search(text), (file, private.search(text))


def test_a_page_loads_nothing_from_elsewhere(built_site):
    for file in built_site.rglob("*.html"):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        # A block of JSON-LD is data that no browser runs.
        scripts = soup.select("script:not([type='application/ld+json'])")
        assert not any(script.get_text(strip=True) for script in scripts)
        loading = ("img", "src"), ("link", "href"), ("source", "src"), ("iframe", "src")
        for tag, name in (*loading, ("script", "src")):
            for element in soup.find_all(tag):
                assert not re.match(r"(https?:)?//", element.get(name, "")), element


def test_the_home_page_leads_to_every_city(built_site, site_cities):
    soup = BeautifulSoup((built_site / "index.html").read_text(encoding="utf-8"), "html.parser")
    links = {a["href"] for a in soup.main.find_all("a")}
    assert {f"{city}/index.html" for city in site_cities} <= links


def test_kindergarten_figures_are_the_publishers(built_site, site_cities, shared):
    """Every domain, level and year of the workbook, read here without the ingest code."""
    folder = shared / "sources" / "kindergarten-entrance-inventory"
    workbook = openpyxl.load_workbook(
        folder / "KEI_201415_to_202526_public.xlsx", read_only=True, data_only=True
    )
    sheet = workbook["KEI Data - All Years"]
    lines = list(sheet.iter_rows(min_row=3, values_only=True))
    workbook.close()
    domains = {
        "LA": "language",
        "LI": "literacy",
        "NU": "numeracy",
        "PR": "personal_social",
        "PH": "physical_motor",
        "CR": "creative",
    }
    compared = 0
    for city in site_cities:
        table = rows(built_site, city)
        for line in lines[1:]:
            if line[2] != f"{CITIES[city]} School District":
                continue
            for heading, value in zip(lines[0][3:], line[3:], strict=True):
                level = heading[-1]
                if level == "2":
                    continue
                indicator = f"kindergarten_{domains[heading[:2]]}_level{level}"
                row = table[(indicator, city, str(line[0]), "all", "all")]
                assert float(row["estimate"]) == pytest.approx(value, abs=1e-12)
                compared += 1
    assert compared == len(site_cities) * 12 * 12


def test_graduation_rates_are_the_publishers(built_site, site_cities, shared):
    """All districts' all-students files by position: cohort, graduates, rate."""
    folder = shared / "sources" / "four-year-graduation-district" / "raw"
    compared = 0
    for file in sorted(folder.glob("*_all-students_grad.csv")):
        period = re.search(r"__(\d{4}-\d{2})_", file.name)[1]
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for line in csv.reader(stream):
                city = line[0].removesuffix(" School District").lower() if line else ""
                if city not in site_cities:
                    continue
                row = rows(built_site, city)[("graduation_4yr", city, period, "all", "all")]
                cohort, graduates, rate = line[-3:]
                assert float(row["denominator"]) == float(cohort)
                assert float(row["numerator"]) == float(graduates)
                assert as_shown(row["estimate"], 100, 1) == f"{Decimal(rate):.1f}"
                compared += 1
    assert compared >= len(site_cities) * 5
