"""The cities, for tests of one city's figures: one where time is short, all in a thorough run."""

import pytest

from c2c_lib.params import load_cities

FIRST = "norwalk"
"""The city that every run looks at."""

EACH_CITY = [
    pytest.param(slug, marks=[] if slug == FIRST else [pytest.mark.thorough])
    for slug in load_cities()
]
"""The code is one for all cities, their figures are not."""
