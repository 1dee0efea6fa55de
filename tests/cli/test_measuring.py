"""``c2c measures``: the list, one measure, JSON, and wrong names."""

import json

import pytest
from typer.testing import CliRunner, Result

from c2c_lib.cli import app
from c2c_lib.equity import MEASURES

runner = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"})


def c2c(*arguments: str) -> Result:
    return runner.invoke(app, ["measures", *arguments])


def test_every_measure_is_listed_with_what_it_answers() -> None:
    result = c2c()
    assert result.exit_code == 0
    for one in MEASURES.values():
        assert one.name in result.output
        assert one.question in result.output


def test_one_measure_has_formula_source_and_needs() -> None:
    result = c2c("sii_linear")
    assert result.exit_code == 0
    for words in ("fit(1) - fit(0)", "Mackenbach & Kunst 1997", "order, populations", "order="):
        assert words in result.output


def test_a_family_in_spanish() -> None:
    result = c2c("--family", "gaps", "--language", "es")
    assert "¿Qué tan lejos está el grupo" in result.output
    assert "theil" not in result.output


def test_json_is_for_other_programs() -> None:
    assert [one["name"] for one in json.loads(c2c("--json").output)] == list(MEASURES)
    one = json.loads(c2c("theil", "--json").output)
    assert one["formula"] == MEASURES["theil"].formula
    assert one["columns"] == "group, estimate, denominator"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["thiel"], "did you mean 'theil'"),
        (["--family", "gap"], "did you mean 'gaps'"),
        (["theil", "--family", "gaps"], "is not of the family gaps"),
        (["--language", "fr"], "en, es"),
    ],
)
def test_wrong_input_is_exit_code_2(arguments: list[str], words: str) -> None:
    result = c2c(*arguments)
    assert result.exit_code == 2
    assert words in result.output + result.stderr
