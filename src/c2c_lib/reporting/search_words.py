"""What readers call a thing that the pages call otherwise: ``data/search_words.yml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import yaml

__all__ = ["search_words"]

_FILE: Final = files("c2c_lib.reporting") / "data" / "search_words.yml"


@cache
def search_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return further words for what can be found, by its key and the language of the words.

    A key is the id of an indicator, of a section of a card, or the address of a page without
    its language.

    Examples
    --------
    >>> "absenteeism" in search_words()["chronic_absence"]["en"]
    True
    """
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        key: {language: tuple(map(str, words)) for language, words in spoken.items()}
        for key, spoken in read.items()
    }
