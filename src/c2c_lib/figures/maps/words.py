"""What a map says in words: its alternative text, caption, sentence and table heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from markupsafe import Markup

from c2c_lib.catalog import Indicator
from c2c_lib.figures.maps.areas import Area
from c2c_lib.figures.number import figure, value_text
from c2c_lib.language import Language, mark
from c2c_lib.params import City

__all__ = [
    "BY",
    "HEADINGS",
    "Kind",
    "alternative",
    "caption",
    "count_of",
    "ends_of",
    "range_sentence",
    "table_caption",
]

Kind = Literal["tract", "neighborhood", "school"]

HEADINGS: Final = {
    "tract": mark("Census tract"),
    "neighborhood": mark("Neighborhood"),
    "school": mark("School"),
}
"""What one place of a kind is called at the head of a column."""
BY: Final = {
    "tract": mark("census tract"),
    "neighborhood": mark("neighborhood"),
    "school": mark("school"),
}
"""The same within a sentence."""


def ends_of(areas: Sequence[Area]) -> tuple[Area, Area] | None:
    """Return the lowest and the highest figure that can be acted on."""
    sure = [area for area in areas if area.shown and area.quality != "too_weak"]
    if not sure:
        return None
    return min(sure, key=lambda a: a.value), max(sure, key=lambda a: a.value)


def count_of(areas: Sequence[Area], quality: str) -> int:
    """Return how many areas are of a quality."""
    return sum(area.quality == quality for area in areas)


def alternative(
    city: City, indicator: Indicator, areas: Sequence[Area], kind: Kind, language: Language
) -> str:
    """Return the map in words, with the numbers of the sentence above it."""
    say = language.text
    first = next(a.observation for a in areas if a.observation is not None)
    facts = {
        "place": city.name,
        "name": language.of(indicator.name),
        "period": first.period.label,
        "count": len(areas),
    }
    text = (
        say("Map of the schools of {place}: {name}, {period}. Schools: {count}", **facts)
        if kind == "school"
        else say(
            "Map of {place} by {kind}: {name}, {period}. Areas: {count}",
            kind=say(BY[kind]),
            **facts,
        )
    )
    ends = ends_of(areas)
    if ends is not None:
        low, high = (_plain(area, indicator, language) for area in ends)
        text += "; " + say(
            "from {low} to {high} where it is strong enough to act on", low=low, high=high
        )
    weak = count_of(areas, "too_weak")
    if weak:
        text += "; " + say("too weak to act on: {weak}", weak=weak)
    return str((text + ".").unescape())


def _plain(area: Area, indicator: Indicator, language: Language) -> str:
    return str(_priced(value_text(area.value, indicator.unit, language), indicator))


def _priced(text: Markup | str, indicator: Indicator) -> Markup:
    """Put the sign before an amount of dollars, and nothing before another figure."""
    return Markup("{}{}").format("$" if indicator.unit == "dollars" else "", text)


def caption(
    city: City,
    indicator: Indicator,
    areas: Sequence[Area],
    language: Language,
    kind: Kind = "tract",
) -> Markup:
    """Name what the fills mean, each only where it is drawn."""
    say = language.text
    first = next(a.observation for a in areas if a.observation is not None)
    sentences = [
        Markup("<strong>{}</strong>").format(
            say(
                "{name} in {place}, {period}.",
                name=language.of(indicator.name),
                place=city.name,
                period=first.period.label,
            )
        ),
        say("The classes are the same for all cities."),
    ]
    school = kind == "school"
    if count_of(areas, "too_weak"):
        sentences.append(
            say("Striped schools are too weak to act on.")
            if school
            else say("Striped areas are too weak to act on.")
        )
    if count_of(areas, "hidden"):
        sentences.append(
            say("Schools with a dashed edge are not shown.")
            if school
            else say("Dotted areas are not shown.")
        )
    if count_of(areas, "no_margin"):
        sentences.append(
            say("The publisher gives no margin of error, so that small differences mean nothing.")
        )
    return Markup(" ").join(sentences)


def range_sentence(
    city: City,
    indicator: Indicator,
    areas: Sequence[Area],
    language: Language,
    kind: Kind = "tract",
) -> Markup:
    """Say from where to where the figures run that can be acted on, and how many cannot."""
    say = language.text
    sentences = []
    ends = ends_of(areas)
    if ends is not None:
        low, high = (
            _priced(figure(area.observation, indicator.unit, language), indicator)
            for area in ends
            if area.observation is not None
        )
        words = {
            "low": low,
            "high": high,
            "people": language.of(indicator.people),
            "predicate": language.of(indicator.predicate),
            "name": language.of(indicator.name),
        }
        if indicator.unit != "share":
            sentence = say(
                "{name}: where the figure is strong enough to act on, it runs from {low} to "
                "{high}.",
                **words,
            )
        elif kind == "school":
            sentence = say(
                "By school, from {low} to {high} of {people} {predicate}.",
                **words,
            )
        else:
            sentence = say(
                "By area, from {low} to {high} of {people} {predicate}.",
                **words,
            )
        sentences.append(sentence)
    weak = count_of(areas, "too_weak")
    if weak and kind == "school":
        sentences.append(
            language.plural(
                "{count} of {all} schools in {place} is left out. Its figure counts too few "
                "students to act on it. Do not single it out.",
                "{count} of {all} schools in {place} are left out. Their figures count too few "
                "students to act on them. Do not rank them or single them out.",
                weak,
                all=len(areas),
                place=city.name,
            )
        )
    elif weak:
        sentences.append(
            language.plural(
                "{count} of {all} areas in {place} is left out, because its margin of error is "
                "very wide. Its figure is too weak to act on. Do not single it out.",
                "{count} of {all} areas in {place} are left out, because their margins of error "
                "are very wide. Their figures are too weak to act on. Do not rank them or single "
                "them out.",
                weak,
                all=len(areas),
                place=city.name,
            )
        )
    return Markup("<p>{}</p>").format(Markup(" ").join(sentences)) if sentences else Markup()


def table_caption(city: City, title: Markup | str, kind: Kind, language: Language) -> Markup:
    """Return what a ranked table of tracts shows: the figure and its period, and the order."""
    say = language.text
    order = say(
        "{place} by {kind}, from highest to lowest; ranks that overlap are ties",
        place=city.name,
        kind=say(BY[kind]),
    )
    return Markup("{}. {}").format(title, order)
