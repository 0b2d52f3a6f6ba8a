"""How many answers a second eight people get at once from the service as `make run` starts it, page by page.

The pages take turns, so that what else the machine does hits all of them alike; what counts is how each compares with
the start page, which asks the record for nothing.
"""

import statistics
import sys
import tempfile
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.programs import demonstration
from tests.web.visitor import hidden_fields

_AT_ONCE, _ROUNDS, _SECONDS = 8, 5, 2.0
_PAGES = {"start": "/", "Today": "/advisor/", "overview": "/advisor/engagement/CMC-26-0002-W"}
#: What each page should reach of the start page's answers.
_TARGET = 0.2


class Client:
    """One person's browser: a connection that stays open, and its cookies."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        return self._ask("GET", path, HTTPStatus.OK)

    def sign_in(self, password: str) -> None:
        fields = hidden_fields(self.get("/sign-in"), "/sign-in")
        typed = fields | {"email": "advisor@example.org", "password": password}
        self._ask("POST", "/sign-in", HTTPStatus.SEE_OTHER, urlencode(typed))

    def _ask(self, method: str, path: str, expected: HTTPStatus, body: str = "") -> str:
        """Whoever is sent elsewhere, such as to the sign-in, has not got the page that is measured."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body or None, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for one in answer.headers.get_all("Set-Cookie", []):
            name, _, value = one.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status != expected:
            raise SystemExit(f"{path} answers {answer.status} where {expected.value} was expected.")
        return text


def answers_a_second(clients: list[Client], path: str) -> float:
    """As many as all of them get together."""
    ends, counts = time.monotonic() + _SECONDS, [0] * len(clients)

    def go_on(number: int) -> None:
        while time.monotonic() < ends:
            clients[number].get(path)
            counts[number] += 1

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(len(clients))]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as url:
        password = (Path(folder) / "demo_password").read_text().strip()
        clients = [Client(url) for _ in range(_AT_ONCE)]
        for one in clients:
            one.sign_in(password)
        found: dict[str, list[float]] = {name: [] for name in _PAGES}
        for _ in range(_ROUNDS):
            for name, path in _PAGES.items():
                found[name].append(answers_a_second(clients, path))
    start = statistics.median(found["start"])
    for name, rates in found.items():
        rate = statistics.median(rates)
        sys.stdout.write(f"{name:9} {rate:7.0f} answers a second, {rate / start:.2f} of the start page's\n")
    sys.stdout.write(f"The target for Today and the overview is {_TARGET}.\n")


if __name__ == "__main__":
    main()
