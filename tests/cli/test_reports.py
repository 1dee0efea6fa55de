from __future__ import annotations

from pathlib import Path

import pytest

from support.command import c2c


def test_a_site_with_problems_is_exit_code_1(home: Path) -> None:
    site = home / "reports" / "_site"
    site.mkdir()
    (site / "index.html").write_text("<html lang=en><title>t</title><h1>nan cities</h1></html>")
    result = c2c("check")
    assert result.exit_code == 1
    assert "an empty value as Python prints it" in result.output

    (site / "index.html").write_text("<html lang=en><title>t</title><h1>Cities</h1></html>")
    assert c2c("check").exit_code == 0


@pytest.mark.thorough
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
