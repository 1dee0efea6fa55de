"""Segregation in plain words: who would have to move for every school or tract to be alike."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.number import derived
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings.segregation import Spread
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["apart"]


def apart(city: City, spreads: Sequence[Spread], language: Language, catalog: Catalog) -> Markup:
    """Return how unevenly children are spread over schools and tracts, as HTML.

    Parameters
    ----------
    city : City
        Whose schools and tracts they are.
    spreads : sequence of Spread
        From `c2c_lib.findings.segregation.spreads_of`.

    Notes
    -----
    The index of dissimilarity of a group and all others is the share of the group that would
    have to go to another unit for the same share everywhere, if nobody else did. That reading is
    given with the index that is free of chance, and only where it is more than chance.
    """
    say = language.text
    parts = [
        Markup("<p>{}</p>").format(
            say(
                "These numbers say how evenly groups of children are spread, not why. Where homes "
                "can be afforded and which streets a school serves have much to do with it. At 0 "
                "a group has the same share everywhere; at 100 it never meets anybody else. What "
                "chance alone would bring is taken off."
            )
        )
    ]
    parts += [
        _part([s for s in spreads if s.across == across], city, language, catalog)
        for across in ("school", "tract")
    ]
    return Markup("\n").join(parts)


def _part(spreads: Sequence[Spread], city: City, language: Language, catalog: Catalog) -> Markup:
    say = language.text
    if not any(s.reported for s in spreads):
        return Markup()
    school = spreads[0].across == "school"
    most = max((s for s in spreads if s.reported), key=lambda s: (s.more_than_chance, s.corrected))
    period = most.period
    heading = say("Across schools") if school else say("Across census tracts")
    columns = [
        Column(say("Students") if school else say("Residents and children"), numeric=False),
        Column(
            say("Of every 100, would go to another school")
            if school
            else say("Of every 100, would live in another tract")
        ),
        Column(say("Likely range"), whole=True),
        Column(say("More than chance?"), numeric=False),
        Column(say("Schools compared") if school else say("Tracts compared")),
    ]
    rows = [_row(s, language, catalog) for s in spreads]
    caption = (
        say("How evenly students are spread over the public schools of {place}, {period}",
            place=city.name, period=period)
        if school
        else say("How evenly people are spread over the census tracts of {place}, {period}",
                 place=city.name, period=period)
    )  # fmt: skip
    shown = table(f"apart-{most.across}", caption, columns, rows)
    note = (
        say("Schools of all grades that the district runs are compared.")
        if school
        else say("The figures come from a survey, and its margins of error are taken into account.")
    )
    return Markup("<h3>{}</h3><p>{} {}</p>{}").format(
        heading, _sentence(most, language, catalog), note, shown
    )


def _sentence(most: Spread, language: Language, catalog: Catalog) -> Markup:
    """Say what the widest of the numbers means."""
    say = language.text
    if not most.more_than_chance:
        return say("No group is spread less evenly than chance could bring.")
    facts = {
        "group": _name(most, language, catalog),
        "count": derived(language.number(most.corrected * 100), "segregation"),
        "low": derived(language.number(most.lower * 100), "segregation"),
        "high": derived(language.number(most.upper * 100), "segregation"),
    }
    if most.across == "school":
        return say(
            "Least even: {group}. Of every 100 of them, about {count} (likely from {low} to "
            "{high}) would have to go to another school for every school to have the same share "
            "of them.",
            **facts,
        )
    return say(
        "Least even: {group}. Of every 100 of them, about {count} (likely from {low} to {high}) "
        "would have to live in another tract for every tract to have the same share of them.",
        **facts,
    )


def _row(spread: Spread, language: Language, catalog: Catalog) -> list[Cell]:
    say = language.text
    name = _name(spread, language, catalog)
    units = say(
        "{units} of {all}",
        units=language.number(spread.units),
        all=language.number(spread.units + spread.left_out),
    )
    if not spread.reported:
        why = say("Too few figures may be shown")
        return [name, why, say("Not given"), say("Not given"), units]
    number, low, high = (
        language.number(value * 100) for value in (spread.corrected, spread.lower, spread.upper)
    )
    return [
        name,
        derived(number, "segregation") if spread.more_than_chance else say("Perhaps none"),
        derived(say("{low} to {high}", low=low, high=high), "segregation"),
        say("Yes") if spread.more_than_chance else say("No"),
        units,
    ]


def _name(spread: Spread, language: Language, catalog: Catalog) -> str:
    if spread.group == "all":
        return language.of(catalog.indicator(spread.indicator).name)
    groups = {g.id: g for g in catalog.dimensions["race_ethnicity"].groups}
    return language.of(groups[spread.group].name)
