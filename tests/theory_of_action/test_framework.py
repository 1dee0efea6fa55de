"""The framework as data: whole, consistent, and correctable without code."""

from collections import Counter
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

from c2c_lib.errors import InputError
from c2c_lib.theory_of_action import load_framework, read_framework
from c2c_lib.theory_of_action.framework import CheckName

TEXT = (resources.files("c2c_lib.theory_of_action") / "data" / "framework.yml").read_text("utf-8")


def spoiled(folder: Path, *changes: tuple[str, str]) -> Path:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "framework.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_gateways_pillars_and_principles_are_those_of_the_network():
    framework = load_framework()
    assert [g.id for g in framework.gateways] == [
        "exploring", "emerging", "sustaining", "systems_change", "proof_point",
        "systems_transformation",
    ]  # fmt: skip
    assert [p.id for p in framework.pillars] == ["vision", "evidence", "action", "investment"]
    assert len(framework.principles) == 4


def test_every_cell_but_the_proof_point_has_benchmarks():
    framework = load_framework()
    for gateway in framework.gateways:
        for pillar in framework.pillars:
            found = framework.of(gateway.id, pillar.id)
            assert bool(found) == (gateway.id != "proof_point"), (gateway.id, pillar.id)


def test_every_check_is_used_by_one_benchmark():
    used = Counter(b.check for b in load_framework().benchmarks if b.check)
    assert used == dict.fromkeys(get_args(CheckName), 1)


def test_thresholds_count_what_the_printed_table_counts():
    proof, ongoing, transformation = load_framework().thresholds
    assert proof.benchmarks is not None
    assert (proof.benchmarks.at_least, proof.benchmarks.in_pillars) == (4, 4)
    assert proof.maintained_or_improved == 4
    assert (ongoing.maintained_or_improved, ongoing.gaps_reduced) == (4, 2)
    assert (transformation.improved, transformation.gaps_reduced) == (4, 4)
    assert transformation.adjacent_improved == 1


def test_a_label_and_a_place_are_corrected_without_code(tmp_path):
    file = spoiled(
        tmp_path,
        (
            "    gateway: sustaining\n    pillar: investment",
            "    gateway: emerging\n    pillar: action",
        ),
        ("en: Partners support the operations of the partnership", "en: Partners pay for it"),
    )
    framework = read_framework(file)
    benchmark = framework.benchmark("operations_supported")
    assert (benchmark.gateway, benchmark.pillar) == ("emerging", "action")
    assert benchmark.label.en == "Partners pay for it"


def test_everything_wrong_is_said_at_once_with_line_and_nearest_word(tmp_path):
    file = spoiled(
        tmp_path,
        ("gateway: exploring", "gateway: explorin"),
        ("pillar: evidence", "pillar: evidenc"),
        ("check: baseline_card", "check: baseline_car"),
        ("    kind: reported", "    kind: told"),
        ("id: shared_messages", "id: leadership_table"),
        ("at_least: 4", "at_leest: 4"),
        ("in_gateway: systems_change", "in_gateway: system_change"),
    )
    with pytest.raises(InputError) as caught:
        read_framework(file)
    told = str(caught.value)
    for words in (
        "did you mean 'exploring'", "did you mean 'evidence'", "did you mean 'baseline_card'",
        "got 'told'", "id stands twice", "did you mean 'at_least'", "did you mean 'systems_change'",
    ):  # fmt: skip
        assert words in told, words
    assert all(
        problem.where.startswith(f"{tmp_path.name}/framework.yml:")
        for problem in caught.value.problems
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    check: coverage\n", ""),
        ("    kind: reported\n", "    kind: reported\n    check: gaps\n"),
    ],
)
def test_a_check_belongs_to_a_checked_benchmark(tmp_path, old, new):
    with pytest.raises(InputError, match="check is"):
        read_framework(spoiled(tmp_path, (old, new)))


def test_an_unknown_benchmark_says_which_was_meant():
    with pytest.raises(KeyError, match="did you mean 'backbone'"):
        load_framework().benchmark("backbon")
