"""The four real report cards, each built once for all tests of a process."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.report_card import ReportCard
from c2c_lib.paths import project_root
from c2c_lib.reporting.cards import report_card

SLUGS = sorted(path.stem for path in Path(project_root() / "params").glob("*.yml"))


@dataclass(frozen=True, eq=False)
class BuiltCard:
    """One city's card with its sections as one document."""

    card: ReportCard
    html: str
    soup: BeautifulSoup

    @property
    def slug(self) -> str:
        return self.card.city.slug


def _build(slug: str) -> BuiltCard:
    card = report_card(slug)
    sections = [
        card.title(),
        card.summary(),
        card.children(),
        card.outcomes(),
        card.all_outcomes(),
        card.gaps(),
        card.neighborhood_map(),
        card.unknown(),
        card.downloads(),
        card.method(),
    ]
    html = "\n".join(section.html for section in sections)
    return BuiltCard(card, html, BeautifulSoup(html, "html.parser"))


@pytest.fixture(scope="session", params=SLUGS)
def built(request: pytest.FixtureRequest) -> BuiltCard:
    """Each city's card in turn."""
    return _build(request.param)
