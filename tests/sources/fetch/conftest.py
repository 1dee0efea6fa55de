"""A publisher on loopback, and a client that does not really wait."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from c2c_lib.sources.fetch.http import Client
from c2c_lib.sources.fetch.manifest import Manifest
from support.publisher import Publisher, publishing

MakeClient = Callable[[Path, Manifest], Client]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the client would have waited."""
    return []


@pytest.fixture
def make_client(waits: list[float]) -> MakeClient:
    def make(raw: Path, manifest: Manifest) -> Client:
        return Client(
            raw,
            manifest,
            attempts=3,
            timeout=httpx.Timeout(5.0, connect=2.0),
            sleep=waits.append,
            chance=lambda: 0.5,
        )

    return make


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CENSUS_API_KEY", "SOCRATA_APP_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
