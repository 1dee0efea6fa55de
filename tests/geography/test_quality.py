"""The bands of the coefficient of variation, at their edges and on the published tracts."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.geography import tract_quality
from c2c_lib.sources import acs_tracts
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

ORDER = ["strong", "use_with_care", "too_weak"]


@pytest.mark.parametrize(
    ("estimate", "moe90", "word"),
    [
        (100.0, 19.7, "strong"),  # CV 11.98 %
        (100.0, 19.8, "use_with_care"),  # CV 12.04 %
        (100.0, 65.7, "use_with_care"),  # CV 39.94 %
        (100.0, 65.9, "too_weak"),  # CV 40.06 %
        (0.5, 0.0, "strong"),
        (0.0, 0.0, "too_weak"),
        (0.0, 0.12, "too_weak"),
        (math.nan, 0.1, "too_weak"),
        (0.3, math.nan, "too_weak"),
    ],
)
def test_bands(estimate: float, moe90: float, word: str):
    assert tract_quality(estimate, moe90) == word


@pytest.mark.parametrize(("estimate", "moe90"), [(-0.1, 0.1), (0.1, -555555555)])
def test_negative_marks_are_refused(estimate: float, moe90: float):
    with pytest.raises(ValueError, match="expected to be 0 or more"):
        tract_quality(estimate, moe90)


positive = st.floats(1e-6, 1e6)


@given(positive, positive, positive)
def test_a_wider_margin_is_never_better(estimate: float, moe90: float, more: float):
    before, after = tract_quality(estimate, moe90), tract_quality(estimate, moe90 + more)
    assert ORDER.index(after) >= ORDER.index(before)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(-8, 8))
def test_the_unit_does_not_matter(estimate: int, moe90: int, power: int):
    scale = 2.0**power  # exact, so that no rounding moves a figure across an edge
    assert tract_quality(estimate * scale, moe90 * scale) == tract_quality(estimate, moe90)


def test_published_tracts_fall_into_the_counts_that_the_collection_states(shared: Path):
    # shared/sources/geo-acs-tracts/SOURCE.md: CV over 40 % in 13, 22, 12 and 9 tracts, and an
    # estimate of 0 in 3, 6, 4 and 0 more, for Bridgeport, Stamford, Norwalk and Waterbury.
    catalog = load_catalog()
    path = shared / "sources/geo-acs-tracts/acs5_2023_long.parquet"
    read = acs_tracts.read([RawFile(path, path.name)], Names(catalog, Problems()))
    town = {p.geo_id: p.place.split("-tract-")[0] for p in catalog.places if p.geo_level == "tract"}
    read = read[read["indicator"] == "child_poverty"]
    read = read.assign(town=read["geo_id"].map(town))
    counts = {}
    for city in ("bridgeport", "stamford", "norwalk", "waterbury"):
        rows = read[read["town"] == city]
        weak = pd.Series(map(tract_quality, rows["estimate"], rows["moe90"])) == "too_weak"
        zero = rows["estimate"] == 0
        counts[city] = (int(weak.sum() - zero.sum()), int(zero.sum()))
    assert counts == {
        "bridgeport": (13, 3),
        "stamford": (22, 6),
        "norwalk": (12, 4),
        "waterbury": (9, 0),
    }
