"""From the store to the codebook, ready to show section by section."""

from __future__ import annotations

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.codebook import Codebook
from c2c_lib.language import language as read_language
from c2c_lib.reporting.cards import publishable_for, site_rules

__all__ = ["codebook"]


def codebook(language: str = "en") -> Codebook:
    """Return the codebook of the whole store, in one language.

    Raises
    ------
    ValueError
        If the site is not written in the language.

    Examples
    --------
    >>> str(codebook().title()).startswith("Codebook")
    True
    """
    return Codebook(publishable_for(site_rules()), load_catalog(), read_language(language))
