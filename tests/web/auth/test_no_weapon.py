"""Signing in is no weapon: it tells nobody who has an account, and no stranger keeps its owner out."""

import re
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from flask import Flask

from config.settings import Settings
from tests.suite_size import SIZE
from tests.web.browsing import Site, serving
from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from web.installation import utc_now
from web.store import open_store
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.accounts import members

EMAIL = "advisor.web@example.org"
_DIFFERENCE, _SECONDS = 0.005, 2
#: What is soon done is measured in so many blocks: the machine may stumble in one, and what takes longer does in each.
_BLOCKS = 3
#: Made anew for every page.
_TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@pytest.fixture
def known(earnest: Flask) -> list[str]:
    """Addresses that have an account; all with one hash, as to make each takes long."""
    addresses = [f"known{number}@example.org" for number in range(_BLOCKS * SIZE.addresses)]
    with earnest.extensions["recognition"].store.writing() as session:
        first = members.add(session, EMAIL.upper() + ".uk", name="First", role="advisor", password=PASSWORD, now=NOON)
        session.add_all(
            User(email=one, name="Somebody", role="advisor", password_hash=first.password_hash, created_at=NOON)
            for one in addresses
        )
    return addresses


def _try(visitor: Visitor, email: str, number: int, token: str) -> tuple[float, str]:
    """How long it takes, and what is said. Each comes from a network of its own, so that none is slowed down."""
    visitor.client.environ_base["REMOTE_ADDR"] = f"10.{number // 250}.{number % 250}.1"
    fields = {"csrf_token": token, "email": email, "password": "wrong password"}
    began = time.perf_counter()
    answer = visitor.client.post("/sign-in", data=fields)
    took = time.perf_counter() - began
    assert answer.status_code == 422
    return took, _TOKEN.sub("", answer.text.replace(email, "X"))


def test_known_and_unknown_addresses_get_the_same_answer_in_the_same_time(earnest: Flask, known: list[str]) -> None:
    """In turns, so that whatever else the machine does befalls both alike."""
    anybody = Visitor(earnest)
    token = anybody.open("/sign-in").fields("/sign-in")["csrf_token"]
    took: dict[bool, list[float]] = {True: [], False: []}
    said = set()
    for number, address in enumerate(known):
        for is_known, email in _in_turns(address, number):
            seconds, page = _try(anybody, email, 2 * number + is_known, token)
            took[is_known].append(seconds)
            said.add(page)
    assert len(said) == 1
    assert min(map(_difference, _blocks(took))) < _DIFFERENCE


@pytest.fixture
def earnest(settings: Settings, store: Store) -> Iterator[Flask]:
    """Pages over the same record; in the full suite a password costs what it costs in earnest."""
    url = store.engine.url.render_as_string(hide_password=False)
    own = open_store(replace(settings, database_url=url, hash_cost=SIZE.hash_cost))
    app = create_app(settings, utc_now, own)
    yield app
    own.close()


def test_known_and_unknown_addresses_that_ask_for_a_link_get_the_same_in_the_same_time(
    earnest: Flask, known: list[str]
) -> None:
    anybody = Visitor(earnest)
    token = anybody.open("/sign-in/forgotten").fields("forgotten")["csrf_token"]
    took: dict[bool, list[float]] = {True: [], False: []}
    said = set()
    for number, address in enumerate(known):
        for is_known, email in _in_turns(address, number):
            anybody.client.environ_base["REMOTE_ADDR"] = f"10.{is_known + 2 * (number // 250)}.{number % 250}.1"
            began = time.perf_counter()
            answer = anybody.client.post("/sign-in/forgotten", data={"csrf_token": token, "email": email})
            took[is_known].append(time.perf_counter() - began)
            said.add(answer.text.replace(email, "X"))
    assert len(said) == 1
    assert min(map(_difference, _blocks(took))) < _DIFFERENCE


def _blocks(took: dict[bool, list[float]]) -> Iterator[dict[bool, list[float]]]:
    for first in range(0, len(took[True]), SIZE.addresses):
        yield {is_known: each[first : first + SIZE.addresses] for is_known, each in took.items()}


def _in_turns(address: str, number: int) -> list[tuple[bool, str]]:
    """Now the one first, and now the other."""
    both = [(True, address), (False, f"un{address}")]
    return both if number % 2 else both[::-1]


def _difference(took: dict[bool, list[float]]) -> float:
    """By pairs, as each was asked right after the other. In seconds."""
    difference = abs(statistics.median(one - other for one, other in zip(took[True], took[False], strict=True)))
    print(f"median difference {difference * 1000:.2f} ms of {statistics.median(took[True]) * 1000:.1f} ms")
    return difference


@pytest.fixture
def site(earnest: Flask, settings: Settings) -> Iterator[Site]:
    with serving(earnest, settings.secret_key) as site:
        yield site


def _token(browser: requests.Session, site: Site) -> str:
    page = browser.get(f"{site.url}/sign-in", timeout=30).text
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def _sign_in(browser: requests.Session, site: Site, password: str, token: str) -> requests.Response:
    fields = {"csrf_token": token, "email": EMAIL, "password": password}
    return browser.post(f"{site.url}/sign-in", data=fields, timeout=30, allow_redirects=False)


def test_a_strangers_guesses_never_keep_the_owner_out(site: Site) -> None:
    """Both at the same machine, so in the same network; the owner has signed in here before."""
    owner, attackers = requests.Session(), 4
    assert _sign_in(owner, site, PASSWORD, _token(owner, site)).status_code == 303
    ended = threading.Event()

    def guess(number: int) -> None:
        with requests.Session() as stranger:
            token = _token(stranger, site)
            for guessed in range(SIZE.guesses // attackers):
                _sign_in(stranger, site, f"guess {number} {guessed}", token)

    def guess_all() -> None:
        threads = [threading.Thread(target=guess, args=(number,)) for number in range(attackers)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        ended.set()

    attack = threading.Thread(target=guess_all)
    attack.start()
    took = []
    while not ended.is_set():
        owner.post(f"{site.url}/sign-out", data={"csrf_token": _token(owner, site)}, timeout=30)
        token = _token(owner, site)
        began = time.perf_counter()
        assert _sign_in(owner, site, PASSWORD, token).status_code == 303
        took.append(time.perf_counter() - began)
    attack.join()
    owner.close()
    print(f"{len(took)} times in meanwhile, the slowest in {max(took):.2f} s")
    assert len(took) > 3
    assert max(took) < _SECONDS
