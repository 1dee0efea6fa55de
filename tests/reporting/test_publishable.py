from __future__ import annotations

import html
import pickle
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from c2c_lib.errors import Problems
from c2c_lib.reporting.publishable import (
    NotPublishableError,
    body_cells,
    headings_of,
    html_of,
    make_publishable,
    page_from_html,
    title_of,
)


def shown(shows: str, **extra: Any) -> Any:
    output = new_output("execute_result", {"text/html": shows, "text/plain": "Secret()"})
    return new_code_cell("secret = 'code'", outputs=[output], execution_count=7, **extra)


def test_keeps_prose_and_html_and_nothing_else(notebook: Callable[..., Any]) -> None:
    cell = shown("<p>31 %</p>")
    cell.metadata["papermill"] = {"start_time": "2026-01-01", "duration": 1.5}
    executed = notebook(shown("<h1>Norwalk</h1>"), new_markdown_cell("## Who?\n\nAll."), cell)
    executed.metadata["papermill"] = {"input_path": "/home/someone/report_card.ipynb"}
    executed.cells.append(new_raw_cell("raw secret"))

    page = make_publishable(executed, "en")

    text = nbformat.writes(page.notebook)
    for leak in ("secret", "Secret", "papermill", "someone", "2026-01-01", "bridgeport", '"code"'):
        assert leak not in text
    assert title_of(page.notebook) == "Norwalk"
    assert body_cells(page.notebook) == ["## Who?\n\nAll.", "```{=html}\n<p>31 %</p>\n```"]
    assert {cell.cell_type for cell in page.notebook.cells[1:]} == {"markdown"}


def test_the_same_outputs_give_the_same_bytes(notebook: Callable[..., Any]) -> None:
    pages = [make_publishable(notebook(shown("<h1>A</h1>")), "en") for _ in range(2)]
    assert nbformat.writes(pages[0].notebook) == nbformat.writes(pages[1].notebook)


@given(st.text(alphabet="`<>{}=ab \n*_$&é", max_size=60))
def test_html_comes_back_as_it_went_in(text: str) -> None:
    page = page_from_html(f"<h1>T</h1><div>{text}</div>", "en")
    (source,) = body_cells(page.notebook)
    assert html_of(source) == f"<div>{text}</div>"


def test_the_title_comes_from_html_first_and_leaves_the_body(notebook: Callable[..., Any]) -> None:
    heading = new_markdown_cell("# Working title\n\n```\n# a comment\n```\n\nProse.")
    executed = notebook(
        heading, shown('<header><h1 id="t">Norwalk &amp; <em>all</em></h1></header>')
    )

    page = make_publishable(executed, "en")

    assert title_of(page.notebook) == "Norwalk & all"
    assert body_cells(page.notebook) == [
        "```\n# a comment\n```\n\nProse.",
        "```{=html}\n<header></header>\n```",
    ]
    assert title_of(make_publishable(notebook(heading), "en").notebook) == "Working title"


@pytest.mark.parametrize("title", ['A "quoted": title', "# not a comment", "ñ – ¿qué?", "a: b"])
def test_any_title_is_valid_front_matter(title: str) -> None:
    page = page_from_html(f"<h1>{html.escape(title)}</h1><p>x</p>", "es")
    front = page.notebook.cells[0].source.strip("-\n")
    assert yaml.safe_load(front) == {"title": title, "lang": "es"}


def test_cells_for_one_language_and_cells_for_nobody(notebook: Callable[..., Any]) -> None:
    cells = [shown("<h1>T</h1>")]
    for source, tag in (("## Who?", "lang-en"), ("## ¿Quién?", "lang-es"), ("## X", "remove-cell")):
        cell = new_markdown_cell(source)
        cell.metadata["tags"] = [tag]
        cells.append(cell)
    removed = shown("<p>removed</p>")
    removed.metadata["tags"] = ["remove-cell"]
    executed = notebook(*cells, removed)

    assert headings_of(make_publishable(executed, "es").notebook) == [(2, "¿Quién?")]
    assert headings_of(make_publishable(executed, "en").notebook) == [(2, "Who?")]
    assert "removed" not in nbformat.writes(make_publishable(executed, "en").notebook)


def test_headings_are_read_from_prose_and_html_but_not_from_code() -> None:
    body = "<h1>T</h1><h2 class='x'>One <b>two</b></h2><h3>&lt;5 %</h3>"
    notebook = page_from_html(body, "en").notebook
    notebook.cells.append(new_markdown_cell("### *Three* `x` ###\n\n~~~\n## no\n~~~\n\n#hash"))
    assert headings_of(notebook) == [(2, "One two"), (3, "<5 %"), (3, "Three x")]


def test_every_problem_of_every_cell_is_reported_with_its_heading(
    notebook: Callable[..., Any],
) -> None:
    cells = [
        shown("<h1>T</h1>"),
        new_markdown_cell("## First"),
        new_code_cell("x", outputs=[new_output("stream", name="stderr", text="careful\n")]),
        new_markdown_cell("## Second"),
        new_code_cell("y", outputs=[new_output("error", ename="E", evalue="v", traceback=[])]),
        new_code_cell("z", outputs=[new_output("display_data", {"image/png": "AA=="})]),
        shown('<table class="dataframe"></table>'),
        shown('<img src="data:image/png;base64,AA==" alt="x">'),
    ]
    with pytest.raises(NotPublishableError) as caught:
        make_publishable(notebook(*cells), "en")

    wheres = [problem.where for problem in caught.value.problems]
    assert wheres == [
        "cell 5 under 'First'",
        "cell 7 under 'Second'",
        "cell 8 under 'Second'",
        "cell 9 under 'Second'",
        "cell 10 under 'Second'",
    ]
    assert caught.value.cell == 4


def test_the_error_travels_between_processes() -> None:
    problems = Problems()
    problems.add("cell 1", "shows an error")
    copy = pickle.loads(pickle.dumps(NotPublishableError(problems, 0)))  # noqa: S301
    assert (str(copy), copy.cell) == ("cell 1: shows an error", 0)


def test_a_page_without_a_title_is_refused(notebook: Callable[..., Any]) -> None:
    with pytest.raises(NotPublishableError, match="no title"):
        make_publishable(notebook(shown("<p>1</p>")), "en")
