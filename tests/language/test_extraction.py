"""Everything that is shown is found: words in code, templates, the catalog, city files, notes."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from c2c_lib.catalog import load_catalog
from c2c_lib.language.extraction import extract_words, words_of
from c2c_lib.language.messages import template_of
from c2c_lib.observations import load_observations
from c2c_lib.params import load_cities

SAID = {"text", "mark", "say", "plural", "mark_plural", "in_context"}
ROOMS = ("figures", "reporting", "observations", "params", "language")


@pytest.fixture(scope="module")
def template(project_root: Path) -> set[str]:
    found = template_of("c2c", project_root)
    return {part for m in found for part in ([m.id] if isinstance(m.id, str) else m.id)}


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the strings that an argument can be, and fail where it is put together."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    assert not isinstance(node, ast.JoinedStr | ast.BinOp), ast.unparse(node)


def said_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            drawn = isinstance(node.func, ast.Attribute) and "axes" in ast.unparse(node.func.value)
            if name in SAID and node.args and not drawn:  # Axes.text is matplotlib's
                context = name == "in_context"
                yield from literals(node.args[int(context)])


@pytest.mark.parametrize("room", ROOMS)
def test_every_literal_message_of_the_code_is_found(
    project_root: Path, template: set[str], room: str
):
    for file in sorted((project_root / "src" / "c2c_lib" / room).rglob("*.py")):
        assert set(said_in(file)) - template == set(), file.name


def test_no_message_of_the_code_is_empty_or_put_together(project_root: Path):
    # What Babel finds in an argument that is no literal is a key or a piece: a catalogue would
    # ask for a translation of it.
    library = project_root / "src" / "c2c_lib"
    known: dict[str, set[str]] = {}
    for message in template_of("c2c", project_root):
        for name, _ in message.locations:
            if name.endswith(".py"):
                known.setdefault(name, set()).add(
                    message.id if isinstance(message.id, str) else message.id[0]
                )
    assert len(known) > 20
    for name, messages in known.items():
        assert messages - set(said_in(library / name)) == set(), name
    assert list(said_with_nothing(library)) == []


def said_with_nothing(library: Path) -> Iterator[str]:
    """Yield where Babel would find an empty message, also as the key of a table of messages."""
    for room in ROOMS:
        for file in sorted((library / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                name = getattr(getattr(node, "func", None), "attr", "")
                if isinstance(node, ast.Call) and name in SAID and node.args:
                    inner = (n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant))
                    if "" in inner:
                        yield f"{file.name}:{node.lineno}"


def test_the_words_of_the_template_the_catalog_and_the_cities_are_found(template: set[str]):
    catalog = load_catalog()
    assert "Skip to the report" in template
    for indicator in catalog.indicators.values():
        assert {indicator.question.en, indicator.people.en, indicator.limits.en} <= template
        assert {entry.note.en for entry in indicator.breaks} <= template
    for dimension in catalog.dimensions.values():
        assert {group.people.en for group in dimension.groups} <= template
    for source in catalog.sources.values():
        assert {source.terms.en, source.suppression.en} <= template
    for city in load_cities().values():
        assert {city.frame.intro.en, *(s.sentence.en for s in city.frame.sections)} <= template


def test_what_is_a_name_or_an_id_is_not_a_message(template: set[str]):
    assert template.isdisjoint({"Norwalk ACTS", "Bridgeport Prospers", "norwalk", "share"})
    assert template.isdisjoint(load_catalog().indicators)


def test_every_note_of_the_store_is_found(template: set[str]):
    notes = set(load_observations()["note"]) - {""}
    assert len(notes) > 10
    assert notes <= template


@pytest.mark.parametrize(
    "content",
    [
        {"outcomes": [{"id": "x", "name": "One", "question": {"en": "Two?", "es": "¿Dos?"}}]},
        {"left_out": [{"id": "x", "kind": "not_public", "title": "One", "reason": "Two?"}]},
        {"sources": [{"id": "x", "title": "A name", "short": "One", "terms": {"en": "Two?"}}]},
        {"indicators": [{"id": "x", "name": "One", "breaks": [{"note": "Two?", "places": ["a"]}]}]},
        {"frame": {"intro": "One", "sections": [{"id": "x", "name": {"en": "Two?"}}]}},
    ],
)
def test_words_are_plain_strings_or_by_language(content: dict[str, object]):
    assert [str(words) for words in words_of(content)] == ["One", "Two?"]


def test_the_extractor_is_one_of_babels(project_root: Path):
    file = io.BytesIO(yaml.safe_dump({"frames": [{"id": "x", "name": "One"}]}).encode())
    assert list(extract_words(file, {}, (), {})) == [(1, None, "One", [])]
    text = (project_root / "src/c2c_lib/language/c2c.cfg").read_text(encoding="utf-8")
    methods, options = parse_mapping_cfg(io.StringIO(text))
    found = extract_from_dir(project_root / "params", [("*.yml", methods[-2][1])], options)
    assert any(
        "Norwalk ACTS works through four initiatives" in message for _, _, message, *_ in found
    )
