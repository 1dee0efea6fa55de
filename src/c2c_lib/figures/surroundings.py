"""What surrounds children: money, homes, health and schooling, as conditions and not as merits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Topic
from c2c_lib.figures.cells import folded
from c2c_lib.figures.conditions_chart import conditions_figure
from c2c_lib.figures.more_table import is_recent, more_table
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["surroundings", "topic_tables"]

_CHARTED = 4
"""Fewest shares that a chart shows better than a table."""


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
    """Return chart and table of each topic of the catalog that belongs to a section of a card."""
    parts = []
    for topic in catalog.topics.values():
        if topic.section == section:
            chosen = [findings[i] for i in topic.indicators if i in findings]
            recent = [f for f in chosen if is_recent(f, year)]
            parts.append(_topic(topic, city, recent, language))
    return Markup("\n").join(part for part in parts if part)


def _topic(topic: Topic, city: City, findings: list[Finding], language: Language) -> Markup:
    """Return shares as a chart with its table folded, and what is no share in a table of its own.

    Few shares need no chart: they stand in the table.
    """
    name = language.of(topic.name)
    caption = language.text("{topic}: {place} and Connecticut", topic=name, place=city.name)
    shares = [f for f in findings if f.indicator.unit == "share" and f.headline is not None]
    identifier = f"topic-{topic.id}"
    if len(shares) < _CHARTED:
        return more_table(identifier, caption, city, findings, language)
    others = [f for f in findings if f.indicator.unit != "share"]
    return Markup('<div class="topic">{}\n{}</div>\n{}').format(
        conditions_figure(
            name, shares, city.slug, f"{city.slug}-{identifier}", identifier, language
        ),
        folded(
            language.text("These figures as a table"),
            more_table(identifier, caption, city, shares, language),
        ),
        more_table(f"{identifier}-more", _more(name, city, language), city, others, language),
    )


def _more(topic: str, city: City, language: Language) -> Markup:
    return language.text("{topic}: further figures of {place}", topic=topic, place=city.name)
