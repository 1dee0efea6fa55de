"""Tables that a screen reader can follow."""

import re

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from c2c_lib.figures.table import Column, table

COLUMNS = [Column("Year", numeric=False, whole=True), Column("Norwalk, %"), Column("Why", False)]
ROWS = [["2018-19", "31.4%", "a"], ["2019-20", Markup("<em>none</em>"), "b & c"]]


def parsed(**changes):
    values = {"identifier": "t", "caption": "Readers", "columns": COLUMNS, "rows": ROWS}
    return BeautifulSoup(table(**values | changes), "html.parser")


def test_the_caption_names_table_and_region():
    soup = parsed()
    region = soup.find(role="region")
    caption = soup.table.caption
    assert caption.get_text() == "Readers"
    assert region["aria-labelledby"] == caption["id"]
    assert region["tabindex"] == "0"
    assert soup.table["id"] == "t"


def test_every_heading_has_a_scope_and_words():
    soup = parsed()
    assert [th["scope"] for th in soup.thead.find_all("th")] == ["col"] * 3
    assert [row.th["scope"] for row in soup.tbody.find_all("tr")] == ["row", "row"]
    assert all(th.get_text().strip() for th in soup.find_all("th"))


def test_cells_stand_under_their_columns():
    cells = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in parsed().find_all("tr")
    ]
    assert cells == [
        ["Year", "Norwalk, %", "Why"],
        ["2018-19", "31.4%", "a"],
        ["2019-20", "none", "b & c"],
    ]


def test_numbers_are_marked_for_the_right_edge():
    soup = parsed()
    assert [td.get("class") for td in soup.tbody.tr.find_all("td")] == [["number"], None]


def test_text_is_escaped_and_markup_is_kept():
    html = table("t", "A < B", [Column("x"), Column("y")], [["1 < 2", Markup("<b>3</b>")]])
    assert "A &lt; B" in html
    assert "1 &lt; 2" in html
    assert "<b>3</b>" in html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"caption": " "}, "table t has an empty caption or heading"),
        ({"columns": [Column(""), *COLUMNS[1:]]}, "table t has an empty caption or heading"),
        ({"rows": [ROWS[0], ["2019-20", "31.4%"]]}, "table t has 2 cells in row 2, but 3 columns"),
        ({"rows": [["", "1", "2"]]}, "table t has an empty cell in row 1; say why"),
        ({"rows": [["2018-19", "1", " "]]}, "table t has an empty cell in row 1; say why"),
    ],
)
def test_what_a_reader_would_miss_is_an_error(changes, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        parsed(**changes)


def test_on_a_phone_cells_can_carry_the_heading_of_their_column():
    labelled = parsed(narrow="label").table
    assert labelled["class"] == ["label"]
    assert [td["data-label"] for td in labelled.tbody.tr.find_all("td")] == ["Norwalk, %", "Why"]
    stacked = parsed(narrow="stack").table
    assert stacked["class"] == ["stack"]
    assert not stacked.find_all(attrs={"data-label": True})
    assert "class" not in parsed().table.attrs
