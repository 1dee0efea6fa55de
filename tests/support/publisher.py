"""A publisher's public interface on loopback, which answers as it is told to."""

import contextlib
import http.server
import json
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer; `length` announces another length than the body has."""

    body: bytes = b""
    kind: str = "text/csv"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass(frozen=True)
class Question:
    """What was asked."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


Reaction = Answer | Callable[[Question], Answer]


@dataclass
class Publisher:
    """Answers by path; of several answers to one path, each in turn and the last one again."""

    address: str = ""
    answers: dict[str, list[Reaction]] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    def says(self, path: str, *reactions: Reaction) -> None:
        self.answers[path] = list(reactions)

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        turns = self.answers.get(question.path, [Answer(b"no such thing", "text/plain", 404)])
        reaction = turns.pop(0) if len(turns) > 1 else turns[0]
        answer = reaction if isinstance(reaction, Answer) else reaction(question)
        etag = answer.headers.get("ETag")
        if etag and question.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers=answer.headers)
        return answer


def as_json(content: Any, **headers: str) -> Answer:
    return Answer(json.dumps(content).encode(), "application/json;charset=utf-8", 200, headers)


@contextlib.contextmanager
def publishing() -> Iterator[Publisher]:
    """Run a publisher on a free port of 127.0.0.1."""
    publisher = Publisher()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
            answer = publisher.answer(Question(parts.path, query, dict(self.headers.items())))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Type", answer.kind)
            length = len(answer.body) if answer.length is None else answer.length
            self.send_header("Content-Length", str(length))
            with contextlib.suppress(ConnectionError):  # who asked may have stopped waiting
                self.end_headers()
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing: the tests look at what was asked."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        publisher.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield publisher
        finally:
            server.shutdown()
            thread.join()
