from __future__ import annotations

from pathlib import Path

import pytest

from support.command import c2c


@pytest.fixture
def built(home: Path) -> Path:
    """A project whose site has the pages of one city."""
    for page in ("", "norwalk", "norwalk/one-page"):
        (home / "reports/_site" / page).mkdir(parents=True, exist_ok=True)
        (home / "reports/_site" / page / "index.html").touch()
    return home


def test_without_a_site_nothing_is_printed_and_the_remedy_is_told(home: Path) -> None:
    result = c2c("pdf", "norwalk")
    assert result.exit_code == 2
    assert "Run `c2c build` first." in result.output
    assert not (home / "reports/_pdf").exists()


@pytest.mark.usefixtures("built")
def test_without_a_browser_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("C2C_CHROMIUM", "no-such-browser")
    result = c2c("pdf", "norwalk", "--language", "en", "--paper", "a4")
    assert result.exit_code == 2
    assert "C2C_CHROMIUM: names no program: got 'no-such-browser'" in result.output


def test_a_paper_that_is_not_known_is_refused() -> None:
    result = c2c("pdf", "--paper", "a5")
    assert result.exit_code == 2
    assert "a4" in result.output


def test_without_quarto_the_other_engine_is_told(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    result = c2c("pdf", "norwalk", "--language", "en", "--engine", "quarto")
    assert result.exit_code == 2
    assert "Quarto is not installed" in result.output
    assert "--engine chromium" in result.output
    assert not (built / "reports/_pdf").exists()


def test_an_engine_that_is_not_known_is_refused() -> None:
    result = c2c("pdf", "--engine", "latex")
    assert result.exit_code == 2
    assert "chromium" in result.output
