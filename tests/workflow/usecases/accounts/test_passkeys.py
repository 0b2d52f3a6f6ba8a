"""What a browser may answer instead of a passkey: none of it is taken, and none of it goes wrong."""

import json

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.workflow.usecases.accounts.conftest import HOME
from workflow.errors import BadInput
from workflow.store.session import Store
from workflow.store.tables.access.second_factor import Passkey
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.user import User
from workflow.usecases.accounts import passkeys, sessions
from workflow.usecases.accounts.passkeys import Here
from workflow.usecases.accounts.sessions import InUse, SignedIn

_HERE = Here("https://recognition.example", "Recognition")
_KNOWN = "AAECAw"
_ANSWERS = [
    "",
    "[]",
    "null",
    "{}",
    '{"id": ["AAECAw"]}',
    r'{"id": "\u0000"}',
    r'{"id": "\ud800"}',
    "[" * 100_000,
    '{"id":' * 100_000,
    json.dumps({"id": _KNOWN, "rawId": _KNOWN, "type": "public-key", "response": {"clientDataJSON": "e30"}}),
]


@pytest.fixture
def signed(store: Store, account: User) -> SignedIn:
    """Somebody who has a passkey."""
    with store.writing() as session:
        session.add(
            Passkey(
                user_id=account.id,
                credential_id=_KNOWN,
                public_key=b"key",
                sign_count=0,
                title="Laptop",
                created_at=NOW,
                used_at=None,
            )
        )
        until = NOW.replace(year=NOW.year + 1)
        sessions.begin(session, Subject(user_id=account.id), HOME, now=NOW, until=until)
        number = session.scalars(select(WebSession.id)).one()
        return SignedIn(account, InUse(number, NOW, NOW), account.role)


@pytest.mark.parametrize("answer", _ANSWERS, ids=range(len(_ANSWERS)))
def test_an_answer_that_no_browser_gives_is_not_taken(store: Store, signed: SignedIn, answer: str) -> None:
    with store.writing() as session:
        passkeys.ask_for_one(session, signed, _HERE)
        user = session.get_one(User, signed.user.id)
        assert not passkeys.given(signed, answer, _HERE)(session, user, NOW)


@pytest.mark.parametrize("answer", _ANSWERS, ids=range(len(_ANSWERS)))
def test_nor_is_one_added_from_it(store: Store, signed: SignedIn, answer: str) -> None:
    with store.writing() as session:
        passkeys.ask_for_new(session, signed, _HERE)
        with pytest.raises(BadInput, match="was not taken"):
            passkeys.add(session, signed, answer, "Phone", here=_HERE, now=NOW)
