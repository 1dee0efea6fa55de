"""Show what the numbers say about a partnership's promises, and check what it reports."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from c2c_lib.cli.terminal import stdout
from c2c_lib.errors import InputError, Problem

if TYPE_CHECKING:
    from c2c_lib.errors import Problems
    from c2c_lib.theory_of_action.evidence import ProgressEvidence

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def progress(
    city: Annotated[str | None, typer.Argument(help="Slug of a city; see `c2c cities`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Check params/progress, params/improvement, the framework."),
    ] = False,
) -> None:
    """Say what the numbers show for the seven outcomes, and how far the thresholds' counts go."""
    if (city is None) != check or (check and as_json):
        raise InputError(
            [
                Problem(
                    "progress",
                    "name a city, or check the files with --check",
                    remedy="See: c2c progress --help",
                )
            ]
        )
    if city is None:
        _check_files()
        return
    from c2c_lib.reporting import city_progress
    from c2c_lib.theory_of_action.export import as_plain

    evidence = city_progress(city).evidence
    if as_json:
        sys.stdout.write(json.dumps(as_plain(evidence), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(evidence)


def _check_files() -> None:
    from c2c_lib.errors import Problems
    from c2c_lib.params import load_cities
    from c2c_lib.paths import project_root
    from c2c_lib.reporting.cards import site_rules
    from c2c_lib.theory_of_action import load_framework, load_improvement
    from c2c_lib.theory_of_action.reported import check_folder

    params = project_root() / "params"
    problems = Problems()
    framework = load_framework()
    problems.extend(check_folder(params / "progress"))
    series = 0
    for slug in load_cities():
        try:
            series += len(load_improvement(slug, site_rules(), params / "improvement" / slug))
        except InputError as error:
            problems.extend(error.problems)
    _unknown_cities(params / "improvement", problems)
    problems.raise_if_any()
    reports = len(list((params / "progress").glob("*.yml")))
    stdout.print(
        f"No problems found: {reports} progress files, {series} series of monthly counts, "
        f"{len(framework.benchmarks)} benchmarks.",
        highlight=False,
    )


def _unknown_cities(folder: Path, problems: Problems) -> None:
    """Note folders of monthly counts that belong to no city, so that none is passed over."""
    from c2c_lib.errors import did_you_mean
    from c2c_lib.params import load_cities

    known = list(load_cities())
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if entry.is_dir() and entry.name not in known:
            problems.add(
                f"improvement/{entry.name}",
                "is the folder of no city",
                value=entry.name,
                allowed=", ".join(known),
                remedy=did_you_mean(entry.name, known),
            )


def _print(evidence: ProgressEvidence) -> None:
    table = Table("outcome", "indicator", "baseline", "newest", "change", "range", box=None)
    for name in ("verdict", "why", "stricter", "gap"):
        table.add_column(name)
    for change, gap in zip(evidence.changes, evidence.gaps, strict=True):
        span, limits = change.span, change.interval
        unit = change.indicator.unit if change.indicator else ""
        table.add_row(
            change.outcome.id,
            change.indicator.id if change.indicator else "",
            span.baseline.period.label if span.baseline else "",
            span.latest.period.label if span.latest else "",
            "" if change.difference is None else _size(change.difference, unit),
            f"{_size(limits.low, unit)} to {_size(limits.high, unit)}" if limits else "",
            _words(change.verdict),
            _words(change.reason),
            _words(change.strict),
            _words(gap.verdict),
        )
    stdout.print(f"{evidence.city.name}, since {evidence.baseline}", highlight=False)
    stdout.print(table)
    counts = Table("threshold", "count", "have", "of", "needed", "unknown", "answer", box=None)
    for result in evidence.thresholds:
        counts.add_row(result.threshold.id, "all", "", "", "", "", _words(result.answer))
        for c in result.conditions:
            numbers = (str(c.have), str(c.of), str(c.needed), str(c.unknown))
            counts.add_row("", _words(c.kind), *numbers, _words(c.answer))
    stdout.print(counts)
    stdout.print(
        "These are counts under this file's definitions, not an award. Unknown is not no.",
        highlight=False,
    )


def _size(change: float, unit: str) -> str:
    """Return a change with its sign, of shares in points."""
    return f"{change * (100 if unit == 'share' else 1):+.1f}"


def _words(code: str) -> str:
    return code.replace("_", " ")
