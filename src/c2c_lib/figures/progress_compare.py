"""The four cities' promises side by side, and what may not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from c2c_lib.figures.number import derived
from c2c_lib.figures.progress_words import (
    ANSWERS,
    CHANGE_VERDICTS,
    condition_name,
    condition_words,
    signed,
)
from c2c_lib.figures.report_card import Edition
from c2c_lib.figures.section import Section
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.outcome_change import OutcomeChange

__all__ = ["ProgressCompared"]


@dataclass(frozen=True, eq=False)
class ProgressCompared:
    """All sections of the page that sets the cities side by side, in one language.

    Cities stand in alphabetical order; there is no rank and no total score.

    Attributes
    ----------
    cities : sequence of ProgressEvidence
        By name of the city.
    """

    cities: Sequence[ProgressEvidence]
    edition: Edition
    language: Language

    def title(self) -> Section:
        """Return the heading and what the page is."""
        say = self.language.text
        lead = say(
            "Each city’s change is counted from its own baseline, by its own core indicators. "
            "Cities stand in alphabetical order: this is no ranking."
        )
        by = say(
            "Edition {edition}, {date}.",
            edition=self.edition.label,
            date=self.language.date(date.fromisoformat(self.edition.date)),
        )
        return Section(
            Markup('<h1>{}</h1><p class="byline">{}</p><p class="lead">{}</p>').format(
                say("Are the cities keeping their promises?"), by, lead
            )
        )

    def caution(self) -> Section:
        """Return what may and what may not be compared."""
        say = self.language.text
        may = [
            say("Whether a city’s own figure went up or down, in its own years."),
            say("How much is not known in each city, and for lack of which data."),
        ]
        may_not = [
            say("The sizes of changes, where the years differ. They stand beside each change."),
            say(
                "Counts of outcomes as if they were scores. A city with more missing data can look "
                "better or worse than it is."
            ),
            say("What partnerships report. One may report more, not do more."),
        ]
        rules = {e.definitions.model_dump_json() for e in self.cities}
        if len(rules) > 1:
            may_not.append(say("Verdicts: these cities do not use the same rules."))
        body = Markup(
            "<p><strong>{}</strong></p><ul>{}</ul><p><strong>{}</strong></p><ul>{}</ul>"
        ).format(say("You may compare:"), _items(may), say("You may not compare:"), _items(may_not))
        return self._section("caution", say("What may you compare?"), body)

    def outcomes(self) -> Section:
        """Return the seven outcomes by city: verdict, change and years."""
        say = self.language.text
        columns = [
            Column(say("Outcome"), numeric=False),
            *(Column(e.city.name, numeric=False) for e in self.cities),
        ]
        rows: list[list[Cell]] = []
        for number, first in enumerate(self.cities[0].changes):
            cells = [_change(e.changes[number], self.language) for e in self.cities]
            rows.append([self.language.of(first.outcome.name), *cells])
        caption = say("The seven outcomes by city: verdict, change, and its years")
        body = table("outcomes-by-city", caption, columns, rows)
        return self._section("outcomes", say("What do the numbers show?"), body)

    def thresholds(self) -> Section:
        """Return the counts of each threshold by city."""
        say = self.language.text
        columns = [
            Column(say("Threshold"), numeric=False),
            *(Column(e.city.name, numeric=False) for e in self.cities),
        ]
        rows: list[list[Cell]] = []
        for number, first in enumerate(self.cities[0].thresholds):
            cells = [_threshold(e, number, self.language) for e in self.cities]
            rows.append([self.language.of(first.threshold.name), *cells])
        caption = say("How far the counts go by city; none is an award")
        body = table("thresholds-by-city", caption, columns, rows)
        return self._section("thresholds", say("How far do the counts go?"), body)

    def reports(self) -> Section:
        """Return how much each partnership reports, and the way to each city's own page."""
        say = self.language.text
        items = [
            Markup('<a href="../{}/progress/index.html">{}</a>: {}').format(
                e.city.slug,
                e.city.name,
                say(
                    "{own} benchmarks reported by the partnership, {read} in its public documents.",
                    own=self.language.number(_own(e)),
                    read=self.language.number(len(e.progress.reported) - _own(e)),
                ),
            )
            for e in self.cities
        ]
        body = Markup("<ul>{}</ul>").format(_items(items))
        return self._section("reports", say("What is reported?"), body)

    def _section(self, identifier: str, heading: Markup, body: Markup) -> Section:
        return Section(
            Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(identifier, heading, body)
        )


def _items(items: Sequence[Markup]) -> Markup:
    return Markup("\n").join(Markup("<li>{}</li>").format(item) for item in items)


def _own(evidence: ProgressEvidence) -> int:
    own = ("met", "in_progress", "not_met")
    return sum(entry.status in own for entry in evidence.progress.reported)


def _change(change: OutcomeChange, language: Language) -> Markup:
    verdict = Markup('<strong class="verdict verdict-{}">{}</strong>').format(
        change.verdict, language.text(CHANGE_VERDICTS[change.verdict])
    )
    before, after = change.span.baseline, change.span.latest
    if change.difference is None or change.indicator is None or not before or not after:
        return verdict
    told = language.text(
        "{change}, {first} to {last}",
        change=signed(change.difference, change.indicator.unit, language),
        first=before.period.label,
        last=after.period.label,
    )
    return Markup("{}<br>{}").format(verdict, told)


def _threshold(evidence: ProgressEvidence, number: int, language: Language) -> Markup:
    result = evidence.thresholds[number]
    answer = Markup('<strong class="verdict verdict-{}">{}</strong>').format(
        result.answer, language.text(ANSWERS[result.answer])
    )
    condition = result.condition("improved") or result.condition("maintained_or_improved")
    if condition is None:
        return answer
    words = condition_words(condition, evidence.baseline, language)
    name = condition_name(condition, language)
    return Markup("{}<br>{}: {}").format(answer, name, derived(words, "count"))
