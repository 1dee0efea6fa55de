"""The client is patient with a busy publisher and believes no answer that is not whole."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from c2c_lib.sources.fetch.errors import FetchError, NotThereError
from c2c_lib.sources.fetch.http import BODIES, Client, retry_after
from c2c_lib.sources.fetch.manifest import Manifest
from support.publisher import Answer, Publisher, Question

BODY = b"town,rate\nNorwalk,7.5\n"
CSV = ("text/csv",)


@pytest.fixture
def manifest() -> Manifest:
    return Manifest()


@pytest.fixture
def client(
    tmp_path: Path, manifest: Manifest, make_client: Callable[[Path, Manifest], Client]
) -> Iterator[Client]:
    made = make_client(tmp_path, manifest)
    yield made
    made.close()


def test_a_whole_answer_is_taken_and_kept(
    publisher: Publisher, client: Client, manifest: Manifest, tmp_path: Path
) -> None:
    publisher.says("/t.csv", Answer(BODY, "text/csv; charset=UTF-8", headers={"ETag": '"a"'}))
    reply = client.get(f"{publisher.address}/t.csv", CSV)
    assert (reply.body, reply.kept) == (BODY, False)
    answer = manifest.answers[f"{publisher.address}/t.csv"]
    assert (answer.etag, answer.bytes) == ('"a"', len(BODY))
    assert (tmp_path / BODIES / answer.sha256).read_bytes() == BODY


def test_what_has_not_changed_is_not_sent_again(publisher: Publisher, client: Client) -> None:
    publisher.says("/t.csv", Answer(BODY, headers={"ETag": '"a"'}))
    client.get(f"{publisher.address}/t.csv", CSV)
    again = client.get(f"{publisher.address}/t.csv", CSV)
    assert (again.body, again.kept) == (BODY, True)
    assert publisher.asked[1].headers["If-None-Match"] == '"a"'


def test_a_date_does_in_place_of_a_tag(publisher: Publisher, client: Client) -> None:
    stamp = "Tue, 05 Mar 2024 10:00:00 GMT"
    publisher.says("/t.csv", Answer(BODY, headers={"Last-Modified": stamp}), Answer(status=304))
    client.get(f"{publisher.address}/t.csv", CSV)
    assert client.get(f"{publisher.address}/t.csv", CSV).kept
    assert publisher.asked[1].headers["If-Modified-Since"] == stamp


def test_a_kept_answer_that_was_tampered_with_is_asked_for_anew(
    publisher: Publisher, client: Client, manifest: Manifest, tmp_path: Path
) -> None:
    publisher.says("/t.csv", Answer(BODY, headers={"ETag": '"a"'}))
    client.get(f"{publisher.address}/t.csv", CSV)
    kept = tmp_path / BODIES / manifest.answers[f"{publisher.address}/t.csv"].sha256
    kept.write_bytes(b"something else")
    again = client.get(f"{publisher.address}/t.csv", CSV)
    assert (again.body, again.kept) == (BODY, False)
    assert "If-None-Match" not in publisher.asked[1].headers


def test_too_many_requests_waits_as_long_as_the_publisher_says(
    publisher: Publisher, client: Client, waits: list[float]
) -> None:
    busy = Answer(b"slow down", "text/plain", 429, {"Retry-After": "7"})
    publisher.says("/t.csv", busy, Answer(BODY))
    assert client.get(f"{publisher.address}/t.csv", CSV).body == BODY
    assert waits == [7.0]


def test_a_wait_that_is_too_long_is_told_and_not_sat_out(
    publisher: Publisher, client: Client, waits: list[float]
) -> None:
    publisher.says("/t.csv", Answer(b"", "text/plain", 429, {"Retry-After": "3600"}))
    with pytest.raises(FetchError, match=r"asks to wait.*3600 seconds"):
        client.get(f"{publisher.address}/t.csv", CSV)
    assert waits == []


def test_an_error_of_the_publisher_passes(
    publisher: Publisher, client: Client, waits: list[float]
) -> None:
    publisher.says("/t.csv", Answer(b"", "text/plain", 500), Answer(b"", "", 503), Answer(BODY))
    assert client.get(f"{publisher.address}/t.csv", CSV).body == BODY
    assert waits == [1.0, 2.0]


def test_an_error_that_stays_is_told_after_the_last_attempt(
    publisher: Publisher, client: Client, waits: list[float]
) -> None:
    publisher.says("/t.csv", Answer(b"database is down", "text/plain", 500))
    with pytest.raises(FetchError, match=r"500 Internal Server Error.*database is down"):
        client.get(f"{publisher.address}/t.csv", CSV)
    assert len(publisher.asked) == 3
    assert len(waits) == 2


def test_an_answer_that_is_cut_off_is_asked_for_again(publisher: Publisher, client: Client) -> None:
    publisher.says("/t.csv", Answer(BODY[:9], length=len(BODY)), Answer(BODY))
    assert client.get(f"{publisher.address}/t.csv", CSV).body == BODY
    assert len(publisher.asked) == 2


def test_an_answer_that_is_always_cut_off_is_not_taken(
    publisher: Publisher, client: Client, manifest: Manifest, tmp_path: Path
) -> None:
    publisher.says("/t.csv", Answer(BODY[:9], length=len(BODY)))
    with pytest.raises(FetchError, match="the answer is cut off"):
        client.get(f"{publisher.address}/t.csv", CSV)
    assert manifest.answers == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["text/html", ""])
def test_a_web_page_is_no_table(publisher: Publisher, client: Client, kind: str) -> None:
    publisher.says("/t.csv", Answer(b"<html>Please log in</html>", kind))
    with pytest.raises(FetchError, match=r"another kind.*Please log in.*allowed: text/csv"):
        client.get(f"{publisher.address}/t.csv", CSV)


def test_nothing_there_is_its_own_error(publisher: Publisher, client: Client) -> None:
    with pytest.raises(NotThereError, match="404 Not Found"):
        client.get(f"{publisher.address}/t.csv", CSV)
    assert len(publisher.asked) == 1


def test_a_redirect_is_not_followed(publisher: Publisher, client: Client) -> None:
    moved = Answer(b"", "", 302, {"Location": f"{publisher.address}/other?token=secret"})
    publisher.says("/t.csv", moved)
    publisher.says("/other", Answer(BODY))
    with pytest.raises(FetchError, match=r"302 Found.*/other'$") as caught:
        client.get(f"{publisher.address}/t.csv", CSV)
    assert "secret" not in str(caught.value)


def test_a_key_goes_along_and_never_shows(
    publisher: Publisher, client: Client, manifest: Manifest
) -> None:
    def answer(question: Question) -> Answer:
        asked = [question.query, question.headers["X-App-Token"]]
        assert asked == [{"a": "1", "key": "hush"}, "token"]
        return Answer(b"no", "text/plain", 403)

    publisher.says("/t.csv", answer)
    with pytest.raises(FetchError, match="403 Forbidden") as caught:
        client.get(
            f"{publisher.address}/t.csv?a=1",
            CSV,
            secret={"key": "hush"},
            headers={"X-App-Token": "token"},
        )
    assert "hush" not in str(caught.value)
    publisher.says("/t.csv", Answer(BODY))
    client.get(f"{publisher.address}/t.csv?a=1", CSV, secret={"key": "hush"})
    assert "hush" not in str(manifest)


def test_no_network_is_told_with_what_to_do(client: Client) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(FetchError, match=r"cannot be reached.*online") as caught:
            client.get(f"http://127.0.0.1:{port}/t.csv", CSV)
    assert caught.value.exit_code == 1


def test_a_publisher_that_does_not_answer_in_time_is_told(
    publisher: Publisher, manifest: Manifest, tmp_path: Path, waits: list[float]
) -> None:
    done = threading.Event()

    def late(question: Question) -> Answer:  # noqa: ARG001 - any question
        done.wait(5)
        return Answer(BODY)

    publisher.says("/t.csv", late)
    hasty = httpx.Timeout(0.05, connect=2.0)
    client = Client(tmp_path, manifest, attempts=2, timeout=hasty, sleep=waits.append)
    with pytest.raises(FetchError, match="did not answer in time"):
        client.get(f"{publisher.address}/t.csv", CSV)
    done.set()
    client.close()
    assert len(waits) == 1
    assert (manifest.answers, list(tmp_path.iterdir())) == ({}, [])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("0", 0.0),
        ("12", 12.0),
        ("in a while", None),
        ("Fri, 01 Mar 2024 12:00:30 GMT", 30.0),
        ("Fri, 01 Mar 2024 11:00:00 GMT", 0.0),
    ],
)
def test_how_long_to_wait(header: str, seconds: float | None) -> None:
    assert retry_after(header, datetime(2024, 3, 1, 12, tzinfo=UTC)) == seconds
