"""The order of words in a list from A to Z."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["sorted_as"]


def sorted_as(words: str) -> str:
    """Return words as a reader looks for them: without accents, signs in front and capitals.

    Examples
    --------
    >>> sorted_as("¿Qué tres cosas?"), sorted_as("“Likely”")
    ('que tres cosas?', 'likely”')
    >>> sorted(["Sector", "Índice", "Azar"], key=sorted_as)
    ['Azar', 'Índice', 'Sector']
    """
    plain = "".join(
        c for c in unicodedata.normalize("NFD", words.casefold()) if not unicodedata.combining(c)
    )
    return re.sub(r"^\W+", "", plain)
