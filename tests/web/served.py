"""The pages as a program of their own, on a record that a test has made."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import programs
from tests.journeys import Journey
from tests.servers import free_port, wait_until

SECRET = "s" * 40


class Answer(NamedTuple):
    status: int
    seconds: float
    body: str
    retry_after: str | None


class Pages(NamedTuple):
    """A server of pages, and where its log is."""

    port: int
    log: Path

    def get(self, path: str) -> Answer:
        start = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read().decode()
            return Answer(response.status, time.monotonic() - start, body, response.getheader("Retry-After"))
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False


@contextmanager
def served(home: Path, database_url: str) -> Iterator[Pages]:
    port, log = free_port(), home / "web.log"
    address = f"http://127.0.0.1:{port}"
    settings = programs.environment(home, database_url=database_url, secret_key=SECRET, base_url=address)
    program = programs.Program(["web.serve", "--port", str(port)], settings, log)
    with programs.running(program):
        pages = Pages(port, log)
        wait_until(pages.answers, "the pages answering")
        yield pages


def url_of(case: Journey) -> str:
    return case.store.engine.url.render_as_string(hide_password=False)
