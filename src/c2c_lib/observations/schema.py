"""The declared schema of the tidy table; it is also the data dictionary."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from c2c_lib.catalog import parse_period
from c2c_lib.errors import InputError, Problem

__all__ = [
    "COLUMNS",
    "KEY",
    "SCHEMA",
    "STATUSES",
    "VALUE_COLUMNS",
    "Column",
    "check_observations",
    "empty_observations",
    "sort_observations",
]

STATUSES: Final[dict[str, str]] = {
    "published": "The publisher printed it and it is shown here.",
    "suppressed_by_source": "The publisher hides it to protect children.",
    "suppressed_small": "We hide it because too few children stand behind it.",
    "suppressed_complementary": "We hide it because another hidden figure could be worked out.",
    "not_collected": "Nobody collected it for this period.",
    "not_applicable": "It does not apply to this group or place.",
    "too_weak": "The survey behind it is too small here to act on the figure.",
}
"""Why a figure is there or not, in plain words."""

_WITH_VALUE: Final = ("published", "too_weak")
VALUE_COLUMNS: Final = ("estimate", "numerator", "denominator", "moe90")


@dataclass(frozen=True)
class Column:
    """One column of the tidy table: name, type, title, meaning and constraints."""

    name: str
    dtype: str
    title: str
    description: str
    required: bool = True
    categories: tuple[str, ...] = ()
    minimum: float | None = None


COLUMNS: Final[tuple[Column, ...]] = (
    Column("indicator", "str", "Indicator", "Id of the indicator; the codebook defines it."),
    Column(
        "geo_level",
        "str",
        "Level of place",
        "What kind of place the figure describes. A district is its public schools; a town or a "
        "city is everyone who lives there.",
        categories=("state", "district", "town", "city", "school", "tract", "neighborhood"),
    ),
    Column("geo_id", "str", "Place code", "The publisher's code, as text with leading zeros."),
    Column(
        "period",
        "str",
        "Period",
        "What the figure is about: a school year (2018-19; for a graduating class the year it "
        "graduates), a calendar year (2015) or several pooled years (2016-2020).",
    ),
    Column("period_end", "int64", "Last year", "The calendar year in which the period ends."),
    Column("dimension", "str", "Dimension", "How children are told apart; all for everyone."),
    Column("group", "str", "Group", "The student group within the dimension; all for everyone."),
    Column(
        "estimate",
        "float64",
        "Estimate",
        "A share from 0 to 1 for rates, otherwise in the unit of the indicator. Empty when the "
        "status says why.",
        required=False,
        minimum=0.0,
    ),
    Column(
        "numerator",
        "float64",
        "Numerator",
        "How many children (or events) the estimate counts, where the publisher says so.",
        required=False,
        minimum=0.0,
    ),
    Column(
        "denominator",
        "float64",
        "Denominator",
        "How many children (or events) it is out of, where the publisher says so.",
        required=False,
        minimum=0.0,
    ),
    Column(
        "moe90",
        "float64",
        "Margin of error",
        "Half of the 90 % interval of a survey estimate, in the unit of the estimate.",
        required=False,
        minimum=0.0,
    ),
    Column(
        "status",
        "str",
        "Status",
        "Why the figure is there or not.",
        categories=tuple(STATUSES),
    ),
    Column("source", "str", "Source", "Id of the publisher's report in the catalog."),
    Column("note", "str", "Note", "What a reader must know about this one figure.", required=False),
)

KEY: Final = ("indicator", "geo_level", "geo_id", "period", "dimension", "group")
"""The columns that together name one observation."""

_ORDER: Final = ("indicator", "geo_level", "geo_id", "period_end", "period", "dimension", "group")


def _column(column: Column) -> pa.Column:
    checks = []
    if column.categories:
        checks.append(pa.Check.isin(column.categories))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.required and column.dtype == "str":
        checks.append(pa.Check.str_length(min_value=1))
    return pa.Column(
        column.dtype,
        checks=checks,
        nullable=not column.required and column.dtype != "str",
        title=column.title,
        description=column.description,
    )


def _values_only_when_published(frame: pd.DataFrame) -> pd.Series:
    """Hold a figure that is not shown to carrying no value at all, not even a count."""
    shown = frame["status"].isin(_WITH_VALUE)
    empty = frame[list(VALUE_COLUMNS)].isna().all(axis=1)
    return (shown & frame["estimate"].notna()) | (~shown & empty)


def _part_of_whole(frame: pd.DataFrame) -> pd.Series:
    """Hold every numerator to being no larger than its denominator."""
    return ~(frame["numerator"] > frame["denominator"])


def _period_reads(frame: pd.DataFrame) -> pd.Series:
    """Hold every period to being one, and the last year to being the year it ends in."""
    ends = {label: _end_of(label) for label in frame["period"].unique()}
    return frame["period"].map(ends) == frame["period_end"]


def _end_of(label: object) -> int:
    try:
        return parse_period(str(label)).end
    except ValueError:
        return -1


def _finite(frame: pd.DataFrame) -> pd.Series:
    """Hold every value to being a number or missing, and never infinite."""
    return ~frame[list(VALUE_COLUMNS)].isin([math.inf]).any(axis=1)


SCHEMA: Final = pa.DataFrameSchema(
    {column.name: _column(column) for column in COLUMNS},
    checks=[
        pa.Check(_values_only_when_published, name="values_only_when_published"),
        pa.Check(_part_of_whole, name="numerator_within_denominator"),
        pa.Check(_period_reads, name="period_ends_in_its_last_year"),
        pa.Check(_finite, name="values_are_finite"),
    ],
    unique=list(KEY),
    strict=True,
    ordered=True,
    coerce=False,
)

_MEANINGS: Final = {
    "values_only_when_published": "a figure that is not shown must carry no value, and one that "
    "is shown must have an estimate",
    "numerator_within_denominator": "the numerator is above the denominator",
    "period_ends_in_its_last_year": "the period is none, or the last year is not the one in "
    "which it ends",
    "values_are_finite": "a value is infinite",
}


def empty_observations() -> pd.DataFrame:
    """Return a tidy table without rows, with every column and type in place."""
    return pd.DataFrame({column.name: pd.Series([], dtype=column.dtype) for column in COLUMNS})


def sort_observations(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the one order that the table is always in.

    Parameters
    ----------
    frame : DataFrame
        Observations in any order; further columns are dropped.

    Returns
    -------
    DataFrame
        With the declared columns, types and order, and a fresh index.
    """
    frame = frame.reindex(columns=[column.name for column in COLUMNS])
    frame["note"] = frame["note"].fillna("")
    frame = frame.astype({column.name: column.dtype for column in COLUMNS})
    return frame.sort_values(list(_ORDER), kind="stable", ignore_index=True)


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
        With one problem per failed check and up to five wrong values for each.
    """
    try:
        return SCHEMA.validate(frame, lazy=True)
    except SchemaErrors as error:
        failures = error.failure_cases
        problems = []
        for (check, column), cases in failures.groupby(
            ["check", "column"], dropna=False, sort=False
        ):
            rows = sorted({int(i) for i in cases["index"].dropna()})[:5]
            keys = ["/".join(str(frame.loc[i, key]) for key in KEY) for i in rows]
            values = ", ".join(dict.fromkeys(str(v) for v in cases["failure_case"].head(5)))
            problems.append(
                Problem(
                    where=where,
                    what=_MEANINGS.get(str(check), f"fails the check {check}"),
                    value=values,
                    column="" if pd.isna(column) else str(column),
                    remedy=f"First rows: {'; '.join(keys)}" if keys else "",
                )
            )
        raise InputError(problems) from None
