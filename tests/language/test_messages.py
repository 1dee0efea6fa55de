"""What a catalogue lacks is told with its place; the catalogues that ship lack nothing."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from c2c_lib.language import languages
from c2c_lib.language import messages as module
from c2c_lib.language.messages import (
    catalogue_state,
    domains,
    message_problems,
    template_of,
    unlike,
    update_catalogue,
)


@pytest.fixture(scope="module")
def templates(project_root: Path) -> dict[str, Catalog]:
    return {domain: template_of(domain, project_root) for domain in domains()}


@pytest.mark.parametrize("code", languages()[1:])
def test_the_catalogues_that_ship_are_whole(
    project_root: Path, templates: dict[str, Catalog], code: str
):
    for domain, template in templates.items():
        state = catalogue_state(code, domain, project_root, template)
        assert state.problems == []
        assert state.obsolete == ()


def made_up(*entries: tuple[str, str]) -> Catalog:
    catalogue = Catalog(locale="pt")
    for message, string in entries:
        catalogue.add(message, string or None, [("figures/a.py", 1)])
    return catalogue


@pytest.fixture
def has(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Say what the catalogue of a made-up language holds."""

    def put(*entries: tuple[str, str], fuzzy: str = "") -> None:
        catalogue = made_up(*entries)
        if fuzzy:
            catalogue[fuzzy].flags.add("fuzzy")
        monkeypatch.setattr(module, "read_catalogue", lambda *_: catalogue)
        monkeypatch.setattr(module, "catalogue_file", lambda *_: tmp_path)
        monkeypatch.setattr(Path, "is_file", lambda _: True)

    return put


def test_missing_fuzzy_and_unlike_messages_are_told_with_their_places(has):
    has(("A {b}", "Um {c}"), ("Old", "Velho"), ("Gone", "Foi"), ("Empty", ""), fuzzy="Old")
    said = made_up(("A {b}", ""), ("Old", ""), ("New", ""), ("Empty", ""))
    state = catalogue_state("pt", template=said)
    assert [entry.message for entry in state.missing] == ["New", "Empty"]
    assert [entry.message for entry in state.fuzzy] == ["Old"]
    assert [entry.message for entry in state.unlike] == ["A {b}"]
    assert [entry.message for entry in state.obsolete] == ["Gone"]
    told = [str(problem) for problem in state.problems]
    assert len(told) == 4
    assert all("pt/c2c.po" in line and "figures/a.py" in line for line in told)


def test_words_with_their_own_translation_are_not_missing(has, tmp_path: Path):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "x.yml").write_text(
        "frame: {intro: {en: Five aims., pt: Cinco metas.}, sections: []}", encoding="utf-8"
    )
    has()
    said = made_up(("Five aims.", ""), ("Six aims.", ""))
    state = catalogue_state("pt", root=tmp_path, template=said)
    assert [entry.message for entry in state.missing] == ["Six aims."]


def test_english_needs_no_catalogue():
    assert message_problems(["en"]) == []


@pytest.mark.parametrize(
    ("english", "translation", "same"),
    [
        ("In {city}", "En {city}", True),
        ("{a} of {b}", "{b}: {a}", True),
        ("In {city}", "En", False),
        ("All", "Todo {x}", False),
        ("In {city}", "En {city", False),
        ("<strong>No.</strong> 1", "<strong>No.</strong> 1", True),
        ("<strong>No.</strong> 1", "<b>No.</b> 1", False),
        (("{count} town", "{count} towns"), ("un pueblo", "{count} pueblos"), True),
        (("{count} of {all}", "{count} of {all}"), ("{count}", "{count} de {all}"), False),
    ],
)
def test_a_translation_has_the_places_and_tags_of_its_english(english, translation, same):
    assert (unlike(Message(english, translation)) == []) == same


@pytest.fixture
def known(templates: dict[str, Catalog], monkeypatch: pytest.MonkeyPatch):
    """Take what is said as it was extracted already: that is the slow part."""
    monkeypatch.setattr(module, "template_of", lambda domain, _: copy.deepcopy(templates[domain]))


@pytest.mark.usefixtures("known")
def test_a_new_catalogue_lists_everything_that_is_said(tmp_path: Path):
    file = tmp_path / "pt" / "c2c.po"
    update_catalogue("pt", root=tmp_path, file=file)
    text = file.read_text(encoding="utf-8")
    assert '"Language: pt\\n"' in text
    for message in ("Skip to the report", "Healthy babies", "Behind every data point is a child."):
        assert f'msgid "{message}"\nmsgstr ""' in text


@pytest.mark.thorough
@pytest.mark.usefixtures("known")
def test_an_update_without_news_leaves_the_catalogue_as_it_is(tmp_path: Path, project_root: Path):
    file = tmp_path / "c2c.po"
    shipped = module.catalogue_file("es").read_text(encoding="utf-8")
    file.write_text(shipped, encoding="utf-8")
    state = update_catalogue("es", root=project_root, file=file)
    assert state.problems == []
    assert file.read_text(encoding="utf-8") == shipped
