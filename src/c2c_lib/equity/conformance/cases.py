"""Reads reference cases: one expected value each, with everything needed to compute it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from c2c_lib.errors import InputError, Problem, Problems

__all__ = ["CASE_COLUMNS", "Case", "NotApplicable", "Value", "read_cases"]

CASE_COLUMNS: Final = (
    "case_id",
    "measure",
    "inputs_json",
    "options_json",
    "field",
    "expected",
    "tolerance",
    "tool",
    "status",
)
"""The columns that are read; others may stand beside them."""


@dataclass(frozen=True)
class NotApplicable:
    """Why a case cannot be recomputed here, in words."""

    reason: str


Value: TypeAlias = float | str | bool
"""What a case expects: a number, a word, or yes or no."""


@dataclass(frozen=True)
class Case:
    """One expected value.

    Attributes
    ----------
    name, field : str
        Together they name the value.
    measure : str
        What is computed, in the words of the file.
    inputs, options : dict
        Everything needed to compute it.
    expected : str
        As printed or at full precision; words and booleans occur.
    tolerance : str
        ``rel x``, ``abs x``, both, a plain number, or ``half unit in the last printed digit``.
    tool : str
        What gave the expected value.
    status : str
        ``ok``, or what is special about the row; ``defect_...`` where the tool is wrong.
    """

    name: str
    measure: str
    inputs: dict[str, Any]
    options: dict[str, Any]
    field: str
    expected: str
    tolerance: str
    tool: str
    status: str

    def agrees(self, value: object, *, at_least: float = 0.0) -> bool:
        """Whether a value equals the expected one within the stated tolerance.

        Parameters
        ----------
        value : float, bool or str
            What was computed; NaN agrees with ``undefined`` and with NaN.
        at_least : float
            A relative tolerance that is granted even if the stated one is smaller.

        Examples
        --------
        >>> case = Case("a", "m", {}, {}, "estimate", "0.5", "rel 1e-9", "tool", "ok")
        >>> case.agrees(0.5 + 1e-12), case.agrees(0.51)
        (True, False)
        """
        if isinstance(value, str | bool | np.bool_):
            return str(value).lower() == self.expected.lower()
        number = float(value)  # type: ignore[arg-type]
        if self.expected.lower() in {"undefined", "nan", "na", ""}:
            return bool(np.isnan(number))
        try:
            wanted = float(self.expected)
        except ValueError:
            return False
        room = max(self._room(wanted), at_least * abs(wanted))
        return bool(number == wanted or abs(number - wanted) <= room)

    def _room(self, wanted: float) -> float:
        if self.tolerance.startswith("half unit"):
            digits = len(self.expected.partition(".")[2])
            return 0.5 * 10.0**-digits + 1e-12
        relative = re.search(r"rel ([\d.e-]+)", self.tolerance)
        absolute = re.search(r"abs ([\d.e-]+)", self.tolerance)
        plain = re.fullmatch(r"[\d.e-]+", self.tolerance)
        return max(
            float(relative[1]) * abs(wanted) if relative else 0.0,
            float(absolute[1]) if absolute else 0.0,
            float(self.tolerance) if plain else 0.0,
        )


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file.

    Raises
    ------
    InputError
        If the file does not read, lacks columns, or holds text that is not JSON.
    """
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(
            [Problem(path.name, f"does not read as a table: {error}", remedy="Name a CSV file.")]
        ) from error
    problems = Problems()
    for column in CASE_COLUMNS:
        if column not in rows:
            problems.add(path.name, "lacks a column", value=column, allowed=", ".join(CASE_COLUMNS))
    problems.raise_if_any()
    cases = []
    for number, values in enumerate(rows[list(CASE_COLUMNS)].to_dict("records"), start=2):
        try:
            # A tool without options wrote an empty list.
            inputs = dict(json.loads(values["inputs_json"] or "{}") or {})
            options = dict(json.loads(values["options_json"] or "{}") or {})
        except (ValueError, TypeError) as error:
            problems.add(f"{path.name}, line {number}", f"does not hold JSON: {error}")
            continue
        cases.append(
            Case(
                values["case_id"],
                values["measure"],
                inputs,
                options,
                values["field"],
                values["expected"],
                values["tolerance"],
                values["tool"],
                values["status"],
            )
        )
    problems.raise_if_any()
    return cases
