from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from c2c_lib import __version__
from c2c_lib.catalog import load_catalog
from c2c_lib.cli import app
from c2c_lib.observations import load_observations
from c2c_lib.paths import project_root
from c2c_lib.privacy import Rules, publishable

runner = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"})


def c2c(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's own cities, notebooks and templates."""
    root = tmp_path / "project"
    for folder in ("params", "notebooks", "reports"):
        ignore = shutil.ignore_patterns("_site*")
        shutil.copytree(project_root() / folder, root / folder, ignore=ignore)
    monkeypatch.setenv("C2C_HOME", str(root))
    return root


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "build"),
        (["build", "--rendrer", "quarto"], "--renderer"),
        (["build", "--renderer", "word"], "nbconvert"),
        (["build", "--jobs", "-1"], "--jobs"),
        (["build", "brigeport"], "did you mean 'bridgeport'?"),
        (["plan", "norwlak"], "did you mean 'norwalk'?"),
        (["show", "graduation_4y", "--city", "norwalk"], "graduation_4yr"),
        (["show", "graduation_4yr", "--city", "norwlak"], "did you mean 'norwalk'?"),
        (["show", "graduation_4yr"], "--city"),
        (["new-city", "hartfort"], "did you mean 'hartford'"),
        (["new-city", "norwalk"], "exists already"),
        (["ingest", "--raw", "nowhere"], "raw folder does not exist"),
        (["check", "nowhere"], "no such folder"),
        (["serve", "nowhere"], "no such folder"),
    ],
)
def test_wrong_input_is_exit_code_2_with_a_remedy_and_no_traceback(
    home: Path, arguments: list[str], words: str
) -> None:
    result = c2c(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output
    assert not (home / "build").exists()


@pytest.mark.usefixtures("home")
def test_debug_raises_the_error_itself() -> None:
    result = c2c("--debug", "build", "brigeport")
    assert type(result.exception).__name__ == "InputError"


def test_a_site_with_problems_is_exit_code_1(home: Path) -> None:
    site = home / "reports" / "_site"
    site.mkdir()
    (site / "index.html").write_text("<html lang=en><title>t</title><h1>nan cities</h1></html>")
    result = c2c("check")
    assert result.exit_code == 1
    assert "an empty value as Python prints it" in result.output

    (site / "index.html").write_text("<html lang=en><title>t</title><h1>Cities</h1></html>")
    assert c2c("check").exit_code == 0


def test_the_plan_is_the_same_from_two_directories(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for start in (home / "notebooks", tmp_path):
        monkeypatch.chdir(start)
        found.append(c2c("plan").output)
    assert found[0] == found[1]
    for slug in ("bridgeport", "norwalk", "stamford", "waterbury"):
        assert f"{slug}/index.html" in found[0]
    assert "never built" in found[0]


def test_a_new_city_is_a_new_file_and_never_overwrites(home: Path) -> None:
    result = c2c("new-city", "hartford")
    assert result.exit_code == 0
    file = home / "params" / "hartford.yml"
    before = file.read_text(encoding="utf-8")
    assert "slug: hartford" in before
    assert "hartford" in c2c("cities").output
    assert "hartford/index.html" in c2c("plan").output

    file.write_text(before + "# mine\n", encoding="utf-8")
    assert c2c("new-city", "hartford").exit_code == 2
    assert file.read_text(encoding="utf-8") == before + "# mine\n"


@pytest.mark.usefixtures("home")
def test_lists_the_catalog_and_the_cities() -> None:
    listed = c2c("indicators").output
    for indicator in load_catalog().indicators:
        assert indicator in listed
    assert "Norwalk ACTS" in c2c("cities").output


@pytest.mark.usefixtures("home")
def test_shows_figures_as_they_are_after_the_privacy_gate() -> None:
    catalog = load_catalog()
    place = catalog.place("norwalk", "district")
    frame = publishable(load_observations(), Rules(), catalog).frame
    rows = frame[
        (frame["indicator"] == "graduation_4yr")
        & (frame["geo_id"] == place.geo_id)
        & (frame["geo_level"] == "district")
    ]
    latest = rows[rows["period_end"] == rows["period_end"].max()]

    result = c2c("show", "graduation_4yr", "--city", "norwalk", "--last", "1")

    assert result.exit_code == 0
    for row in latest.itertuples():
        group = catalog.group(row.dimension, row.group).name.en
        value = "suppressed" if pd.isna(row.estimate) else f"{row.estimate * 100:.1f} %"
        lines = [line for line in result.output.splitlines() if f"{group} " in line]
        assert any(value in line for line in lines), (group, value, lines)


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from c2c_lib import cli; from typer.testing import CliRunner; "
        "r = CliRunner().invoke(cli.app, ['--help']); assert r.exit_code == 0, r.output; "
        "print(sorted({'pandas', 'geopandas', 'nbconvert', 'papermill', 'matplotlib'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_installed_command_reports_its_version() -> None:
    command = Path(sys.executable).with_name("c2c")
    done = subprocess.run(
        [command, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == __version__


def test_the_kernel_is_registered_in_this_environment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    result = c2c("kernel")
    assert result.exit_code == 0
    assert (tmp_path / "share" / "jupyter" / "kernels" / "c2c" / "kernel.json").is_file()
