"""One city's downloads, from its slug: the rows behind its card, after the privacy gate."""

from __future__ import annotations

from pathlib import Path

from c2c_lib.catalog import load_catalog
from c2c_lib.params import load_city
from c2c_lib.reporting.cards import card_figures, site_rules, site_table
from c2c_lib.reporting.downloads import write_downloads

__all__ = ["write_city_downloads"]


def write_city_downloads(folder: Path, slug: str, language: str) -> list[Path]:
    """Write the downloads of a city.

    Where the city's notebook has just run in this process, the gate has been passed
    already and its table is used again.

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
    return write_downloads(folder, table, city, places, catalog, language)
