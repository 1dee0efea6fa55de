"""The neighborhoods page of one city: one call per question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.maps.apart import apart
from c2c_lib.figures.maps.areas import areas_of
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.clusters import clusters_of, patterns_sentence
from c2c_lib.figures.maps.elsewhere import elsewhere
from c2c_lib.figures.maps.multiples import Panel, small_multiples
from c2c_lib.figures.maps.place_map import Ground, no_figures, place_map
from c2c_lib.figures.maps.region_map import region_map
from c2c_lib.figures.maps.school_map import SchoolGround, school_map
from c2c_lib.figures.maps.schools import MEALS, SCHOOL_FIGURES, school_observations
from c2c_lib.figures.section import Section
from c2c_lib.findings import Figures
from c2c_lib.findings.segregation import Spread
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = [
    "ADULTS",
    "CHILDREN",
    "GROUPED",
    "HEALTH",
    "HOMES",
    "MONEY",
    "RACES",
    "NeighborhoodsPage",
]

MONEY: Final = ("child_poverty", "child_low_income", "median_household_income")
GROUPED: Final = "child_poverty"
"""What is also shown for groups of tracts."""
CHILDREN: Final = ("children_under_5", "children_under_18")
ADULTS: Final = ("adults_no_diploma", "adults_bachelors")
HOMES: Final = ("housing_cost_burden", "households_with_car")
HEALTH: Final = ("adults_uninsured", "adults_asthma", "life_expectancy")
RACES: Final = (
    "residents_asian",
    "residents_black",
    "residents_hispanic",
    "residents_white",
    "residents_further_races",
)
"""In alphabetical order, with what is put together for want of numbers last."""


@dataclass(frozen=True, eq=False)
class NeighborhoodsPage:
    """All sections of one city's neighborhoods page, in one language.

    Build it with `c2c_lib.reporting.neighborhoods_page`, which reads the store and the layers.

    Attributes
    ----------
    figures : Figures
        Figures that have passed the privacy gate.
    tracts, tracts_2010 : Ground
        The census tracts of both vintages; a map stands on those of its figures.
    schools : SchoolGround
        The schools, with figures of which none gives another one away.
    regions : callable
        Returns groups of tracts that can carry a figure of their own (`merge_until_reliable`)
        of the indicator `GROUPED`; called when they are drawn.
    spreads : callable
        Returns how unevenly children are spread over schools and tracts.
    classes : mapping of str to MapClasses
        By indicator, pooled over all cities; under ``race`` those that the small maps share.
    """

    city: City
    figures: Figures
    tracts: Ground
    tracts_2010: Ground
    schools: SchoolGround
    regions: Callable[[], gpd.GeoDataFrame]
    spreads: Callable[[], tuple[Spread, ...]]
    classes: Mapping[str, MapClasses]
    language: Language

    @property
    def catalog(self) -> Catalog:
        """The catalog that names everything."""
        return self.figures.catalog

    def title(self) -> Section:
        """Return the heading of the page and how to read its maps."""
        say = self.language.text
        return Section(
            Markup("<h1>{}</h1><p>{}</p><p>{}</p>").format(
                say("Does it depend on where a child lives in {place}?", place=self.city.name),
                say(
                    "Each map shows census tracts, areas of about 4,000 people. Most figures come "
                    "from a survey of some families; stripes say where too few were asked to act "
                    "on the figure."
                ),
                say("Behind every data point is a child."),
            )
            + self._schools_first()
        )

    def _schools_first(self) -> Markup:
        """Return the schools by poverty where the partnership begins with them."""
        if self.city.school_order != "poverty":
            return Markup()
        say = self.language.text
        indicator = self.catalog.indicator(MEALS)
        note = say(
            "{partnership} begins with the schools with the highest rate of poverty. They stand "
            "first here and in every list of schools below. A family with a low income can have "
            "free or reduced-price meals; the newest figures by school are of {period}.",
            partnership=self.city.partnership.name,
            period=self._school_period(indicator),
        )
        body = school_map(
            self.city, indicator, self.schools, self.language, self.catalog, closed=False
        )
        return Markup('<section id="schools-first"><h2>{}</h2>\n<p>{}</p>{}</section>').format(
            say("Which schools have the highest poverty?"), note, body
        )

    def _school_period(self, indicator: Indicator) -> str:
        codes = list(self.schools.schools["geo_id"])
        found = school_observations(self.schools.table, indicator, codes, self.catalog)
        return max((o.period.label for o in found), default="")

    def by_school(self) -> Section:
        """Return reading, math, absence and graduation by school."""
        say = self.language.text
        note = say(
            "Each circle is a public school, and its size goes with its students. The figures "
            "describe the students who go there, wherever they live, and not how good a school "
            "is. Some schools are not shown, so that no child can be identified."
        )
        parts = [Markup("<p>{}</p>").format(note)]
        for name in SCHOOL_FIGURES:
            indicator = self.catalog.indicator(name)
            parts.append(
                Markup('<section class="indicator"><h3>{}</h3>{}{}</section>').format(
                    self.language.of(indicator.question),
                    self._older(indicator),
                    school_map(
                        self.city,
                        indicator,
                        self.schools,
                        self.language,
                        self.catalog,
                        closed=True,
                    ),
                )
            )
        return self._section(
            "schools", say("How do students do in each school?"), Markup("\n").join(parts)
        )

    def _older(self, indicator: Indicator) -> Markup:
        """Say that the city has newer figures than its schools, where it does."""
        series = self.figures.series(indicator, self.city.slug)
        newest = max((o.period.label for o in series if o.shown), default="")
        here = self._school_period(indicator)
        if newest <= here:
            return Markup()
        return Markup("<p>{}</p>").format(
            self.language.text(
                "The newest figures by school that we have are of {here}; schools have changed "
                "since. For the whole city there are figures of {newest}.",
                here=here,
                newest=newest,
            )
        )

    def money(self) -> Section:
        """Return poverty, by tract and by groups of tracts, low income and household income."""
        parts = [self._map(self.catalog.indicator(name)) for name in MONEY]
        steadier = region_map(
            self.city,
            self.catalog.indicator(GROUPED),
            self.regions(),
            self.tracts,
            self.classes[GROUPED],
            self.language,
            self.catalog,
        )
        parts.insert(MONEY.index(GROUPED) + 1, steadier)
        heading = self.language.text("How much do families have?")
        return self._section("money", heading, Markup("\n").join(parts))

    def children(self) -> Section:
        """Return where children live."""
        return self._maps("children", self.language.text("Where do children live?"), CHILDREN)

    def adults(self) -> Section:
        """Return the schooling of adults."""
        heading = self.language.text("How far did adults get in school?")
        return self._maps("adults", heading, ADULTS)

    def homes(self) -> Section:
        """Return housing cost and cars."""
        heading = self.language.text("What do homes cost, and who has a car?")
        return self._maps("homes", heading, HOMES)

    def health(self) -> Section:
        """Return health, marked as modelled where it is."""
        return self._maps("health", self.language.text("How healthy are people?"), HEALTH)

    def people(self) -> Section:
        """Return race and ethnicity as small maps."""
        say = self.language.text
        panels = [Panel(i, self._observations(i)) for i in map(self.catalog.indicator, RACES)]
        panels = [panel for panel in panels if panel.observations]
        if not panels:
            none = no_figures(self.city, self.tracts, self.language)
            return self._section("people", say("Who lives where?"), none)
        period = panels[0].observations[0].period.label
        body = small_multiples(
            "race",
            self.city,
            say("Share of residents, {period}", period=period),
            panels,
            self.tracts,
            self.classes["race"],
            self.language,
            self.catalog,
        )
        note = say(
            "People of every group live all over the city; a map shows where their share is "
            "larger. Where people could buy or rent was long decided by law and by banks."
        )
        return self._section(
            "people",
            say("Who lives where?"),
            Markup("<p>{}</p>{}{}").format(note, self._race_patterns(panels), body),
        )

    def _race_patterns(self, panels: Sequence[Panel]) -> Markup:
        """Return for which groups areas that touch are alike."""
        names = self.tracts.names_in(self.language)
        found = []
        for panel in panels:
            areas = areas_of(
                names, panel.observations, panel.indicator, self.language, self.catalog
            )
            clusters = clusters_of(areas, self.tracts.shapes, self.catalog)
            if clusters is not None:
                found.append((self.language.of(panel.indicator.name), clusters))
        return patterns_sentence(found, self.language)

    def apart(self) -> Section:
        """Return how unevenly children are spread over schools and tracts."""
        body = apart(self.city, self.spreads(), self.language, self.catalog)
        heading = self.language.text("Are groups of children kept apart?")
        return self._section("apart", heading, body)

    def elsewhere(self) -> Section:
        """Return which figures by tract may not be passed on, and where to get them."""
        body = elsewhere(self.language, self.catalog)
        heading = self.language.text("Which maps are kept elsewhere?")
        return self._section("elsewhere", heading, body)

    def _maps(self, identifier: str, heading: Markup, indicators: Sequence[str]) -> Section:
        parts = [self._map(self.catalog.indicator(name)) for name in indicators]
        return self._section(identifier, heading, Markup("\n").join(parts))

    def _map(self, indicator: Indicator) -> Markup:
        found = self._observations(indicator)
        ground = self.tracts
        if {o.geo_id for o in found} - set(ground.names):
            ground = self.tracts_2010
        body = place_map(
            self.city,
            indicator,
            found,
            ground,
            self.classes[indicator.id],
            self.language,
            self.catalog,
            closed=True,
            clustered=True,
        )
        return Markup('<section class="indicator"><h3>{}</h3>{}</section>').format(
            self.language.of(indicator.question), body
        )

    def _observations(self, indicator: Indicator) -> tuple[Observation, ...]:
        return self.figures.tracts(indicator, self.city.places.town)

    def _section(self, identifier: str, heading: Markup, body: Markup) -> Section:
        return Section(
            Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(identifier, heading, body)
        )
