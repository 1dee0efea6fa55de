"""The message catalogues: one folder per language, one ``.po`` file per domain, read as it is.

A language is there when its catalogue ``messages/<code>/LC_MESSAGES/c2c.po`` is there, so adding
one is adding that file. Its header says in which locale numbers and dates are written
(``Language: es_US``), how plurals are formed, and in a comment who has reviewed it::

    # Reviewed: 2026-11-20 by Ana Pérez
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final, NoReturn

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from c2c_lib.errors import C2CError

__all__ = [
    "DOMAIN",
    "SOURCE",
    "MissingMessageError",
    "Review",
    "catalogue_file",
    "languages",
    "locale_of",
    "read_catalogue",
    "review_of",
    "translator",
]

SOURCE: Final = "en"
"""The language that the messages are written in; it needs no catalogue."""
DOMAIN: Final = "c2c"
_SOURCE_LOCALE: Final = "en_US"
_REVIEWED: Final = re.compile(r"^#?\s*Reviewed: (\d{4}-\d{2}-\d{2}) by (\S.*?)\s*$", re.MULTILINE)


class MissingMessageError(C2CError):
    """A page needs a message that its language's catalogue does not have."""

    def __init__(self, code: str, domain: str, message: str) -> None:
        super().__init__(code, domain, message)
        self.code, self.domain, self.message = code, domain, message

    def __str__(self) -> str:
        return (
            f"the catalogue {self.code}/{self.domain}.po has no translation of {self.message!r}. "
            "`c2c messages --update` adds it, to be translated."
        )


@dataclass(frozen=True)
class Review:
    """Who has read a catalogue and found it good.

    Attributes
    ----------
    day : date
        When.
    by : str
        A person's name.
    since : bool
        Whether the catalogue was changed after that day.
    """

    day: dt.date
    by: str
    since: bool


def _folder() -> Traversable:
    return resources.files("c2c_lib.language") / "messages"


def catalogue_file(code: str, domain: str = DOMAIN) -> Traversable:
    """Return where the catalogue of a language lies, whether it is there or not."""
    return _folder() / code / "LC_MESSAGES" / f"{domain}.po"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that the site can be written in, the source language first.

    Examples
    --------
    >>> languages()
    ('en', 'es')
    """
    folder = _folder()
    found = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return (SOURCE, *sorted(code for code in found if catalogue_file(code).is_file()))


@lru_cache(maxsize=8)
def read_catalogue(code: str, domain: str = DOMAIN) -> Catalog:
    """Read a catalogue with Babel.

    Raises
    ------
    FileNotFoundError
        If the language has no catalogue of the domain.
    babel.messages.pofile.PoFileError
        If the file is no catalogue.
    """
    with catalogue_file(code, domain).open("rb") as stream:
        return read_po(stream, domain=domain, abort_invalid=True)


class _Nothing(gettext.NullTranslations):
    """What a catalogue falls back on: an error instead of English on a page of another tongue."""

    def __init__(self, code: str, domain: str) -> None:
        super().__init__()
        self._code, self._domain = code, domain

    def _missing(self, message: str) -> NoReturn:
        raise MissingMessageError(self._code, self._domain, message)

    def gettext(self, message: str) -> str:
        self._missing(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        self._missing(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        self._missing(f"{message} ({context})")

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        self._missing(f"{msgid1} ({context})")


@lru_cache(maxsize=16)
def translator(code: str, domain: str = DOMAIN) -> gettext.NullTranslations:
    """Return the translations of a language, ready to be asked for messages.

    Parameters
    ----------
    code : str
        One of `languages`. The source language gives every message back.
    domain : str
        Name of the catalogue, without ``.po``; a room with many messages of its own may have one.

    Returns
    -------
    gettext.NullTranslations
        A message that is missing, empty or fuzzy raises `MissingMessageError`.

    Raises
    ------
    ValueError
        If the site is not written in the language.

    Examples
    --------
    >>> translator("en").gettext("Group"), translator("es").gettext("Group")
    ('Group', 'Grupo')
    """
    if code not in languages():
        raise ValueError(f"language is {code!r}, but is expected to be in {languages()}")
    if code == SOURCE:
        return gettext.NullTranslations()
    if not catalogue_file(code, domain).is_file():
        return _Nothing(code, domain)
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(code, domain))
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    found.add_fallback(_Nothing(code, domain))
    return found


def locale_of(code: str) -> Locale:
    """Return the locale of a language's numbers and dates, from the header of its catalogue.

    Examples
    --------
    >>> str(locale_of("en")), str(locale_of("es"))
    ('en_US', 'es_US')
    """
    if code == SOURCE:
        return Locale.parse(_SOURCE_LOCALE)
    return read_catalogue(code).locale or Locale.parse(code)


def review_of(code: str) -> Review | None:
    """Return who has reviewed a language's catalogue; None if nobody has."""
    if code == SOURCE:
        return None
    catalogue = read_catalogue(code)
    match = _REVIEWED.search(catalogue.header_comment)
    if match is None:
        return None
    day = dt.date.fromisoformat(match[1])
    changed = catalogue.revision_date
    return Review(day, match[2], since=isinstance(changed, dt.datetime) and changed.date() > day)
