"""From files to the progress page: reads the store, the city's files and the edition."""

from __future__ import annotations

from c2c_lib.figures.progress import ProgressPage
from c2c_lib.figures.progress_compare import ProgressCompared
from c2c_lib.language import language as read_language
from c2c_lib.params import load_cities, load_city
from c2c_lib.reporting.cards import site_edition, site_figures, site_rules
from c2c_lib.theory_of_action import gather_evidence, load_improvement, load_progress

__all__ = ["city_progress", "compared_progress"]


def city_progress(city: str, language: str = "en") -> ProgressPage:
    """Return the progress page of a city, ready to show section by section.

    Parameters
    ----------
    city : str
        Slug of a file in ``params/``.
    language : str
        Language of the page.

    Raises
    ------
    InputError
        If there is no such city ("did you mean"), or with everything that is wrong in its
        progress file or its monthly counts.

    Examples
    --------
    >>> page = city_progress("norwalk")
    >>> [change.verdict for change in page.evidence.changes][3]
    'improved'
    """
    parameters = load_city(city)
    progress = load_progress(city)
    rules = site_rules()
    improvement = load_improvement(city, rules)
    figures = site_figures(rules)
    edition = site_edition()
    evidence = gather_evidence(
        parameters, figures, progress, improvement=improvement, year=edition.year
    )
    return ProgressPage(evidence, figures, edition, read_language(language))


def compared_progress(language: str = "en") -> ProgressCompared:
    """Return the page that sets all cities side by side, ready to show section by section.

    Raises
    ------
    InputError
        With everything that is wrong in a city's files.

    Examples
    --------
    >>> [evidence.city.slug for evidence in compared_progress().cities][:2]
    ['bridgeport', 'norwalk']
    """
    pages = [city_progress(city, language) for city in load_cities()]
    pages.sort(key=lambda page: page.evidence.city.name)
    evidence = [page.evidence for page in pages]
    return ProgressCompared(evidence, pages[0].edition, pages[0].language)
