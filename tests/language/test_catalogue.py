"""Catalogues are read as they are; what they lack is an error, never English in disguise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from c2c_lib.language import catalogue as module
from c2c_lib.language import language, languages, review_of, translator
from c2c_lib.language.catalogue import MissingMessageError, catalogue_file, locale_of

HEADER = """\
# A made-up catalogue.
{comment}
msgid ""
msgstr ""
"Language: pt_BR\\n"
"PO-Revision-Date: 2026-05-02 10:00+0000\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""
MESSAGES = """
msgid "In {city}"
msgstr "Em {city}"

#, fuzzy
msgid "Not read again"
msgstr "Velho"

msgid "Not translated"
msgstr ""

msgid "{count} town"
msgid_plural "{count} towns"
msgstr[0] "{count} vila"
msgstr[1] "{count} vilas"

msgctxt "heading"
msgid "Schools"
msgstr "Escolas"
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Put catalogues of other languages in the place of the library's."""
    cached = (module.languages, module.read_catalogue, translator, language)
    for function in cached:
        function.cache_clear()
    monkeypatch.setattr(module, "_folder", lambda: tmp_path)

    def put(code: str, text: str = MESSAGES, *, comment: str = "#", domain: str = "c2c") -> Path:
        file = tmp_path / code / "LC_MESSAGES" / f"{domain}.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEADER.format(comment=comment) + text, encoding="utf-8")
        for function in cached:
            function.cache_clear()
        return file

    yield put
    for function in cached:
        function.cache_clear()


def test_a_language_is_there_when_its_catalogue_is(write: Write):
    assert languages() == ("en",)
    write("pt")
    write("ht", domain="other")
    assert languages() == ("en", "pt")


def test_one_file_makes_a_language_speak_count_and_date(write: Write):
    write("pt")
    words = language("pt")
    assert words.text("In {city}", city="A & B") == "Em A &amp; B"
    assert words.number(1_234.5, 1) == "1.234,5"
    assert words.percent(0.314, 1) == "31,4%"
    assert words.date("2026-11-03") == "3 de novembro de 2026"
    assert words.list(["a", "b"]) == "a e b"
    assert str(locale_of("pt")) == "pt_BR"


def test_plurals_follow_the_header(write: Write):
    write("pt")
    said = [language("pt").plural("{count} town", "{count} towns", n) for n in (0, 1, 2, 1_500)]
    assert said == ["0 vila", "1 vila", "2 vilas", "1.500 vilas"]


def test_a_context_tells_the_same_english_apart(write: Write):
    write("pt")
    assert language("pt").in_context("heading", "Schools") == "Escolas"
    with pytest.raises(MissingMessageError, match="Schools"):
        language("pt").text("Schools")


@pytest.mark.parametrize("message", ["Not read again", "Not translated", "Not there"])
def test_what_is_missing_empty_or_fuzzy_is_an_error_that_names_it(write: Write, message: str):
    write("pt")
    with pytest.raises(MissingMessageError, match=rf"pt/c2c\.po .*'{message}'.*--update"):
        language("pt").text(message)


def test_a_missing_plural_is_an_error_too(write: Write):
    write("pt")
    with pytest.raises(MissingMessageError, match="city"):
        language("pt").plural("{count} city", "{count} cities", 2)
    with pytest.raises(MissingMessageError, match="heading"):
        language("pt").in_context("heading", "Pupils")


def test_a_domain_has_a_catalogue_of_its_own(write: Write):
    write("pt")
    write("pt", '\nmsgid "Wide"\nmsgstr "Largo"\n', domain="measures")
    assert translator("pt", "measures").gettext("Wide") == "Largo"
    with pytest.raises(MissingMessageError, match=r"pt/measures\.po"):
        translator("pt", "measures").gettext("Narrow")
    with pytest.raises(MissingMessageError, match=r"pt/nowhere\.po"):
        translator("pt", "nowhere").gettext("Wide")
    assert translator("en", "nowhere").gettext("Wide") == "Wide"


def test_an_unknown_language_is_refused(write: Write):
    write("pt")
    with pytest.raises(ValueError, match=r"'es'.*'en', 'pt'"):
        translator("es")


@pytest.mark.parametrize(
    ("comment", "since"),
    [("# Reviewed: 2026-05-02 by Ana Pérez", False), ("# Reviewed: 2026-05-01 by Ana Pérez", True)],
)
def test_a_review_is_a_line_of_the_header(write: Write, comment: str, since: bool):
    write("pt", comment=comment)
    review = review_of("pt")
    assert review is not None
    assert (review.day, review.by) == (dt.date.fromisoformat(comment[12:22]), "Ana Pérez")
    assert review.since == since


def test_without_that_line_nobody_has_reviewed_it(write: Write):
    write("pt", comment="# Reviewed by nobody: see the date above")
    assert review_of("pt") is None
    assert review_of("en") is None


def test_no_compiled_catalogue_is_kept(project_root: Path):
    assert list((project_root / "src").rglob("*.mo")) == []
    assert catalogue_file("es").is_file()


def test_spanish_is_that_of_the_united_states():
    spanish = language("es")
    assert str(spanish.locale) == "es_US"
    assert spanish.number(1_234.5, 1) == "1,234.5"
    assert spanish.percent(0.314) == "31%"
    assert spanish.date("2026-11-03") == "3 de noviembre de 2026"
    assert spanish.list(["a", "b", "c"]) == "a, b y c"
