"""Groups to test the measures of inequality with."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from c2c_lib.equity.inequality import MEASURES, Groups

NAMES = tuple(MEASURES)
ANALYTIC = tuple(name for name, one in MEASURES.items() if one.interval == "analytic")
SIMULATED = tuple(name for name in NAMES if name not in ANALYTIC)


def groups_for(name: str, estimate: Any, population: Any, **more: Any) -> Groups:
    """Return groups with whatever the measure needs besides figures and populations."""
    k = np.asarray(estimate).shape[-1]
    if "order" in MEASURES[name].needs:
        more.setdefault("order", np.arange(k))
    if "reference" in MEASURES[name].needs:
        more.setdefault("reference", np.arange(k) == 0)
    return Groups.of(estimate, population=population, **more)


def value(name: str, estimate: Any, population: Any, **more: Any) -> Any:
    """Return the estimate of a measure."""
    return MEASURES[name].value(groups_for(name, estimate, population, **more))


@st.composite
def settings(draw: Any, least: int = 2, most: int = 7) -> tuple[list[float], list[int]]:
    """Return shares away from 0 and 1, and populations."""
    k = draw(st.integers(least, most))
    shares = st.floats(0.05, 0.95).map(lambda share: round(share, 4))
    figures = draw(st.lists(shares, min_size=k, max_size=k))
    populations = draw(st.lists(st.integers(1, 5000), min_size=k, max_size=k))
    return figures, populations
