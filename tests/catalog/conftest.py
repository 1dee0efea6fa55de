import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, project_root: Path) -> Path:
    """A copy of the catalog's data to spoil."""
    return Path(shutil.copytree(project_root / "src/c2c_lib/catalog/data", tmp_path / "data"))
