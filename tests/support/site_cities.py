"""The cities of the built site: one where time is short, all where a thorough test looks at it."""

import pytest

from c2c_lib.params import load_cities

FIRST = "norwalk"
"""The city that is always built."""

EACH_CITY = [
    pytest.param(slug, marks=[] if slug == FIRST else [pytest.mark.thorough])
    for slug in load_cities()
]
"""For tests of one city's pages: the code is one for all cities, their figures are not."""


def wanted(tests: list[pytest.Item]) -> tuple[str, ...]:
    """Return the cities of the site that these tests look at."""
    looking = [test for test in tests if "built_site" in getattr(test, "fixturenames", ())]
    every = any(test.get_closest_marker("thorough") for test in looking)
    return tuple(load_cities()) if every else (FIRST,)
