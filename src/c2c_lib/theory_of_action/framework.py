"""The Theory of Action as data: gateways, pillars, benchmarks, principles and thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from c2c_lib.catalog import Localized
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.params.document import Document, read_document
from c2c_lib.params.strict import fit

__all__ = [
    "Benchmark",
    "BenchmarkRule",
    "CheckName",
    "Framework",
    "Gateway",
    "Pillar",
    "Principle",
    "Threshold",
    "load_framework",
    "read_framework",
]

CheckName = Literal[
    "outcomes_named",
    "grounds_for_priorities",
    "baseline_card",
    "coverage",
    "contributing_chosen",
    "pipeline",
    "improvement_cycles",
    "gaps",
    "real_time",
]
"""What `c2c_lib.theory_of_action.checks` can compute."""

EntryId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, strict=True)


class Gateway(_Entry):
    """One of the six stages, in order."""

    id: EntryId
    name: Localized


class Pillar(_Entry):
    """One of the four pillars that run through the gateways."""

    id: EntryId
    name: Localized


class Principle(_Entry):
    """One of the four principles that run through everything."""

    id: EntryId
    name: Localized


class Benchmark(_Entry):
    """One quality benchmark.

    Attributes
    ----------
    kind : {"reported", "checked"}
        Whether only the partnership can speak of it, or figures and files show something.
        A partnership may report on a checked one too.
    check : str or None
        What is computed, for a checked one.
    label : Localized
        In our own words.
    """

    id: EntryId
    gateway: str
    pillar: str
    kind: Literal["reported", "checked"]
    check: CheckName | None = None
    label: Localized

    @model_validator(mode="after")
    def _check_fits_the_kind(self) -> Benchmark:
        if (self.kind == "checked") != (self.check is not None):
            raise ValueError(
                f"check is {self.check!r}, but a benchmark of kind {self.kind!r} is expected to "
                + ("name one" if self.kind == "checked" else "have none")
            )
        return self


class BenchmarkRule(_Entry):
    """How many benchmarks of a gateway must be reported as met, and in how many pillars."""

    gateway: str
    at_least: int = Field(ge=1)
    in_pillars: int = Field(ge=1)


class Threshold(_Entry):
    """What a gateway counts; every part that is named must hold.

    Attributes
    ----------
    benchmarks : BenchmarkRule or None
        Benchmarks that the partnership reports as met.
    in_gateway : str or None
        The gateway that the partnership reports, or a later one.
    further_examples : int
        Examples of systems change that the partnership reports.
    maintained_or_improved, improved : int
        Of the seven outcomes, by their core indicators.
    gaps_reduced : int
        Of the seven outcomes, gaps reduced or eliminated.
    adjacent_improved : int
        Outcomes of adjacent sectors that improve.
    """

    id: EntryId
    name: Localized
    benchmarks: BenchmarkRule | None = None
    in_gateway: str | None = None
    further_examples: int = Field(default=0, ge=0)
    maintained_or_improved: int = Field(default=0, ge=0, le=7)
    improved: int = Field(default=0, ge=0, le=7)
    gaps_reduced: int = Field(default=0, ge=0)
    adjacent_improved: int = Field(default=0, ge=0)


class Framework(_Entry):
    """The whole model.

    Examples
    --------
    >>> framework = load_framework()
    >>> [gateway.id for gateway in framework.gateways][:2], len(framework.pillars)
    (['exploring', 'emerging'], 4)
    """

    principles: list[Principle] = Field(min_length=1)
    pillars: list[Pillar] = Field(min_length=1)
    gateways: list[Gateway] = Field(min_length=1)
    benchmarks: list[Benchmark] = Field(min_length=1)
    thresholds: list[Threshold]

    def benchmark(self, identifier: str) -> Benchmark:
        """Return a benchmark by id.

        Raises
        ------
        KeyError
            If there is none ("did you mean").
        """
        found = next((b for b in self.benchmarks if b.id == identifier), None)
        if found is None:
            near = did_you_mean(identifier, [b.id for b in self.benchmarks])
            raise KeyError(f"there is no benchmark {identifier!r}. {near}".strip())
        return found

    def of(self, gateway: str, pillar: str = "") -> list[Benchmark]:
        """Return the benchmarks of a gateway, and of a pillar if one is named."""
        found = [benchmark for benchmark in self.benchmarks if benchmark.gateway == gateway]
        return [benchmark for benchmark in found if not pillar or benchmark.pillar == pillar]

    def rank(self, gateway: str) -> int:
        """Return the place of a gateway in the order, from 0."""
        return [g.id for g in self.gateways].index(gateway)


_FILE: Final = "framework.yml"


@lru_cache(maxsize=1)
def load_framework() -> Framework:
    """Load the framework that ships with the library.

    Raises
    ------
    InputError
        With all problems of the file.
    """
    with resources.as_file(resources.files("c2c_lib.theory_of_action") / "data" / _FILE) as file:
        return read_framework(file)


def read_framework(file: Path) -> Framework:
    """Read and check a framework file.

    Raises
    ------
    InputError
        With every unknown key, wrong type, unknown gateway, pillar or check, and every id that
        stands twice, each with its line, the wrong value and the nearest right word.
    """
    problems = Problems()
    document = read_document(file, problems)
    framework = fit(Framework, document, problems)
    _check_references(document, problems)
    for part in ("principles", "pillars", "gateways", "benchmarks", "thresholds"):
        _check_once(part, document, problems)
    problems.raise_if_any()
    assert framework is not None  # noqa: S101 - a file without problems fits
    return framework


def _entries(content: Any, part: str) -> Sequence[Any]:
    found = content.get(part)
    return found if isinstance(found, list) else ()


def _check_references(document: Document, problems: Problems) -> None:
    content = document.content
    known = {
        part: [str(e["id"]) for e in _entries(content, part) if isinstance(e, dict) and "id" in e]
        for part in ("gateways", "pillars")
    }
    named: list[tuple[tuple[str | int, ...], object, str]] = []
    for index, entry in enumerate(_entries(content, "benchmarks")):
        if isinstance(entry, dict):
            for key, part in (("gateway", "gateways"), ("pillar", "pillars")):
                named.append((("benchmarks", index, key), entry.get(key), part))
    for index, entry in enumerate(_entries(content, "thresholds")):
        if isinstance(entry, dict):
            named.append((("thresholds", index, "in_gateway"), entry.get("in_gateway"), "gateways"))
            rule = entry.get("benchmarks")
            if isinstance(rule, dict):
                place = ("thresholds", index, "benchmarks", "gateway")
                named.append((place, rule.get("gateway"), "gateways"))
    for path, value, part in named:
        if isinstance(value, str) and value not in known[part]:
            problems.add(
                document.at(path),
                f"unknown {part[:-1]}",
                value=value,
                column=str(path[-1]),
                allowed=", ".join(known[part]),
                remedy=did_you_mean(value, known[part]),
            )


def _check_once(part: str, document: Document, problems: Problems) -> None:
    ids = [e.get("id") for e in _entries(document.content, part) if isinstance(e, dict)]
    for identifier, count in Counter(map(str, ids)).items():
        if count > 1:
            index = len(ids) - 1 - [str(i) for i in ids][::-1].index(identifier)
            problems.add(
                document.at((part, index, "id")), "id stands twice", value=identifier, column="id"
            )
