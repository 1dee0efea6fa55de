"""Fixtures of the tests of statistics."""

import numpy as np
import pytest


@pytest.fixture
def generator() -> np.random.Generator:
    """A generator of this test alone, so that tests do not depend on each other."""
    return np.random.default_rng(19980430)
