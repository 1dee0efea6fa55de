"""City files to spoil."""

from collections.abc import Callable
from pathlib import Path

import pytest

Spoil = Callable[..., Path]


@pytest.fixture
def norwalk(tmp_path: Path, project_root: Path) -> Path:
    """A copy of a city file that reads, in a folder of its own."""
    folder = tmp_path / "params"
    folder.mkdir()
    text = (project_root / "params" / "norwalk.yml").read_text(encoding="utf-8")
    (folder / "norwalk.yml").write_text(text, encoding="utf-8")
    return folder / "norwalk.yml"


@pytest.fixture
def spoil(norwalk: Path) -> Spoil:
    """Replace words in the copy of a city file, each once."""

    def replace(*changes: tuple[str, str]) -> Path:
        text = norwalk.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        norwalk.write_text(text, encoding="utf-8")
        return norwalk

    return replace
