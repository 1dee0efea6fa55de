"""The whole figure: what may be told apart, what is striped, what is hidden, and ties."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.maps.areas import areas_of
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.place_map import Ground, place_map
from c2c_lib.language import language
from support.synthetic import EN, numbers, words
from support.world import made_up_city

from .conftest import CATALOG, POVERTY, ROWS, TRACTS, figures_of, tract

CLASSES = MapClasses((0.095, 0.295))


def made(ground: Ground, *rows: dict, **options) -> BeautifulSoup:
    html = place_map(
        made_up_city(), POVERTY, figures_of(*rows), ground, CLASSES, EN, CATALOG, **options
    )
    return BeautifulSoup(html, "html.parser")


def test_only_areas_that_can_be_acted_on_are_in_the_sentence(ground):
    assert words(made(ground, *ROWS).p) == (
        "By area, from 10% to 40% of children under 18 lived in poverty. 1 of 6 areas in "
        "Norwalk is left out, because its margin of error is very wide. Its figure is too weak to "
        "act on. Do not single it out."
    )


def test_the_words_of_the_map_give_the_same_numbers(ground):
    soup = made(ground, *ROWS)
    alt = soup.svg["aria-label"]
    assert alt == (
        "Map of Norwalk by census tract: Children in poverty, 2019-2023. Areas: 6; from 10% to 40% "
        "where it is strong enough to act on; too weak to act on: 1."
    )
    assert {n for n in numbers(alt) if "%" in n} <= set(numbers(words(soup.p)))


def test_every_area_says_value_margin_count_and_quality(ground):
    titles = [area.title.get_text() for area in made(ground, *ROWS).select(".area")]
    assert titles == [
        "Tract 1: 40.0%; give or take 4.0 points; about 400 of 1,000; Strong",
        "Tract 0: 10.0%; give or take 2.0 points; about 100 of 1,000; Use with care",
        "Tract 2: 2.0%; give or take 3.0 points; about 20 of 1,000; Too weak to act on",
        "Tract 3: Not shown (the publisher hides it to protect children)",
        "Tract 4: No figure",
        "Tract 5: No figure",
    ]


def test_the_map_and_its_table_are_in_one_order_and_say_the_same(ground):
    soup = made(ground, *ROWS)
    rows = soup.tbody.find_all("tr")
    assert [row.th.get_text() for row in rows] == [
        area.title.get_text().partition(":")[0] for area in soup.select(".area")
    ]
    cells = [[c.get_text() for c in row.find_all("td")] for row in rows]
    why = "Not shown (the publisher hides it to protect children)"
    assert cells[:4] == [
        ["40.0%", "4.0", "1", "400 of 1,000", "Strong"],
        ["10.0%", "2.0", "2", "100 of 1,000", "Use with care"],
        ["2.0%", "3.0", "3", "20 of 1,000", "Too weak to act on"],
        [why, "Not shown", "Not shown", "Not shown", "Not shown"],
    ]


def test_a_weak_figure_without_a_margin_says_what_the_publisher_printed(ground):
    said = "The median is above 250,000 dollars; the Census Bureau prints no higher one."
    soup = made(ground, tract(0, (100, 1000), 0.02), tract(1, (400, 1000), None) | {"note": said})
    weak = next(r for r in soup.tbody.find_all("tr") if r.th.get_text() == "Tract 1")
    assert [c.get_text() for c in weak.find_all("td")][1] == said
    assert said.removesuffix(".") in soup.select_one(".area").title.get_text()


def test_ranks_that_overlap_are_said_to_be_tied(ground):
    rows = [tract(0, (100, 1000), 0.02), tract(1, (120, 1000), 0.02), tract(2, (400, 1000), 0.02)]
    soup = made(ground, *rows)
    assert [r.find_all("td")[2].get_text() for r in soup.tbody.find_all("tr")][:3] == [
        "1",
        "2 to 3",
        "2 to 3",
    ]
    assert "ranks that overlap are ties" in words(soup.caption)


def test_fills_are_class_stripes_dots_and_nothing(ground):
    areas = {a["data-quality"]: a["fill"] for a in made(ground, *ROWS).select(".area")}
    assert areas["strong"] == CLASSES.colors[2]
    assert areas["use_with_care"] == CLASSES.colors[1]
    assert areas["too_weak"] == "url(#tract-child-poverty-map-weak0)"
    assert areas["hidden"] == "url(#tract-child-poverty-map-hidden)"
    assert areas["missing"] == "#ffffff"


def test_every_pattern_that_is_used_is_there_once(ground):
    soup = made(ground, *ROWS)
    ids = [p["id"] for p in soup.find_all("pattern")]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"url\(#([^)]+)\)", str(soup)))
    assert used == set(ids)


def test_the_legend_lists_every_class_and_only_patterns_that_are_drawn(ground):
    def entries(*rows: dict) -> list[str]:
        return [words(item) for item in made(ground, *rows).select(".legend li")]

    every = ["9% or less", "10 to 29%", "30% or more"]
    assert entries(*ROWS) == [
        *every,
        "Striped: the margin of error is too wide to act on the figure",
        "Dotted: not shown, to protect children",
        "White: there is no figure",
    ]
    six = [tract(i, (400, 1000), 0.02) for i in range(6)]
    assert entries(*six) == every


def test_the_caption_names_only_what_is_drawn(ground):
    caption = words(made(ground, *ROWS).figcaption)
    assert "Striped areas are too weak to act on. Dotted areas are not shown." in caption
    plain = words(made(ground, *ROWS[:2]).figcaption)
    assert plain.endswith("The classes are the same for all cities.")


def test_where_every_area_is_weak_no_range_is_given(ground):
    soup = made(ground, ROWS[2])
    assert "%" not in soup.svg["aria-label"]
    assert "runs from" not in words(soup.p)


def test_a_city_without_figures_says_so(ground):
    html = place_map(made_up_city(), POVERTY, (), ground, CLASSES, EN, CATALOG)
    assert words(html) == "There are no figures by census tract for Norwalk."


def test_a_figure_without_a_shape_is_refused(ground):
    short = Ground("tract", ground.shapes.iloc[1:], ground.around)
    with pytest.raises(ValueError, match=f"{TRACTS[0].geo_id} find no area"):
        place_map(made_up_city(), POVERTY, figures_of(*ROWS), short, CLASSES, EN, CATALOG)


def test_names_scale_and_neighbours_are_on_it(ground):
    svg = made(ground, *ROWS).svg
    texts = [text.get_text(" ") for text in svg.find_all("text")]
    assert {"Old Town", "Hill & Dale"} <= set(texts)
    assert "1 mile" in texts
    assert "Home" not in texts


def test_the_scale_is_a_mile_on_the_ground(ground):
    svg = made(ground, *ROWS).svg
    (length,) = re.findall(r"v10h(\d+)v-10", str(svg))
    # Six miles with a twentieth of them on both sides are a thousand units.
    assert int(length) == round(1000 / (6 * 1.1))


def test_it_is_named_described_and_holds_no_script(ground):
    soup = made(ground, *ROWS)
    assert soup.svg["aria-describedby"] == soup.table["id"] == "tract-child-poverty"
    assert soup.svg["role"] == "group"
    assert {area["role"] for area in soup.select(".area")} == {"img"}
    assert not soup.find_all("script")
    assert not re.search(r"\son\w+=", str(soup))
    hint = soup.select_one(".map-say")
    assert hint["aria-hidden"] == "true"
    assert hint.get_text() == ""  # without the script there is no empty promise


def test_a_closed_table_names_itself(ground):
    soup = made(ground, *ROWS, closed=True)
    assert words(soup.details.summary) == "Show the table: Children in poverty, 2019-2023"
    assert soup.details.table is not None


def test_the_same_map_gives_the_same_characters(ground):
    assert str(made(ground, *ROWS)) == str(made(ground, *ROWS))


def test_alternative_text_is_neither_short_nor_long(ground):
    areas = areas_of(ground.names, figures_of(*ROWS), POVERTY, EN, CATALOG)
    with pytest.raises(ValueError, match="has 3 characters"):
        draw_map("m", ground.shapes.geometry, areas, CLASSES, ground.around, EN, alt="Map")


def test_type_is_enlarged_on_a_phone(project_root: Path):
    css = (project_root / "reports/assets/c2c.css").read_text(encoding="utf-8")
    (rule,) = re.findall(r"max-width: 36rem\) \{ svg\.map text \{ font-size: (\d+)px", css)
    # On 360 pixels the picture is about 328 wide: at least 11 pixels, and the room is kept.
    assert int(rule) * 328 / 1000 >= 11


def test_words_come_from_the_language(ground):
    assert language("en").code == "en"
    names = {area.name for area in areas_of(ground.names, [], POVERTY, EN, CATALOG)}
    assert names == set(ground.names.values())
