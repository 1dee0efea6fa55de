"""How the card was made, and how to get its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.codebook_link import CODEBOOK
from c2c_lib.figures.codebook_words import licence_words
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City
from c2c_lib.privacy import Rules

__all__ = ["get_the_numbers", "how_we_made_this"]


def get_the_numbers(city: City, edition: str, language: Language) -> Markup:
    """Return links to the downloads, what they hold, and how to cite them."""
    files = {
        "data/index.html": language.text(
            "All downloads, with what is in them, how to open and how to cite them"
        ),
        "data/indicators.xlsx": language.text("Every figure of this card as a workbook (Excel)"),
        "data/indicators.csv": language.text(
            "Every figure of this card, one row each, with its source and status (CSV)"
        ),
        CODEBOOK: language.text("What each figure means: the codebook"),
    }
    items = Markup("\n").join(
        Markup('<li><a href="{}">{}</a></li>').format(path, words) for path, words in files.items()
    )
    cite = language.text(
        "Cite as: {partnership}, {place} report card {edition}, made with c2c. Name the publisher "
        "of each figure too: the column “source” says who it is.",
        partnership=city.partnership.name,
        place=city.name,
        edition=edition,
    )
    return Markup("<ul>{}</ul><p>{}</p>").format(items, cite)


def how_we_made_this(
    city: City,
    findings: Mapping[str, Finding],
    others: Iterable[Observation],
    rules: Rules,
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return the rules of the card and the table of its sources.

    Parameters
    ----------
    others : iterable of Observation
        Figures on the page that are in no finding, such as those by census tract.
    """
    paragraphs = [
        language.text(
            "Each figure is the publisher’s own. We round it only on the page: to whole percents "
            "in sentences and one decimal in tables. Differences are worked out before we round, "
            "so they can look one point off."
        ),
        language.text(
            "A school figure is about the public schools of {place}. Charter schools and state "
            "technical schools count as districts of their own. A figure about births, income or "
            "work is about all who live in {place}.",
            place=city.name,
        ),
        language.text(
            "We never show a figure where fewer than {numerator} children are counted or fewer "
            "than {denominator} are in the group, nor one that would give such a figure away. What "
            "a publisher hides stays hidden.",
            numerator=rules.minimum_numerator,
            denominator=rules.minimum_denominator,
        ),
        language.text(
            "A change or a gap is called one only if it is larger than chance alone could make "
            "(the 95 percent interval leaves out zero) and at least 1 point. A change of a figure "
            "that is no percentage must be at least 1 percent of it. Where a publisher gives no "
            "counts, only the size is judged, and the figure is marked “use with care”. Nothing is "
            "compared across a break in a series."
        ),
        language.text(
            "The baseline is the year from which we count change. It is {period}, or the last "
            "year before it that we may compare with the newest one. Where there is none, it is "
            "the first year that we may compare.",
            period=city.baseline,
        ),
        language.text(
            "Groups are compared with all children, and no group stands first or is the measure of "
            "the others."
        ),
    ]
    rendered = Markup("\n").join(Markup("<p>{}</p>").format(text) for text in paragraphs)
    return rendered + Markup("\n") + _sources(findings, others, language, catalog)


def _sources(
    findings: Mapping[str, Finding],
    others: Iterable[Observation],
    language: Language,
    catalog: Catalog,
) -> Markup:
    used: dict[str, list[Observation]] = {}
    every = (o for finding in findings.values() for o in finding.observations)
    for observation in (*every, *others):
        used.setdefault(observation.source, []).append(observation)
    columns = [
        Column(language.text("Source"), numeric=False),
        Column(language.text("Publisher"), numeric=False),
        Column(language.text("Periods"), numeric=False),
        Column(language.text("Retrieved"), numeric=False),
        Column(language.text("Terms"), numeric=False),
    ]
    rows: list[list[Cell]] = []
    for source in catalog.sources.values():
        if source.id in used:
            periods = sorted({o.period for o in used[source.id]})
            span = (
                periods[0].label
                if len(periods) == 1
                else language.text(
                    "{first} to {last}", first=periods[0].label, last=periods[-1].label
                )
            )
            title = Markup('<a href="{}">{}</a>').format(source.url, language.foreign(source.title))
            day = language.date(source.retrieved, "medium")
            terms = licence_words(source.licence, language)
            rows.append([title, language.note(source.publisher), span, day, terms])
    # Each figure has its source beside it, on paper too, where this list would take pages.
    return Markup("<details><summary>{}</summary>{}</details>").format(
        language.plural(
            "{count} source, with its periods and terms",
            "All {count} sources, with their periods and terms",
            len(rows),
        ),
        table("sources", language.text("Sources of this card"), columns, rows),
    )
