"""Words, numbers and dates in the language of a page."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from c2c_lib.catalog import Localized
from c2c_lib.params import LANGUAGES

__all__ = ["Language", "language", "mark", "rounded"]

_LOCALES = {"en": "en_US", "es": "es_US"}


def mark(message: str) -> str:
    """Mark a message for the catalogue where it is chosen, not yet where it is said."""
    return message


def rounded(value: float, digits: int) -> Decimal:
    """Round a number as a reader would: halves away from zero, on its printed digits.

    Examples
    --------
    >>> rounded(57.5, 0), rounded(0.285 * 100, 0)
    (Decimal('58'), Decimal('29'))
    """
    exact = Decimal(repr(round(float(value), 10)))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) + Decimal(0)


@dataclass(frozen=True)
class Language:
    """A language of the site: message catalogue, number and date formats.

    Attributes
    ----------
    code : str
        ``en`` or ``es``; also the ``lang`` attribute of its pages.
    """

    code: str
    locale: Locale
    _catalogue: gettext.NullTranslations = field(repr=False)

    def text(self, message: str, /, **values: Any) -> Markup:
        """Return a message of the catalogue with its places filled in, safe for HTML.

        Parameters
        ----------
        message : str
            English message with ``{named}`` places; HTML tags in it are kept.
        **values
            Text is escaped; `Markup` is kept.

        Examples
        --------
        >>> language("en").text("In {city}", city="A & B")
        Markup('In A &amp; B')
        """
        return Markup(self._catalogue.gettext(message)).format(**values)  # noqa: S704 # from our own catalogue

    def plural(self, one: str, many: str, count: float, /, **values: Any) -> Markup:
        """Return the message for one or for many, with `count` filled in."""
        message = self._catalogue.ngettext(one, many, round(count))
        return Markup(message).format(count=self.number(count), **values)  # noqa: S704 # the same

    def of(self, words: Localized) -> str:
        """Return catalog words in this language."""
        return words[self.code]

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with grouped thousands and a fixed number of decimals.

        Examples
        --------
        >>> language("en").number(1004), language("en").number(12.35, 1)
        ('1,004', '12.4')
        """
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(rounded(value, digits), format=pattern, locale=self.locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """Return a share as a percent.

        Examples
        --------
        >>> language("en").percent(0.314), language("en").percent(0.586, 1)
        ('31%', '58.6%')
        """
        return f"{self.number(share * 100, digits)}%"

    def date(self, day: date) -> str:
        """Return a date in words."""
        return format_date(day, format="long", locale=self.locale)

    def list(self, items: list[str]) -> str:
        """Return items as a list in words: "a, b, and c"."""
        return format_list(items, locale=self.locale) if items else ""


@lru_cache(maxsize=8)
def language(code: str) -> Language:
    """Return a language of the site.

    Raises
    ------
    ValueError
        If the site is not written in it.
    """
    if code not in LANGUAGES:
        raise ValueError(f"language is {code!r}, but is expected to be in {LANGUAGES}")
    folder = resources.files("c2c_lib.language") / "messages"
    catalogue = gettext.translation("c2c", str(folder), [code], fallback=code == "en")
    return Language(code, Locale.parse(_LOCALES[code]), catalogue)
