"""Contacts are changed for good, their history is kept, and meetings and letters follow whoever it is now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tasks.mail.envelope import Envelope
from tasks.mail.maildir import Maildir
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import Journey
from tests.workflow.engine.calendar_post import post
from workflow.errors import BadInput, Conflict, NotFound
from workflow.queries.audit import verify
from workflow.queries.lists import search
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import advisors, appointments
from workflow.usecases.contacts import contacts
from workflow.usecases.contacts.contacts import Held

JENNA, KIT = "jenna@polwhevral.example.org", "kit@polwhevral.example.org"
KIT_HAY: dict[str, Any] = {"name": "Kit Hay", "email": KIT}
OLIVE = "olive@polwhevral.example.org"
HEAD: dict[str, Any] = {"name": "Maud Penrose", "email": "maud@polwhevral.example.org"}


def known(journey: Journey) -> list[tuple[str, str, bool]]:
    with journey.store.reading() as session:
        rows = contacts.held(session, session.get_one(Engagement, journey.id))
    return [(one.kind, one.name, one.until is None) for one in rows]


def last_event(journey: Journey) -> Event:
    with journey.store.reading() as session:
        return session.scalars(select(Event).order_by(Event.seq.desc()).limit(1)).one()


def is_whole(journey: Journey) -> bool:
    with journey.store.reading() as session:
        return verify(session, journey.id).faults == ()


@pytest.fixture
def agreed(journey: Journey, world: World) -> Journey:
    """Training 1 has a date ahead, and everybody has the invitation."""
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    pass_once(world, journey.now)
    return journey


def test_each_kind_of_contact_is_changed_and_who_was_it_before_is_kept(journey: Journey) -> None:
    for kind in ("school_lead", "deputy", "head", "business_manager"):
        journey._do(contacts.change, kind, **KIT_HAY)
    journey._do(contacts.change, "deputy", **HEAD)
    assert known(journey) == [
        ("school_lead", "Kit Hay", True),
        ("school_lead", "Jenna Rowe", False),
        ("deputy", "Maud Penrose", True),
        ("deputy", "Kit Hay", False),
        ("head", "Kit Hay", True),
        ("business_manager", "Kit Hay", True),
    ]
    assert (journey.row.lead_email, journey.row.head_name) == (KIT, "Kit Hay")
    assert is_whole(journey)


def test_when_somebody_was_contact_is_told_by_the_changes(journey: Journey) -> None:
    first = journey._do(contacts.change, "school_lead", **KIT_HAY)
    changed = journey.now
    assert first == Held("school_lead", "Jenna Rowe", JENNA, None, None)
    with journey.store.reading() as session:
        now, before = contacts.held(session, session.get_one(Engagement, journey.id))
    assert (now.since, now.until, before.since, before.until) == (changed, None, None, changed)


def test_whoever_is_the_first_head_is_it_since_they_were_named(journey: Journey) -> None:
    for person in (HEAD, KIT_HAY):
        journey._do(contacts.change, "head", **person)
    named, changed = journey.now - timedelta(hours=1), journey.now
    with journey.store.reading() as session:
        held = [one for one in contacts.held(session, session.get_one(Engagement, journey.id)) if one.kind == "head"]
    assert [(one.since, one.until) for one in held] == [(changed, None), (named, changed)]


def test_the_event_says_which_contact_and_names_nobody(journey: Journey) -> None:
    journey._do(contacts.change, "head", **HEAD)
    last = last_event(journey)
    assert (last.name, last.data) == ("contact_changed", {"contact": "head"})
    assert "maud" not in str((last.data, last.covers)).lower()


def test_to_put_somebody_right_begins_no_new_time(journey: Journey) -> None:
    journey._do(contacts.change, "deputy", **KIT_HAY)
    since = journey.now
    right = journey._do(contacts.correct, "deputy", name="Kit Hay-Rowe", email=KIT)
    assert (right.name, right.since) == ("Kit Hay-Rowe", since)
    assert known(journey)[1:] == [("deputy", "Kit Hay-Rowe", True)]
    assert last_event(journey).name == "contact_corrected"
    assert is_whole(journey)


def test_a_contact_ends_but_not_the_school_lead(journey: Journey) -> None:
    for kind in ("deputy", "head"):
        journey._do(contacts.change, kind, **HEAD)
        journey._do(contacts.end, kind)
    assert [one for one in known(journey) if one[2]] == [("school_lead", "Jenna Rowe", True)]
    assert [one[:2] for one in known(journey) if not one[2]] == [("deputy", HEAD["name"]), ("head", HEAD["name"])]
    with pytest.raises(Conflict, match="Say who takes over"):
        journey._do(contacts.end, "school_lead")
    with pytest.raises(NotFound, match="Nobody is deputy lead"):
        journey._do(contacts.end, "deputy")
    assert is_whole(journey)


@pytest.mark.parametrize(
    ("kind", "typed", "error", "words"),
    [
        ("caretaker", KIT_HAY, NotFound, "no contact called “caretaker”"),
        ("head", KIT_HAY | {"name": "#N/A"}, BadInput, "not a name"),
        ("head", KIT_HAY | {"email": "kit"}, BadInput, "address"),
        ("school_lead", {"name": "Jenna Rowe", "email": JENNA}, Conflict, "is school lead already"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    journey: Journey, kind: str, typed: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        journey._do(contacts.change, kind, **typed)
    assert journey.row.version == 1


def test_a_row_of_a_contact_that_somebody_rewrote_is_found(journey: Journey) -> None:
    journey._do(contacts.change, "deputy", **KIT_HAY)
    with journey.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contact SET email = 'eve@example.org'")
    with journey.store.reading() as session:
        (fault,) = verify(session, journey.id).faults
    assert "the contact 1 was changed after event" in str(fault)


def test_contacts_are_found_by_name_and_address_as_long_as_they_are_it(journey: Journey) -> None:
    journey._do(contacts.change, "business_manager", name="Zelah Quick", email="office@zelah.example.org")
    for typed in ("zelah quick", "office@zelah"):
        assert found(journey, typed) == [journey.reference]
    journey._do(contacts.end, "business_manager")
    assert found(journey, "zelah quick") == []


def found(journey: Journey, typed: str) -> list[str]:
    with journey.store.reading() as session:
        return [session.get_one(Engagement, one.id).reference for one in search.search(session, typed).matches]


# --- letters and meetings follow ---


class InHand(Maildir):
    """Something happens while the first letter to somebody is in hand: it has been written, and not been taken yet."""

    def __init__(self, folder: Path, to: str, happens: Callable[[], object]) -> None:
        super().__init__(folder)
        self._to, self._happens = to, [happens]

    def send(self, envelope: Envelope) -> None:
        if envelope.recipient == self._to and self._happens:
            self._happens.pop()()
        super().send(envelope)


def test_a_letter_that_is_owed_goes_to_whoever_it_is_when_it_is_written(journey: Journey, world: World) -> None:
    journey._do(advisors.write_to_school, "Do come.")
    journey._do(contacts.change, "school_lead", **KIT_HAY)
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        written = session.scalars(select(SentEmail).where(SentEmail.text.contains("Do come."))).one()
    assert (written.to_email, written.to_name) == (KIT, "Kit Hay")


def test_a_meeting_that_is_ahead_leaves_one_calendar_and_comes_into_the_other(
    agreed: Journey, world: World, maildir: Path
) -> None:
    agreed._do(contacts.change, "school_lead", **KIT_HAY)
    sent = post(agreed, world, maildir)
    assert (sent.to(JENNA), sent.to(KIT)) == (["REQUEST", "CANCEL"], ["REQUEST"])
    (uid,) = set(sent.uids)
    assert uid
    assert {(method, number) for method, to, number in sent.sent if KIT in to or method == "CANCEL"} == {
        ("REQUEST", 1),
        ("CANCEL", 1),
    }


def test_a_deputy_is_invited_where_the_page_says_so_and_taken_off_with_their_time(
    agreed: Journey, world: World, maildir: Path
) -> None:
    agreed._do(contacts.change, "deputy", **KIT_HAY)
    assert post(agreed, world, maildir).to(KIT) == ["REQUEST"]
    agreed._do(contacts.change, "deputy", **HEAD)
    agreed._do(contacts.end, "deputy")
    sent = post(agreed, world, maildir)
    assert (sent.to(KIT), sent.to(str(HEAD["email"]))) == (["REQUEST", "CANCEL"], [])
    assert sent.to(JENNA) == ["REQUEST"]


def test_two_contacts_change_while_a_meeting_is_ahead_and_a_letter_is_on_its_way(
    agreed: Journey, world: World, maildir: Path
) -> None:
    """The letter that is in hand was written before; everybody else gets theirs, and nobody twice."""
    agreed._do(contacts.change, "deputy", name="Olive Tonkin", email=OLIVE)
    pass_once(world, agreed.now)
    agreed._do(appointments.book, "training_1", agreed.now + timedelta(days=25))

    def change() -> None:
        agreed._do(contacts.change, "school_lead", **KIT_HAY)
        agreed._do(contacts.change, "deputy", **HEAD)

    pass_once(replace(world, mail_server=InHand(maildir, JENNA, change)), agreed.now)
    sent = post(agreed, world, maildir)
    assert (sent.to(JENNA)[-2:], sent.to(KIT)) == (["REQUEST", "CANCEL"], ["REQUEST"])
    assert (sent.to(OLIVE)[-1:], sent.to(str(HEAD["email"]))) == (["CANCEL"], ["REQUEST"])
    assert is_whole(agreed)
    with agreed.store.reading() as session:
        assert "letter_crossed" in set(session.scalars(select(Event.name)))
    before = len(sent.sent)
    for _ in range(3):
        pass_once(world, agreed.now)
    assert len(post(agreed, world, maildir).sent) == before
