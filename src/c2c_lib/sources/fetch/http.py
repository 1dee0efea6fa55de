"""One HTTP client for all publishers: patient, sceptical, and asking only for what changed.

- A request that is refused for now (429, 500, 502, 503, 504), times out, breaks off or is cut
  short is sent again, after a wait that doubles each time and is spread at random, or after as
  long as the publisher says (``Retry-After``).
- An answer is kept with its checksum; the next request asks whether it changed
  (``If-None-Match``, ``If-Modified-Since``), and 304 takes the one that is kept.
- An answer is taken only if it is as long as announced and of the expected kind: a web page
  with status 200 in place of a table is an error.
- A redirect is not followed: it leads to an error page as often as to a table.
- Keys never stand in a message, in the list of what was fetched, or in a file.
"""

from __future__ import annotations

import email.utils
import logging
import random
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from c2c_lib import __version__
from c2c_lib.errors import Problem
from c2c_lib.sources.fetch.errors import FetchError, NotThereError
from c2c_lib.sources.fetch.manifest import Answer, Manifest, checksum, write_whole

__all__ = ["BODIES", "Client", "Reply", "retry_after"]

BODIES: Final = ".fetched"
"""The folder below the raw folder in which answers are kept."""

_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_NOT_FOUND: Final = 404
_LONGEST_WAIT: Final = 120.0
_TIMEOUT: Final = httpx.Timeout(60.0, connect=10.0)
_SHOWN: Final = 160  # characters of an unexpected answer that are quoted


@dataclass(frozen=True)
class Reply:
    """An answer that was taken.

    Attributes
    ----------
    address : str
        What was asked, without keys.
    body : bytes
        The whole answer.
    kept : bool
        Whether it was here already and the publisher said that it has not changed.
    """

    address: str
    body: bytes
    kept: bool


