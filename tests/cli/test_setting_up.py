from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.command import c2c


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


def test_the_kernel_is_registered_in_this_environment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    result = c2c("kernel")
    assert result.exit_code == 0
    assert (tmp_path / "share" / "jupyter" / "kernels" / "c2c" / "kernel.json").is_file()
