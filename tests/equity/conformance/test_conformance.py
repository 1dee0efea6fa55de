"""Conformance: outcomes, the report, and the cases of other tools."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.equity.conformance import Case, check_case, check_cases, read_cases, report
from c2c_lib.equity.conformance.__main__ import main
from c2c_lib.errors import InputError

LEAST_PASSED = {
    "healthequal_runs.csv": 1200,
    "equity_corrected.csv": 400,
    "healthequal_package_tests.csv": 18,
    "proportion_ci.csv": 340,
    "two_proportions.csv": 115,
    "acs_moe.csv": 38,
    "reliability.csv": 25,
}
INPUTS: dict[str, Any] = {
    "est": [61.0, 74.0, 58.0],
    "se": [2.0, 3.0, 1.0],
    "pop": [100.0, 300.0, 50.0],
    "favourable": 1,
    "ordered": 0,
    "scale": 100.0,
}


def case(**changes: Any) -> Case:
    base: dict[str, Any] = {
        "name": "made_up",
        "measure": "d",
        "inputs": INPUTS,
        "options": {},
        "field": "estimate",
        "expected": "16",
        "tolerance": "rel 1e-9 or abs 1e-12",
        "tool": "R something 1.0 (a note)",
        "status": "ok",
    }
    return Case(**{**base, **changes})


@pytest.mark.parametrize("name", LEAST_PASSED)
def test_reference_cases(name: str, shared: Path) -> None:
    checked = check_cases(read_cases(shared / "reference_cases" / name))
    failed = [one for one in checked if one.outcome == "failed"]
    assert not failed, report(name, failed)
    assert sum(one.outcome == "passed" for one in checked) >= LEAST_PASSED[name]


def test_defects_of_the_tool_are_never_matched(shared: Path) -> None:
    checked = check_cases(read_cases(shared / "reference_cases" / "healthequal_runs.csv"))
    defects = [
        one
        for one in checked
        if one.outcome == "defect" and one.case.field == "se" and one.case.measure in {"mld", "paf"}
    ]
    factor = {"mld": 1000.0, "paf": 100.0}
    for one in defects:
        assert isinstance(one.value, float)
        expected = factor[one.case.measure] * float(one.case.expected)
        assert one.value == pytest.approx(expected, rel=1e-9)
    assert len(defects) == 80


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "passed"),
        ({"expected": "16.1"}, "failed"),
        ({"expected": "16.1", "status": "defect_something"}, "defect"),
        ({"measure": "never_heard_of"}, "not applicable"),
        ({"inputs": {"note": "individual records"}}, "not applicable"),
        ({"inputs": {**INPUTS, "pop": "many"}}, "failed"),
        ({"field": "upper_limit_of_something"}, "not applicable"),
        ({"measure": "diff:score", "inputs": {"x1": 7, "n1": 34, "x2": 1, "n2": 34},
          "field": "lower", "expected": "0.5"}, "disputed"),
    ],
)  # fmt: skip
def test_outcomes(changes: dict[str, Any], outcome: str) -> None:
    assert check_case(case(**changes)).outcome == outcome


def test_simulated_limits_need_only_be_close() -> None:
    found = check_case(case(measure="bgsd", field="lowerci", expected="0", status="monte_carlo_R"))
    assert isinstance(found.value, float)
    near = case(measure="bgsd", field="lowerci", expected=str(found.value), status="monte_carlo_R")
    assert check_case(near).outcome == "plausible"
    far = case(measure="bgsd", field="lowerci", expected="40", status="monte_carlo_R")
    assert check_case(far).outcome == "failed"


@pytest.mark.parametrize(
    ("expected", "tolerance", "value", "agrees"),
    [
        ("0.028", "half unit in the last printed digit", 0.02841, True),
        ("0.028", "half unit in the last printed digit", 0.0286, False),
        ("100", "rel 1e-3", 100.09, True),
        ("100", "rel 1e-3", 100.11, False),
        ("0", "rel 1e-9 or abs 1e-12", 1e-13, True),
        ("5070", "0.5", 5070.46, True),
        ("203119", "0", 203119.0, True),
        ("undefined", "rel 1e-12", float("nan"), True),
        ("1", "rel 1e-9", float("nan"), False),
        ("Inf", "rel 1e-9", float("inf"), True),
        ("TRUE", "", True, True),
        ("present", "", "suppress", False),
        ("present", "", 1.0, False),
    ],
)
def test_tolerances(expected: str, tolerance: str, value: Any, agrees: bool) -> None:
    assert case(expected=expected, tolerance=tolerance).agrees(value) is agrees


def test_report_counts_lists_failures_and_shows_our_value_beside_defects() -> None:
    cases = [
        case(),
        case(expected="17"),
        case(expected="99", status="defect_scale"),
        case(measure="zzz"),
    ]
    text = report("made_up.csv", check_cases(cases))
    assert text.splitlines()[:3] == [
        "made_up.csv: 1 passed, 1 failed, 1 defect, 1 not applicable (of 4)",
        "  d: 1 passed, 1 failed, 1 defect",
        "  zzz: 1 not applicable",
    ]
    assert "failed: made_up d estimate: R something 1.0 17, ours 16" in text
    assert "defect: made_up d estimate: R something 1.0 99, ours 16; defect_scale" in text
    assert "defect: d: defect_scale (1)" in report("x", check_cases(cases), brief=True)


def write(path: Path, expected: str) -> Path:
    row = {
        "case_id": "made_up",
        "measure": "d",
        "inputs_json": json.dumps(INPUTS),
        "options_json": "[]",
        "field": "estimate",
        "expected": expected,
        "tolerance": "rel 1e-9",
        "tool": "R",
        "status": "ok",
    }
    pd.DataFrame([row]).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(("expected", "code"), [("16", 0), ("17", 1)])
def test_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expected: str, code: int
) -> None:
    assert main([str(write(tmp_path / "cases.csv", expected))]) == code
    assert capsys.readouterr().out.startswith("cases.csv: 1 ")


def test_files_that_do_not_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.csv"):
        read_cases(tmp_path / "absent.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks a column"):
        read_cases(tmp_path / "other.csv")
    assert main([str(tmp_path / "other.csv")]) == 2
    path = write(tmp_path / "broken.csv", "16")
    path.write_text(path.read_text(encoding="utf-8").replace("[]", "[1"), encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_cases(path)
