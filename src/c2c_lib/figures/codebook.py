"""The codebook as two pages: what every figure means, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markupsafe import Markup

from c2c_lib.catalog import Break, Catalog, Group, Indicator, LeftOut, Outcome, Source
from c2c_lib.figures.codebook_link import SOURCES, source_anchor
from c2c_lib.figures.codebook_words import (
    BREAK_KINDS,
    POLARITIES,
    ROLES,
    UNITS,
    level_count,
    level_words,
    licence_words,
    place_kind,
)
from c2c_lib.figures.places import place_name
from c2c_lib.figures.section import Section
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language
from c2c_lib.observations.codebook import CodebookEntry, codebook_entries
from c2c_lib.observations.summary import Held, held, spans
from c2c_lib.privacy import Publishable

__all__ = ["Codebook"]

Fact = tuple[Cell, Cell]
_ABSENT: Final = "None"
"""How the catalog begins where an indicator has no numerator or no denominator."""


@dataclass(frozen=True, eq=False)
class Codebook:
    """All sections of the codebook, in one language.

    Two pages show it: one with an entry per indicator, and one with the reports, their terms
    and what is left out, so that terms which many indicators share stand once. Build it with
    `c2c_lib.reporting.codebook`, which reads the store. Every section shows itself in a
    notebook.

    Parameters
    ----------
    publishable : Publishable
        The whole table after the privacy gate.
    """

    publishable: Publishable
    catalog: Catalog
    language: Language

    @cached_property
    def entries(self) -> tuple[CodebookEntry, ...]:
        """Every indicator with what the table holds of it."""
        return codebook_entries(self.publishable.frame, self.catalog)

    @cached_property
    def _by_source(self) -> Mapping[str, Held]:
        return held(self.publishable.frame, "source")

    def title(self) -> Section:
        """Return the heading, and what the page is for."""
        say = self.language.text
        lead = say(
            "What does each figure on our report cards mean? This page says whom it counts, how it "
            "is worked out, who published it, and what it cannot tell."
        )
        return Section(
            Markup('<h1>{}</h1><p class="lead">{}</p>').format(
                say("Codebook: what each figure means"), lead
            )
        )

    def sources_title(self) -> Section:
        """Return the heading of the page of sources, and what the page is for."""
        say = self.language.text
        lead = say(
            "Every figure on our report cards is a publisher's own. This page lists the reports, "
            "their years and their terms. It also says what we looked for and left out."
        )
        return Section(
            Markup('<h1>{}</h1><p class="lead">{}</p>').format(
                say("Sources: where our figures come from"), lead
            )
        )

    def how_to_read(self) -> Section:
        """Return what holds for all figures: places, periods, what is hidden, breaks."""
        say = self.language.text
        rules = self.publishable.rules
        paragraphs = [
            say(
                "<strong>A school district is not a city.</strong> School figures are about the "
                "public schools of a district. Charter schools and state technical schools count "
                "as districts of their own. Figures from the Census, about births or about work "
                "are about everyone who lives in the city or town."
            ),
            say(
                "<strong>Years.</strong> 2018-19 is a school year; for a class that graduates it "
                "is the last one. 2016-2020 means that five years were pooled. Pooled years that "
                "overlap are not compared. A year that an entry does not list is not in the files "
                "that we have; where the publisher made none, a break says so."
            ),
            say(
                "<strong>Sources.</strong> Where two sources of an entry give the same figure, the "
                "first one counts."
            ),
            say(
                "<strong>Place codes.</strong> In 2022 Connecticut put nine planning regions in "
                "the place of its eight counties. Codes of towns and census tracts changed with "
                "them, but the borders of towns did not. We keep one code for each place."
            ),
            say(
                "<strong>What is not shown.</strong> What a publisher hides stays hidden. We also "
                "hide a figure where fewer than {numerator} children are counted or fewer than "
                "{denominator} are in the group, and any that would give it away.",
                numerator=rules.minimum_numerator,
                denominator=rules.minimum_denominator,
            ),
            say(
                "<strong>Breaks.</strong> A new test, a new rule or a year cut short breaks a "
                "series. We do not compare figures across a break."
            ),
        ]
        body = Markup("\n").join(Markup("<p>{}</p>").format(text) for text in paragraphs)
        return self._section("how-to-read", say("How to read this page"), body)

    def indicators(self) -> Section:
        """Return an entry per indicator, with its id as anchor, under its first outcome."""
        parts = []
        for outcome in self.catalog.outcomes.values():
            mine = [e for e in self.entries if e.indicator.outcomes[0] == outcome.id]
            if mine:
                parts.append(self._outcome(outcome, mine))
        return Section(Markup("\n").join(parts))

    def sources(self) -> Section:
        """Return the table of the reports whose figures we pass on, with their terms."""
        say = self.language.text
        columns = [
            Column(say("Report"), numeric=False),
            Column(say("Publisher"), numeric=False),
            Column(say("Years"), numeric=False),
            Column(say("Figures")),
            Column(say("Retrieved"), numeric=False, whole=True),
            Column(say("Terms"), numeric=False),
        ]
        rows: list[list[Cell]] = []
        for source in self.catalog.sources.values():
            there = self._by_source.get(source.id)
            if there is not None:
                rows.append(
                    [
                        self._link(source, anchor=True),
                        self.language.note(source.publisher),
                        self._years(there),
                        self.language.number(there.rows),
                        self.language.date(source.retrieved, "medium"),
                        Markup("{}. {}").format(
                            licence_words(source.licence, self.language),
                            self.language.of(source.terms),
                        ),
                    ]
                )
        caption = say("Reports that our figures come from, with their terms of use")
        body = table("codebook-sources", caption, columns, rows) if rows else Markup()
        return self._section("sources", say("Where do the figures come from?"), body)

    def not_passed_on(self) -> Section:
        """Return the reports that may not be passed on, and where to get them."""
        say = self.language.text
        found = [s for s in self.catalog.sources.values() if not s.redistributable]
        if not found:
            text = say("Every report that we read may be passed on.")
            return self._section(
                "not-passed-on",
                say("Which figures may we not pass on?"),
                Markup("<p>{}</p>").format(text),
            )
        intro = say(
            "Our software reads these reports, but their publishers do not let others pass the "
            "figures on. They are not on our pages or in our downloads. Get them from the "
            "publisher."
        )
        columns = [
            Column(say("Report, and where to get it"), numeric=False),
            Column(say("Publisher"), numeric=False),
            Column(say("What it is used for"), numeric=False),
            Column(say("Terms"), numeric=False),
        ]
        rows: list[list[Cell]] = [
            [
                self._link(source, anchor=source.id not in self._by_source),
                self.language.note(source.publisher),
                self.language.list(self._used_for(source)) or say("Nothing yet"),
                self.language.of(source.terms),
            ]
            for source in found
        ]
        body = Markup("<p>{}</p>\n{}").format(
            intro, table("not-passed-on-table", say("Reports not passed on"), columns, rows)
        )
        return self._section("not-passed-on", say("Which figures may we not pass on?"), body)

    def left_out(self) -> Section:
        """Return what was looked for and not found, and what was found and not taken."""
        say = self.language.text
        intro = say("We looked at these too. Each stands here with the reason why it is left out.")
        tables = [
            self._left_out("not_public", say("Looked for, and not found in public")),
            self._left_out("not_read", say("Found, and not taken")),
        ]
        body = Markup("<p>{}</p>\n{}").format(intro, Markup("\n").join(t for t in tables if t))
        return self._section("left-out", say("What is left out, and why?"), body)

    def _left_out(self, kind: str, caption: Markup) -> Markup:
        say, of = self.language.text, self.language.of
        found: list[LeftOut] = [e for e in self.catalog.left_out.values() if e.kind == kind]
        columns = [
            Column(say("What"), numeric=False),
            Column(say("Publisher"), numeric=False),
            Column(say("Why"), numeric=False),
        ]
        rows: list[list[Cell]] = [
            [of(e.title), self.language.note(e.publisher), _code(of(e.reason))] for e in found
        ]
        if not rows:
            return Markup()
        return table(f"left-out-{kind.replace('_', '-')}", caption, columns, rows)

    def _outcome(self, outcome: Outcome, entries: Sequence[CodebookEntry]) -> Markup:
        links = Markup("; ").join(
            Markup('<a href="#{}">{}</a>').format(
                entry.indicator.id, self.language.of(entry.indicator.name)
            )
            for entry in entries
        )
        parts = (Markup('<p class="index">{}.</p>').format(links), *map(self._entry, entries))
        body = Markup("\n").join(parts)
        return self._section(f"outcome-{outcome.id}", self.language.of(outcome.name), body).html

    def _entry(self, entry: CodebookEntry) -> Markup:
        facts = Markup("\n").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(name, said) for name, said in self._facts(entry)
        )
        return Markup(
            '<section class="entry" id="{}"><h3>{}</h3>\n<dl>\n{}\n</dl></section>'
        ).format(entry.indicator.id, self.language.of(entry.indicator.name), facts)

    def _facts(self, entry: CodebookEntry) -> list[Fact]:
        say, of = self.language.text, self.language.of
        indicator = entry.indicator
        facts: list[Fact] = [
            (say("Definition"), of(indicator.definition)),
            (say("Formula"), self._formula(indicator)),
            (say("Whom it is about"), _capital(of(indicator.people))),
            (say("Kind of place"), place_kind(indicator, self.language)),
            (say("Unit"), say(UNITS[indicator.unit])),
            (say("Which way is better"), say(POLARITIES[indicator.polarity])),
            (say("Role"), say(ROLES[indicator.role])),
            (say("Sources"), self._sources_of(entry)),
            (say("Years we hold"), self._years(entry.held)),
            (say("Groups we hold"), self._groups(entry.held)),
            (say("Places we hold"), self._places(entry.held)),
            (say("What is hidden"), self._hidden(entry)),
            (say("Limits"), of(indicator.limits)),
        ]
        if indicator.proxy_for is not None:
            facts.append((say("It stands in for"), of(indicator.proxy_for)))
        facts.append((say("Breaks"), self._breaks(indicator.breaks)))
        return [
            *facts,
            (say("Id in the downloads"), Markup("<code>{}</code>").format(indicator.id)),
        ]

    def _formula(self, indicator: Indicator) -> Cell:
        """Return numerator over denominator, or the one that there is (counts, averages)."""
        parts = [indicator.numerator, indicator.denominator]
        there = [part for part in parts if not part.en.startswith(_ABSENT)]
        if len(there) < len(parts):
            return self.language.of((there or parts)[0])
        return self.language.text(
            "{numerator} <strong>over</strong> {denominator}",
            numerator=self.language.of(indicator.numerator),
            denominator=self.language.of(indicator.denominator),
        )

    def _sources_of(self, entry: CodebookEntry) -> Markup:
        say = self.language.text
        items = [
            self._cited(source)
            + (
                Markup()
                if source.redistributable
                else Markup(" <strong>{}</strong>").format(
                    say("We may not pass these figures on; get them from the publisher.")
                )
            )
            for source in entry.sources
        ]
        return _list(items)

    def _cited(self, source: Source) -> Markup:
        """Return a report and its publisher, with one full stop; "EE. UU." brings its own."""
        said = Markup("{}, {}").format(
            self._described(source), self.language.note(source.publisher)
        )
        return said if said.striptags().endswith(".") else said + "."

    def _described(self, source: Source) -> Markup:
        """Return a link to where a report's terms stand; to the report itself if nowhere."""
        if source.redistributable and source.id not in self._by_source:
            return self._link(source)
        return Markup('<a href="{}#{}">{}</a>').format(
            SOURCES, source_anchor(source.id), self.language.foreign(source.title)
        )

    def _years(self, there: Held) -> Cell:
        if not there.periods:
            return self.language.text("No figure that may be shown")
        return self.language.list(
            [
                first.label
                if first == last
                else str(self.language.text("{first} to {last}", first=first, last=last))
                for first, last in spans(there.periods)
            ]
        )

    def _groups(self, there: Held) -> Cell:
        parts = []
        for dimension in self.catalog.dimensions.values():
            own = [g for g in dimension.groups if g.id in there.groups.get(dimension.id, ())]
            if own and dimension.id != "all":
                parts.append(
                    Markup("{}: {}").format(self.language.of(dimension.name), self._names(own))
                )
        if not there.rows:
            return self.language.text("No figure yet")
        return _list(parts) if parts else self.language.text("All together, no groups")

    def _names(self, groups: Iterable[Group]) -> str:
        return self.language.list([self.language.of(group.name) for group in groups])

    def _places(self, there: Held) -> Cell:
        if not there.places:
            return self.language.text("No place yet")
        return self.language.list(
            [str(level_count(level, count, self.language)) for level, count in there.places.items()]
        )

    def _hidden(self, entry: CodebookEntry) -> Markup:
        rules = dict.fromkeys(self.language.of(source.suppression) for source in entry.sources)
        text = Markup(" ").join(rules)
        hidden = entry.held.rows - entry.held.shown
        if not hidden:
            return text
        return (
            text
            + " "
            + self.language.plural(
                "{count} figure has no value to show, of {all}.",
                "{count} figures have no value to show, of {all}.",
                hidden,
                all=self.language.number(entry.held.rows),
            )
        )

    def _breaks(self, breaks: Sequence[Break]) -> Cell:
        say, of = self.language.text, self.language.of
        if not breaks:
            return say("No break is known")
        items = []
        for entry, periods in _alike(breaks):
            words = say(BREAK_KINDS[entry.kind], period=self.language.list(periods))
            if entry.dimension:
                name = of(self.catalog.dimension(entry.dimension).name)
                words += " " + say("(only {dimension})", dimension=name)
            if entry.places:
                names = self.language.list([place_name(slug) for slug in entry.places])
                words += " " + say("(only in {places})", places=names)
            if entry.levels:
                levels = [str(level_words(level, self.language)) for level in entry.levels]
                words += " " + say("(only {levels})", levels=self.language.list(levels))
            items.append(Markup("{}. {}").format(words, of(entry.note)))
        return _list(items)

    def _used_for(self, source: Source) -> list[str]:
        return [
            self.language.of(indicator.name)
            for indicator in self.catalog.indicators.values()
            if source.id in indicator.sources
        ]

    def _link(self, source: Source, *, anchor: bool = False) -> Markup:
        """Return a link to a report; with an anchor, the codebook's entries lead to it."""
        here = Markup(' id="{}"').format(source_anchor(source.id)) if anchor else Markup()
        title = self.language.foreign(source.title)
        return Markup('<a{} href="{}">{}</a>').format(here, source.url, title)

    def _section(self, identifier: str, heading: Cell, body: Markup) -> Section:
        return Section(
            Markup('<section class="codebook"><h2 id="{}">{}</h2>\n{}</section>').format(
                identifier, heading, body
            )
        )


def _alike(breaks: Sequence[Break]) -> list[tuple[Break, list[str]]]:
    """Put breaks together that differ in nothing but their period; return each with its periods.

    Breaks without a period stay as they are.
    """
    found: list[tuple[Break, list[str]]] = []
    for entry in breaks:
        for first, periods in found:
            if entry.period and first.model_copy(update={"period": entry.period}) == entry:
                periods.append(entry.period)
                break
        else:
            found.append((entry, [entry.period]))
    return found


def _list(items: Sequence[Markup]) -> Markup:
    if len(items) == 1:
        return items[0]
    return Markup("<ul>{}</ul>").format(
        Markup().join(Markup("<li>{}</li>").format(item) for item in items)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _code(text: str) -> Markup:
    """Return text with what stands between backticks as code."""
    pieces = text.split("`")
    return Markup().join(
        Markup("<code>{}</code>").format(piece) if number % 2 else Markup("{}").format(piece)
        for number, piece in enumerate(pieces)
    )
