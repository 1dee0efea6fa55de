"""Every measure of the library: what it answers, its formula, its source and what it needs.

A new family is a module with a `Family` and one line here.
"""

from __future__ import annotations

from typing import Final, TypeVar

import pandas as pd

from c2c_lib.equity.families import (
    areas,
    change,
    disproportion,
    figures,
    gap,
    income,
    intervals,
    levels,
    records,
    rules,
    segregation,
    series,
    spatial,
    survey,
    trend,
)
from c2c_lib.equity.family import Family, Measure
from c2c_lib.equity.inequality import table as inequality
from c2c_lib.errors import InputError, Problem, did_you_mean
from c2c_lib.language import language as read_language

Entry = TypeVar("Entry")

__all__ = [
    "FAMILIES",
    "MEASURES",
    "example_of",
    "find_family",
    "find_measure",
    "measures_table",
]

FAMILIES: Final[dict[str, Family]] = {
    found.name: found
    for found in (
        figures.FAMILY,
        gap.FAMILY,
        levels.FAMILY,
        inequality.FAMILY,
        disproportion.FAMILY,
        records.COHORT,
        records.ATTENDANCE,
        change.FAMILY,
        trend.FAMILY,
        areas.FAMILY,
        spatial.FAMILY,
        segregation.FAMILY,
        income.FAMILY,
        series.FAMILY,
        rules.FAMILY,
        intervals.FAMILY,
        survey.FAMILY,
    )
}
"""Every family of measures by its name."""

MEASURES: Final[dict[str, Measure]] = {
    one.name: one for family in FAMILIES.values() for one in family.measures
}
"""Every measure by its name."""


def find_measure(name: str) -> Measure:
    """Return a measure by name.

    Raises
    ------
    InputError
        If there is none of that name; with the nearest ones.

    Examples
    --------
    >>> find_measure("gap").question
    'How far is the group from the one it is compared with?'
    """
    return _found(name, MEASURES, "measure")


def find_family(name: str) -> Family:
    """Return a family by name, or raise `InputError` as `find_measure` does."""
    return _found(name, FAMILIES, "family")


def _found(name: str, entries: dict[str, Entry], what: str) -> Entry:
    if name not in entries:
        raise InputError(
            [
                Problem(
                    where=what,
                    what="is not known",
                    value=name,
                    allowed=", ".join(entries),
                    remedy=did_you_mean(name, entries),
                )
            ]
        )
    return entries[name]


def measures_table(family: str | None = None, *, language: str = "en") -> pd.DataFrame:
    """Return the registry as a frame: one row per measure.

    Parameters
    ----------
    family : str, optional
        Only the measures of one family.
    language : {"en", "es"}
        Of title and question.

    Returns
    -------
    DataFrame
        ``name, family, title, question, formula, citation, unit, columns`` (of the
        observations that it reads), ``needs`` (what else it cannot do without),
        ``scaled, shifted`` (what becomes of it when all figures are multiplied by c, or c is
        added to them), ``function`` (that works it out on plain arrays, in `c2c_lib.equity`)
        and ``example`` (a call that runs after ``from c2c_lib import equity``).

    Examples
    --------
    >>> measures_table("gaps").loc[0, ["name", "unit", "scaled"]].tolist()
    ['gap', 'indicator', 'times c']
    >>> measures_table("spatial").loc[0, "needs"]
    'neighbours'
    """
    say = read_language(language, domain="measures")
    chosen = MEASURES.values() if family is None else find_family(family).measures
    plain = ["name", "family", "title", "question", "formula", "citation", "unit"]
    rows = []
    for one in chosen:
        row = {name: getattr(one, name) for name in plain}
        row |= {name: str(say.text(getattr(one, name))) for name in ("title", "question")}
        row |= {"columns": ", ".join(one.columns), "needs": ", ".join(one.needs)}
        row |= {name: getattr(one, name) for name in ("scaled", "shifted", "function")}
        rows.append(row | {"example": example_of(one)})
    order = [*plain, "columns", "needs", "scaled", "shifted", "function", "example"]
    return pd.DataFrame(rows, columns=order)


def example_of(one: Measure) -> str:
    """Return a call of the measure that runs."""
    return (one.example or FAMILIES[one.family].example).replace("NAME", one.name)
