"""From files to a report card: reads the store, the parameters, the layers and the edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.figures.maps.classes import MapClasses, map_classes
from c2c_lib.figures.maps.school_map import SchoolGround
from c2c_lib.figures.maps.schools import ENROLLMENT, MEALS, SCHOOL_FIGURES
from c2c_lib.figures.report_card import Edition, Neighborhoods, ReportCard
from c2c_lib.findings import Figures, Finding, make_findings
from c2c_lib.geography import has_layer, layer
from c2c_lib.language import language as read_language
from c2c_lib.observations import load_observations
from c2c_lib.params import City, load_cities, load_city
from c2c_lib.paths import project_root
from c2c_lib.privacy import Publishable, Rules, ShownSchools, publishable, with_schools
from c2c_lib.reporting.edition import edition_of
from c2c_lib.reporting.grounds import surroundings, tract_ground
from c2c_lib.reporting.tract_classes import tract_classes

__all__ = [
    "card_figures",
    "city_findings",
    "prepare_cards",
    "publishable_for",
    "report_card",
    "school_ground",
    "shown_schools",
    "site_edition",
    "site_figures",
    "site_rules",
    "site_table",
]

_MAPPED = "child_poverty"
_INSIDE = ("tract", "neighborhood")
_CITIES_KEPT = 8


def report_card(city: str, language: str = "en") -> ReportCard:
    """Return the report card of a city, ready to show section by section.

    Parameters
    ----------
    city : str
        Slug of a file in ``params/``.
    language : str
        Language of the page.

    Raises
    ------
    InputError
        If there is no such city, or its parameters do not fit ("did you mean").

    Examples
    --------
    >>> report_card("norwalk").findings["graduation_4yr"].place.name
    'Norwalk School District'
    """
    parameters = load_city(city)
    figures, findings = city_findings(parameters)
    return ReportCard(
        city=parameters,
        figures=figures,
        findings=findings,
        rules=site_rules(),
        neighborhoods=_neighborhoods(city, site_rules()),
        edition=site_edition(),
        language=read_language(language),
    )


def site_edition() -> Edition:
    """Return the edition that is being made."""
    return Edition(*edition_of(project_root() / "reports" / "site.yml"))


def city_findings(city: City) -> tuple[Figures, Mapping[str, Finding]]:
    """Return the figures that may be shown, and what they say about a city.

    They are worked out once in a process, for all languages and for the downloads.
    """
    return _findings(city.model_dump_json(), site_rules())


@lru_cache(maxsize=_CITIES_KEPT)
def _findings(parameters: str, rules: Rules) -> tuple[Figures, Mapping[str, Finding]]:
    figures = site_figures(rules)
    city = City.model_validate_json(parameters)
    return figures, MappingProxyType(make_findings(city, figures))


@lru_cache(maxsize=1)
def site_figures(rules: Rules) -> Figures:
    """Return the figures that may be shown; all pages of a process share them."""
    return Figures(publishable_for(rules), load_catalog())


def prepare_cards(cities: Sequence[str]) -> None:
    """Read the store, pass it through the gate and work out what each city's pages need.

    Parameters
    ----------
    cities : sequence of str
        Slugs. The pages of more cities than are kept at once work it out for themselves.
    """
    rules = site_rules()
    for slug in cities[:_CITIES_KEPT]:
        city_findings(load_city(slug))
        _neighborhoods(slug, rules)


def site_rules() -> Rules:
    """Return the privacy rules of the site: the strictest of all city files.

    Cities stand beside one another on the site, and each is in the downloads of its peers, so
    what one city's rule hides must be hidden on every page.
    """
    every = [city.privacy for city in load_cities().values()]
    return Rules(
        minimum_numerator=max(rule.minimum_numerator for rule in every),
        minimum_denominator=max(rule.minimum_denominator for rule in every),
    )


def shown_schools() -> ShownSchools:
    """Return which schools of the cities the pages show, and what of them."""
    codes = [code for slug in load_cities() for code in _schools_of(slug)]
    return ShownSchools.of(codes, (*SCHOOL_FIGURES, MEALS, ENROLLMENT), {MEALS: ENROLLMENT})


@lru_cache(maxsize=4)
def site_table(rules: Rules) -> Publishable:
    """Return what pages and downloads may show: of schools only what pages show of them.

    No school among them gives another one away (`c2c_lib.privacy.with_schools`).
    """
    return with_schools(publishable_for(rules), shown_schools(), load_catalog())


def _schools_of(city: str) -> list[str]:
    """Return the codes of the schools on a city's maps; none in a project without the layer."""
    if not has_layer("schools"):
        return []
    places = layer("schools")
    return list(places.loc[places["town"] == city, "geo_id"])


@lru_cache(maxsize=4)
def publishable_for(rules: Rules) -> Publishable:
    """Return the store after the privacy gate; the same rules pass through it once."""
    return publishable(load_observations(), rules, load_catalog())


def card_figures(city: City, table: Publishable, catalog: Catalog) -> pd.DataFrame:
    """Return the rows behind a city's card: its own, the state's and its peers'.

    Parameters
    ----------
    table : Publishable
        From `site_table`.

    Returns
    -------
    DataFrame
        Rows of the tidy table, in its order, for the city at every level, its census tracts
        and neighborhoods and the schools on its maps, for Connecticut, and for the peers at the
        levels of its indicators.
    """
    slugs = {city.slug, "connecticut", *city.peers}
    ids = {
        (p.geo_level, p.geo_id)
        for p in catalog.places
        if (p.place in slugs and p.geo_level not in _INSIDE)
        or (p.geo_level in _INSIDE and p.parent == city.places.town)
    }
    ids |= {("school", code) for code in _schools_of(city.slug)}
    frame = table.frame
    places = pd.MultiIndex.from_frame(frame[["geo_level", "geo_id"]])
    return frame[places.isin(ids)].reset_index(drop=True)


@lru_cache(maxsize=_CITIES_KEPT)
def _neighborhoods(city: str, rules: Rules) -> Neighborhoods:
    return Neighborhoods(
        ground=tract_ground(city),
        classes=tract_classes(publishable_for(rules).frame, [_MAPPED], load_catalog()),
        schools=school_ground(city, rules),
    )


def school_ground(city: str, rules: Rules) -> SchoolGround:
    """Return what the school maps of a city stand on, with classes of all cities."""
    table = site_table(rules)
    return SchoolGround(
        table=table,
        schools=layer("schools", city),
        around=surroundings(city),
        classes=_school_classes(rules),
    )


@lru_cache(maxsize=4)
def _school_classes(rules: Rules) -> Mapping[str, MapClasses]:
    """Return the classes of every figure by school, pooled over the schools of all cities."""
    frame, catalog = site_table(rules).frame, load_catalog()
    found = {}
    for name in (*SCHOOL_FIGURES, MEALS):
        rows = frame[(frame["geo_level"] == "school") & (frame["indicator"] == name)]
        found[name] = map_classes(rows["estimate"].dropna().tolist(), catalog.indicator(name).unit)
    return MappingProxyType(found)
