"""docs/page-rules.md names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

ROW = re.compile(r"^\| (?!Rule \||-)(.+?) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


@pytest.fixture(scope="module")
def rules(project_root: Path) -> list[tuple[str, str]]:
    text = (project_root / "docs/page-rules.md").read_text(encoding="utf-8")
    return [(row[1], row[2]) for row in ROW.finditer(text) if not row[1].startswith("---")]


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_rule_has_a_test_or_a_reason(rules):
    assert len(rules) > 45
    bare = [rule for rule, held in rules if not NAMED.search(held) and not held.startswith("Not ")]
    assert bare == []
    assert len({rule for rule, _ in rules}) == len(rules)


def test_every_test_that_is_named_is_there(rules, project_root: Path):
    named = {pair for _, held in rules for pair in NAMED.findall(held)}
    there = {file: functions(project_root / "tests" / file) for file, _ in named}
    assert [f"{file}::{name}" for file, name in sorted(named) if name not in there[file]] == []