class Client:
    """Asks publishers' interfaces and keeps their answers in a raw folder.

    Parameters
    ----------
    raw : Path
        The raw folder; answers are kept in its folder `BODIES`.
    manifest : Manifest
        The list of what was fetched; it is written by the caller, once all is well.
    attempts : int
        How often a request is sent at most.
    wait : float
        Seconds before the second attempt; it doubles from then on.
    sleep, chance : callable
        How to wait, and a number from 0 to 1 that spreads the waits.
    """

    def __init__(
        self,
        raw: Path,
        manifest: Manifest,
        *,
        attempts: int = 5,
        wait: float = 1.0,
        timeout: httpx.Timeout = _TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._raw = raw
        self._manifest = manifest
        self._attempts = attempts
        self._wait = wait
        self._sleep = sleep
        self._chance = chance
        headers = {"User-Agent": f"c2c/{__version__}", "Accept-Encoding": "gzip"}
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log addresses with keys
        self._http = httpx.Client(timeout=timeout, headers=headers, follow_redirects=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(
        self,
        address: str,
        kinds: Collection[str],
        *,
        secret: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Return the answer at an address.

        Parameters
        ----------
        address : str
            With its parameters, without keys.
        kinds : collection of str
            The media types that are expected, such as ``text/csv``.
        secret : mapping of str to str, optional
            Parameters that never show.
        headers : mapping of str to str, optional
            Further headers; they never show either.

        Raises
        ------
        NotThereError
            If the publisher says 404.
        FetchError
            If it cannot be reached, refuses, or answers something else.
        """
        kept = self._kept(address)
        sent = {**(headers or {}), **(_conditions(kept[0]) if kept else {})}
        problem = Problem(address, "was not asked")
        for attempt in range(1, self._attempts + 1):
            wait = min(self._wait * 2 ** (attempt - 1) * (0.5 + self._chance()), _LONGEST_WAIT)
            found = self._ask(address, secret or {}, sent)
            if isinstance(found, Problem):
                problem = found
            elif found.status_code == _NOT_MODIFIED and kept:
                return Reply(address, kept[1], kept=True)
            elif found.status_code not in _AGAIN:
                return self._taken(address, found, kinds)
            else:
                problem = _refused(address, found)
                told = retry_after(found.headers.get("Retry-After", ""), datetime.now(UTC))
                wait = wait if told is None else told
            if wait > _LONGEST_WAIT:
                raise FetchError(_too_long(address, wait))
            if attempt < self._attempts:
                self._sleep(wait)
        raise FetchError(problem)

    def _ask(
        self, address: str, secret: Mapping[str, str], headers: Mapping[str, str]
    ) -> httpx.Response | Problem:
        """Send one request; return the answer, or why there is none."""
        try:
            return self._http.get(_with(address, secret), headers=dict(headers))
        except httpx.RemoteProtocolError as error:
            return _broken(address, "the answer is cut off", error)
        except httpx.TimeoutException as error:
            return _broken(address, "the publisher did not answer in time", error)
        except httpx.ConnectError as error:
            return _broken(address, "the publisher cannot be reached", error)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _broken(address, "the connection failed", error)

    def _taken(self, address: str, response: httpx.Response, kinds: Collection[str]) -> Reply:
        """Check an answer and keep it."""
        if response.status_code == _NOT_FOUND:
            raise NotThereError(_refused(address, response))
        if response.status_code != _OK:
            raise FetchError(_refused(address, response))
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in kinds:
            raise FetchError(
                Problem(
                    where=address,
                    what="the answer is of another kind than expected",
                    value=f"{kind or 'no media type'}: {response.text[:_SHOWN].strip()}",
                    allowed=" or ".join(sorted(kinds)),
                    remedy="Open the address in a browser; the publisher may have moved it.",
                )
            )
        body = response.content
        answer = Answer(
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
            content_type=kind,
            sha256=checksum(body),
            bytes=len(body),
            retrieved=datetime.now(UTC).date().isoformat(),
        )
        write_whole(self._body(answer), body)
        self._manifest.answers[address] = answer
        return Reply(address, body, kept=False)

    def _kept(self, address: str) -> tuple[Answer, bytes] | None:
        """Return the answer that is kept, if it is whole and can be asked for by its state."""
        answer = self._manifest.answers.get(address)
        if answer is None or not (answer.etag or answer.last_modified):
            return None
        path = self._body(answer)
        body = path.read_bytes() if path.is_file() else b""
        return (answer, body) if checksum(body) == answer.sha256 else None

    def _body(self, answer: Answer) -> Path:
        return self._raw / BODIES / answer.sha256


def retry_after(header: str, now: datetime) -> float | None:
    """Return how many seconds a publisher asks to wait, or None if it does not say.

    Examples
    --------
    >>> now = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
    >>> retry_after("7", now), retry_after("Fri, 01 Mar 2024 12:01:00 GMT", now)
    (7.0, 60.0)
    >>> retry_after("soon", now) is None
    True
    """
    if header.strip().isdigit():
        return float(header)
    try:
        until = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _with(address: str, secret: Mapping[str, str]) -> httpx.URL:
    return httpx.URL(address).copy_merge_params(secret) if secret else httpx.URL(address)


def _conditions(answer: Answer) -> dict[str, str]:
    stated = {"If-None-Match": answer.etag, "If-Modified-Since": answer.last_modified}
    return {name: value for name, value in stated.items() if value}


def _broken(address: str, what: str, error: Exception) -> Problem:
    return Problem(
        where=address,
        what=what,
        value=type(error).__name__,
        remedy="Look whether this computer is online (a proxy stands in HTTPS_PROXY), and try "
        "again; files that were saved by hand do as well: c2c ingest --raw.",
    )


def _refused(address: str, response: httpx.Response) -> Problem:
    status = response.status_code
    remedies = {
        401: "Look at the key.",
        403: "Look at the key.",
        404: "The publisher has nothing at this address; look at the year and the id.",
        429: "The publisher takes no more requests for now; try again later, or with a key.",
    }
    moved = response.headers.get("Location", "")
    return Problem(
        where=address,
        what=f"the publisher answered {status} {response.reason_phrase}".rstrip(),
        value=moved.partition("?")[0] or _first_words(response),
        remedy=remedies.get(status, "Try again later." if status in _AGAIN else ""),
    )


def _first_words(response: httpx.Response) -> str:
    """Return the beginning of what a publisher says about an error, unless it is a web page."""
    text = response.text.strip()
    return "" if text.startswith("<") else text[:_SHOWN]


def _too_long(address: str, seconds: float) -> Problem:
    return Problem(
        where=address,
        what="the publisher asks to wait",
        value=f"{seconds:.0f} seconds",
        remedy="Try again after that time.",
    )
