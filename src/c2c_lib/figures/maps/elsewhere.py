"""Figures by census tract that may not be passed on, and where a reader gets them."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.language import Language

__all__ = ["elsewhere"]


def elsewhere(language: Language, catalog: Catalog) -> Markup:
    """Return what each such figure says, its limits, and a link to its publisher.

    Parameters
    ----------
    catalog : Catalog
        Says which figures are by tract and whether any of their sources may be passed on.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.language import language
    >>> html = elsewhere(language("en"), load_catalog())
    >>> "https://www.opportunityatlas.org" in html, "https://www.diversitydatakids.org" in html
    (True, True)
    """
    say = language.text
    kept = [
        indicator
        for indicator in catalog.indicators.values()
        if indicator.level == "tract"
        and not any(catalog.source(source).redistributable for source in indicator.sources)
    ]
    note = say(
        "The publishers of these figures do not clearly let others pass them on, so that there is "
        "no map of them here. Their own maps are open to everybody."
    )
    items = Markup().join(_item(indicator, language, catalog) for indicator in kept)
    return Markup("<p>{}</p><dl>{}</dl>").format(note, items)


def _item(indicator: Indicator, language: Language, catalog: Catalog) -> Markup:
    source = catalog.source(indicator.sources[0])
    link = Markup('<a href="{}">{}</a>').format(source.url, language.of(source.short))
    return Markup("<dt>{}</dt><dd>{} {} {}</dd>").format(
        language.of(indicator.name),
        language.of(indicator.definition),
        language.of(indicator.limits),
        language.text("Its map: {link}.", link=link),
    )
