import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_lib.reporting.serve import HEADERS, site_server


@pytest.fixture
def ask(tmp_path: Path) -> Iterator:
    (tmp_path / "index.html").write_text("<p>there</p>", encoding="utf-8")
    (tmp_path / "table.csv").write_text("a\n", encoding="utf-8")
    with site_server(tmp_path) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def request(path: str, method: str = "GET") -> http.client.HTTPResponse:
            connection = http.client.HTTPConnection(*server.server_address[:2], timeout=10)
            connection.request(method, path)
            answer = connection.getresponse()
            answer.body = answer.read().decode()
            connection.close()
            return answer

        yield request
        server.shutdown()


def test_every_answer_carries_the_strict_headers(ask) -> None:
    for path in ("/", "/table.csv", "/gone.html"):
        answer = ask(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe-inline" not in HEADERS["Content-Security-Policy"]
    assert ask("/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert ask("/table.csv").headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_page_that_is_not_there_is_answered_by_the_sites_own(ask, tmp_path) -> None:
    assert ask("/gone/").status == 404
    (tmp_path / "404.html").write_text("<p>This page moved.</p>", encoding="utf-8")
    answer = ask("/gone/")
    assert (answer.status, answer.body) == (404, "<p>This page moved.</p>")
    assert (ask("/gone/", "HEAD").status, ask("/gone/", "HEAD").body) == (404, "")


def test_nothing_outside_the_site_is_served(ask, tmp_path) -> None:
    assert ask("/../" + tmp_path.name + "/../x").status == 404
