from __future__ import annotations

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.privacy import Rules
from c2c_lib.reporting.cards import publishable_for
from support.command import c2c


@pytest.mark.usefixtures("home")
def test_lists_the_catalog_and_the_cities() -> None:
    listed = c2c("indicators").output
    for indicator in load_catalog().indicators:
        assert indicator in listed
    assert "Norwalk ACTS" in c2c("cities").output


@pytest.mark.usefixtures("home")
def test_shows_figures_as_they_are_after_the_privacy_gate() -> None:
    catalog = load_catalog()
    place = catalog.place("norwalk", "district")
    frame = publishable_for(Rules()).frame
    rows = frame[
        (frame["indicator"] == "graduation_4yr")
        & (frame["geo_id"] == place.geo_id)
        & (frame["geo_level"] == "district")
    ]
    latest = rows[rows["period_end"] == rows["period_end"].max()]

    result = c2c("show", "graduation_4yr", "--city", "norwalk", "--last", "1")

    assert result.exit_code == 0
    for row in latest.itertuples():
        group = catalog.group(row.dimension, row.group).name.en
        value = "suppressed" if pd.isna(row.estimate) else f"{row.estimate * 100:.1f} %"
        lines = [line for line in result.output.splitlines() if f"{group} " in line]
        assert any(value in line for line in lines), (group, value, lines)
