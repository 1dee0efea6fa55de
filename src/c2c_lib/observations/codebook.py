"""The codebook as data: what every indicator means, and what a table holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from c2c_lib.catalog import Break, Catalog, Indicator, Source
from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.observations.summary import Held, held, spans

__all__ = ["CodebookEntry", "codebook_data", "codebook_entries"]

_NOTHING = Held(rows=0, shown=0, periods=(), places={}, groups={}, sources={})


@dataclass(frozen=True)
class CodebookEntry:
    """One indicator of the catalog beside what a table holds of it.

    Attributes
    ----------
    held : Held
        Empty where the table has no row, as with figures that may not be passed on.
    sources : tuple of Source
        In order of precedence.
    """

    indicator: Indicator
    held: Held
    sources: tuple[Source, ...]


def codebook_entries(frame: pd.DataFrame, catalog: Catalog) -> tuple[CodebookEntry, ...]:
    """Return an entry for every indicator of the catalog, in its order.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations, whole or of some places; as they may be published.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.observations import empty_observations
    >>> entries = codebook_entries(empty_observations(), load_catalog())
    >>> len(entries) == len(load_catalog().indicators), entries[0].held.rows
    (True, 0)
    """
    there = held(frame)
    return tuple(
        CodebookEntry(
            indicator,
            there.get(indicator.id, _NOTHING),
            tuple(catalog.sources[source] for source in indicator.sources),
        )
        for indicator in catalog.indicators.values()
    )


def codebook_data(frame: pd.DataFrame, catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """Return the codebook of the indicators that a table has rows of, ready for JSON.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations, as they may be published.
    language : str
        One of `c2c_lib.language.languages`.

    Returns
    -------
    list of dict
        One per indicator, in the order of the catalog. Spans are first and last period of
        each run without a missing year.
    """
    words = read_language(language)
    return [
        _entry(entry, catalog, words)
        for entry in codebook_entries(frame, catalog)
        if entry.held.rows
    ]


def _entry(entry: CodebookEntry, catalog: Catalog, language: Language) -> dict[str, Any]:
    indicator, there = entry.indicator, entry.held
    return {
        "id": indicator.id,
        "name": language.of(indicator.name),
        "question": language.of(indicator.question),
        "outcomes": [language.of(catalog.outcomes[o].name) for o in indicator.outcomes],
        "role": indicator.role,
        "definition": language.of(indicator.definition),
        "numerator": language.of(indicator.numerator),
        "denominator": language.of(indicator.denominator),
        "universe": language.of(indicator.people),
        "level": indicator.level,
        "unit": indicator.unit,
        "polarity": indicator.polarity,
        "proxy_for": language.of(indicator.proxy_for) if indicator.proxy_for else "",
        "limits": language.of(indicator.limits),
        "breaks": [_break(b, language) for b in indicator.breaks],
        "sources": [_source(s, there, language) for s in entry.sources],
        "periods": [[first.label, last.label] for first, last in spans(there.periods)],
        "groups": {name: list(groups) for name, groups in there.groups.items()},
        "places": dict(there.places),
        "figures": there.rows,
        "figures_with_a_value": there.shown,
    }


def _break(entry: Break, language: Language) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "period": entry.period,
        "dimension": entry.dimension,
        "places": list(entry.places),
        "levels": list(entry.levels),
        "source": entry.source,
        "note": language.of(entry.note),
    }


def _source(source: Source, there: Held, language: Language) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "path": source.url,
        "retrieved": source.retrieved,
        "licence": source.licence,
        "terms": language.of(source.terms),
        "redistributable": source.redistributable,
        "sampled": source.sampled,
        "suppression": language.of(source.suppression),
        "figures": there.sources.get(source.id, 0),
    }
