"""The languages of the site: message catalogues, numbers, dates and lists in words."""

from c2c_lib.language.catalogue import MissingMessageError, languages, review_of, translator
from c2c_lib.language.language import Language, language, mark, mark_plural, rounded

__all__ = [
    "Language",
    "MissingMessageError",
    "language",
    "languages",
    "mark",
    "mark_plural",
    "review_of",
    "rounded",
    "translator",
]
