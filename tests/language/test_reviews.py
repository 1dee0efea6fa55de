"""What no person has reviewed may not be called a release."""

from __future__ import annotations

import datetime as dt

import pytest

from c2c_lib.language import reviews
from c2c_lib.language.catalogue import Review
from c2c_lib.language.reviews import review_problems
from support.command import c2c


def reviewed(monkeypatch: pytest.MonkeyPatch, **found: Review | None) -> None:
    monkeypatch.setattr(reviews, "review_of", found.__getitem__)


DAY = dt.date(2026, 5, 1)


def test_every_language_that_waits_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed(monkeypatch, es=None, pt=Review(DAY, "Ana Pérez", since=True))
    first, second = review_problems(["en", "es", "pt"])
    assert (first.where, first.what) == ("es/c2c.po", "nobody has reviewed the translation")
    assert second.value == "2026-05-01 by Ana Pérez"
    assert "changed after its review" in second.what


def test_what_a_person_has_reviewed_as_it_is_may_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed(monkeypatch, es=Review(DAY, "Ana Pérez", since=False))
    assert review_problems(["en", "es"]) == []
    result = c2c("messages", "es", "--reviewed")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("arguments", [("messages", "es"), ("publish", "public")])
def test_a_release_is_refused_until_then(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
    arguments: tuple[str, ...],
) -> None:  # fmt: skip
    reviewed(monkeypatch, es=None)
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    result = c2c(*arguments, "--reviewed")
    assert result.exit_code == 2
    assert "es/c2c.po: nobody has reviewed the translation" in result.output
    assert "# Reviewed:" in result.output
