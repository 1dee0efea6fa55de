from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from c2c_lib.paths import project_root


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's own cities, notebooks and templates."""
    root = tmp_path / "project"
    for folder in ("params", "notebooks", "reports"):
        ignore = shutil.ignore_patterns("_site*")
        shutil.copytree(project_root() / folder, root / folder, ignore=ignore)
    monkeypatch.setenv("C2C_HOME", str(root))
    return root
