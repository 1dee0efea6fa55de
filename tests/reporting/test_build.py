from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell

from c2c_lib.errors import BuildError, InputError
from c2c_lib.params import load_cities
from c2c_lib.reporting.build import BuildOptions, BuildReport, Observer, build, plan_build
from c2c_lib.reporting.failure import BuildFailedError, CheckFailedError
from c2c_lib.reporting.lock import only_build


def front_page(cities, language, _news):
    """A front page that leads to the cities alone: this project has no other page."""
    links = "".join(
        f'<li><a href="{city.slug}/index.html">{city.name}</a> {city.partnership.name}</li>'
        for city in cities
    )
    return f"<h1>Cities ({language})</h1><p>Each has a card.</p><ul>{links}</ul>"


def run(made: Any, **options: Any) -> BuildReport:
    return build(
        made.project,
        load_cities(),
        BuildOptions(renderer="nbconvert", **options),
        {"": front_page},
        made.store,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def bilingual(made: Any, slug: str = "bridgeport", **words: str) -> None:
    """Give a city pages in Spanish, and other words where they are named."""
    file = made.project.city_file(slug)
    text = file.read_text(encoding="utf-8").replace("languages:\n- en\n", "languages: [en, es]\n")
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.mark.thorough
def test_a_page_is_made_in_every_language_of_its_city(made: Any) -> None:
    bilingual(made)
    report = run(made)
    assert {"bridgeport/report_card-en", "bridgeport/report_card-es"} <= set(report.outcomes)
    page = made.project.site / "es" / "bridgeport" / "index.html"
    assert 'lang="es"' in page.read_text(encoding="utf-8")
    described = json.loads((page.parent / "data/datapackage.json").read_text(encoding="utf-8"))
    assert described["title"] == "Bridgeport: indicadores de la cuna al empleo"


def test_words_without_a_translation_are_told_before_anything_runs(made: Any) -> None:
    bilingual(made, cradle="pram")
    made.project.template.write_text('{{ text("Unheard of") }}', encoding="utf-8")
    with pytest.raises(InputError) as raised:
        run(made)
    told = str(raised.value)
    assert "This card follows the seven pram-to-career outcomes" in told
    assert "params/bridgeport.yml" in told
    assert "'Unheard of'" in told
    assert "c2c messages" in told
    assert not made.project.site.exists()


def test_builds_every_city_with_its_own_name_pictures_and_numbers(made: Any) -> None:
    report = run(made)

    assert report.changed
    site = made.project.site
    assert sorted(contents(site)) == [
        "assets/c2c.css",
        "bridgeport/assets/bridgeport-graduation-trend.svg",
        "bridgeport/data/citation.bib",
        "bridgeport/data/citation.json",
        "bridgeport/data/codebook.json",
        "bridgeport/data/data-dictionary.csv",
        "bridgeport/data/datapackage.json",
        "bridgeport/data/index.html",
        "bridgeport/data/indicators.csv",
        "bridgeport/data/indicators.xlsx",
        "bridgeport/data/rows/graduation_4yr.csv",
        "bridgeport/index.html",
        "index.html",
        "norwalk/assets/norwalk-graduation-trend.svg",
        "norwalk/data/citation.bib",
        "norwalk/data/citation.json",
        "norwalk/data/codebook.json",
        "norwalk/data/data-dictionary.csv",
        "norwalk/data/datapackage.json",
        "norwalk/data/index.html",
        "norwalk/data/indicators.csv",
        "norwalk/data/indicators.xlsx",
        "norwalk/data/rows/graduation_4yr.csv",
        "norwalk/index.html",
        "search/index.html",
    ]
    for slug, name, other in (
        ("bridgeport", "Bridgeport", "Norwalk"),
        ("norwalk", "Norwalk", "Bridgeport"),
    ):
        page = BeautifulSoup((site / slug / "index.html").read_text(), "html.parser")
        assert page.h1.text == f"{name} report card"
        assert other not in page.main.text
        assert [h.text for h in page.find_all("h2")] == ["Do they graduate?", "Get the numbers"]
        assert page.img["src"] == f"assets/{slug}-graduation-trend.svg"
        described = json.loads((site / slug / "data/datapackage.json").read_text())
        assert name in described["title"]
        # Three of thirty is a small cell of our own invention: the gate must have hidden it.
        table = (site / slug / "data/indicators.csv").read_text()
        assert "suppressed_small" in table


def test_nothing_of_the_machine_or_of_the_code_is_published(made: Any) -> None:
    run(made)

    for name, content in contents(made.project.site).items():
        text = content.decode(errors="replace")
        assert str(made.project.root) not in text, name
        assert "class Shown" not in text, name
        assert "papermill" not in text, name


def test_a_second_build_does_nothing_and_a_changed_input_runs_its_readers_only(made: Any) -> None:
    run(made)
    before = contents(made.project.site)

    second = run(made)
    assert not second.changed
    assert second.outcomes == {}

    file = made.project.city_file("norwalk")
    file.write_text(file.read_text() + "\n# a remark\n")
    third = run(made)
    assert list(third.outcomes) == ["norwalk/report_card-en"]
    reasons = {step.job.city: step.reason for step in third.steps}
    assert reasons == {
        "bridgeport": "nothing it reads changed",
        "norwalk": "changed: parameters",
    }
    assert contents(made.project.site) == before


@pytest.mark.thorough
def test_a_changed_template_renders_again_but_executes_nothing(made: Any) -> None:
    run(made)
    template = made.project.template
    template.write_text(template.read_text().replace("<main>", '<main class="new">'))

    report = run(made)

    assert report.changed
    assert report.outcomes == {}
    assert '<main class="new">' in (made.project.site / "norwalk/index.html").read_text()


@pytest.mark.thorough
def test_a_site_that_was_edited_by_hand_is_made_again(made: Any) -> None:
    run(made)
    page = made.project.site / "index.html"
    page.write_text("edited")

    assert run(made).changed
    assert page.read_text() != "edited"


@pytest.mark.thorough
def test_one_city_alone_keeps_the_pages_of_the_others(made: Any) -> None:
    run(made)
    before = contents(made.project.site)
    for slug in ("bridgeport", "norwalk"):
        file = made.project.city_file(slug)
        file.write_text(file.read_text() + "\n# a remark\n")

    report = run(made, cities=("norwalk",))

    assert list(report.outcomes) == ["norwalk/report_card-en"]
    assert contents(made.project.site).keys() == before.keys()


@pytest.mark.thorough
def test_one_city_on_an_empty_site_is_published_without_the_others(made: Any) -> None:
    run(made, cities=("norwalk",))

    assert (made.project.site / "norwalk/index.html").is_file()
    assert not (made.project.site / "bridgeport").exists()


def test_a_crashing_cell_leaves_the_old_site_and_says_where(
    made: Any, notebook: Callable[..., Any], good: list[Any]
) -> None:
    run(made)
    before = contents(made.project.site)
    crash = new_code_cell("rates = {'all': 0.75}\nrates['rate_of_' + city]")
    made.write(notebook(*good, new_markdown_cell("## Who is left out?"), crash))

    with pytest.raises(BuildFailedError) as caught:
        run(made)

    assert contents(made.project.site) == before
    assert not list(made.project.site.parent.glob("_site.*"))
    assert {failure.city for failure in caught.value.failures} == {"bridgeport", "norwalk"}
    screen = str(caught.value)
    assert "KeyError: 'rate_of_norwalk'" in screen
    assert "Who is left out?" in screen
    assert "city=norwalk" in screen
    assert "| rates['rate_of_' + city]" in screen
    kept = made.project.root / "build/failed/norwalk/report_card-en.ipynb"
    assert f"jupyter lab {kept.relative_to(made.project.root)}" in screen
    failure = next(f for f in caught.value.failures if f.city == "norwalk")
    cells = json.loads(kept.read_text())["cells"]
    assert "".join(cells[failure.cell - 1]["source"]) == crash.source


@pytest.mark.thorough
def test_a_failure_does_not_cost_what_was_built_before(
    made: Any, notebook: Callable[..., Any], good: list[Any]
) -> None:
    run(made)
    file = made.project.notebooks[0]
    before = file.read_bytes()
    made.write(notebook(*good, new_code_cell("1 / 0 if city == 'norwalk' else None")))
    with pytest.raises(BuildFailedError):
        run(made)
    file.write_bytes(before)

    report = run(made)

    # Bridgeport ran with the changed notebook and runs again; Norwalk's old result still fits.
    assert list(report.outcomes) == ["bridgeport/report_card-en"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import sys; print('careful', file=sys.stderr)", "shows a warning or log"),
        ("import warnings; warnings.warn('old', stacklevel=1)", "shows a warning or log"),
        ("print('debug')", "shows printed text"),
        ("0.75", "not HTML"),
        ("Shown('<script>1</script>')", "a script"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_what_must_not_be_published_stops_the_build(
    made: Any, notebook: Callable[..., Any], good: list[Any], cell: str, words: str
) -> None:
    made.write(notebook(*good, new_code_cell(cell)))

    with pytest.raises(BuildFailedError, match=words):
        run(made, cities=("norwalk",))
    assert not made.project.site.exists()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Shown('<p>About nan children</p>')", "an empty value as Python prints it"),
        # Every check has its tests in test_check.py; one is enough to see that the build asks them.
        *(
            pytest.param(*each, marks=pytest.mark.thorough)
            for each in (
                ("Shown('<p>{city} is unknown</p>')", "a placeholder"),
                ("Shown('<p>See /home/someone/notes.txt</p>')", "an absolute path"),
                ("Shown('<h2>What else?</h2>')", "a section has no content"),
                ('Shown(\'<p id="a">1</p><p id="a">2</p>\')', "an id is not unique"),
                ("Shown('<a href=\"gone.html\">More</a>')", "a file that is not there"),
                (
                    'Shown(\'<img src="https://example.org/a.png" alt="A chart of it">\')',
                    "another server",
                ),
            )
        ),
    ],
)
def test_a_page_that_fails_a_check_is_not_published(
    made: Any, notebook: Callable[..., Any], good: list[Any], cell: str, words: str
) -> None:
    made.write(notebook(*good, new_code_cell(cell)))

    with pytest.raises(CheckFailedError, match=words):
        run(made, cities=("norwalk",))
    assert not made.project.site.exists()


def test_a_page_about_the_wrong_city_is_not_published(
    made: Any, notebook: Callable[..., Any], good: list[Any]
) -> None:
    made.write(notebook(new_code_cell("name = 'Bridgeport'"), *good))

    with pytest.raises(CheckFailedError, match="the h1 does not name Norwalk"):
        run(made, cities=("norwalk",))


@pytest.mark.thorough
def test_both_engines_give_identical_outputs(
    made: Any, notebook: Callable[..., Any], good: list[Any]
) -> None:
    cells = [
        new_code_cell("print('one'); Shown('<p>first</p>')"),
        new_code_cell("from IPython.display import display, HTML\ndisplay(HTML('<b>x</b>')); 3;"),
        new_code_cell(
            "import sys\nprint('a'); print('b', file=sys.stderr); print('c')\n{'k': [1]}"
        ),
        new_code_cell(""),
        new_code_cell("handle = display(HTML('old'), display_id='d')\nhandle.update(HTML('new'))"),
        new_code_cell("__name__, type(Shown).__module__, Shown.__module__"),
        new_code_cell("await __import__('asyncio').sleep(0, 'awaited')"),
        new_code_cell("import os; os.getcwd().endswith('.running'), os.environ['MPLBACKEND']"),
        new_code_cell("def broken():\n    raise ValueError('the end of ' + city)\nbroken()"),
    ]
    made.write(notebook(*good, *cells))
    found = {}
    for engine in ("fork", "kernel"):
        with pytest.raises(BuildFailedError) as caught:
            run(made, cities=("norwalk",), engine=engine)
        kept = json.loads((made.project.failed / "norwalk/report_card-en.ipynb").read_text())
        for cell in kept["cells"]:
            for output in cell.get("outputs", []):
                output.pop("traceback", None)  # holds temporary file names
        found[engine] = [
            (cell["source"], cell.get("outputs"), cell.get("execution_count"))
            for cell in kept["cells"]
        ]
        failure = caught.value.failures[0]
        assert (failure.error_type, failure.message) == ("ValueError", "the end of norwalk")

    assert len(found["fork"]) > len(cells)
    assert found["fork"] == found["kernel"]


@pytest.mark.thorough
def test_both_engines_publish_the_same_site(made: Any) -> None:
    run(made, engine="fork")
    before = contents(made.project.site)

    report = run(made, engine="kernel", force=True)

    assert len(report.outcomes) == 2
    assert contents(made.project.site) == before


@pytest.mark.thorough
def test_nothing_leaks_from_one_city_to_the_next(
    made: Any, notebook: Callable[..., Any], good: list[Any]
) -> None:
    leak = new_code_cell(
        "import c2c_lib, os\n"
        "assert not hasattr(c2c_lib, 'seen') and 'SEEN' not in os.environ\n"
        "c2c_lib.seen = city; os.environ['SEEN'] = city;"
    )
    made.write(notebook(leak, *good))

    assert len(run(made, jobs=1).outcomes) == 2


@pytest.mark.thorough
def test_builds_the_same_from_two_directories(
    made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    found = []
    for start in (made.project.root / "notebooks", tmp_path):
        monkeypatch.chdir(start)
        run(made, force=True)
        found.append(contents(made.project.site))
    assert found[0] == found[1]
    assert b"2026-01-01" in found[0]["index.html"]


@pytest.mark.thorough
def test_a_full_disk_while_the_site_is_written_leaves_the_old_one(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(made)
    before = contents(made.project.site)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copytree", full)
    with pytest.raises(BuildError, match="No space left on device"):
        run(made, force=True)
    assert contents(made.project.site) == before
    assert not list(made.project.site.parent.glob("_site.*"))


def test_a_folder_of_somebody_elses_is_never_built_over(made: Any, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds files that are no site"):
        build(
            replace(made.project, site=papers),
            load_cities(),
            BuildOptions(renderer="nbconvert"),
            {"": front_page},
            made.store,
        )
    assert [file.name for file in papers.iterdir()] == ["thesis.txt"]
    assert not made.project.build.exists()


def test_wrong_input_starts_nothing(
    made: Any, notebook: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = notebook()
    content.cells[0].source = 'citi = "bridgeport"\nlanguage = "en"'
    made.write(content, "progress")
    started: list[str] = []

    class Watch(Observer):
        def started(self, job: str) -> None:
            started.append(job)

    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(InputError) as caught:
        build(
            made.project,
            load_cities(),
            BuildOptions(cities=("norwlak",), renderer="nbconvert"),
            {"": front_page},
            made.store,
            Watch(),
        )
    assert [p.remedy for p in caught.value.problems] == [
        "did you mean 'norwalk'?",
        "did you mean 'city'?",
    ]
    assert started == []
    assert not made.project.build.exists()


def test_quarto_that_is_not_installed_is_an_input_error(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(InputError, match="Install Quarto"):
        plan_build(made.project, load_cities(), BuildOptions(renderer="quarto"), made.store)


@pytest.mark.thorough
def test_two_builds_of_one_project_do_not_mix(made: Any) -> None:
    with only_build(made.project.build), pytest.raises(BuildError, match="another build"):
        run(made)
    assert run(made).changed


@pytest.mark.thorough
def test_nothing_but_known_noise_is_kept_from_the_log(
    made: Any, notebook: Callable[..., Any], good: list[Any]
) -> None:
    made.write(notebook(*good, new_code_cell("import os; os.write(2, b'from a library\\n');")))
    logs = {}
    for engine in ("fork", "kernel"):
        report = run(made, cities=("norwalk",), engine=engine, force=True)
        logs[engine] = report.outcomes["norwalk/report_card-en"].log
    assert logs["fork"] == "from a library"
    assert "TCP" not in logs["kernel"]


def test_an_edition_that_does_not_read_starts_nothing(made: Any) -> None:
    made.project.edition.write_text("edition: 2026\ndate: soon\n")
    with pytest.raises(InputError, match=r"reports/site\.yml"):
        run(made)
    assert not made.project.build.exists()
