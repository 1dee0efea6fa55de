"""From the store to the pages that set the cities side by side."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.compare_page import ComparePage, OutcomePage
from c2c_lib.findings import make_findings
from c2c_lib.language import language as read_language
from c2c_lib.params import load_cities
from c2c_lib.reporting.cards import site_edition, site_figures, site_rules

__all__ = ["compare_cities", "outcome_page"]


def compare_cities(language: str = "en") -> ComparePage:
    """Return the page that sets all cities side by side, one indicator an outcome.

    Examples
    --------
    >>> [city.name for city in compare_cities().cities]
    ['Bridgeport', 'Norwalk', 'Stamford', 'Waterbury']
    """
    first = {i for city in load_cities().values() for i in (*city.core, *city.contributing)}
    return ComparePage(**_parts(language, first))


def outcome_page(outcome: str, language: str = "en") -> OutcomePage:
    """Return the page of one outcome in all cities.

    Parameters
    ----------
    outcome : str
        Id of an outcome of the catalog.

    Raises
    ------
    InputError
        If there is no such outcome ("did you mean").
    """
    catalog = load_catalog()
    catalog.outcome(outcome)
    mine = {i.id for i in catalog.indicators.values() if outcome in i.outcomes}
    return OutcomePage(**_parts(language, mine), outcome_id=outcome)


def _parts(language: str, indicators: Collection[str]) -> dict[str, Any]:
    catalog = load_catalog()
    figures = site_figures(site_rules())
    cities = sorted(load_cities().values(), key=lambda city: city.name)
    cities = [city for city in cities if language in city.languages]
    return {
        "cities": tuple(cities),
        "findings": {city.slug: make_findings(city, figures, indicators) for city in cities},
        "catalog": catalog,
        "edition": site_edition(),
        "language": read_language(language),
    }
