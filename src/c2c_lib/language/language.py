"""Words, numbers and dates in the language of a page."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final, Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from c2c_lib.catalog import Localized
from c2c_lib.language.catalogue import DOMAIN, SOURCE, MissingMessageError, locale_of, translator

__all__ = ["Language", "language", "mark", "mark_plural", "rounded"]

_MANY: Final = 2
_SOUNDS_AS_I: Final = re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE)
"""How a Spanish word begins that "e" stands before, and not "y"."""
_ARTICLE: Final = re.compile(r"\b([Dd]e|[Aa]) el\b")
"""What Spanish writes as one word, "del" and "al", when a name that is filled in brings "el"."""
_PLACE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


def mark(message: str) -> str:
    """Mark a message for the catalogue where it is chosen, not yet where it is said."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a message for one and for many where they are chosen, not yet where they are said."""
    return one, many


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
        One of `c2c_lib.language.languages`; also the ``lang`` attribute of its pages.
    locale : Locale
        How it writes numbers, dates and lists.
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
        >>> str(language("es").text("These figures describe {who}.", who="el estado"))
        'Estas cifras hablan del estado.'
        """
        return self._filled(self._catalogue.gettext(message), values)

    def plural(
        self, one: str, many: str, count: float, /, digits: int = 0, **values: Any
    ) -> Markup:
        """Return the message for one or for many, with `count` filled in; a part counts as many.

        Examples
        --------
        >>> said = [language("en").plural("{count} point", "{count} points", n, digits=1)
        ...         for n in (1, 0.7)]
        >>> [str(words) for words in said]
        ['1.0 point', '0.7 points']
        """
        shown = rounded(count, digits)
        whole = int(shown) if shown == int(shown) else _MANY
        message = self._catalogue.ngettext(one, many, whole)
        return self._filled(message, {"count": self.number(count, digits), **values})

    def in_context(self, context: str, message: str, /, **values: Any) -> Markup:
        """Return a message whose English is one in two places that another tongue tells apart.

        Parameters
        ----------
        context : str
            Where it stands, in a word or two, for the catalogue.
        """
        return self._filled(self._catalogue.pgettext(context, message), values)

    def _filled(self, message: str, values: Mapping[str, Any]) -> Markup:
        """Return a message of our own catalogue with its places filled in, safe for HTML."""
        said = Markup(message).format(**values)  # noqa: S704 # the message is ours
        if self.locale.language == "es" and values:
            return Markup(_ARTICLE.sub(r"\1l", said))  # noqa: S704 # escaped above
        return said

    def of(self, words: Localized) -> str:
        """Return words of the catalog or of a city's file in this language.

        Raises
        ------
        MissingMessageError
            If neither the message catalogue nor the words themselves have a translation.

        Examples
        --------
        >>> reading = Localized(en="Reading by candlelight", es="Leer a la luz de una vela")
        >>> language("en").of(reading), language("es").of(reading)
        ('Reading by candlelight', 'Leer a la luz de una vela')
        """
        own = words.own(self.code)
        try:
            return self._catalogue.gettext(words.en)
        except MissingMessageError:
            # Words of the catalog are those of the site, whichever room speaks them.
            return translator(self.code).gettext(words.en) if own is None else own

    def note(self, words: str | Localized) -> Markup:
        """Return a note from a table or file: translated if it can be, else marked English.

        Examples
        --------
        >>> str(language("es").note("A free remark."))
        '<span lang="en">A free remark.</span>'
        >>> str(language("es").note(Localized(en="A free remark.", es="Una nota libre.")))
        'Una nota libre.'
        """
        words = words if isinstance(words, Localized) else Localized(en=words)
        try:
            return Markup("{}").format(self.of(words))
        except MissingMessageError:
            return self.foreign(words.en)

    def foreign(self, words: str, spoken: str = SOURCE) -> Markup:
        """Return words of another language, such as a report's title, marked as such.

        Examples
        --------
        >>> str(language("es").foreign("Vital Statistics")), str(language("en").foreign("A & B"))
        ('<span lang="en">Vital Statistics</span>', 'A &amp; B')
        """
        if spoken == self.code:
            return Markup("{}").format(words)
        return Markup('<span lang="{}">{}</span>').format(spoken, words)

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with grouped thousands, a fixed number of decimals and a true minus.

        Examples
        --------
        >>> language("en").number(1004), language("en").number(-12.35, 1)
        ('1,004', '−12.4')
        """
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        said = format_decimal(rounded(value, digits), format=pattern, locale=self.locale)
        return said.replace("-", "−")

    def percent(self, share: float, digits: int = 0) -> str:
        """Return a share as a percent.

        Examples
        --------
        >>> language("en").percent(0.314), language("en").percent(0.586, 1)
        ('31%', '58.6%')
        """
        return _percent_pattern(self.locale).replace(_PLACE, self.number(share * 100, digits))

    def date(self, day: date | str, style: Literal["long", "medium"] = "long") -> str:
        """Return a date, or one in ISO form, in words.

        Examples
        --------
        >>> language("en").date("2026-11-03"), language("en").date("2026-11-03", "medium")
        ('November 3, 2026', 'Nov 3, 2026')
        """
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return format_date(day, format=style, locale=self.locale)

    def list(self, items: list[str]) -> str:
        """Return items as a list in words: "a, b, and c".

        In Spanish, which Unicode's list patterns do not tell, "y" is "e" before the sound of an i.

        Examples
        --------
        >>> language("es").list(["género", "ingresos"]), language("es").list(["agua", "hielo"])
        ('género e ingresos', 'agua y hielo')
        """
        said = format_list(items, locale=self.locale) if items else ""
        if self.locale.language == "es" and len(items) > 1 and _SOUNDS_AS_I.match(items[-1]):
            head, _, last = said.rpartition(f" y {items[-1]}")
            return f"{head} e {items[-1]}{last}"
        return said


@lru_cache(maxsize=8)
def _percent_pattern(locale: Locale) -> str:
    """Return how the locale writes a percent, with a place for the number."""
    pattern = locale.percent_formats[None]
    return f"{pattern.prefix[0]}{_PLACE}{pattern.suffix[0]}"


@lru_cache(maxsize=8)
def language(code: str, domain: str = DOMAIN) -> Language:
    """Return a language of the site.

    Parameters
    ----------
    code : str
        One of `c2c_lib.language.languages`.
    domain : str
        Which catalogue its words come from: that of the site, or of one room.

    Raises
    ------
    ValueError
        If the site is not written in it.
    """
    catalogue = translator(code, domain)
    return Language(code, locale_of(code), catalogue)
