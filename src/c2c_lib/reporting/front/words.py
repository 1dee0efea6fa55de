"""What the words mean: terms of the cards, quality, reasons for hiding, and student groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.figures.quality import QUALITY_WORDS
from c2c_lib.figures.table import Column, table
from c2c_lib.language import Language, mark
from c2c_lib.language import language as read_language
from c2c_lib.language.order import sorted_as
from c2c_lib.observations.schema import STATUSES
from c2c_lib.reporting.front.prose import page
from c2c_lib.reporting.project import CityInfo

__all__ = ["words_body"]

_TERMS: Final = {
    mark("Baseline"): mark("The year from which change is counted."),
    mark("Census survey"): mark(
        "The American Community Survey: every year the Census Bureau asks some households, not all."
    ),
    mark("Chance"): mark(
        "What makes a figure move a little from year to year although nothing has changed, most "
        "of all where few children are counted."
    ),
    mark("Chronically absent"): mark(
        "Said of a student who missed one school day in ten or more, for any reason."
    ),
    mark("Contributing indicator"): mark(
        "A figure that helps to move a core indicator, such as days missed at school."
    ),
    mark("Core indicator"): mark("The figure by which a partnership judges an outcome."),
    mark("District"): mark(
        "The public schools of a city. Charter schools and state technical schools are districts "
        "of their own. A district figure is not about all children who live in the city."
    ),
    mark("Edition"): mark("One publication of these pages. Its address and figures never change."),
    mark("Estimated"): mark(
        "Said of a number that nobody counted one by one: it comes from a survey or a model."
    ),
    mark("Gap"): mark(
        "How far a group’s figure is from that of all children: in points, and as a ratio."
    ),
    mark("Group not shown"): mark("A group whose figure is hidden to protect children."),
    mark("High needs"): mark(
        "Students with low family income, students learning English, and students with "
        "disabilities, taken together. It is the state’s term."
    ),
    mark("Index"): mark("An average of scores from 0 to 100 points. It is no share of students."),
    mark("Likely between"): mark(
        "The range in which the true figure would fall 95 times in 100. A wide range means that "
        "few people were counted or asked."
    ),
    mark("Margin of error"): mark(
        "How far a survey’s figure may be off, because it asks some people and not all."
    ),
    mark("Outcome"): mark("A stage from birth to career at which we ask how children are doing."),
    mark("Point"): mark(
        "The step between two percentages: from 30% to 35% is 5 points more, not 5% more."
    ),
    mark("Poverty level"): mark(
        "The income, by size of family, below which the Census Bureau says that a family lives in "
        "poverty. It is the same all over the country."
    ),
    mark("Ratio"): mark("One figure divided by another: 1.5 means half as much again."),
    mark("Target"): mark("What a partnership itself has said it wants to reach, and by when."),
    mark("Tract"): mark("A census area of about 4,000 people, part of a city."),
}
_QUALITY: Final = {
    "strong": mark("You can act on it: the range of likely values is narrow."),
    "use_with_care": mark("Good for a first look. Ask for more before you decide on it."),
    "too_weak": mark("Too few people stand behind it. It is in the table, not in sentences."),
    "not_shown": mark("There is no figure, or it is hidden to protect children."),
}


def words_body(cities: Sequence[CityInfo], language: str) -> str:  # noqa: ARG001 - as every front page
    """Return the HTML of the page, with an ``<h1>``."""
    spoken = read_language(language)
    say = spoken.text
    catalog = load_catalog()
    return page(
        say("What do the words mean?"),
        say("The words of the report cards, in plain language."),
        [
            ("terms", say("What do we mean by it?"), _definitions(spoken)),
            ("quality", say("How sure can we be?"), _quality(spoken)),
            ("status", say("Why is a figure missing?"), _statuses(spoken)),
            ("groups", say("Which groups of children are shown?"), _groups(spoken, catalog)),
        ],
    )


def _definitions(language: Language) -> Markup:
    said = [
        (str(language.text(term)), language.text(meaning), f"word-{term.lower().replace(' ', '-')}")
        for term, meaning in _TERMS.items()
    ]
    said.sort(key=lambda entry: sorted_as(entry[0]))
    entries = Markup("").join(
        Markup('<div id="{}"><dt>{}</dt><dd>{}</dd></div>').format(anchor, term, meaning)
        for term, meaning, anchor in said
    )
    return Markup('<dl class="words">{}</dl>').format(entries)


def _quality(language: Language) -> Markup:
    say = language.text
    columns = [Column(say("Word"), numeric=False), Column(say("Meaning"), numeric=False)]
    rows = [[say(QUALITY_WORDS[word]), say(meaning)] for word, meaning in _QUALITY.items()]
    return table("quality-words", say("The four words of quality"), columns, rows)


def _statuses(language: Language) -> Markup:
    say = language.text
    columns = [
        Column(say("Status in the table"), numeric=False),
        Column(say("Meaning"), numeric=False),
    ]
    rows = [[status, say(meaning)] for status, meaning in STATUSES.items()]
    return table("status-words", say("Why a figure is there or not"), columns, rows)


def _groups(language: Language, catalog: Catalog) -> Markup:
    say = language.text
    columns = [
        Column(say("Told apart by"), numeric=False),
        Column(say("Groups"), numeric=False),
        Column(say("What to know"), numeric=False),
    ]
    rows = []
    for dimension in catalog.dimensions.values():
        if dimension.gaps:
            names = language.list([language.of(group.name) for group in dimension.groups])
            note = language.of(dimension.note) if dimension.note else say("No note")
            rows.append([language.of(dimension.name), names, note])
    return table("group-words", say("The groups, as the publishers name them"), columns, rows)
