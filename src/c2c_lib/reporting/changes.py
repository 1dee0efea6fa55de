"""From the store and the last kept edition to the page on what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.figures.changes_page import ChangesPage
from c2c_lib.figures.report_card import Edition
from c2c_lib.findings.revisions import revisions
from c2c_lib.language import language as read_language
from c2c_lib.observations.codebook import codebook_data
from c2c_lib.params import load_cities
from c2c_lib.paths import project_root
from c2c_lib.reporting.cards import card_figures, site_rules, site_table
from c2c_lib.reporting.corrections import read_corrections
from c2c_lib.reporting.edition import edition_of
from c2c_lib.reporting.editions import (
    KeptEdition,
    defining_words,
    edition_codebook,
    edition_table,
    kept_editions,
)
from c2c_lib.reporting.project import DEFAULT_LANGUAGE

__all__ = ["CHANGES", "changes_page", "moved_since", "site_figures", "write_changes"]

CHANGES: Final = "changes.csv"
"""The download beside the page: every figure that moved."""


def changes_page(language: str = DEFAULT_LANGUAGE) -> ChangesPage:
    """Return the page on what changed since the last kept edition, and on corrections.

    Examples
    --------
    >>> "corrections" in str(changes_page().title())
    True
    """
    reports = project_root() / "reports"
    catalog = load_catalog()
    cities = load_cities()
    kept = kept_editions(reports / "editions")
    last = kept[0] if kept else None
    return ChangesPage(
        moved=moved_since(last, site_figures(catalog), catalog) if last else None,
        defined=edition_codebook(last) if last else {},
        previous=Edition(last.label, last.date) if last else None,
        put_first={i for city in cities.values() for i in (*city.core, *city.contributing)},
        cities=tuple(cities),
        corrections=read_corrections(reports / "corrections.yml"),
        catalog=catalog,
        edition=Edition(*edition_of(reports / "site.yml")),
        language=read_language(language),
    )


def site_figures(catalog: Catalog) -> pd.DataFrame:
    """Return every figure that the site's downloads hold, once, with the name of its place."""
    table = site_table(site_rules())
    frames = [card_figures(city, table, catalog) for city in load_cities().values()]
    frame = pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)
    names = {(p.geo_level, p.geo_id): p.place for p in catalog.places}
    keys = zip(frame["geo_level"], frame["geo_id"], strict=True)
    return frame.assign(place=[names[key] for key in keys])


def moved_since(edition: KeptEdition, now: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Return every figure that differs from an edition, with its cause.

    Parameters
    ----------
    now : DataFrame
        From `site_figures`.
    """
    entries = codebook_data(now, catalog, DEFAULT_LANGUAGE)
    current = {str(entry["id"]): defining_words(entry) for entry in entries}
    before = edition_codebook(edition)
    redefined = {
        name
        for name, entry in before.items()
        if name in current and defining_words(entry) != current[name]
    }
    return revisions(edition_table(edition), now, redefined=redefined)


def write_changes(site: Path, page: Path, last: KeptEdition) -> None:
    """Write every figure in which an assembled site differs from an edition, as CSV.

    Parameters
    ----------
    site : Path
        With the downloads of its cities.
    page : Path
        Folder of the page on changes.
    last : KeptEdition
        The edition before.
    """
    now = edition_table(KeptEdition("", "", site))
    moved = moved_since(last, now, load_catalog())
    moved.to_csv(page / CHANGES, index=False, encoding="utf-8", lineterminator="\n")
