"""Letters about getting in: a few at a time, each over a connection of its own, so that none is another's trouble."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from tasks.mail.envelope import Envelope
from tasks.mail.mime_message import as_bytes, message_id
from tasks.mail.troubles import Trouble, Undeliverable
from tasks.world import World
from workflow.containment import contained
from workflow.domain.email_address import wire_address
from workflow.engine.catalogue import offer_of, offers_of
from workflow.mail.access.write import (
    Service,
    write,
    write_about_proposal,
    write_to_guest,
    write_to_reader,
)
from workflow.mail.letters import Letter
from workflow.offer.installed.newest import house
from workflow.offer.terms import Terms
from workflow.store.outbox import access_letters
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School
from workflow.store.tables.user import User
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.readers import letter_words
from workflow.usecases.contacts import proposal_letters

_log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def deliver(world: World, clock: Clock) -> int:
    """Until none is due. Returns how many were sent or given up. Safe in any number of processes."""
    settled = 0
    while batch := _claim(world, clock):
        for letter in batch:
            with contained(f"letter {letter.id} about getting in", partial(_again, world, clock, letter)):
                settled += _deliver(world, letter, clock)
    return settled


def _claim(world: World, clock: Clock) -> list[AccessLetter]:
    with world.store.writing() as session:
        return [*access_letters.claim(session, clock(), world.lease)]


def _deliver(world: World, letter: AccessLetter, clock: Clock) -> int:
    with world.store.writing() as session:
        if not access_letters.holds_from(session, letter, clock()):
            return 0
        written = _write(world, session, letter)
    number = message_id(f"access letter {letter.id} {letter.salt}", world.sender)
    content = as_bytes(written, number, world.sender, clock())
    envelope = Envelope(world.sender, wire_address(letter.to_email), number, content, repeat=letter.attempts > 1)
    try:
        _send(world, envelope)
    except Undeliverable as trouble:
        return _settle(world, letter, "dead", str(trouble), clock)
    except Trouble as trouble:
        return _again(world, clock, letter, str(trouble))
    return _settle(world, letter, "sent", "", clock)


def _send(world: World, envelope: Envelope) -> None:
    connection = world.mail_server.connect()
    try:
        connection.send(envelope)
    finally:
        if connection.is_open():
            connection.end()
        else:
            connection.abort()


def _again(world: World, clock: Clock, letter: AccessLetter, trouble: str) -> int:
    """Later, or never if it was tried often enough."""
    due_at = world.retries.next_try(letter.attempts, clock())
    _log.warning("Letter %s about getting in was not sent: %s", letter.id, trouble)
    if due_at is None:
        return _settle(world, letter, "dead", trouble, clock)
    with world.store.writing() as session:
        access_letters.settle(session, letter, "owed", trouble=trouble, due_at=due_at)
    return 0


def _settle(world: World, letter: AccessLetter, status: str, trouble: str, clock: Clock) -> int:
    with world.store.writing() as session:
        return int(access_letters.settle(session, letter, status, trouble=trouble, due_at=clock()))


def _write(world: World, session: Session, letter: AccessLetter) -> Letter:
    """In the installation's name; to schools and participants, in that of whoever makes their offer."""
    secret = LinkMaker(world.secret).secret(letter.purpose, letter.salt)
    if letter.user_id is not None or letter.reader_id is not None:
        provider, contact = house(offers_of(session), world.look.name, world.sender)
        service = Service(provider, world.links, contact, world.look)
        if letter.user_id is not None:
            return write(letter, session.get_one(User, letter.user_id), secret, service)
        return write_to_reader(letter, letter_words.words_of(session, letter), secret, service)
    if letter.proposal_id is not None:
        told, offer = proposal_letters.words_of(session, letter), proposal_letters.offer_of_letter(session, letter)
        return write_about_proposal(letter, told, secret, _service(world, offer))
    person = session.get(Participant, letter.participant_id) if letter.participant_id else None
    engagement = session.get_one(Engagement, person.engagement_id if person else letter.engagement_id)
    offer = offer_of(session, engagement).offer
    school = session.get_one(School, engagement.school_urn)
    links, reference = world.links, engagement.reference
    page = links.person(reference, person.id) if person else links.status(reference)
    where = {"school": school.name, "offer": offer.title, "page": page}
    return write_to_guest(letter, where, secret, _service(world, offer))


def _service(world: World, offer: Terms) -> Service:
    return Service(offer.provider, world.links, offer.contact, offer.brand.over(world.look))
