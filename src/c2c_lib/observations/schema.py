"""The declared schema of the tidy table; it is also the data dictionary."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from c2c_lib.catalog import parse_period
from c2c_lib.errors import Problems
from c2c_lib.language import Language, mark

__all__ = [
    "COLUMNS",
    "KEY",
    "RULES",
    "SCHEMA",
    "STATUSES",
    "VALUE_COLUMNS",
    "Column",
    "Rule",
    "empty_observations",
    "schema_of",
    "sort_observations",
]

STATUSES: Final[dict[str, str]] = {
    "published": mark("The publisher printed it and it is shown here."),
    "suppressed_by_source": mark("The publisher hides it to protect children."),
    "suppressed_small": mark("We hide it because too few people stand behind it."),
    "suppressed_complementary": mark(
        "We hide it because another hidden figure could be worked out from it."
    ),
    "not_collected": mark("Nobody collected it for this period."),
    "not_applicable": mark("It does not apply to this group or place."),
    "too_weak": mark("The survey behind it is too small here to act on the figure."),
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

    def said(self, language: Language) -> Column:
        """Return the column with its title and description in a language, as plain text.

        Examples
        --------
        >>> from c2c_lib.language import language
        >>> COLUMNS[0].said(language("es")).title
        'Indicador'
        """
        title, description = (
            str(language.text(words).unescape()) for words in (self.title, self.description)
        )
        return replace(self, title=title, description=description)


COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "indicator", "str", mark("Indicator"), mark("Id of the indicator; the codebook defines it.")
    ),
    Column(
        "geo_level",
        "str",
        mark("Level of place"),
        mark(
            "What kind of place the figure describes. A district is its public schools; a town or "
            "a city is everyone who lives there."
        ),
        categories=("state", "district", "town", "city", "school", "tract", "neighborhood"),
    ),
    Column(
        "geo_id",
        "str",
        mark("Place code"),
        mark("The publisher's code, as text with leading zeros."),
    ),
    Column(
        "period",
        "str",
        mark("Period"),
        mark(
            "What the figure is about: a school year (2018-19; for a graduating class the year it "
            "graduates), a calendar year (2015) or several pooled years (2016-2020)."
        ),
    ),
    Column(
        "period_end",
        "int64",
        mark("Last year"),
        mark("The calendar year in which the period ends."),
    ),
    Column(
        "dimension",
        "str",
        mark("Dimension"),
        mark("How children are told apart; all for everyone."),
    ),
    Column(
        "group",
        "str",
        mark("Group"),
        mark("The student group within the dimension; all for everyone."),
    ),
    Column(
        "estimate",
        "float64",
        mark("Estimate"),
        mark(
            "A share from 0 to 1 for rates, otherwise in the unit of the indicator. Empty when the "
            "status says why."
        ),
        required=False,
        minimum=0.0,
    ),
    Column(
        "numerator",
        "float64",
        mark("Numerator"),
        mark("How many children (or events) the estimate counts, where the publisher says so."),
        required=False,
        minimum=0.0,
    ),
    Column(
        "denominator",
        "float64",
        mark("Denominator"),
        mark("How many children (or events) it is out of, where the publisher says so."),
        required=False,
        minimum=0.0,
    ),
    Column(
        "moe90",
        "float64",
        mark("Margin of error"),
        mark("Half of the 90 % interval of a survey estimate, in the unit of the estimate."),
        required=False,
        minimum=0.0,
    ),
    Column(
        "status",
        "str",
        mark("Status"),
        mark("Why the figure is there or not."),
        categories=tuple(STATUSES),
    ),
    Column("source", "str", mark("Source"), mark("Id of the publisher's report in the catalog.")),
    Column(
        "note",
        "str",
        mark("Note"),
        mark("What a reader must know about this one figure."),
        required=False,
    ),
)

KEY: Final = ("indicator", "geo_level", "geo_id", "period", "dimension", "group")
"""The columns that together name one observation."""

_ORDER: Final = ("indicator", "geo_level", "geo_id", "period_end", "period", "dimension", "group")


def _column(column: Column) -> pa.Column:
    checks = []
    if column.categories:
        checks.append(pa.Check.isin(column.categories))
    if column.minimum is not None:
        checks += [pa.Check.ge(column.minimum), pa.Check.lt(math.inf)]
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
    shown = frame["status"].isin(_WITH_VALUE)
    empty = frame[list(VALUE_COLUMNS)].isna().all(axis=1)
    return (shown & frame["estimate"].notna()) | (~shown & empty)


def _part_of_whole(frame: pd.DataFrame) -> pd.Series:
    return ~(frame["numerator"] > frame["denominator"])


def _ends_in_its_last_year(frame: pd.DataFrame) -> pd.Series:
    ends = {label: _end_of(label) for label in frame["period"].unique()}
    return frame["period"].map(ends) == frame["period_end"]


def _end_of(label: object) -> int:
    try:
        return parse_period(str(label)).end
    except ValueError:
        return -1


@dataclass(frozen=True)
class Rule:
    """Something that must hold within every row.

    Attributes
    ----------
    meaning : str
        What is wrong where it does not hold.
    columns : tuple of str
        The columns that it looks at.
    quote : bool
        Whether a message may quote the values; not where they may be a hidden figure's.
    """

    name: str
    meaning: str
    columns: tuple[str, ...]
    holds: Callable[[pd.DataFrame], pd.Series]
    quote: bool = True


RULES: Final = (
    Rule(
        "values_only_when_published",
        "a figure that is not shown must carry no value, and one that is shown must have an "
        "estimate",
        ("status", *VALUE_COLUMNS),
        _values_only_when_published,
        quote=False,
    ),
    Rule(
        "numerator_within_denominator",
        "the numerator is above the denominator",
        ("numerator", "denominator"),
        _part_of_whole,
    ),
    Rule(
        "ends_in_its_last_year",
        "the period is none, or the last year is not the one in which it ends",
        ("period", "period_end"),
        _ends_in_its_last_year,
    ),
)


def schema_of(columns: Collection[str]) -> pa.DataFrameSchema:
    """Return the schema of some of the columns, with the rules that look at no others."""
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in COLUMNS if column.name in columns},
        checks=[pa.Check(r.holds, name=r.name) for r in RULES if set(r.columns) <= set(columns)],
        unique=list(KEY) if set(KEY) <= set(columns) else None,
        strict=True,
        ordered=True,
        coerce=False,
    )


SCHEMA: Final = schema_of([column.name for column in COLUMNS])


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
        With the declared columns, types and order, and a fresh index. A column that is not
        required may be missing; it is then empty.

    Raises
    ------
    InputError
        If required columns are missing, or values do not fit the type of their column.

    Examples
    --------
    >>> frame = empty_observations().drop(columns=["note", "moe90"])
    >>> list(sort_observations(frame).columns) == [column.name for column in COLUMNS]
    True
    """
    problems = Problems()
    ready: dict[str, pd.Series] = {}
    for column in COLUMNS:
        given = column.name in frame
        values: Any = frame[column.name] if given else _absent(column, frame, problems)
        if column.name == "note":
            values = values.fillna("")
        try:
            ready[column.name] = values.astype(column.dtype)
        except (TypeError, ValueError) as error:
            problems.add(
                "observations",
                f"values do not fit the type {column.dtype}: {error}",
                column=column.name,
            )
    problems.raise_if_any()
    result = pd.DataFrame(ready)
    return result.sort_values(list(_ORDER), kind="stable", ignore_index=True)


def _absent(column: Column, frame: pd.DataFrame, problems: Problems) -> pd.Series:
    # An empty frame needs no columns: an ingest that read nothing is one.
    if column.required and len(frame):
        problems.add("observations", "column is missing", column=column.name)
        return pd.Series([], dtype=column.dtype)
    empty = "" if column.dtype == "str" else math.nan
    return pd.Series(empty, index=frame.index, dtype=column.dtype if len(frame) else None)
