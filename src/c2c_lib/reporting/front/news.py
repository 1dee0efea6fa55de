"""What the home page tells of an edition and of each city: read from what the builds left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from c2c_lib.reporting.task import DATA_FOLDER, DESCRIPTOR, HEADLINE

__all__ = ["CityNews", "News", "read_city_news"]


@dataclass(frozen=True)
class CityNews:
    """What stands first on a city's card.

    Attributes
    ----------
    headline : str
        HTML: a sentence made from a finding, with its quality; empty where no figure is strong.
    figures : int
        How many figures its downloads hold.
    newest : int
        The last year that a figure is about; 0 if there is none.
    """

    headline: str = ""
    figures: int = 0
    newest: int = 0


@dataclass(frozen=True)
class News:
    """The edition and its cities, in one language.

    Attributes
    ----------
    edition, date : str
        Label and ISO date.
    cities : mapping of str to CityNews
        By slug.
    """

    edition: str
    date: str
    cities: Mapping[str, CityNews] = field(default_factory=dict)


def read_city_news(folder: Path) -> CityNews:
    """Read what a city's job left for the home page.

    Parameters
    ----------
    folder : Path
        Of the job that wrote the city's downloads.
    """
    package = json.loads((folder / DATA_FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    file = folder / HEADLINE
    said = file.read_text(encoding="utf-8") if file.is_file() else ""
    return CityNews(
        said,
        figures=int(package["resources"][0].get("records", 0)),
        newest=int(package["temporal"].get("end", 0)),
    )
