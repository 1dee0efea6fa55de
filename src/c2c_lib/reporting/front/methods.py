"""How the site is made: from publishers' files to sentences, with every rule that matters."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.figures.codebook_words import licence_words
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.prose import items, page, paragraphs
from c2c_lib.reporting.project import CityInfo

__all__ = ["methods_body"]


def methods_body(cities: Sequence[CityInfo], language: str) -> str:
    """Return the HTML of the page, with an ``<h1>``."""
    spoken = read_language(language)
    say = spoken.text
    return page(
        say("How did we make this?"),
        say(
            "Each figure is a publisher’s own. This page says what we do with it before it stands "
            "in a sentence, a chart or a table."
        ),
        [
            ("figures", say("Where do the figures come from?"), _figures(spoken)),
            ("places", say("Which children does a figure describe?"), _places(spoken)),
            ("change", say("When is a change a change?"), _change(spoken, cities)),
            ("gaps", say("When is a gap a gap?"), _gaps(spoken)),
            ("sure", say("How do we say how sure we are?"), _sure(spoken)),
            ("hidden", say("What do we hide?"), _hidden(spoken)),
            ("sources", say("Which sources do we use?"), _sources(spoken, load_catalog())),
        ],
    )


def _figures(language: Language) -> Markup:
    say = language.text
    codebook = say("codebook")
    return paragraphs(
        say(
            "A program reads the files that publishers release and puts every figure into one "
            "table: one row for each indicator, place, period and group, with its source. It "
            "stops where it meets a label or a column that it does not know."
        ),
        say(
            "Where two reports give the same figure, one of them goes first, by a written rule. "
            "The other is kept out; they are never averaged."
        ),
        say(
            "We round only on the page: to whole percents in sentences, to one decimal in tables. "
            "Differences are worked out before we round, so they can look one point off."
        ),
        say(
            "The {codebook} has the definition, formula, source, limits and breaks of every "
            "indicator.",
            codebook=Markup('<a href="../codebook/index.html">{}</a>').format(codebook),
        ),
    )


def _places(language: Language) -> Markup:
    say = language.text
    return paragraphs(
        say(
            "A school figure is about the public schools of a district. A figure about births, "
            "income, health or work is about all who live in the city. The two are not the same "
            "children, and each figure says which it is."
        ),
        say(
            "Since 2022 the Census Bureau divides Connecticut into planning regions instead of "
            "counties. The codes of places changed with them. Figures are joined to maps only in "
            "the same version of the codes."
        ),
    )


def _change(language: Language, cities: Sequence[CityInfo]) -> Markup:
    say = language.text
    baselines = sorted({str(getattr(city, "baseline", "")) for city in cities} - {""})
    return paragraphs(
        say(
            "A figure has changed if the difference from the baseline is larger than chance alone "
            "could make: its 95 percent interval leaves out zero. It must also be at least 1 "
            "point, or 1 percent of a figure that is no percentage. Otherwise it is about the same."
        ),
        say(
            "The baseline is {period}, or the last year before it that may be compared.",
            period=language.list(baselines),
        )
        if baselines
        else say("Each card names its baseline."),
        say(
            "Nothing is compared across a break: a new test, a new way of counting, or a year cut "
            "short. A break is drawn in the chart and named below it."
        ),
    )


def _gaps(language: Language) -> Markup:
    say = language.text
    return paragraphs(
        say(
            "Each group is compared with all children of the same place and year, not with one "
            "group as the measure of the others. A gap is shown in points and as a ratio."
        ),
        say(
            "A gap is called one if the interval of the difference leaves out zero. “In children” "
            "says how many more children would reach the standard if the group did as well as all."
        ),
    )


def _sure(language: Language) -> Markup:
    say = language.text
    return items(
        say(
            "Where everyone is counted, the interval of a share is Wilson’s at 95 percent: it "
            "says how far the figure of a group of this size moves by chance."
        ),
        say(
            "Where people are asked in a survey, the publisher’s margin of error is used, by the "
            "formulas of the Census Bureau."
        ),
        say(
            "The words of quality follow the standards of the National Center for Health "
            "Statistics, and the size of the margin of error for surveys."
        ),
    )


def _hidden(language: Language) -> Markup:
    say = language.text
    privacy = say("How are children protected?")
    return paragraphs(
        say(
            "We hide figures of few children, and others that would give those away. {link}",
            link=Markup('<a href="../privacy/index.html">{}</a>').format(privacy),
        )
    )


def _sources(language: Language, catalog: Catalog) -> Markup:
    say = language.text
    columns = [
        Column(say("Source"), numeric=False),
        Column(say("Publisher"), numeric=False),
        Column(say("Retrieved"), numeric=False, whole=True),
        Column(say("Terms"), numeric=False),
    ]
    rows: list[list[Cell]] = [
        [
            Markup('<a href="{}">{}</a>').format(source.url, language.foreign(source.title)),
            language.note(source.publisher),
            language.date(source.retrieved, "medium"),
            licence_words(source.licence, language),
        ]
        for source in catalog.sources.values()
    ]
    return table("all-sources", say("All sources of this site"), columns, rows)
