"""Checks a table against the schema and says everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from pandera.errors import SchemaErrors

from c2c_lib.errors import InputError, Problem, did_you_mean
from c2c_lib.observations.schema import COLUMNS, KEY, RULES, SCHEMA, schema_of

__all__ = ["check_observations"]

_SHOWN_ROWS: Final = 5
_BY_NAME: Final = {column.name: column for column in COLUMNS}
_RULES: Final = {rule.name: rule for rule in RULES}


def check_observations(frame: pd.DataFrame, where: str = "observations") -> pd.DataFrame:
    """Return the table unchanged if it fits the schema; otherwise say all that does not.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    where : str
        What to call the table in the error.

    Raises
    ------
    InputError
        With one problem per column that is missing, unknown or of another type, and one per
        broken rule, each with the first rows and values. Values that may be a hidden
        figure's are not quoted.

    Examples
    --------
    >>> from c2c_lib.observations import empty_observations
    >>> check_observations(empty_observations().drop(columns=["status"]))
    Traceback (most recent call last):
    ...
    c2c_lib.errors.InputError: 1 problem with the input:
      - observations: column is missing (in status)
    """
    numbered = frame.reset_index(drop=True)
    try:
        if frame.columns.is_unique:
            SCHEMA.validate(numbered, lazy=True)
            return frame
    except SchemaErrors:
        pass
    raise InputError([*_columns_at_fault(frame, where), *_values_at_fault(numbered, where)])


def _columns_at_fault(frame: pd.DataFrame, where: str) -> Iterator[Problem]:
    """Yield what is wrong with the columns themselves."""
    names = [column.name for column in COLUMNS]
    found = [str(name) for name in frame.columns]
    for name in names:
        if name not in found:
            yield Problem(where, "column is missing", column=name)
    for name in dict.fromkeys(found):
        if name not in names:
            remedy = did_you_mean(name, names)
            yield Problem(where, "unknown column", name, allowed=", ".join(names), remedy=remedy)
        elif found.count(name) > 1:
            yield Problem(where, "column stands twice", column=name)
        elif not _has_type(frame, name):
            yield Problem(
                where,
                "column has another type",
                str(frame[name].dtype),
                name,
                allowed=_BY_NAME[name].dtype,
            )
    known = [name for name in dict.fromkeys(found) if name in names]
    if known != [name for name in names if name in known]:
        yield Problem(where, "columns are out of order", ", ".join(found), allowed=", ".join(names))


def _has_type(frame: pd.DataFrame, name: str) -> bool:
    values = frame[name]
    if _BY_NAME[name].dtype == "str":
        return isinstance(values.dtype, pd.StringDtype) or (
            values.dtype == object and all(isinstance(v, str) for v in values.dropna())
        )
    return str(values.dtype) == _BY_NAME[name].dtype


def _values_at_fault(frame: pd.DataFrame, where: str) -> Iterator[Problem]:
    """Yield what is wrong within the columns that are there and of the right type."""
    good = [
        column.name
        for column in COLUMNS
        if list(frame.columns).count(column.name) == 1 and _has_type(frame, column.name)
    ]
    part = frame[good]
    try:
        schema_of(good).validate(part, lazy=True)
    except SchemaErrors as error:
        failures = error.failure_cases
    else:
        return
    failures = failures.assign(check=failures["check"].astype(str))
    wide = failures["check"].isin([*_RULES, "multiple_fields_uniqueness"])
    for check, cases in failures[wide].groupby("check", sort=False):
        yield _broken_rule(str(check), cases, part, where)
    for (check, name), cases in failures[~wide].groupby(["check", "column"], sort=False):
        yield _broken_constraint(str(check), str(name), cases, part, where)


def _broken_rule(check: str, cases: pd.DataFrame, frame: pd.DataFrame, where: str) -> Problem:
    rows = _rows(cases)
    rule = _RULES.get(check)
    if rule is None:
        return Problem(where, "the same figure stands twice", remedy=_first(rows, frame))
    quoted = [", ".join(f"{name} {frame.loc[row, name]}" for name in rule.columns) for row in rows]
    return Problem(
        where,
        rule.meaning,
        "; ".join(dict.fromkeys(quoted)) if rule.quote else "",
        ", ".join(rule.columns),
        remedy=_first(rows, frame),
    )


def _broken_constraint(
    check: str, name: str, cases: pd.DataFrame, frame: pd.DataFrame, where: str
) -> Problem:
    column = _BY_NAME[name]
    what, allowed = "is missing", ""
    if check.startswith("isin"):
        what, allowed = "is not one of the allowed values", ", ".join(column.categories)
    elif check.startswith("greater_than"):
        what, allowed = "is too small", f"{column.minimum:g} or more"
    elif check.startswith("less_than"):
        what, allowed = "is infinite", "a number"
    elif check.startswith("str_length"):
        what = "is empty"
    rows = _rows(cases)
    values = dict.fromkeys(str(frame.loc[row, name]) for row in rows)
    quoted = "" if allowed == "" else ", ".join(values)
    return Problem(where, what, quoted, name, allowed, _first(rows, frame))


def _rows(cases: pd.DataFrame) -> list[Any]:
    return sorted({int(index) for index in cases["index"].dropna()})[:_SHOWN_ROWS]


def _first(rows: list[Any], frame: pd.DataFrame) -> str:
    """Return the names of the first figures concerned, by the key columns that are there."""
    keys = [name for name in KEY if name in frame]
    named = ["/".join(str(frame.loc[row, key]) for key in keys) for row in rows]
    return f"First rows: {'; '.join(dict.fromkeys(named))}" if keys else ""
