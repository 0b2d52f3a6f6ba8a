"""A school proposes its contacts: both addresses hear of it, the person's own yes or an advisor's makes it so."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import LEAD, Journey
from tests.servers import Mailbox
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotFound
from workflow.queries.audit import verify
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.contacts import contacts, proposal_letters, proposals

JENNA, KIT = "jenna@polwhevral.example.org", "kit@polwhevral.example.org"
SCHOOL = Actor("school_lead")


@pytest.fixture
def post(journey: Journey, world: World, smtp: tuple[str, Mailbox]) -> tuple[World, Mailbox]:
    """What the journey's beginning owes is sent already."""
    url, mailbox = smtp
    away = replace(world, mail_server=mail_server(url))
    pass_once(away, journey.now)
    mailbox.received.clear()
    return away, mailbox


def propose(journey: Journey, world: World, kind: str = "school_lead", name: str = "Kit Hay", email: str = KIT) -> int:
    asked = journey._do(
        proposals.propose,
        kind,
        name=name,
        email=email,
        asked_by="Olive Tonkin",
        links=LinkMaker(world.secret),
        actor=SCHOOL,
    )
    return int(asked.id)


def letters(mailbox: Mailbox) -> dict[str, str]:
    """Subject and words, by whom they went to; each letter once."""
    found = {}
    for one in mailbox.received:
        message = message_from_bytes(one.original_content or b"", policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        found[f"{one.rcpt_tos[0]}: {message['Subject']}"] = " ".join(body.get_content().split())
    assert len(found) == len(mailbox.received)
    mailbox.received.clear()
    return found


def link_in(text: str) -> str:
    found = re.search(r"/contact/(\S+)", text)
    assert found is not None
    return found[1]


def statuses(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return list(session.scalars(select(ContactProposal.status).order_by(ContactProposal.id)))


def told(journey: Journey) -> list[tuple[str, object]]:
    with journey.store.reading() as session:
        rows = session.scalars(select(Event).where(Event.name.like("contact%")).order_by(Event.seq))
        return [(one.name, one.data) for one in rows]


def test_both_hear_of_it_and_the_persons_yes_makes_it_so(journey: Journey, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    number = propose(journey, world)
    pass_once(world, journey.now)
    asked = letters(mailbox)
    assert sorted(asked) == [
        f"{JENNA}: Somebody else is proposed as the school lead of Polwhevral School",
        f"{KIT}: Will you be the school lead of Polwhevral School?",
    ]
    first, second = (asked[key] for key in sorted(asked))
    assert "Olive Tonkin asked on Monday 6 October 2025" in first
    assert "that Kit Hay become the school lead" in first
    assert "within 14 days" in second
    with journey.store.writing() as session:
        proposals.confirm(session, link_in(second), journey.now)
    pass_once(world, journey.now)
    done = letters(mailbox)
    assert f"{JENNA}: Kit Hay is the school lead of Polwhevral School now" in done
    assert (journey.row.lead_name, journey.row.lead_email) == ("Kit Hay", KIT)
    assert statuses(journey) == ["confirmed"]
    kind = {"contact": "school_lead", "proposal": number}
    assert told(journey) == [("contact_proposed", kind), ("contact_changed", kind)]
    with journey.store.reading() as session:
        assert verify(session, journey.id).faults == ()


def test_a_link_is_used_once_and_looking_at_it_uses_nothing_up(journey: Journey, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    propose(journey, world, "head")
    pass_once(world, journey.now)
    ((_, words),) = letters(mailbox).items()
    for _ in range(3):
        with journey.store.reading() as session:
            assert proposal_letters.holder(session, link_in(words), journey.now)[1].name == "Kit Hay"
    with journey.store.writing() as session:
        proposals.confirm(session, link_in(words), journey.now)
    with journey.store.writing() as session, pytest.raises(NotFound, match="has been used"):
        proposals.confirm(session, link_in(words), journey.now)


def test_whoever_says_no_is_not_asked_again_and_nothing_changes(journey: Journey, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    propose(journey, world)
    pass_once(world, journey.now)
    (link,) = (link_in(text) for to, text in letters(mailbox).items() if KIT in to)
    with journey.store.writing() as session:
        proposals.decline(session, link, journey.now)
    assert (statuses(journey), journey.row.lead_email) == (["refused"], JENNA)
    pass_once(world, journey.now)
    assert letters(mailbox) == {}


def test_an_advisor_decides_without_waiting(journey: Journey, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    first, second = propose(journey, world, "deputy"), propose(journey, world, "business_manager")
    journey._do(proposals.accept, first)
    journey._do(proposals.refuse, second)
    assert statuses(journey) == ["accepted", "refused"]
    with journey.store.reading() as session:
        held = contacts.current(session, session.get_one(Engagement, journey.id))
    assert {kind: one.name for kind, one in held.items()} == {"school_lead": "Jenna Rowe", "deputy": "Kit Hay"}
    for number in (first, second):
        with pytest.raises(Conflict, match="waits no more"):
            journey._do(proposals.accept, number)
    with pytest.raises(NotFound, match="no proposal number 99"):
        journey._do(proposals.accept, 99)
    pass_once(world, journey.now)
    assert {text for text in map(str.lower, letters(mailbox)) if "will you" not in text} == set()


def test_a_newer_proposal_takes_the_place_of_an_older_one_and_its_link(
    journey: Journey, post: tuple[World, Mailbox]
) -> None:
    world, mailbox = post
    propose(journey, world)
    pass_once(world, journey.now)
    (link,) = (link_in(text) for to, text in letters(mailbox).items() if KIT in to)
    propose(journey, world, name="Maud Penrose", email="maud@polwhevral.example.org")
    assert statuses(journey) == ["replaced", "open"]
    with journey.store.writing() as session, pytest.raises(NotFound):
        proposals.confirm(session, link, journey.now)


def test_a_proposal_lapses_after_two_weeks(journey: Journey, post: tuple[World, Mailbox]) -> None:
    world, _ = post
    propose(journey, world)
    until = journey.now + timedelta(days=14)
    pass_once(world, until - timedelta(seconds=1))
    assert statuses(journey) == ["open"]
    with journey.store.reading() as session:
        assert proposals.open_ones(session, journey.id, until) == []
    pass_once(world, until)
    assert (statuses(journey), told(journey)[-1][0]) == (["lapsed"], "contact_lapsed")
    pass_once(world, until)
    assert len(told(journey)) == 2


def test_to_propose_the_same_person_by_another_name_puts_them_right(
    journey: Journey, post: tuple[World, Mailbox]
) -> None:
    world, mailbox = post
    number = propose(journey, world, name="Jenna Rowe-Hay", email=JENNA)
    journey._do(proposals.accept, number)
    pass_once(world, journey.now)
    assert [to for to in letters(mailbox) if "proposed as" in to or "now" in to] == []
    with journey.store.reading() as session:
        assert len(contacts.held(session, session.get_one(Engagement, journey.id))) == 1
    assert journey.row.lead_name == "Jenna Rowe-Hay"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (("caretaker", "Kit Hay", KIT), BadInput),
        (("head", "", KIT), BadInput),
        (("head", "Kit Hay", "kit"), BadInput),
        (("school_lead", "Jenna Rowe", JENNA), Conflict),
    ],
)
def test_what_cannot_be_proposed_is_refused(
    journey: Journey, world: World, asked: tuple[str, str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        propose(journey, world, *asked)
    assert statuses(journey) == []


def test_a_page_that_several_hold_is_no_way_to_write_to_many(journey: Journey, world: World) -> None:
    for number in range(6):
        propose(journey, world, email=f"kit.{number}@polwhevral.example.org")
    with pytest.raises(Conflict, match="Ask your advisor"):
        propose(journey, world)
    journey.now += timedelta(days=1)
    propose(journey, world)


def test_a_journey_that_has_ended_takes_no_proposals(journey: Journey, world: World) -> None:
    journey.fire("cancel", LEAD, note="They wrote.")
    with pytest.raises(Conflict):
        propose(journey, world)
