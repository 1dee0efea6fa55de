"""One small table with all that is awkward, and the downloads made from it, once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.report_card import Edition
from c2c_lib.language import language
from c2c_lib.observations import sort_observations
from c2c_lib.params import load_city
from c2c_lib.privacy import Publishable, Rules, publishable
from c2c_lib.reporting.downloads import in_words, write_downloads

CATALOG = load_catalog()
NAN = float("nan")


def row(level: str, code: str, indicator: str, period: str, **values: Any) -> dict[str, Any]:
    """Return one invented figure about a real place."""
    return {
        "indicator": indicator,
        "geo_level": level,
        "geo_id": code,
        "period": period,
        "period_end": int(period[:2] + period[-2:]),
        "dimension": "all",
        "group": "all",
        "estimate": NAN,
        "numerator": NAN,
        "denominator": NAN,
        "moe90": NAN,
        "status": "published",
        "source": CATALOG.indicator(indicator).sources[0],
        "note": "",
    } | values


def survey(code: str, period: str, part: float, whole: float, moe: float) -> dict[str, Any]:
    """Return a survey's share of children, which may be too small to show."""
    counts = {"numerator": part, "denominator": whole, "estimate": part / whole, "moe90": moe}
    level = "tract" if code.isdigit() else "neighborhood"
    source = "acs_tracts" if level == "tract" else "acs_neighborhoods"
    return row(level, code, "child_poverty", period, source=source, **counts)


def awkward_rows() -> pd.DataFrame:
    """Return figures of a district, of tracts of both vintages and of a neighborhood."""
    school = {"source": CATALOG.indicator("graduation_4yr").sources[0], "period": "2018-19"}
    hidden = {"status": "suppressed_by_source", "note": "=1+1 is no formula"}
    rows = [
        row("district", "0150011", "graduation_4yr", estimate=1 / 3, numerator=400.0,
            denominator=1200.0, note='Says "so", & a comma', **school),
        row("district", "0150011", "graduation_4yr", **school, **hidden)
        | {"dimension": "race_ethnicity", "group": "black"},
        row("state", "09", "graduation_4yr", estimate=0.885, numerator=885.0,
            denominator=1000.0, **school),
        survey("09120070100", "2018-2022", 100, 300, 0.05),
        survey("09120070100", "2019-2023", 120, 310, 0.04),
        survey("09120070200", "2019-2023", 3, 200, 0.02),  # the gate hides it
        survey("09120070300", "2019-2023", 30, 200, 0.14),
        survey("09001070100", "2014-2018", 90, 280, 0.06),
        row("tract", "09120070100", "adults_asthma", "2023", estimate=0.094, source="cdc_places",
            note="A model's estimate: nobody counted or asked enough people here."),
        row("tract", "09120070100", "housing_cost_burden", "2019-2023", source="acs_tracts",
            status="not_applicable", note="The survey found nobody in this group here.")
        | {"dimension": "tenure", "group": "owner"},
        survey("bridgeport-black-rock", "2019-2023", 150, 900, 0.03),
    ]  # fmt: skip
    return sort_observations(pd.DataFrame(rows))


@dataclass(frozen=True)
class Written:
    """The downloads and what they were made from."""

    folder: Path
    table: Publishable
    files: list[Path]

    @property
    def words(self) -> pd.DataFrame:
        """The published table, as the downloads must give it back."""
        return in_words(self.table.frame, PLACES, CATALOG, "en")


PLACES = {
    (level, code)
    for level, code in zip(awkward_rows()["geo_level"], awkward_rows()["geo_id"], strict=True)
}


def write(folder: Path, code: str = "en") -> Written:
    """Write the downloads of Bridgeport into a folder."""
    table = publishable(awkward_rows(), Rules(), CATALOG)
    files = write_downloads(
        folder,
        table,
        load_city("bridgeport"),
        PLACES,
        CATALOG,
        code,
        edition=Edition("2026", "2026-11-21"),
    )
    return Written(folder, table, files)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The downloads in English; read only."""
    return write(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="session")
def write_again() -> Any:
    """Return `write`."""
    return write


@pytest.fixture(scope="session")
def english() -> Any:
    return language("en")
