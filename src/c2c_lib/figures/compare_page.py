"""The cities beside one another: all outcomes in short, or one outcome in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Outcome
from c2c_lib.figures.report_card import Edition
from c2c_lib.figures.section import Section
from c2c_lib.figures.side_by_side import Cities, cities_block, cities_table
from c2c_lib.figures.strip import lead_finding
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["ComparePage", "OutcomePage"]


@dataclass(frozen=True, eq=False)
class _CitiesPage:
    """What the two pages have in common.

    Attributes
    ----------
    cities : tuple of City
        In the order of their names; they are never ranked.
    findings : mapping of str to mapping of str to Finding
        By slug and indicator.
    """

    cities: tuple[City, ...]
    findings: Mapping[str, Mapping[str, Finding]]
    catalog: Catalog
    edition: Edition
    language: Language

    def _byline(self) -> Markup:
        return Markup('<p class="byline">{}</p>').format(
            self.language.text(
                "Edition {edition}, {date}.",
                edition=self.edition.label,
                date=self.language.date(date.fromisoformat(self.edition.date)),
            )
        )

    def _of(self, indicator: str) -> Cities:
        """Return the finding of an indicator in every city that can have one."""
        return {
            city.slug: (city, self.findings[city.slug][indicator])
            for city in self.cities
            if indicator in self.findings[city.slug]
        }

    def _has_figure(self, indicator: str) -> bool:
        return any(finding.headline is not None for _, finding in self._of(indicator).values())

    def caution(self) -> Section:
        """Return what may and what may not be compared."""
        say = self.language.text
        may = [
            say("The same indicator, in the same year, from the same publisher."),
            say("How a city’s figure moved between two years that its card compares."),
            say("Figures whose likely ranges do not overlap. Where they do, call them alike."),
        ]
        not_ = [
            say("Different years, different tests, or figures before and after a break."),
            say("School figures with figures of all who live in a city."),
            say(
                "Cities as a contest: they differ in what families earn, in rent, and in who "
                "comes and goes. There is no overall score here, and no rank."
            ),
        ]
        return Section(
            Markup(
                '<section id="caution"><h2>{}</h2><div class="caution"><p><strong>{}</strong></p>'
                "<ul>{}</ul><p><strong>{}</strong></p><ul>{}</ul></div></section>"
            ).format(
                say("What may you compare?"),
                say("You may compare:"),
                _items(may),
                say("You may not compare:"),
                _items(not_),
            )
        )


def _items(sentences: list[Markup]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)


@dataclass(frozen=True, eq=False)
class ComparePage(_CitiesPage):
    """All outcomes in short, the cities beside one another."""

    def title(self) -> Section:
        """Return the heading and what the page is."""
        say = self.language.text
        return Section(
            Markup('<h1>{}</h1>{}<p class="lead">{}</p>').format(
                say("How do the cities compare?"),
                self._byline(),
                say(
                    "Each city stands beside the others on the same axes, in the order of their "
                    "names, with Connecticut in gray. One indicator stands for each outcome."
                ),
            )
        )

    @cached_property
    def _shown(self) -> tuple[tuple[Outcome, str], ...]:
        """One indicator for each outcome: the one that speaks for it in most cities."""
        chosen = []
        for outcome in self.catalog.outcomes.values():
            votes: dict[str, int] = {}
            for city in self.cities:
                lead = lead_finding(outcome.id, city, self.findings[city.slug])
                if lead is not None and lead.headline is not None:
                    votes[lead.id] = votes.get(lead.id, 0) + 1
            if votes:
                chosen.append((outcome, max(votes, key=lambda name: votes[name])))
        return tuple(chosen)

    def outcomes(self) -> Section:
        """Return a block for each outcome that has a figure."""
        parts = []
        for outcome, indicator in self._shown:
            block = cities_block(self._of(indicator), self.language, self.catalog, "../")
            link = Markup()
            if outcome.strivetogether is not None:
                link = Markup('<p><a href="../outcomes/{}/index.html">{}</a></p>').format(
                    outcome.id.replace("_", "-"),
                    self.language.text(
                        "More on {outcome} in the cities", outcome=self.language.of(outcome.name)
                    ),
                )
            parts.append(
                Markup('<section class="outcome" id="{}"><h2>{}</h2>\n{}{}</section>').format(
                    outcome.id, self.language.of(outcome.name), block, link
                )
            )
        return Section(Markup("\n").join(parts))


@dataclass(frozen=True, eq=False)
class OutcomePage(_CitiesPage):
    """One outcome in full, the cities beside one another."""

    outcome_id: str

    @property
    def _outcome(self) -> Outcome:
        return self.catalog.outcome(self.outcome_id)

    @cached_property
    def _indicators(self) -> tuple[str, ...]:
        """The outcome's indicators with a figure, those that cities put first before the rest."""
        first = dict.fromkeys(i for city in self.cities for i in (*city.core, *city.contributing))
        order = [*first, *self.catalog.indicators]
        return tuple(
            indicator
            for indicator in dict.fromkeys(order)
            if self.outcome_id in self.catalog.indicators[indicator].outcomes
            and self._has_figure(indicator)
        )

    @property
    def _core(self) -> tuple[str, ...]:
        put_first = {i for city in self.cities for i in (*city.core, *city.contributing)}
        return tuple(i for i in self._indicators if i in put_first)

    def title(self) -> Section:
        """Return the outcome's question, its name and why it matters."""
        outcome, say = self._outcome, self.language.text
        return Section(
            Markup('<h1>{}</h1>{}<p class="lead">{}</p><p>{}</p>').format(
                self.language.of(outcome.question),
                self._byline(),
                say(
                    "{outcome}, the cities beside one another.",
                    outcome=self.language.of(outcome.name),
                ),
                self.language.of(outcome.context),
            )
        )

    def indicators(self) -> Section:
        """Return a block for each indicator that a city puts first, and tables of the rest."""
        say = self.language.text
        blocks = [
            cities_block(self._of(indicator), self.language, self.catalog, "../../")
            for indicator in self._core
        ]
        none = Markup("<p>{}</p>").format(say("There is no public figure that may be shown."))
        parts = [
            Markup('<section id="indicators"><h2>{}</h2>\n{}</section>').format(
                say("What do the figures say?"), Markup("\n").join(blocks) or none
            )
        ]
        rest = [i for i in self._indicators if i not in self._core]
        if rest:
            tables = Markup("\n").join(
                cities_table(self._of(indicator), self.language, self.catalog, "../../")
                for indicator in rest
            )
            parts.append(
                Markup('<section id="more"><h2>{}</h2>\n{}</section>').format(
                    say("What else is known?"), tables
                )
            )
        return Section(Markup("\n").join(parts))

    def unknown(self) -> Section:
        """Return what no public figure shows yet."""
        wanted = self._outcome.wanted
        say = self.language.text
        text = (
            self.language.of(wanted)
            if wanted is not None
            else say("What each city cannot see yet stands in its report card.")
        )
        return Section(
            Markup('<section id="unknown"><h2>{}</h2><p>{}</p></section>').format(
                say("What we cannot see yet"), text
            )
        )
