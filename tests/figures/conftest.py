"""The four real report cards, each built once for all tests of a process.

In Spanish their charts are left out: what they say is tested on made-up figures, and drawing
them is what takes time.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures import gap_part, gaps_overview, trend_part
from c2c_lib.figures.report_card import ReportCard
from c2c_lib.paths import project_root
from c2c_lib.reporting.cards import report_card

NO_DRAWING = '<svg width="1pt" height="1pt"></svg>'
DRAWINGS = (
    (trend_part, "trend_chart"),
    (gap_part, "gap_chart"),
    (gaps_overview, "_chart"),
)
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

    @cached_property
    def spanish(self) -> BeautifulSoup:
        """The same card in Spanish, without its charts."""
        with pytest.MonkeyPatch.context() as patch:
            for module, name in DRAWINGS:
                patch.setattr(module, name, lambda *_: NO_DRAWING)
            return BeautifulSoup(_html(report_card(self.slug, "es")), "html.parser")


def _html(card: ReportCard) -> str:
    sections = [
        card.title(),
        card.summary(),
        card.children(),
        card.outcomes(),
        card.all_outcomes(),
        card.gaps(),
        card.neighborhood_map(),
        card.surroundings(),
        card.partners(),
        card.unknown(),
        card.downloads(),
        card.method(),
    ]
    return "\n".join(section.html for section in sections)


def _build(slug: str) -> BuiltCard:
    card = report_card(slug)
    html = _html(card)
    return BuiltCard(card, html, BeautifulSoup(html, "html.parser"))


@pytest.fixture(scope="session", params=SLUGS)
def built(request: pytest.FixtureRequest) -> BuiltCard:
    """Each city's card in turn."""
    return _build(request.param)
