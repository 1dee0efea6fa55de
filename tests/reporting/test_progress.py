from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from c2c_lib.reporting.inputs import Inputs
from c2c_lib.reporting.manifest import Manifest
from c2c_lib.reporting.plan import make_plan, plan_jobs
from c2c_lib.reporting.progress import Progress


def written(made: Any, city_info: Any, *, terminal: bool) -> str:
    jobs = plan_jobs(made.project, {"norwalk": city_info("norwalk", "Norwalk")})
    steps = make_plan(jobs, Inputs(made.project, made.store), Manifest(), made.project)
    stream = io.StringIO()
    with Progress(
        Console(file=stream, force_terminal=terminal, color_system=None, width=120)
    ) as progress:
        progress.planned(steps)
        progress.started(jobs[0].id)
        progress.finished(jobs[0].id, 1.25, failed=True)
        progress.stage("checking the site")
    return stream.getvalue()


def test_a_file_gets_one_line_per_page_and_no_control_characters(made: Any, city_info: Any) -> None:
    assert written(made, city_info, terminal=False) == "norwalk/report_card-en failed (1.2 s)\n"


def test_a_terminal_also_gets_a_bar(made: Any, city_info: Any) -> None:
    text = written(made, city_info, terminal=True)
    assert "norwalk/report_card-en failed (1.2 s)" in text
    assert "1/1" in text
    assert "checking the site" in text
