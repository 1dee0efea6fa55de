"""The baseline report card of one city: one call per section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.children import ENROLLMENT, children_section, has_students
from c2c_lib.figures.gaps_overview import widest_gaps_section
from c2c_lib.figures.indicator_block import indicator_block
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.place_map import Ground, place_map
from c2c_lib.figures.maps.school_map import SchoolGround, school_map
from c2c_lib.figures.method import get_the_numbers, how_we_made_this
from c2c_lib.figures.outcome import outcome_section
from c2c_lib.figures.partners import partners
from c2c_lib.figures.section import Section
from c2c_lib.figures.strip import strip
from c2c_lib.figures.summary import three_things
from c2c_lib.figures.surroundings import surroundings, topic_tables
from c2c_lib.figures.unknowns import unknowns
from c2c_lib.findings import Figures, Finding
from c2c_lib.language import Language
from c2c_lib.params import City
from c2c_lib.privacy import Rules

__all__ = ["Edition", "Neighborhoods", "ReportCard"]


@dataclass(frozen=True)
class Edition:
    """One publication of the site: its label and the date on its pages (ISO)."""

    label: str
    date: str

    @property
    def year(self) -> int:
        """The calendar year of the date."""
        return int(self.date[:4])


@dataclass(frozen=True, eq=False)
class Neighborhoods:
    """What the maps stand on, and the classes that all cities share.

    Attributes
    ----------
    ground, classes
        Of the map by census tract.
    schools : SchoolGround
        Of the map by school.
    """

    ground: Ground
    classes: MapClasses
    schools: SchoolGround


@dataclass(frozen=True, eq=False)
class ReportCard:
    """All sections of one city's report card, in one language.

    Build it with `c2c_lib.reporting.report_card`, which reads the store, the parameters and
    the layers. Every section shows itself in a notebook.

    Attributes
    ----------
    city : City
        Parameters of the city.
    figures : Figures
        Figures that have passed the privacy gate.
    findings : mapping of str to Finding
        What every indicator of the catalog says about the city, by indicator id; the same in
        every language.
    neighborhoods : Neighborhoods
        For the map by census tract.
    """

    city: City
    figures: Figures
    findings: Mapping[str, Finding]
    rules: Rules
    neighborhoods: Neighborhoods
    edition: Edition
    language: Language

    @property
    def catalog(self) -> Catalog:
        """The catalog that names everything."""
        return self.figures.catalog

    def title(self) -> Section:
        """Return the heading of the card, with who made it and when."""
        say = self.language.text
        title = say(
            "{place} report card {edition}", place=self.city.name, edition=self.edition.label
        )
        by = say(
            "By {partnership}. Edition {edition}, {date}. Each figure is the newest that we hold "
            "from its publisher.",
            partnership=Markup('<a href="{}">{}</a>').format(
                self.city.partnership.website, self.city.partnership.name
            ),
            edition=self.edition.label,
            date=self.language.date(date.fromisoformat(self.edition.date)),
        )
        intro = self.language.of(self.city.frame.intro)
        child = say("Behind every data point is a child.")
        paper = Markup('<p class="paper"><a href="one-page/index.html">{}</a></p>').format(
            say("The most important on one page, to print")
        )
        return Section(
            Markup('<h1>{}</h1><p class="byline">{}</p><p class="lead">{} {}</p>{}').format(
                title, by, intro, child, paper
            )
        )

    def summary(self) -> Section:
        """Return the three things to know."""
        say = self.language.text
        body = three_things(self.city, self.findings, self.language, self.catalog)
        return self._section("summary", say("What are the three things to know?"), body)

    def children(self) -> Section:
        """Return who the city's children are."""
        heading = self.language.text("Who are {place}’s children?", place=self.city.name)
        body = children_section(self.findings, self.figures, self.language)
        said = {ENROLLMENT} if has_students(self.findings) else set()
        further = {i: finding for i, finding in self.findings.items() if i not in said}
        more = topic_tables(
            "children", self.city, further, self.edition.year, self.language, self.catalog
        )
        return self._section("children", heading, Markup("{}\n{}").format(body, more))

    def outcomes(self) -> Section:
        """Return the strip: one row per outcome."""
        say = self.language.text
        body = strip(self.city, self.findings, self.language, self.catalog)
        heading = say("How are children doing, from birth to career?")
        return self._section("continuum", heading, body)

    def outcome(self, outcome_id: str) -> Section:
        """Return one outcome: its question, context, and a block per indicator put first."""
        return Section(
            outcome_section(
                outcome_id,
                self.city,
                self.findings,
                self.language,
                self.catalog,
                year=self.edition.year,
            )
        )

    def all_outcomes(self) -> Section:
        """Return every outcome in the order and under the headings of the city's frame."""
        parts = [self.outcome(outcome).html for outcome in self.city.outcomes]
        return Section(Markup("\n").join(parts))

    def indicator(self, indicator_id: str) -> Section:
        """Return the block of one indicator, for exploring."""
        self.catalog.indicator(indicator_id)
        finding = self.findings[indicator_id]
        return Section(indicator_block(finding, self.language, self.catalog))

    def gaps(self) -> Section:
        """Return who is being left out: the widest gaps."""
        body = widest_gaps_section(self.city, self.findings, self.language)
        return self._section("gaps", self.language.text("Who is being left out?"), body)

    def neighborhood_map(self) -> Section:
        """Return child poverty by census tract and absence by school, with their tables."""
        indicator = self.catalog.indicator("child_poverty")
        body = place_map(
            self.city,
            indicator,
            self.figures.tracts(indicator, self.city.places.town),
            self.neighborhoods.ground,
            self.neighborhoods.classes,
            self.language,
            self.catalog,
            identifier="tracts",
            closed=True,
        )
        absence = self.catalog.indicator("chronic_absence")
        parts = [
            Markup("<h3>{}</h3>").format(self.language.of(indicator.question)),
            body,
            Markup("<h3>{}</h3>").format(self.language.of(absence.question)),
            school_map(
                self.city,
                absence,
                self.neighborhoods.schools,
                self.language,
                self.catalog,
                closed=True,
            ),
            Markup('<p><a href="neighborhoods/index.html">{}</a></p>').format(
                self.language.text(
                    "See more maps of {place}, by neighborhood and by school",
                    place=self.city.name,
                )
            ),
        ]
        heading = self.language.text("Does it depend on where a child lives?")
        return self._section("neighborhoods", heading, Markup("\n").join(parts))

    def surroundings(self) -> Section:
        """Return what surrounds children: money, homes, health, schooling."""
        body = surroundings(
            self.city, self.findings, self.edition.year, self.language, self.catalog
        )
        return self._section("surroundings", self.language.text("What surrounds children?"), body)

    def partners(self) -> Section:
        """Return the city's initiatives, and how their figures have moved."""
        body = partners(self.city, self.findings, self.language, self.catalog)
        heading = self.language.text("What are partners doing about it?")
        return self._section("partners", heading, body)

    def unknown(self) -> Section:
        """Return what we cannot see yet."""
        body = unknowns(self.city, self.findings, self.edition.year, self.language, self.catalog)
        return self._section("unknown", self.language.text("What we cannot see yet"), body)

    def downloads(self) -> Section:
        """Return how to get the numbers."""
        body = get_the_numbers(self.city, self.edition.label, self.language)
        return self._section("numbers", self.language.text("Get the numbers"), body)

    def method(self) -> Section:
        """Return how the card was made: rules and sources."""
        poverty = self.catalog.indicator("child_poverty")
        body = how_we_made_this(
            self.city,
            self.findings,
            self.figures.tracts(poverty, self.city.places.town),
            self.rules,
            self.language,
            self.catalog,
        )
        return self._section("method", self.language.text("How we made this"), body)

    def _section(self, identifier: str, heading: Markup, body: Markup) -> Section:
        return Section(
            Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(identifier, heading, body)
        )
