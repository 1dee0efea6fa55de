"""Adding a city is adding a file: Hartford from `c2c new-city` to a built card."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def project(tmp_path, project_root):
    """A project of its own, so that the real params folder stays as it is."""
    for name in ("params", "notebooks", "reports", "geo"):
        ignored = shutil.ignore_patterns("_site*")
        shutil.copytree(project_root / name, tmp_path / name, ignore=ignored)
    return tmp_path


def c2c(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = shutil.which("c2c", path=str(Path(sys.executable).parent))
    assert command
    return subprocess.run(
        [command, *words],
        cwd=project,
        env={**os.environ, "C2C_HOME": str(project)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.thorough
def test_a_new_city_builds_from_the_figures_in_the_store(project):
    made = c2c(project, "new-city", "hartford")
    assert made.returncode == 0, made.stderr
    built = c2c(project, "build", "hartford")
    assert built.returncode == 0, built.stdout + built.stderr
    text = (project / "reports" / "_site" / "hartford" / "index.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert soup.h1.get_text().startswith("Hartford report card")
    assert soup.select_one('[data-place="hartford"][data-indicator="graduation_4yr"]')


def test_a_misspelt_city_is_refused_before_anything_runs(project):
    refused = c2c(project, "new-city", "hartfrod")
    assert refused.returncode == 2
    assert "did you mean 'hartford'" in refused.stderr
    refused = c2c(project, "build", "norwlk")
    assert refused.returncode == 2
    assert "did you mean 'norwalk'?" in refused.stderr
    assert not (project / "reports" / "_site").exists()
