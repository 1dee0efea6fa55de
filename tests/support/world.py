"""A made-up city with several findings, for the sections that put them side by side."""

from functools import cache
from types import MappingProxyType
from typing import Any

from c2c_lib.findings import Figures, Finding, make_findings
from c2c_lib.params import City
from support.synthetic import catalog, city, figures, row


def rows() -> list[dict[str, Any]]:
    """Return figures of five indicators: improved, slipped, weak, hidden and without counts."""
    return [
        row("2018-19", (200, 1000)),
        row("2023-24", (312, 1004)),
        row("2023-24", (47_000, 100_000), place="connecticut"),
        row("2023-24", (66, 400), group="race_ethnicity/hispanic"),
        row("2023-24", "suppressed_by_source", group="race_ethnicity/asian"),
        row("2023-24", "suppressed_by_source", group="race_ethnicity/two_or_more"),
        row("2023-24", (200, 450), group="race_ethnicity/white"),
        row("2018-19", (100, 1000), indicator="missing_school"),
        row("2019-20", (180, 1000), indicator="missing_school"),
        row(
            "2019-20", (100, 300), indicator="missing_school", group="disability/with_disabilities"
        ),
        row("2023", 0.3, indicator="at_work", moe90=0.25),
        row("2010-2014", (57, 10_000), indicator="babies_lost"),
        row("2023-24", 46.7, indicator="test_score"),
        row("2023-24", "suppressed_by_source", indicator="pupils"),
    ]


@cache
def made_up_city() -> City:
    """Return a city that puts three of the indicators first."""
    return city(core=["reading_well", "missing_school"], contributing=["at_work"])


@cache
def made_up_figures() -> Figures:
    """Return the figures of `rows` after the privacy gate."""
    return figures(rows())


@cache
def made_up_findings() -> MappingProxyType[str, Finding]:
    """Return the findings of all made-up indicators."""
    assert set(catalog().indicators) >= {r["indicator"] for r in rows()}
    return MappingProxyType(make_findings(made_up_city(), made_up_figures()))
