"""Drives a headless browser over the DevTools protocol: one browser, many pages.

The protocol is JSON over a web socket (https://chromedevtools.github.io/devtools-protocol/).
Only what printing needs is here: start, open a page, run a script in it, ask for its PDF.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

from tornado.websocket import WebSocketClientConnection, websocket_connect

from c2c_lib.errors import BuildError
from c2c_lib.reporting.chromium import arguments

__all__ = ["Browser", "Tab", "launched"]

_START: Final = 60.0
"""Seconds until a browser must have said where it listens."""
_ANSWER: Final = 120.0
"""Seconds until it must have answered a command or loaded a page."""
_STOP: Final = 10.0
_POLL: Final = 0.02
_LARGEST: Final = 2**29
"""Bytes of the largest message: a PDF comes as one, in base64."""
_TAIL: Final = 15


class Browser:
    """A running browser.

    Parameters
    ----------
    connection : WebSocketClientConnection
        To the browser's own target.
    """

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection
        self._last = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._events: dict[tuple[str, str], asyncio.Future[None]] = {}
        self._reader = asyncio.create_task(self._read())

    async def command(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result.

        Raises
        ------
        BuildError
            If the browser refuses it, is gone, or does not answer within two minutes.
        """
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        answer = self._answers[self._last] = asyncio.get_running_loop().create_future()
        if self._reader.done():
            raise BuildError(f"the browser ended before {method}")
        await self._connection.write_message(json.dumps(message))
        result: dict[str, Any] = await _within(answer, method)
        return result

    def event(self, session: str, method: str) -> asyncio.Future[None]:
        """Return what is done as soon as a page tells of an event; ask before causing it."""
        return self._events.setdefault(
            (session, method), asyncio.get_running_loop().create_future()
        )

    @contextlib.asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """Open an empty page, and close it again."""
        target = (await self.command("Target.createTarget", url="about:blank"))["targetId"]
        attached = await self.command("Target.attachToTarget", targetId=target, flatten=True)
        try:
            yield Tab(self, attached["sessionId"])
        finally:
            if not self._reader.done():
                await self.command("Target.closeTarget", targetId=target)

    async def close(self) -> None:
        """End the browser in an orderly way; what still waits is told so."""
        with contextlib.suppress(BuildError):
            await self.command("Browser.close")
        self._connection.close()
        await self._reader

    async def _read(self) -> None:
        while (text := await self._connection.read_message()) is not None:
            message = json.loads(text)
            if "id" in message:
                answer = self._answers.pop(message["id"], None)
                if answer is not None and not answer.done():
                    _settle(answer, message)
            else:
                event = self._events.pop((message.get("sessionId", ""), message["method"]), None)
                if event is not None and not event.done():
                    event.set_result(None)
        left: list[asyncio.Future[Any]] = [*self._answers.values(), *self._events.values()]
        for waiting in left:
            if not waiting.done():
                waiting.set_exception(BuildError("the browser ended while it was printing"))
                waiting.exception()  # whoever waits hears of it; if nobody does, that is no fault


class Tab:
    """One page of a browser."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    async def open(self, url: str) -> None:
        """Load a page with all its pictures.

        Raises
        ------
        BuildError
            If it does not load.
        """
        await self._browser.command("Page.enable", self._session)
        loaded = self._browser.event(self._session, "Page.loadEventFired")
        done = await self._browser.command("Page.navigate", self._session, url=url)
        if done.get("errorText"):
            loaded.cancel()
            raise BuildError(f"the browser could not open {url}: {done['errorText']}")
        await _within(loaded, url)

    async def run(self, function: str, *values: Any) -> Any:
        """Call a JavaScript function with JSON values in the page and return what it returns."""
        given = ", ".join(json.dumps(value) for value in values)
        done = await self._browser.command(
            "Runtime.evaluate",
            self._session,
            expression=f"({function})({given})",
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in done:
            said = done["exceptionDetails"].get("exception", {}).get("description", "")
            raise BuildError(f"a script failed in the page: {said}")
        return done["result"].get("value")

    async def print(self, **parameters: Any) -> str:
        """Return the page as a PDF, in base64."""
        done = await self._browser.command("Page.printToPDF", self._session, **parameters)
        return str(done["data"])


async def _within(future: asyncio.Future[Any], what: str) -> Any:
    try:
        return await asyncio.wait_for(future, _ANSWER)
    except TimeoutError:
        raise BuildError(f"the browser did not answer within {_ANSWER:.0f} s: {what}") from None


def _settle(answer: asyncio.Future[dict[str, Any]], message: dict[str, Any]) -> None:
    if "error" in message:
        answer.set_exception(BuildError(f"the browser refused: {message['error']['message']}"))
    else:
        answer.set_result(message["result"])


@contextlib.asynccontextmanager
async def launched(program: str) -> AsyncIterator[Browser]:
    """Start a headless browser with an empty profile of its own, and end it again.

    Parameters
    ----------
    program : str
        From `c2c_lib.reporting.chromium.require_chromium`.

    Raises
    ------
    BuildError
        If it does not start; its last words are given.
    """
    with (
        # A browser that is ending may still write into its profile.
        tempfile.TemporaryDirectory(prefix="c2c-browser-", ignore_cleanup_errors=True) as folder,
        (Path(folder) / "said.txt").open("w+", encoding="utf-8", errors="replace") as said,
    ):
        process = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
            [
                program,
                "--headless=new",
                f"--user-data-dir={folder}",
                "--remote-debugging-port=0",
                *arguments(),
                "about:blank",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            address = await _address(process, Path(folder))
            if address is None:
                said.seek(0)
                last = "\n".join(said.read().splitlines()[-_TAIL:])
                raise BuildError(f"the browser did not start ({program}):\n{last}")
            browser = Browser(await websocket_connect(address, max_message_size=_LARGEST))
            try:
                yield browser
            finally:
                await browser.close()
        finally:
            _end(process)


async def _address(process: subprocess.Popen[bytes], folder: Path) -> str | None:
    """Return where the browser listens, from the file in which it says so."""
    file = folder / "DevToolsActivePort"
    loop = asyncio.get_running_loop()
    until = loop.time() + _START
    while loop.time() < until and process.poll() is None:
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        if len(lines) > 1:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        await asyncio.sleep(_POLL)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
