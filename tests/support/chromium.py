"""The system's Chromium, driven by Playwright; no browser is ever downloaded."""

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # continuous integration runs as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    # A request that leaves the machine is to fail, here as on an analyst's train ride.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def required() -> bool:
    """Return whether a missing browser is a failure (continuous integration) or a skip."""
    return os.environ.get("C2C_REQUIRE_BROWSER", "") not in ("", "0")


def find_chromium(path: str | None = None) -> str:
    """Return the executable's path; without one skip the test, or fail if it is required."""
    for name in NAMES:
        if found := shutil.which(name, path=path):
            return found
    message = f"no Chromium on PATH (one of {', '.join(NAMES)}); install it to test the pages"
    if required():
        pytest.fail(message + "; C2C_REQUIRE_BROWSER is set", pytrace=False)
    pytest.skip(message)


@contextlib.contextmanager
def launched(executable: str) -> Iterator[Browser]:
    """Start headless Chromium and close it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
