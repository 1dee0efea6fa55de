"""What surrounds children: money, homes, health and schooling, as conditions and not as merits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.more_table import is_recent, more_table
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["surroundings", "topic_tables"]


def surroundings(
    city: City, findings: Mapping[str, Finding], year: int, language: Language, catalog: Catalog
) -> Markup:
    """Return what these figures are about, and a table for each topic.

    Parameters
    ----------
    year : int
        Of the edition; figures that are ten years old or more are left to the downloads.
    """
    intro = language.text(
        "No child chooses the rent, the pay or the clinic. These figures are about what "
        "surrounds children, not about what a family does right or wrong."
    )
    tables = topic_tables("surroundings", city, findings, year, language, catalog)
    return Markup("<p>{}</p>\n{}").format(intro, tables)


def topic_tables(
    section: Literal["children", "surroundings"],
    city: City,
    findings: Mapping[str, Finding],
    year: int,
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return a table for each topic of the catalog that belongs to a section of the card."""
    tables = []
    for topic in catalog.topics.values():
        if topic.section != section:
            continue
        chosen = [findings[i] for i in topic.indicators if i in findings]
        caption = language.text(
            "{topic}: {place} and Connecticut", topic=language.of(topic.name), place=city.name
        )
        recent = [f for f in chosen if is_recent(f, year)]
        tables.append(more_table(f"topic-{topic.id}", caption, city, recent, language))
    return Markup("\n").join(t for t in tables if t)
