"""The real report cards, each built once for all tests of a process; of three if there is time.

In Spanish their charts are left out: what they say is tested on made-up figures, and drawing
them is what takes time.
"""

from dataclasses import dataclass
from functools import cached_property

import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from c2c_lib.figures import gap_chart, gap_part, gaps_overview, trend_chart, trend_part
from c2c_lib.figures.report_card import ReportCard
from c2c_lib.reporting.cards import report_card
from support.cities import EACH_CITY
from support.drawings import drawn_by

NO_DRAWING = '<svg width="1pt" height="1pt"></svg>'
DRAWINGS = (
    (trend_part, "trend_chart"),
    (gap_part, "gap_chart"),
    (gaps_overview, "_chart"),
)


@dataclass(frozen=True, eq=False)
class BuiltCard:
    """One city's card with its sections as one document, and the charts of its indicators."""

    card: ReportCard
    html: str
    soup: BeautifulSoup
    charts: tuple[Figure, ...]

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
    with drawn_by(trend_chart, gap_chart) as charts:
        html = _html(card)
    return BuiltCard(card, html, BeautifulSoup(html, "html.parser"), tuple(charts))


@pytest.fixture(scope="session", params=EACH_CITY)
def built(request: pytest.FixtureRequest) -> BuiltCard:
    """Each city's card in turn."""
    return _build(request.param)
