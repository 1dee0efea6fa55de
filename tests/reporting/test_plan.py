from __future__ import annotations

import shutil
from typing import Any

import pytest

from c2c_lib.errors import InputError
from c2c_lib.reporting.inputs import Inputs
from c2c_lib.reporting.manifest import JobRecord, Manifest
from c2c_lib.reporting.plan import make_plan, page_address, plan_jobs
from c2c_lib.reporting.task import RESULT


def test_one_job_per_page_city_and_language(made: Any, city_info: Any, notebook: Any) -> None:
    about_all = notebook()
    about_all.cells[0].source = 'language = "en"'
    made.write(about_all, "compare")
    made.write(notebook(), "our_promises")
    cities = {
        "bridgeport": city_info("bridgeport", "Bridgeport", ("en", "es")),
        "norwalk": city_info("norwalk", "Norwalk"),
    }

    jobs = plan_jobs(made.project, cities)

    assert {job.address for job in jobs} == {
        "bridgeport/index.html",
        "bridgeport/our-promises/index.html",
        "compare/index.html",
        "es/bridgeport/index.html",
        "es/bridgeport/our-promises/index.html",
        "es/compare/index.html",
        "norwalk/index.html",
        "norwalk/our-promises/index.html",
    }
    assert len({job.id for job in jobs}) == len(jobs)
    assert {job.page for job in jobs[:3]} == {"report_card"}
    compare = next(job for job in jobs if job.page == "compare")
    assert compare.parameters == {"language": compare.language}


def test_a_page_without_language_stands_in_the_default_language_only(
    made: Any, city_info: Any, notebook: Any
) -> None:
    content = notebook()
    content.cells[0].source = 'city = "bridgeport"'
    made.write(content)
    cities = {"bridgeport": city_info("bridgeport", "Bridgeport", ("en", "es"))}

    jobs = plan_jobs(made.project, cities)

    assert [job.parameters for job in jobs] == [{"city": "bridgeport"}]


def test_collects_the_problems_of_the_command_line_and_of_every_notebook(
    made: Any, city_info: Any
) -> None:
    folder = made.project.root / "notebooks" / "report"
    (folder / "torn.ipynb").write_text('{"cells": [')
    (folder / "bare.ipynb").write_text('{"cells": []}')
    cities = {"bridgeport": city_info("bridgeport", "Bridgeport")}

    with pytest.raises(InputError) as caught:
        plan_jobs(made.project, cities, ["brigeport", "hartford"])

    wheres = [problem.where for problem in caught.value.problems]
    assert wheres == ["command line", "command line", "bare.ipynb", "torn.ipynb"]
    remedies = [problem.remedy for problem in caught.value.problems]
    assert remedies[:2] == ["did you mean 'bridgeport'?", "Add it with: c2c new-city hartford"]


def test_the_plan_names_every_input_that_changed(made: Any, city_info: Any) -> None:
    cities = {"bridgeport": city_info("bridgeport", "Bridgeport")}
    jobs = plan_jobs(made.project, cities)
    inputs = Inputs(made.project, made.store)
    now = inputs.of_page(jobs[0].notebook, "bridgeport")
    old = {**now, "data": "0", "notebook": "0"}
    manifest = Manifest(jobs={jobs[0].id: JobRecord(old, 1.0)})
    folder = jobs[0].folder(made.project.build)

    (gone,) = make_plan(jobs, inputs, manifest, made.project)
    assert (gone.action, gone.reason) == ("run", "its result is gone")

    folder.mkdir(parents=True)
    (folder / RESULT).write_text("{}")
    (changed,) = make_plan(jobs, inputs, manifest, made.project)
    assert (changed.action, changed.reason) == ("run", "changed: notebook, data")

    same = Manifest(jobs={jobs[0].id: JobRecord(now, 1.0)})
    (kept,) = make_plan(jobs, inputs, same, made.project)
    assert kept.action == "reuse"
    (forced,) = make_plan(jobs, inputs, same, made.project, force=True)
    assert forced.action == "run"


