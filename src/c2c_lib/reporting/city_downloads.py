"""What a city's pages bring beside themselves: the downloads, and its line for the home page."""

from __future__ import annotations

from pathlib import Path

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.headline import headline
from c2c_lib.language import language as read_language
from c2c_lib.params import load_city
from c2c_lib.reporting.cards import (
    card_figures,
    city_findings,
    site_edition,
    site_rules,
    site_table,
)
from c2c_lib.reporting.downloads import write_downloads

__all__ = ["write_city_downloads", "write_city_headline"]


def write_city_downloads(folder: Path, slug: str, language: str) -> list[Path]:
    """Write the downloads of a city.

    Where the city's notebook has just run in this process, the gate has been passed
    already and its table is used again, and so are the findings.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    slug : str
        Of a file in ``params/``.
    language : str
        Language of names and titles.

    Raises
    ------
    InputError
        If the city or the store does not fit.
    """
    city, catalog = load_city(slug), load_catalog()
    table = site_table(site_rules())
    rows = card_figures(city, table, catalog)
    places = set(zip(rows["geo_level"], rows["geo_id"], strict=True))
    _, findings = city_findings(city)
    return write_downloads(
        folder,
        table,
        city,
        places,
        catalog,
        language,
        edition=site_edition(),
        blocks={
            indicator: findings[indicator].observations
            for indicator in (*city.core, *city.contributing)
            if indicator in findings
        },
    )


def write_city_headline(file: Path, slug: str, language: str) -> None:
    """Write what the home page says of a city, as HTML; nothing where no figure is strong."""
    city = load_city(slug)
    _, findings = city_findings(city)
    file.write_text(headline(city, findings, read_language(language)), encoding="utf-8")
