"""What participants ask about their data: once at a time, by its day, and answered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.journeys import Journey
from tests.queries_counted import counted
from workflow.errors import BadInput, Conflict, NotFound
from workflow.queries.privacy.waiting_requests import waiting
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.user import User
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.privacy import data_requests

LINKS = LinkMaker("s" * 40)


@pytest.fixture
def peopled(journey: Journey) -> Store:
    with journey.nominate().store.writing() as session:
        for number, name in ((51, "kensa"), (52, "merryn")):
            email = f"{name}@example.org"
            session.add(
                User(id=number, email=email, name=name.title(), role="admin", password_hash="x", created_at=NOW)
            )
    return journey.store


def ask(store: Store, whose: int = 1, kind: str = "correction", said: str = "It is Pasco.") -> int:
    with store.writing() as session:
        return data_requests.ask(session, whose, kind, said, links=LINKS, now=NOW).id


def answer(store: Store, number: int, text: str = "Done.") -> None:
    with store.writing() as session:
        data_requests.answer(session, number, text, user_id=1, links=LINKS, now=NOW)


def letters(store: Store, purpose: str) -> list[str]:
    with store.reading() as session:
        own = select(AccessLetter.to_email).where(AccessLetter.purpose == purpose).order_by(AccessLetter.id)
        return [*session.scalars(own)]


def test_every_administrator_is_written_to_and_then_whoever_asked(peopled: Store) -> None:
    number = ask(peopled)
    assert letters(peopled, "data_asked") == ["kensa@example.org", "merryn@example.org"]
    answer(peopled, number)
    assert letters(peopled, "data_answered") == ["ada@polwhevral.example.org"]


def test_of_windows_that_ask_at_once_one_does(peopled: Store) -> None:
    def try_to(_: int) -> bool:
        try:
            ask(peopled)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as windows:
        assert sum(windows.map(try_to, range(6))) == 1
    with peopled.reading() as session:
        assert session.scalar(select(func.count()).select_from(DataRequest)) == 1


def test_of_administrators_who_answer_at_once_one_does(peopled: Store) -> None:
    number = ask(peopled)

    def try_to(at: int) -> bool:
        try:
            answer(peopled, number, f"Answer {at}.")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as windows:
        assert sum(windows.map(try_to, range(6))) == 1
    assert letters(peopled, "data_answered") == ["ada@polwhevral.example.org"]


@pytest.mark.parametrize(
    ("kind", "said"), [("", "x"), ("everything", "x"), ("correction", " \n"), ("erasure", "x" * 4001)]
)
def test_what_says_nothing_or_too_much_is_not_taken(peopled: Store, kind: str, said: str) -> None:
    with pytest.raises(BadInput):
        ask(peopled, kind=kind, said=said)
    assert letters(peopled, "data_asked") == []


def test_what_waits_is_read_in_one_query_with_what_is_late_first(peopled: Store) -> None:
    for whose, kind in ((2, "erasure"), (1, "correction"), (3, "erasure")):
        ask(peopled, whose, kind)
    answer(peopled, 2)
    with counted(peopled) as queries, peopled.reading() as session:
        found = waiting(session, NOW + timedelta(days=40))
    assert [(one.name, one.kind, one.late) for one in found] == [
        ("Bryn Tregear", "erasure", True),
        ("Cara Nance", "erasure", True),
    ]
    assert len(queries) == 1


def test_nobody_answers_what_is_not_there(peopled: Store) -> None:
    with pytest.raises(NotFound):
        answer(peopled, 7)