def test_a_city_whose_result_is_gone_but_is_on_the_site_runs_although_not_asked_for(
    made: Any, city_info: Any
) -> None:
    cities = {slug: city_info(slug, slug.title()) for slug in ("bridgeport", "norwalk")}
    jobs = plan_jobs(made.project, cities)
    inputs = Inputs(made.project, made.store)

    def planned() -> list[str]:
        steps = make_plan(jobs, inputs, Manifest(), made.project, selected=["norwalk"])
        return [step.job.city for step in steps]

    assert planned() == ["norwalk"]
    page = made.project.site / page_address("report_card", "bridgeport", "en")
    page.parent.mkdir(parents=True)
    page.write_text("old")
    assert planned() == ["bridgeport", "norwalk"]


def test_the_downloads_of_a_city_are_made_once_per_language(made: Any, city_info: Any) -> None:
    source = made.project.notebooks[0]
    shutil.copy(source, source.with_name("neighborhoods.ipynb"))
    cities = {"bridgeport": city_info("bridgeport", "Bridgeport", ("en", "es"))}
    jobs = plan_jobs(made.project, cities)
    steps = make_plan(jobs, Inputs(made.project, made.store), Manifest(), made.project)
    assert [(s.job.page, s.job.language) for s in steps if s.downloads] == [
        ("report_card", "en"),
        ("report_card", "es"),
    ]


def test_a_page_about_every_city_is_left_out_while_one_city_is(
    made: Any, city_info: Any, notebook: Any
) -> None:
    about_all = notebook()
    about_all.cells[0].source = 'language = "en"'
    about_all.metadata["c2c"] = {"cities": "all"}
    made.write(about_all, "compare")
    cities = {slug: city_info(slug, slug.title()) for slug in ("bridgeport", "norwalk")}
    jobs = plan_jobs(made.project, cities)
    inputs = Inputs(made.project, made.project.root)

    def planned(selected: tuple[str, ...]) -> set[str]:
        steps = make_plan(jobs, inputs, Manifest(), made.project, selected=selected)
        return {step.job.address for step in steps}

    assert planned(("norwalk",)) == {"norwalk/index.html"}
    assert "compare/index.html" in planned(())
    assert "compare/index.html" in planned(("norwalk", "bridgeport"))


def test_pages_of_no_city_are_in_the_languages_of_the_cities_that_are_built(
    made: Any, city_info: Any, notebook: Any
) -> None:
    about_none = notebook()
    about_none.cells[0].source = 'language = "en"'
    made.write(about_none, "codebook")
    cities = {
        "bridgeport": city_info("bridgeport", "Bridgeport", ("en", "es")),
        "hartford": city_info("hartford", "Hartford"),
    }
    jobs = plan_jobs(made.project, cities)
    inputs = Inputs(made.project, made.project.root)

    def planned(*selected: str) -> set[str]:
        steps = make_plan(jobs, inputs, Manifest(), made.project, selected=selected)
        return {step.job.address for step in steps}

    assert planned("hartford") == {"hartford/index.html", "codebook/index.html"}
    assert "es/codebook/index.html" in planned("bridgeport")


def test_one_page_for_each_outcome_of_the_network(made: Any, city_info: Any, notebook: Any) -> None:
    about_one = notebook()
    about_one.cells[0].source = 'outcome = "employment"\nlanguage = "en"'
    made.write(about_one, "outcome")
    jobs = plan_jobs(made.project, {"norwalk": city_info("norwalk", "Norwalk")})
    pages = [job for job in jobs if job.page == "outcome"]
    assert len(pages) == len({job.id for job in pages}) == 7
    assert "outcomes/early-grade-reading/index.html" in {job.address for job in pages}
    assert all(job.parameters["outcome"] == job.outcome for job in pages)
