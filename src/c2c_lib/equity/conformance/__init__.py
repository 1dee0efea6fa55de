"""Recomputes reference cases: what this library gives beside what other tools gave.

Run ``python -m c2c_lib.equity.conformance FILE.csv...``. A file has one row per expected
value, with the columns of `CASE_COLUMNS`.
"""

from c2c_lib.equity.conformance.cases import (
    CASE_COLUMNS,
    Case,
    NotApplicable,
    Value,
    read_cases,
)
from c2c_lib.equity.conformance.run import (
    DISPUTED,
    Checked,
    Recompute,
    check_case,
    check_cases,
    report,
)

__all__ = [
    "CASE_COLUMNS",
    "DISPUTED",
    "Case",
    "Checked",
    "NotApplicable",
    "Recompute",
    "Value",
    "check_case",
    "check_cases",
    "read_cases",
    "report",
]
