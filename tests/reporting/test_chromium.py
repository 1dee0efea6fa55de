from __future__ import annotations

import sys
from pathlib import Path

import pytest

from c2c_lib.errors import InputError
from c2c_lib.reporting import chromium


def program(folder: Path, name: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_a_browser_on_the_path_is_found(tmp_path):
    assert chromium.find_chromium(str(tmp_path)) is None
    chrome = program(tmp_path, "google-chrome")
    assert chromium.find_chromium(str(tmp_path)) == str(chrome)


@pytest.mark.parametrize(
    ("platform", "place", "remedy"),
    [
        ("darwin", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "brew install"),
        ("win32", "Microsoft/Edge/Application/msedge.exe", "winget install"),
    ],
)
def test_a_browser_in_its_systems_own_place_is_found(
    tmp_path, monkeypatch, platform, place, remedy
):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    monkeypatch.setattr(chromium.shutil, "which", lambda *_, **__: None)
    with pytest.raises(InputError, match=remedy):
        chromium.require_chromium()
    browser = program(tmp_path, place)
    assert chromium.require_chromium() == str(browser)


def test_without_a_browser_the_remedy_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="apt-get install chromium") as caught:
        chromium.require_chromium()
    assert caught.value.exit_code == 2


def test_the_variable_wins_and_must_name_a_program(tmp_path, monkeypatch):
    named = program(tmp_path, "mine")
    monkeypatch.setenv(chromium.VARIABLE, str(named))
    assert chromium.require_chromium() == str(named)
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(InputError, match=r"C2C_CHROMIUM: names no program: got '.*gone'"):
        chromium.require_chromium()


@pytest.mark.skipif(not hasattr(chromium.os, "geteuid"), reason="no such user on this system")
@pytest.mark.parametrize(("user", "without"), [(0, True), (1000, False)])
def test_the_sandbox_is_left_off_for_root_alone(monkeypatch, user, without):
    monkeypatch.setattr(chromium.os, "geteuid", lambda: user)
    assert ("--no-sandbox" in chromium.arguments()) is without
