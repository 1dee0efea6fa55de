"""A page becomes smaller, and every figure still leads to its row."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.reporting.compact import compact_figures, drop_second_ids
from c2c_lib.reporting.html_document import read_html

NAMES = ["indicator", "place", "period", "dimension", "group"]


def figure(key: Iterable[str]) -> str:
    named = " ".join(f'data-{name}="{value}"' for name, value in zip(NAMES, key, strict=True))
    return f'<data value="1" {named} data-field="estimate" data-digits="0">1%</data>'


def keys(html: str) -> list[tuple[str | None, ...]]:
    figures = read_html(html).all("data")
    return [tuple(figure.named(f"data-{name}") for name in NAMES) for figure in figures]


def page(rows: list[list[tuple[str, ...]]]) -> str:
    body = "".join(
        f'<tr><th scope="row">r</th>{"".join(f"<td>{figure(key)}</td>" for key in row)}</tr>'
        for row in rows
    )
    return f'<p>{figure("abcde")}</p><table id="t"><tbody>{body}</tbody></table><p>end</p>'


def test_what_all_figures_of_a_table_share_stands_on_the_table():
    html = compact_figures(
        page([[("i", "p", "2019", "all", "all"), ("i", "p", "2020", "all", "x")]])
    )
    (table,) = read_html(html).all("table")
    assert table.attributes == {
        "id": "t",
        "data-indicator": "i",
        "data-place": "p",
        "data-dimension": "all",
    }
    assert 'data-digits="0"' in html
    assert "data-field" not in html


def test_what_a_row_shares_stands_on_the_row():
    rows = [[("i", "p", year, "all", "all"), ("i", "q", year, "all", "all")] for year in "12"]
    found = read_html(compact_figures(page(rows))).all("tr")
    assert [row.attributes for row in found] == [{"data-period": "1"}, {"data-period": "2"}]


def test_a_figure_by_itself_keeps_its_names():
    alone = page([[("i", "p", "2019", "all", "all")]])
    assert compact_figures(alone) == alone.replace(' data-field="estimate"', "")


def test_another_column_than_the_estimate_keeps_its_name():
    counted = page([[("i", "p", "2019", "all", "all")]]).replace('"estimate"', '"numerator"')
    assert compact_figures(counted) == counted


letters = st.sampled_from(["a", "b", "all"])
tables = st.lists(st.lists(st.tuples(*[letters] * 5), max_size=4), max_size=4)


@given(tables)
def test_every_figure_keeps_its_row(rows: list[list[tuple[str, ...]]]):
    before = page(rows)
    after = compact_figures(before)
    assert keys(after) == keys(before)
    assert read_html(after).text == read_html(before).text
    assert len(after) <= len(before)


@given(tables)
def test_compacting_twice_is_compacting_once(rows: list[list[tuple[str, ...]]]):
    once = compact_figures(page(rows))
    assert compact_figures(once) == once


def test_a_heading_keeps_its_id_only_where_its_section_has_none_or_a_link_names_it():
    page = (
        '<a href="#named">N</a><h2 id="alone">A</h2>'
        '<section class="entry" id="one"><h3 id="words-of-one">One</h3></section>'
        '<section id="two"><h3 id="named">Two</h3></section><section><h3 id="x">X</h3></section>'
    )
    assert drop_second_ids(page) == page.replace(' id="words-of-one"', "")
