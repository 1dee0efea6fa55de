"""What a partnership reports on the benchmarks: ``params/progress/<city>.yml``, read strictly.

A benchmark without an entry is *not reported*; that is never taken for "no".
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from c2c_lib.catalog import Catalog, Localized, load_catalog, parse_period
from c2c_lib.errors import InputError, Problems, did_you_mean
from c2c_lib.params import load_city
from c2c_lib.params.document import Document, read_document
from c2c_lib.params.strict import fit
from c2c_lib.paths import project_root
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.framework import Framework, load_framework

__all__ = [
    "STATUSES",
    "UNDATED",
    "Entry",
    "Evidence",
    "Example",
    "Progress",
    "Status",
    "load_progress",
    "read_progress",
]

Status: TypeAlias = Literal["met", "in_progress", "not_met", "described", "intended"]

STATUSES: Final[dict[str, str]] = {
    "met": "The partnership reports that the benchmark is met.",
    "in_progress": "The partnership reports that it works on the benchmark.",
    "not_met": "The partnership reports that the benchmark is not met.",
    "described": "A public document of the partnership describes it, whole or in part; the "
    "partnership has not reported on the benchmark itself.",
    "intended": "A public document of the partnership says that it wants or begins to do it; the "
    "partnership has not reported on the benchmark itself.",
}
"""What each status says. Only ``met`` counts for a threshold."""

UNDATED: Final = "undated"
"""The date of a document that bears none."""

_SHORTEST_ROLE: Final = 3
_LONGEST_ROLE: Final = 80


def _is_a_date(value: str) -> str:
    if value == UNDATED:
        return value
    for form in ("%Y-%m-%d", "%Y-%m"):
        try:
            dt.datetime.strptime(value, form)  # noqa: DTZ007 - only the form is checked
        except ValueError:
            continue
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value):
            return value
    try:
        parse_period(value)
    except ValueError:
        raise ValueError(
            "is not a date: write 2025-10-31, 2025-10, 2025, a fiscal year such as 2024-25, "
            f"or {UNDATED}"
        ) from None
    return value


def _is_a_role(value: Localized) -> Localized:
    for words in value.model_dump().values():
        if "@" in words or re.search(r"\d", words):
            raise ValueError(
                "names a person or an address; write a role, such as backbone director"
            )
        if not _SHORTEST_ROLE <= len(words) <= _LONGEST_ROLE:
            raise ValueError(
                f"has {len(words)} characters; a role has {_SHORTEST_ROLE} to {_LONGEST_ROLE}"
            )
    return value


Date = Annotated[str, AfterValidator(_is_a_date)]
Role = Annotated[Localized, AfterValidator(_is_a_role)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, strict=True)


class Evidence(_Entry):
    """Where what is reported can be read: the document and the address it stands at."""

    title: str = Field(min_length=1)
    url: str = Field(pattern=r"^https://\S+$")


class Entry(_Entry):
    """What is reported on one benchmark.

    Attributes
    ----------
    date : str
        Of the report or the document: a day, a month, a year, a fiscal year, or ``undated``.
    by : Localized
        Who says so, as a role and never as a person.
    note : Localized or None
        What the evidence says and what it does not.
    """

    benchmark: str
    status: Status
    date: Date
    by: Role
    evidence: Evidence
    note: Localized | None = None


class Example(_Entry):
    """An example of systems change that the partnership reports."""

    date: Date
    by: Role
    evidence: Evidence
    note: Localized


class ReportedGateway(_Entry):
    """The gateway that the partnership reports to be in."""

    id: str
    date: Date
    by: Role
    evidence: Evidence


class Progress(_Entry):
    """Everything that one partnership reports, and the definitions it chose.

    Attributes
    ----------
    city : str
        Slug of the city; the name of the file.
    gateway : ReportedGateway or None
        None where no gateway is reported.
    examples : list of Example
        Of systems change, beyond the benchmarks.
    """

    city: str
    definitions: Definitions = Field(default_factory=Definitions)
    gateway: ReportedGateway | None = None
    reported: list[Entry] = Field(default_factory=list)
    examples: list[Example] = Field(default_factory=list)

    def entry(self, benchmark: str) -> Entry | None:
        """Return what is reported on a benchmark; None is "not reported"."""
        return next((entry for entry in self.reported if entry.benchmark == benchmark), None)


def load_progress(city: str, folder: Path | None = None) -> Progress:
    """Load what the partnership of a city reports; without a file nothing is reported.

    Parameters
    ----------
    city : str
        Slug of a file in ``params/``.
    folder : Path, optional
        The folder of progress files; by default ``params/progress`` of the project.

    Raises
    ------
    InputError
        If there is no such city ("did you mean"), or with all problems of its file.

    Examples
    --------
    >>> load_progress("waterbury").reported
    []
    """
    load_city(city)
    folder = folder or project_root() / "params" / "progress"
    file = folder / f"{city}.yml"
    return read_progress(file) if file.is_file() else Progress(city=city)


def read_progress(
    file: Path, framework: Framework | None = None, catalog: Catalog | None = None
) -> Progress:
    """Read and check one progress file.

    Raises
    ------
    InputError
        With every unknown key, benchmark, gateway, status, dimension or wrong date in the file,
        and every benchmark that stands twice, each with its line, the wrong value, what is
        allowed and the nearest right word.
    """
    framework, catalog = framework or load_framework(), catalog or load_catalog()
    problems = Problems()
    document = read_document(file, problems)
    content = document.content
    if content.get("city") != file.stem:
        problems.add(
            document.at(("city",)),
            "city is not the name of the file",
            value=content.get("city", ""),
            column="city",
            allowed=file.stem,
        )
    progress = fit(Progress, document, problems)
    _check_benchmarks(document, framework, problems)
    _check_known(document, ("gateway", "id"), [g.id for g in framework.gateways], problems)
    _check_dimensions(document, catalog, problems)
    problems.raise_if_any()
    assert progress is not None  # noqa: S101 - a file without problems fits
    return progress


def check_folder(folder: Path) -> Problems:
    """Return the problems of all progress files of a folder.

    A file named ``*.yaml`` is one, since only ``*.yml`` is read.
    """
    problems = Problems()
    for file in sorted(folder.glob("*.yaml")):
        problems.add(f"{folder.name}/{file.name}", "is not read", remedy="Name it *.yml.")
    for file in sorted(folder.glob("*.yml")):
        try:
            read_progress(file)
            load_city(file.stem)
        except InputError as error:
            problems.extend(error.problems)
    return problems


def _check_benchmarks(document: Document, framework: Framework, problems: Problems) -> None:
    known = [benchmark.id for benchmark in framework.benchmarks]
    entries = document.content.get("reported")
    first: dict[str, str] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        path = ("reported", index, "benchmark")
        value = entry.get("benchmark") if isinstance(entry, dict) else None
        if not isinstance(value, str):
            continue
        _check_known(document, path, known, problems)
        if value in first:
            problems.add(
                document.at(path),
                "stands twice",
                value=value,
                column="benchmark",
                remedy=f"It is already at {first[value]}; keep the newer one.",
            )
        first.setdefault(value, document.at(path))


def _check_dimensions(document: Document, catalog: Catalog, problems: Problems) -> None:
    definitions = document.content.get("definitions")
    named = definitions.get("dimensions") if isinstance(definitions, dict) else None
    known = [dimension.id for dimension in catalog.dimensions.values() if dimension.gaps]
    for index in range(len(named) if isinstance(named, list) else 0):
        _check_known(document, ("definitions", "dimensions", index), known, problems)


def _check_known(
    document: Document, path: tuple[str | int, ...], known: list[str], problems: Problems
) -> None:
    value: Any = document.content
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(value, str) and value not in known:
        column = next(str(part) for part in reversed(path) if isinstance(part, str))
        problems.add(
            document.at(path),
            f"unknown {'gateway' if column == 'id' else column.removesuffix('s')}",
            value=value,
            column=".".join(map(str, path)),
            allowed=", ".join(known),
            remedy=did_you_mean(value, known),
        )
