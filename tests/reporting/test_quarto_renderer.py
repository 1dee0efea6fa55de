from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
import yaml

from c2c_lib.errors import BuildError, InputError
from c2c_lib.paths import project_root
from c2c_lib.reporting.page import PageContext, PageTemplate, SiteContext
from c2c_lib.reporting.publishable import page_from_html
from c2c_lib.reporting.quarto_renderer import render_site, write_project
from support.quarto import install, stand_in

SITE = SiteContext((("norwalk", "Norwalk"),), "1.0", "abc", "2026-01-31", "2026", "2026-01-31")


def context(address: str, title: str) -> PageContext:
    return PageContext(title, "en", "Costs $5", address)


@pytest.fixture
def work(tmp_path: Path) -> tuple[Path, list[tuple[PageContext, nbformat.NotebookNode]]]:
    template = tmp_path / "page.html.j2"
    template.write_text(
        '<html lang="{{ page.language }}"><title>{{ page.title }}</title>'
        "<p>{{ page.description }}</p><main>{{ body }}</main></html>"
    )
    pages = [
        (
            context("norwalk/index.html", 'Norwalk: "all"'),
            page_from_html('<h1>Norwalk: "all"</h1><p>31 % $x$</p>', "en").notebook,
        ),
        (context("index.html", "Home"), page_from_html("<h1>Home</h1><p>a</p>", "en").notebook),
    ]
    folder = tmp_path / "quarto"
    base = project_root() / "reports" / "_quarto.yml"
    write_project(folder, base, pages, PageTemplate(template), SITE)
    return folder, pages


def test_the_project_executes_nothing_and_loads_nothing_from_elsewhere(
    work: tuple[Path, list[object]],
) -> None:
    settings = yaml.safe_load((work[0] / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["project"]["type"] == "website"
    assert settings["project"]["render"] == ["norwalk/index.ipynb", "index.ipynb"]
    assert settings["execute"]["enabled"] is False
    html = settings["format"]["html"]
    assert html["theme"] == "none"
    assert html["minimal"] is True
    assert html["html-math-method"] == "plain"
    assert settings["website"]["search"] is False


def test_every_notebook_brings_title_language_and_its_own_template(
    work: tuple[Path, list[object]],
) -> None:
    notebook = nbformat.read(work[0] / "norwalk" / "index.ipynb", as_version=4)
    front = yaml.safe_load(notebook.cells[0].source.strip("-\n"))
    assert front["title"] == 'Norwalk: "all"'
    assert front["lang"] == "en"
    template = work[0] / "norwalk" / front["format"]["html"]["template"]
    text = template.read_text(encoding="utf-8")
    # A single dollar begins a variable in a Pandoc template; text must have none.
    assert text.count("$body$") == 1
    assert "Costs $$5" in text
    assert "$" not in text.replace("$$", "").replace("$body$", "")
    assert [cell.cell_type for cell in notebook.cells] == ["raw", "markdown"]
    assert notebook.metadata.kernelspec.language == "python"


def test_quarto_is_called_once_for_the_site(
    work: tuple[Path, list[object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, stand_in(), monkeypatch)
    rendered = render_site(*work)  # type: ignore[arg-type]
    assert (work[0] / "calls.txt").read_text().splitlines() == ["render --no-execute --to html"]
    assert set(rendered) == {"norwalk/index.html", "index.html"}
    assert "<p>31 % $x$</p>" in rendered["norwalk/index.html"]
    assert "<p>Costs $5</p>" in rendered["norwalk/index.html"]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo broken >&2; exit 3", "exit code 3:\nbroken"),
        ("exit 0", r"left out norwalk/index\.html, index\.html"),
    ],
)
def test_a_quarto_that_fails_or_leaves_pages_out_fails_the_build(
    work: tuple[Path, list[object]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    words: str,
) -> None:
    install(tmp_path, f"#!/bin/sh\n{script}\n", monkeypatch)
    with pytest.raises(BuildError, match=words):
        render_site(*work)  # type: ignore[arg-type]


def test_without_quarto_the_error_says_what_to_install(
    work: tuple[Path, list[object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="Install Quarto") as caught:
        render_site(*work)  # type: ignore[arg-type]
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("text", [None, "[]", "a: ["])
def test_a_project_file_that_does_not_read_is_wrong_input(tmp_path: Path, text: str | None) -> None:
    base = tmp_path / "_quarto.yml"
    if text is not None:
        base.write_text(text)
    (tmp_path / "page.html.j2").write_text("")
    template = PageTemplate(tmp_path / "page.html.j2")
    with pytest.raises(InputError, match=r"_quarto\.yml"):
        write_project(tmp_path / "work", base, [], template, SITE)
    assert not (tmp_path / "work").exists()
