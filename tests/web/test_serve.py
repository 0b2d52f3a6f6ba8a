"""The pages as they are served: past slow clients and a database that hangs, and with no link in the log."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from config.settings import OFFERS
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.records import Files, Originals
from tests.servers import postgresql, wait_until
from tests.suite_size import SIZE
from tests.web.served import SECRET, served, url_of
from workflow.engine.catalogue import Catalogue
from workflow.mail.signed_links import Links
from workflow.offer.loader import load_offers
from workflow.store.migrate import upgrade
from workflow.store.session import Store

pytestmark = pytest.mark.xdist_group("programs")
_SLOW_CLIENTS = 200


@pytest.fixture
def case(originals: Originals, files: Files) -> Iterator[Journey]:
    """On SQLite, in a file."""
    with originals.copy(files) as store:
        furnish(store, datetime.now(UTC))
        yield Journey(store, datetime.now(UTC)).begin()


@contextmanager
def slow_clients(port: int) -> Iterator[None]:
    """Some say nothing, some send their headers a byte a second, some their body."""
    headers = b"Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    begun = (
        b"",
        b"GET / HTTP/1.1\r\nX-Slow: ",
        b"POST /sign-in HTTP/1.1\r\n" + headers + b"Content-Length: 99\r\n\r\n",
    )
    over = threading.Event()
    with ExitStack() as stack:
        talking = []
        for number in range(_SLOW_CLIENTS):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            first = begun[number % len(begun)]
            client.sendall(first)
            talking += [client] if first else []

        def drip() -> None:
            while not over.wait(1):
                for client in talking:
                    client.sendall(b"x")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield
        finally:
            over.set()
            dripping.join()


def test_two_hundred_slow_clients_keep_nobody_waiting(case: Journey, tmp_path: Path) -> None:
    link = f"/school/{Links('', SECRET).school_token(case.reference)}"
    with served(tmp_path, url_of(case)) as pages:
        pages.get(link)
        with slow_clients(pages.port):
            answers = [pages.get(path) for _ in range(10) for path in ("/", link, "/sign-in", "/readyz")]
    assert {one.status for one in answers} == {200}
    assert max(one.seconds for one in answers) < 1


def test_no_link_that_could_be_used_stands_in_the_log(case: Journey, tmp_path: Path) -> None:
    """Neither one that was right, nor one that leads to an error of ours."""
    token = Links("", SECRET).school_token(case.reference)
    with served(tmp_path, url_of(case)) as pages:
        assert pages.get(f"/school/{token}").status == 200
        assert pages.get(f"/school/{token}x").status == 404
        with case.store.writing() as session:
            session.execute(text("ALTER TABLE promise RENAME TO lost"))
        assert pages.get(f"/school/{token}").status == 500
    log = pages.log.read_text()
    assert "GET /school/<token:token> 200" in log
    assert "Traceback" in log
    assert token.partition(".")[0] not in log


@contextmanager
def stopped(store: Store) -> Iterator[None]:
    """The server of this database and all its processes stand still, as when a disk or a machine hangs."""
    with store.engine.connect() as connection:
        backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    server = psutil.Process(backend).parent()
    assert server is not None
    server.suspend()  # first, for then it starts no further process
    halted = [server]
    try:
        for one in server.children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it has just ended
                one.suspend()
                halted.append(one)
        yield
    finally:
        for one in halted:
            one.resume()


def test_a_database_that_hangs_is_said_within_two_and_a_half_seconds_and_all_is_well_afterwards(tmp_path: Path) -> None:
    """Under ten requests a second."""
    with postgresql() as url:
        store = Store(url, {"keys": keys, "offers": Catalogue(load_offers((OFFERS,)))})
        upgrade(store.engine)
        furnish(store, datetime.now(UTC))
        case = Journey(store, datetime.now(UTC)).begin()
        link = f"/school/{Links('', SECRET).school_token(case.reference)}"
        with served(tmp_path, url) as pages, ThreadPoolExecutor(40) as people:
            assert pages.get(link).status == 200
            with stopped(store):
                until = time.monotonic() + SIZE.outage_seconds
                asked = []
                while time.monotonic() < until:
                    asked.append(people.submit(pages.get, link))
                    time.sleep(0.1)  # ten a second, as people would
                answers = [one.result() for one in asked]
                assert pages.get("/healthz").status == 200
            wait_until(lambda: pages.get(link).status == 200, "the pages being back", 5)
            assert {pages.get(link).status for _ in range(10)} == {200}
        store.close()
    assert {one.status for one in answers} == {503}
    print(f"{len(answers)} answers, the slowest after {max(one.seconds for one in answers):.2f} s")
    assert max(one.seconds for one in answers) < 2.5
    assert all("It cannot reach its records at the moment." in one.body for one in answers)
    assert {one.retry_after for one in answers} == {"10"}
