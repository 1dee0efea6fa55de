"""The system's Chromium, driven by Playwright; no browser is ever downloaded."""

import contextlib
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from c2c_lib.reporting import chromium


def required() -> bool:
    """Return whether a missing browser is a failure (continuous integration) or a skip."""
    return os.environ.get("C2C_REQUIRE_BROWSER", "") not in ("", "0")


def find_chromium(path: str | None = None) -> str:
    """Return the executable's path; without one skip the test, or fail if it is required."""
    if found := chromium.find_chromium(path):
        return found
    message = "no Chromium on PATH; install it to test the pages"
    if required():
        pytest.fail(message + "; C2C_REQUIRE_BROWSER is set", pytrace=False)
    pytest.skip(message)


@contextlib.contextmanager
def launched(executable: str) -> Iterator[Browser]:
    """Start headless Chromium and close it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.arguments())
        try:
            yield browser
        finally:
            browser.close()
