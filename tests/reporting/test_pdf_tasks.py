from __future__ import annotations

from pathlib import Path

import pytest

from c2c_lib.errors import InputError
from c2c_lib.reporting.pdf_tasks import pdf_tasks


@pytest.fixture
def cities(city_info):
    return {
        "norwalk": city_info("norwalk", "Norwalk", ("en", "es")),
        "stamford": city_info("stamford", "Stamford", ("en",)),
        "waterbury": city_info("waterbury", "Waterbury", ("en",)),
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for folder in ("", "norwalk", "norwalk/one-page", "es/norwalk", "stamford"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "index.html").touch()
    (tmp_path / "es/norwalk/one-page").mkdir()
    (tmp_path / "es/norwalk/one-page/index.html").touch()
    return tmp_path


def test_a_city_has_a_card_and_a_sheet_in_every_language(site, cities):
    tasks = pdf_tasks(site, cities, ["norwalk"], (), "a4")
    assert [(task.address, task.name, task.one_sheet) for task in tasks] == [
        ("norwalk/index.html", "norwalk-report-card-en-a4.pdf", False),
        ("norwalk/one-page/index.html", "norwalk-one-page-en-a4.pdf", True),
        ("es/norwalk/index.html", "norwalk-report-card-es-a4.pdf", False),
        ("es/norwalk/one-page/index.html", "norwalk-one-page-es-a4.pdf", True),
    ]
    assert {task.paper for task in tasks} == {"a4"}


def test_each_part_of_the_frame_that_the_site_has_a_sheet_of_is_printed(site, cities):
    for part in ("work", "early-years"):
        (site / "norwalk/one-page" / part).mkdir()
        (site / "norwalk/one-page" / part / "index.html").touch()
    tasks = pdf_tasks(site, cities, ["norwalk"], ["en"], "a4")
    assert [(task.address, task.name, task.one_sheet) for task in tasks[2:]] == [
        (
            f"norwalk/one-page/{part}/index.html",
            f"norwalk-one-page-{part}-en-a4.pdf",
            True,
        )
        for part in ("early-years", "work")
    ]


def test_one_language_and_only_the_sheets(site, cities):
    tasks = pdf_tasks(site, cities, ["norwalk", "norwalk"], ["es"], "letter", only_one_page=True)
    assert [task.name for task in tasks] == ["norwalk-one-page-es-letter.pdf"]


def test_all_cities_are_those_on_the_site_and_all_that_is_missing_is_told(site, cities):
    with pytest.raises(InputError) as caught:
        pdf_tasks(site, cities, (), (), "letter")
    (problem,) = caught.value.problems
    assert problem.where == "stamford/one-page/index.html"
    assert problem.remedy == "Run `c2c build stamford` first."


def test_every_problem_is_told_at_once(site, cities):
    with pytest.raises(InputError) as caught:
        pdf_tasks(site, cities, ["norwak", "waterbury"], ["fr", "en"], "letter")
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 4
    assert told[0] == "--language: no page is in it: got 'fr'; allowed: en, es"
    assert "did you mean 'norwalk'?" in told[1]
    assert told[2].startswith("waterbury/index.html: is not on the site")
    assert told[3].startswith("waterbury/one-page/index.html: is not on the site")


def test_without_a_site_the_remedy_is_to_build(tmp_path, cities):
    with pytest.raises(InputError, match="Run `c2c build` first"):
        pdf_tasks(tmp_path / "none", cities, (), (), "letter")
