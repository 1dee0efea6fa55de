"""Figures as text and as HTML that leads back to their row in the table."""

from __future__ import annotations

from typing import Final, Literal

from markupsafe import Markup, escape

from c2c_lib.catalog import Unit
from c2c_lib.language import Language, rounded
from c2c_lib.observations.observation import Observation

__all__ = [
    "Field",
    "apart",
    "derived",
    "figure",
    "figure_text",
    "in_ten",
    "limit_text",
    "points",
    "value_text",
    "with_unit",
]

Field = Literal["estimate", "numerator", "denominator", "moe90"]

_WHOLE: Final = ("count", "dollars", "score")
"""Units whose figures are shown without decimals."""


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


def limit_text(value: float, unit: Unit, language: Language, digits: int = 0) -> Markup:
    """Return one end of a range: as `value_text`, with the sign of an amount of dollars.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(limit_text(99978.0, "dollars", language("en"))), str(limit_text(0.286, "share",
    ...     language("en"), 1))
    ('$99,978', '28.6%')
    """
    text = value_text(value, unit, language, digits)
    return Markup("${}").format(text) if unit == "dollars" else escape(text)


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
        digits = 0 if unit in _WHOLE else 1
    attributes = {
        "value": _exact(getattr(observation, field)),
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


def _exact(value: float) -> str:
    """Return a value for machines: whole numbers whole, others to seven digits.

    The downloads have every digit; a page has hundreds of figures.
    """
    return f"{value:.0f}" if value == int(value) else f"{value:.7g}"


def derived(text: Markup | str, kind: str) -> Markup:
    """Mark a number that is worked out from figures of the table and is not itself one."""
    return Markup('<span data-derived="{}">{}</span>').format(kind, text)


def with_unit(text: Markup | str, unit: Unit, language: Language) -> Markup:
    """Return a value with the words of its unit, where its text alone does not say it.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(with_unit("7.7", "per_1000", language("en"))), str(with_unit("31%", "share",
    ...     language("en")))
    ('7.7 in 1,000', '31%')
    >>> str(with_unit("105,301", "dollars", language("en")))
    '$105,301'
    """
    if unit == "per_1000":
        return language.text("{value} in 1,000", value=text)
    if unit == "index":
        return language.text("{value} of 100 points", value=text)
    if unit == "score":
        return language.text("{value} points", value=text)
    if unit == "dollars":
        return Markup("${}").format(text)
    if unit == "years":
        return language.text("{value} years", value=text)
    return escape(text)


def in_ten(share: float, language: Language) -> Markup:
    """Return a share as "about 3 in 10", or "in 100" where tenths would be too coarse.

    Tenths are said only where they are within 3 points, and within a fifth, of the share.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(in_ten(0.31, language("en"))), str(in_ten(0.07, language("en")))
    ('about 3 in 10', 'about 7 in 100')
    >>> str(in_ten(0.002, language("en"))), str(in_ten(0.998, language("en")))
    ('fewer than 1 in 100', 'more than 99 in 100')
    """
    tenth = float(rounded(share * 10, 0)) / 10
    off = abs(tenth - share) - 1e-9
    if 0 < tenth < 1 and off <= 0.03 and off <= 0.2 * min(share, 1 - share):
        return language.text("about {count} in {of}", count=language.number(tenth * 10), of="10")
    hundredth = float(rounded(share * 100, 0))
    if hundredth == 0 < share:
        return language.text("fewer than 1 in 100")
    if hundredth == 100 and share < 1:
        return language.text("more than 99 in 100")
    return language.text("about {count} in {of}", count=language.number(hundredth), of="100")


def apart(first: float, second: float, unit: Unit, language: Language) -> Markup:
    """Return how far two printed figures are apart, so that it agrees with them.

    Shares are printed in whole percents, and so is their difference, unless the reader who
    subtracts would come to another number: then it has a tenth.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(apart(0.821, 0.61, "share", language("en"))), 82 - 61
    ('21 points', 21)
    >>> str(apart(0.821, 0.566, "share", language("en"))), 82 - 57
    ('25.5 points', 25)
    """
    digits = 0
    if unit == "share":
        printed = abs(rounded(first * 100, 0) - rounded(second * 100, 0))
        digits = 0 if printed == rounded(abs(first - second) * 100, 0) else 1
    return points(first - second, unit, language, digits)


def points(difference: float, unit: Unit, language: Language, digits: int = 0) -> Markup:
    """Return the size of a difference: points for shares and indices, else its unit.

    A difference of shares is in points, never in percent.

    Parameters
    ----------
    digits : int
        Decimals of a difference of shares. Other differences have the decimals of their
        figures: one for indices, rates per 1,000 and years, none for counts, dollars and
        scores.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(points(-0.052, "share", language("en"))), str(points(0.7, "index", language("en")))
    ('5 points', '0.7 points')
    """
    scale = 100 if unit == "share" else 1
    if unit != "share":
        digits = 0 if unit in _WHOLE else 1
    size = rounded(abs(difference) * scale, digits)
    text = language.number(float(size), digits)
    if unit == "per_1000":
        return language.text("{count} in 1,000", count=text)
    if unit not in ("share", "index", "score"):
        return escape(text)
    return language.plural("{count} point", "{count} points", float(size), digits=digits)
