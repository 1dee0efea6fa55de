"""Figures as text and as HTML that leads back to their row in the table."""

from __future__ import annotations

import math
from typing import Literal

from markupsafe import Markup, escape

from c2c_lib.catalog import Unit
from c2c_lib.figures.language import Language, rounded
from c2c_lib.observations.observation import Observation

__all__ = ["Field", "figure", "figure_text", "in_ten", "points", "value_text"]

Field = Literal["estimate", "numerator", "denominator", "moe90"]


def value_text(value: float, unit: Unit, language: Language, digits: int = 0) -> str:
    """Return a value in its unit: a share as percent, the others as numbers.

    Parameters
    ----------
    digits : int
        Decimals of a percent. Rates per 1,000 and indices always have one.
    """
    if unit == "share":
        return language.percent(value, digits)
    if unit in ("per_1000", "index", "years"):
        return language.number(value, 1)
    return language.number(value)


def figure_text(
    observation: Observation,
    unit: Unit,
    language: Language,
    digits: int = 0,
    field: Field = "estimate",
) -> str:
    """Return one field of a figure as plain text; a margin of a share is in points."""
    value = getattr(observation, field)
    if value is None:
        raise ValueError(f"{observation.key} has no {field}")
    if field in ("numerator", "denominator"):
        return language.number(value)
    if field == "moe90" and unit == "share":
        return language.number(value * 100, digits)
    return value_text(value, unit, language, digits)


def figure(
    observation: Observation,
    unit: Unit,
    language: Language,
    digits: int = 0,
    field: Field = "estimate",
) -> Markup:
    """Return one field of a figure as a ``<data>`` element that names its row.

    The five attributes are those of the row in ``indicators.csv``; ``data-field`` names the
    column and ``data-digits`` the decimals shown.
    """
    text = figure_text(observation, unit, language, digits, field)
    if field in ("numerator", "denominator"):
        digits = 0
    elif unit != "share":
        digits = 0 if unit in ("count", "dollars") else 1
    attributes = {
        "value": repr(getattr(observation, field)),
        "data-indicator": observation.indicator,
        "data-place": observation.place,
        "data-period": observation.period.label,
        "data-dimension": observation.dimension,
        "data-group": observation.group,
        "data-field": field,
        "data-digits": str(digits),
    }
    inner = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return Markup(f"<data {inner}>{escape(text)}</data>")  # noqa: S704 # escaped above


def in_ten(share: float, language: Language) -> Markup:
    """Return a share as "about 3 in 10", and as "in 100" near nothing and near all.

    Examples
    --------
    >>> from c2c_lib.figures.language import language
    >>> str(in_ten(0.31, language("en"))), str(in_ten(0.03, language("en")))
    ('about 3 in 10', 'about 3 in 100')
    """
    of = 10 if 0.05 <= share <= 0.95 else 100
    return language.text(
        "about {count} in {of}", count=language.number(share * of), of=language.number(of)
    )


def points(difference: float, unit: Unit, language: Language, digits: int = 0) -> Markup:
    """Return the size of a difference: points for shares and indices, else its unit.

    A difference of shares is in points, never in percent.
    """
    size = abs(difference) * (100 if unit == "share" else 1)
    if unit not in ("share", "index"):
        digits = 1
    count = float(rounded(size, digits))
    one = math.isclose(count, 1.0)
    if unit == "per_1000":
        return language.text("{count} in 1,000", count=language.number(size, digits))
    message = "{count} point" if one else "{count} points"
    return language.text(message, count=language.number(size, digits))
