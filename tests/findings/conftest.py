"""Small tables of one indicator, taken through the privacy gate, and a city to find about."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog import Break, Catalog, Indicator, Localized, load_catalog, parse_period
from c2c_lib.findings import Figures, Finding, make_finding
from c2c_lib.observations import sort_observations
from c2c_lib.params import City, load_city
from c2c_lib.privacy import Rules, publishable

Find = Callable[..., Finding]


def row(period: str, estimate: float | str, **more: Any) -> dict[str, Any]:
    """Return one figure of Norwalk; a word instead of a number is a status."""
    hidden = isinstance(estimate, str)
    return {
        "place": "norwalk",
        "period": period,
        "dimension": "all",
        "group": "all",
        "estimate": None if hidden else estimate,
        "status": estimate if hidden else "published",
        **more,
    }


def counted(period: str, x: int, n: int, **more: Any) -> dict[str, Any]:
    """Return one figure of Norwalk with its counts."""
    return row(period, x / n, numerator=x, denominator=n, **more)


def group(period: str, name: str, estimate: float | str, **more: Any) -> dict[str, Any]:
    """Return one figure of girls or boys, or of another dimension."""
    return row(period, estimate, **{"dimension": "gender", "group": name, **more})


NOTE = Localized(en="Something changed.", es="Algo cambió.")


def new_series(period: str) -> Break:
    return Break(kind="new_series", period=period, note=NOTE)


def alone(period: str, **more: object) -> Break:
    return Break(kind="not_comparable", period=period, note=NOTE, **more)


def periods(finding: Finding) -> tuple[str | None, str | None]:
    """Return the labels of baseline and latest."""
    baseline, latest = finding.baseline, finding.latest
    return baseline and baseline.period.label, latest and latest.period.label


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def norwalk(project_root) -> City:
    return load_city("norwalk", project_root / "params")


@pytest.fixture
def find(catalog: Catalog, norwalk: City) -> Find:
    """Make the finding of one indicator from rows; the catalog's entry may be changed."""

    def make(
        rows: Sequence[dict[str, Any]],
        *,
        indicator: str = "graduation_4yr",
        breaks: Sequence[Break] = (),
        city: City = norwalk,
        rules: Rules | None = None,
        **changes: Any,
    ) -> Finding:
        entry = catalog.indicator(indicator).model_copy(update={"breaks": tuple(breaks), **changes})
        known = replace(catalog, indicators={**catalog.indicators, indicator: entry})
        frame = pd.DataFrame([_tidy(r, entry, known) for r in rows])
        sealed = publishable(sort_observations(frame), rules or Rules(), known)
        return make_finding(entry, city, Figures(sealed, known))

    return make


def _tidy(values: dict[str, Any], indicator: Indicator, catalog: Catalog) -> dict[str, Any]:
    level = "state" if values["place"] == "connecticut" else indicator.level
    place = catalog.place(values["place"], level)
    return {
        "numerator": None,
        "denominator": None,
        "moe90": None,
        "note": "",
        **values,
        "indicator": indicator.id,
        "geo_level": place.geo_level,
        "geo_id": place.geo_id,
        "period_end": parse_period(values["period"]).end,
        "source": indicator.sources[0],
    }
