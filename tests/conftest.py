"""Fixtures that every room's tests may use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from c2c_lib.params import load_cities
from c2c_lib.reporting.quick_start import leave_out_address_grammar
from support.chromium import find_chromium
from support.examples import SHORT

ROOT = Path(__file__).resolve().parents[1]
BUILD_SECONDS = 600

os.environ.setdefault("MPLBACKEND", "Agg")
leave_out_address_grammar()

hypothesis.settings.register_profile("dev", deadline=None, max_examples=SHORT)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.register_profile(
    "ci", deadline=None, max_examples=30, derandomize=True, print_blob=True
)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
)


LONG = {"built_site", "browser"}
"""What takes minutes: the whole site, and looking through a browser."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what looks at the whole site, or through a browser, to the thorough tests."""
    for item in items:
        if LONG & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of raw exports and reference cases beside the project, or skip."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the project: no raw exports, no reference cases")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, or skip (fail where C2C_REQUIRE_BROWSER is set)."""
    return find_chromium()


@pytest.fixture(scope="session")
def site_cities() -> tuple[str, ...]:
    """The cities of the built site."""
    return tuple(load_cities())


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The real site, built once for all test processes; treat it as read-only."""
    base = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        base = base.parent  # the folder that the test processes have in common
    site, log = base / "built_site", base / "built_site.log"
    with FileLock(base / "built_site.lock"):
        if not log.exists():
            _build(site, log)
    outcome = log.read_text(encoding="utf-8")
    if not outcome.startswith("exit code 0\n"):
        pytest.fail(f"`c2c build` failed, {outcome}", pytrace=False)
    return site


def _build(site: Path, log: Path) -> None:
    command = shutil.which("c2c", path=str(Path(sys.executable).parent))
    if command is None:
        log.write_text("the c2c command is not installed\n", encoding="utf-8")
        return
    try:
        done = subprocess.run(
            [command, "build", "--output", str(site)],
            cwd=ROOT,
            env={**os.environ, "C2C_HOME": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=BUILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.write_text(f"not ended after {BUILD_SECONDS} seconds\n", encoding="utf-8")
        return
    log.write_text(f"exit code {done.returncode}\n{done.stdout}", encoding="utf-8")
