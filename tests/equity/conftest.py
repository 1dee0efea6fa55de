"""Reads the reference cases: expected values by other tools and from publications."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest


class Case(NamedTuple):
    """One expected value."""

    name: str
    measure: str
    inputs: dict[str, Any]
    options: dict[str, Any]
    field: str
    expected: str
    tolerance: str
    tool: str

    def agrees(self, value: object) -> bool:
        """Whether a computed value equals the expected one within the stated tolerance."""
        if isinstance(value, str):
            return value == self.expected
        wanted = float(self.expected)
        return bool(value == wanted or abs(float(value) - wanted) <= self._room(wanted))  # type: ignore[arg-type]

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


@pytest.fixture(scope="session")
def reference_cases(shared: Path) -> Callable[[str], Iterator[Case]]:
    """Return the cases of a file that are not known defects of a tool."""

    def read(name: str) -> Iterator[Case]:
        rows = pd.read_csv(shared / "reference_cases" / name, dtype=str, keep_default_na=False)
        for row in rows[~rows["status"].str.startswith("defect_")].itertuples():
            yield Case(
                row.case_id,
                row.measure,
                json.loads(row.inputs_json),
                json.loads(row.options_json),
                row.field,
                row.expected,
                row.tolerance,
                row.tool,
            )

    return read


@pytest.fixture
def generator() -> np.random.Generator:
    """A generator of this test alone, so that tests do not depend on each other."""
    return np.random.default_rng(19980430)
