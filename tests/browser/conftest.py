from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from support.chromium import launched


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A running browser, closed again before the next module: its event loop is in the way."""
    with launched(chromium) as running:
        yield running
