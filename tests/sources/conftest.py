"""Small raw exports, written by hand, and what reads them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

Export = Callable[[str, str | bytes], RawFile]


@pytest.fixture
def names() -> Names:
    """Names of the real catalog, with an empty list of problems."""
    return Names(load_catalog(), Problems())


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Write one raw export below a folder of its own."""

    def write(name: str, content: str | bytes) -> RawFile:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return RawFile(path, name)

    return write
