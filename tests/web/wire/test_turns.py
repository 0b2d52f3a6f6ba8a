"""One request after another, and nobody waits for one that takes long."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from web.wire.turns import Turns

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_HOUR, _MOMENT, _PATIENCE = 3600.0, 0.01, 30


class Pages:
    """`/slow` stays until it is let go, `/broken` fails."""

    def __init__(self) -> None:
        self.reached, self.let_go = Event(), Event()

    def __call__(self, environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.reached.set()
            assert self.let_go.wait(_PATIENCE)
        if environ["PATH_INFO"] == "/broken":
            raise ZeroDivisionError
        return [environ["PATH_INFO"].encode()]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def ask(turns: Turns, path: str) -> Any:
    return turns({"PATH_INFO": path}, lambda *_: lambda _: None)


def test_requests_are_done_one_after_another(pool: ThreadPoolExecutor) -> None:
    pages = Pages()
    turns = Turns(pages, long=_HOUR)
    first = pool.submit(ask, turns, "/slow")
    assert pages.reached.wait(_PATIENCE)
    second = pool.submit(ask, turns, "/quick")
    with pytest.raises(TimeoutError):
        second.result(10 * _MOMENT)
    pages.let_go.set()
    assert (first.result(_PATIENCE), second.result(_PATIENCE)) == ([b"/slow"], [b"/quick"])


def test_nobody_waits_for_one_that_takes_long_and_turns_go_on_after_it(pool: ThreadPoolExecutor) -> None:
    pages = Pages()
    turns = Turns(pages, long=_MOMENT)
    slow = pool.submit(ask, turns, "/slow")
    assert pages.reached.wait(_PATIENCE)
    assert [pool.submit(ask, turns, "/quick").result(_PATIENCE) for _ in range(3)] == [[b"/quick"]] * 3
    assert not slow.done()
    pages.let_go.set()
    assert slow.result(_PATIENCE) == [b"/slow"]
    assert ask(turns, "/quick") == [b"/quick"]


def test_one_that_fails_gives_its_turn_up() -> None:
    turns = Turns(Pages(), long=_HOUR)
    with pytest.raises(ZeroDivisionError):
        ask(turns, "/broken")
    assert ask(turns, "/next") == [b"/next"]
