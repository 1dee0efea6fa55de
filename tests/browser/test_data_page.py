"""A data page under the strict policy of ``c2c serve``: its metadata is data, not a script."""

import json
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from c2c_lib.reporting.serve import site_server

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]


def test_the_policy_lets_the_metadata_pass_and_nothing_is_refused(
    browser: Browser, built_site: Path
):
    with site_server(built_site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/norwalk/data/index.html")
        text = page.locator('script[type="application/ld+json"]').text_content()
        page.close()
        server.shutdown()
    assert said == []
    assert json.loads(text or "")["@type"] == "Dataset"
