"""Quarto is found, asked what it brings, and told what it did wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from c2c_lib.errors import BuildError, InputError
from c2c_lib.reporting.quarto import require_quarto, require_typst, run_quarto
from support.quarto import install, tools


def program(body: str) -> str:
    return f"#!{sys.executable}\nimport sys\n{body}\n"


def test_without_quarto_the_option_and_what_else_it_takes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="--renderer: Quarto is not installed") as renderer:
        require_quarto()
    assert "auto, nbconvert" in str(renderer.value)
    with pytest.raises(InputError, match="--engine: Quarto is not installed") as engine:
        require_typst()
    assert "use --engine chromium" in str(engine.value)


def test_a_typst_that_tags_pdfs_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, tools(), monkeypatch)
    assert require_typst() == str(tmp_path / "bin/quarto")


@pytest.mark.parametrize(("told", "taken"), [("0.13.1", False), ("0.14.0", True), ("1.0.0", True)])
def test_an_older_typst_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, taken: bool
) -> None:
    install(tmp_path, program(f"print('typst {told} (abc1234)')"), monkeypatch)
    if taken:
        assert require_typst()
    else:
        with pytest.raises(InputError, match=r"does not tag PDFs: got 'typst 0\.13\.1"):
            require_typst()


def test_what_tells_no_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, program("print('no idea')"), monkeypatch)
    with pytest.raises(InputError, match="does not tag PDFs"):
        require_typst()


def test_the_last_words_of_a_failing_command_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "; ".join(f"print('line {n}')" for n in range(40))
    install(tmp_path, program(f"{lines}; sys.exit('out of luck')"), monkeypatch)
    with pytest.raises(BuildError, match="quarto pandoc failed with exit code 1") as raised:
        run_quarto([require_quarto(), "pandoc", "a.html"], tmp_path)
    assert str(raised.value).endswith("line 39\nout of luck")
    assert "line 2\n" not in str(raised.value)


def test_what_cannot_be_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="quarto typst did not run"):
        run_quarto([str(tmp_path / "none"), "typst"])
