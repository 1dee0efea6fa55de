"""Catalogues beside that of the site: the words of one room, in a file of their own."""

from __future__ import annotations

import gettext
import io
from functools import lru_cache
from importlib import resources

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from c2c_lib.language.language import Language

__all__ = ["translator"]

_LOCALES = {"en": "en_US", "es": "es_US"}


@lru_cache(maxsize=8)
def translator(code: str, domain: str) -> Language:
    """Return a language whose words come from the catalogue of one domain.

    Parameters
    ----------
    code : {"en", "es"}
        English needs no catalogue: the messages are English.
    domain : str
        Name of the file in ``messages/<code>/LC_MESSAGES``, without ``.po``.

    Raises
    ------
    ValueError
        For a language without a locale, or a domain without a catalogue in it.

    Examples
    --------
    >>> translator("en", "measures").text("about the same")
    Markup('about the same')
    """
    if code not in _LOCALES:
        raise ValueError(f"language is {code!r}, but is expected to be in {tuple(_LOCALES)}")
    locale = Locale.parse(_LOCALES[code])
    if code == "en":
        return Language(code, locale, gettext.NullTranslations())
    file = resources.files("c2c_lib.language") / "messages" / code / "LC_MESSAGES" / f"{domain}.po"
    if not file.is_file():
        raise ValueError(f"domain is {domain!r}, but there is no catalogue {domain}.po in {code!r}")
    compiled = io.BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=code))
    compiled.seek(0)
    return Language(code, locale, gettext.GNUTranslations(compiled))
