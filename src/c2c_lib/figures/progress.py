"""Are we keeping our promises? The progress page of one city: one call per section."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from markupsafe import Markup

from c2c_lib.figures.progress_coverage import coverage_table, unsaid_section
from c2c_lib.figures.progress_gateways import gateways_section
from c2c_lib.figures.progress_improvement import improvement_section
from c2c_lib.figures.progress_numbers import numbers_section
from c2c_lib.figures.progress_targets import targets_section
from c2c_lib.figures.progress_thresholds import (
    count_lines,
    definitions_table,
    sensitivity_table,
    thresholds_section,
)
from c2c_lib.figures.report_card import Edition
from c2c_lib.figures.section import Section
from c2c_lib.findings import Figures
from c2c_lib.language import Language, mark
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.sensitivity import sensitivity

__all__ = ["ProgressPage"]


@dataclass(frozen=True, eq=False)
class ProgressPage:
    """All sections of one city's progress page, in one language.

    Build it with `c2c_lib.reporting.city_progress`. Every section shows itself in a notebook.

    Attributes
    ----------
    evidence : ProgressEvidence
        What is reported and what the numbers show.
    figures : Figures
        Figures that have passed the privacy gate.
    """

    evidence: ProgressEvidence
    figures: Figures
    edition: Edition
    language: Language

    @cached_property
    def other_rules(self) -> pd.DataFrame:
        """The counts under other definitions."""
        return sensitivity(self.evidence.city, self.figures, self.evidence.definitions)

    def title(self) -> Section:
        """Return the heading, who made it and when, and what the page is."""
        say = self.language.text
        city = self.evidence.city
        title = say("Are we keeping our promises in {place}?", place=city.name)
        by = say(
            "By {partnership}. Edition {edition}, {date}.",
            partnership=Markup('<a href="{}">{}</a>').format(
                city.partnership.website, city.partnership.name
            ),
            edition=self.edition.label,
            date=self.language.date(date.fromisoformat(self.edition.date)),
        )
        lead = say(
            "Partners of the StriveTogether network promise to share how far they have come. The "
            "network’s map for this is the Theory of Action: six gateways, four pillars and a list "
            "of benchmarks. This page sets what is told next to what the numbers show. It says, "
            "too, what no one can say yet."
        )
        back = Markup('<a href="../index.html">{}</a> · <a href="{}">{}</a>').format(
            say("{place} report card", place=city.name),
            "../../progress-compared/index.html",
            say("All cities side by side"),
        )
        return Section(
            Markup('<h1>{}</h1><p class="byline">{}</p><p class="lead">{}</p><p>{}</p>').format(
                title, by, lead, back
            )
        )

    def gateways(self) -> Section:
        """Return gateways by pillars: reported, and checked."""
        body = gateways_section(self.evidence, self.language)
        return self._section("gateways-and-pillars", mark("What is reported?"), body)

    def numbers(self) -> Section:
        """Return the seven outcomes and their gaps."""
        body = numbers_section(self.evidence, self.language)
        return self._section("what-the-numbers-show", mark("What do the numbers show?"), body)

    def thresholds(self) -> Section:
        """Return the thresholds with their arithmetic."""
        body = thresholds_section(self.evidence, self.language)
        return self._section("counts", mark("How far do the counts go?"), body)

    def rules(self) -> Section:
        """Return the definitions of this page, and what others would give."""
        say = self.language.text
        intro = say(
            "The Theory of Action counts outcomes that are maintained or improved, and gaps that "
            "are reduced. It does not say from which year, by how much, or how sure one must be. "
            "So these are choices. The second table shows how much hangs on them."
        )
        body = Markup("<p>{}</p>\n{}\n{}").format(
            intro,
            definitions_table(self.evidence, self.language),
            sensitivity_table(self.other_rules, self.evidence, self.language),
        )
        return self._section("rules", mark("How much depends on the rules?"), body)

    def checks(self) -> Section:
        """Return the evidence behind the checked benchmarks."""
        body = coverage_table(self.evidence, self.language)
        return self._section("checks", mark("What do the checks rest on?"), body)

    def improvement(self) -> Section:
        """Return the partnership's own monthly counts."""
        city = self.evidence.city
        body = improvement_section(self.evidence.improvement, city.slug, city.name, self.language)
        return self._section("month-by-month", mark("Do things get better month by month?"), body)

    def targets(self) -> Section:
        """Return progress to targets."""
        body = targets_section(self.evidence, self.language)
        return self._section("distance", mark("How far is it to the targets?"), body)

    def unsaid(self) -> Section:
        """Return what cannot be said yet, and which data would say it."""
        body = unsaid_section(self.evidence, self.language)
        return self._section("not-yet", mark("What can we not say yet?"), body)

    def short(self) -> Section:
        """Return the short section that stands in the report card."""
        say = self.language.text
        words = [change.verdict for change in self.evidence.changes]
        told = say(
            "Seven core indicators are followed. Since {baseline}, {kept} held or got better, and "
            "{slipped} slipped. For {unknown} there is not enough data to say.",
            kept=self.language.number(words.count("improved") + words.count("about_the_same")),
            baseline=self.evidence.baseline,
            slipped=self.language.number(words.count("slipped")),
            unknown=self.language.number(words.count("not_enough_data")),
        )
        link = Markup('<a href="progress/index.html">{}</a>').format(
            say("All benchmarks, counts and rules for {place}", place=self.evidence.city.name)
        )
        note = say("These are counts, not an award: only the StriveTogether network gives those.")
        body = Markup('<p class="answer">{}</p>\n{}\n<p>{} {}</p>').format(
            told, count_lines(self.evidence, self.language), note, link
        )
        return self._section("promises", mark("Are we keeping our promises?"), body)

    def _section(self, identifier: str, heading: str, body: Markup) -> Section:
        return Section(
            Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(
                identifier, self.language.text(heading), body
            )
        )
