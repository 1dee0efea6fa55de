"""The languages of the site: message catalogues, numbers, dates and lists in words."""

from c2c_lib.language.domains import translator
from c2c_lib.language.language import Language, language, mark, rounded

__all__ = ["Language", "language", "mark", "rounded", "translator"]
