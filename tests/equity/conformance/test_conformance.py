"""Conformance: outcomes, the report, and the cases of other tools."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.equity.conformance import Case, check_case, check_cases, read_cases, report
from c2c_lib.equity.conformance.__main__ import main
from c2c_lib.errors import InputError
from c2c_lib.privacy.conformance import MEASURES

LEAST_PASSED = {
    "acs_moe.csv": 40,
    "education.csv": 80,
    "equity_corrected.csv": 400,
    "healthequal_package_tests.csv": 18,
    "healthequal_runs.csv": 1200,
    "inequality.csv": 25,
    "privacy_attack.csv": 80,
    "privacy_rules.csv": 8,
    "proportion_ci.csv": 460,
    "reliability.csv": 25,
    "segregation.csv": 95,
    "small_area_spatial.csv": 110,
    "spc.csv": 170,
    "strivetogether.csv": 14,
    "trend.csv": 90,
    "two_proportions.csv": 180,
}
NOT_APPLICABLE = ("individual records, which the case does not hold", "percents are shown or")
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
    checked = check_cases(read_cases(shared / "reference_cases" / name), MEASURES)
    failed = [one for one in checked if one.outcome == "failed"]
    assert not failed, report(name, failed)
    assert sum(one.outcome == "passed" for one in checked) >= LEAST_PASSED[name]
    skipped = {one.note for one in checked if one.outcome == "not applicable"}
    assert all(note.startswith(NOT_APPLICABLE) for note in skipped), skipped


def test_every_file_of_reference_cases_is_recomputed(shared: Path) -> None:
    files = {path.name for path in (shared / "reference_cases").glob("*.csv")}
    assert files <= set(LEAST_PASSED)


# What the files given do not hold, but their README names: worked out by hand.
@pytest.mark.parametrize(
    ("measure", "inputs", "options", "field", "expected"),
    [
        ("acgr", {"diplomas_4yr": 85, "first_time_9th": 100, "transfers_in": 8,
                  "transfers_out": 6, "emigrated": 1, "deceased": 1}, {}, "acgr", "0.85"),
        ("acgr", {"graduates": 45, "first_time_ninth": 50}, {}, "acgr_pct", "90"),
        ("moe_percent_change", {"old": [2000, 150], "new": [2400, 180]}, {}, "estimate", "20"),
        ("nchs_proportion_standard", {"x": 20, "n": 40}, {"deff": 2}, "status", "suppress_n_lt_30"),
        ("mutual_information_M", {"counts_by_group": {"a": [1, 0], "b": [0, 1]}}, {"base": 2},
         "M", "1"),
        ("moran_I", {"neighbors": [[2], [1, 3], [2, 4], [3], [0]], "values": [1, 2, 3, 4, 9]},
         {"style": "B"}, "expectation", str(-1 / 3)),
        ("local_moran_Ii", {"neighbors": [[2], [1, 3], [2, 4], [3]], "values": [-3, -1, 1, 3],
                            "i": 1}, {"style": "B"}, "Ii", "0.6"),
        ("wilson_cc", {"x": 0, "n": 20}, {"conf_level": 0.95}, "lower", "0"),
        ("p_chart", {"x": [5, 5], "n": [50, 50], "point": 2}, {}, "cl", "0.1"),
        ("proof_point_share", {"statuses": ["improved", "no_data"]},
         {"missing": "counted against", "threshold": 0.5}, "meets_60_improved", "True"),
    ],
)  # fmt: skip
def test_other_parameters_than_those_given(
    measure: str, inputs: dict[str, Any], options: dict[str, Any], field: str, expected: str
) -> None:
    found = check_case(
        case(measure=measure, inputs=inputs, options=options, field=field, expected=expected)
    )
    assert found.outcome == "passed", found


@pytest.mark.parametrize(
    ("measure", "inputs", "field", "note"),
    [
        ("acgr", {"graduates": 45, "pupils": 50}, "acgr", "unknown count pupils"),
        ("acgr", {"graduates": 45}, "acgr", "no count of first_time_ninth"),
        ("eb_spatial", {"cases": [1], "pop": [2], "grid": "hexagons"}, "rate", "does not hold"),
        ("ols", {"y": [1, 2, 4, 3, 6]}, "durbin_watson", "unknown field"),
        ("attacker_bounds", {}, "guess", "unknown field"),
    ],
)
def test_what_a_case_lacks_is_said(
    measure: str, inputs: dict[str, Any], field: str, note: str
) -> None:
    found = check_case(case(measure=measure, inputs=inputs, field=field), MEASURES)
    assert (found.outcome, note in found.note) == ("not applicable", True)


def test_defects_of_the_tool_are_never_matched(shared: Path) -> None:
    cases = [
        one
        for one in read_cases(shared / "reference_cases" / "healthequal_runs.csv")
        if one.field == "se" and one.measure in {"mld", "paf"}
    ]
    defects = [one for one in check_cases(cases) if one.outcome == "defect"]
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
