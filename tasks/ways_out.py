"""The ways out for effects: which are open now, which are closed for a while, and what closes and opens them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from tasks.world import World
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer
from workflow.store.health import setbacks
from workflow.store.outbox.claims import Open

#: The way to the mail server itself, whatever the letter.
MAIL = ("mail", "")


class WaysOut(NamedTuple):
    """`ailing` are the ways that failed last, by kind and name: some are closed, others may be tried again."""

    open: Open
    ailing: frozenset[tuple[str, str]]


def look(session: Session, world: World, now: datetime) -> WaysOut:
    """What is known of an address that no offer writes from any more is forgotten by `forget`."""
    ailing = setbacks.all_of(session, ("mail", "sender"))
    closed = {(one.kind, one.name) for one in ailing if one.next_try > now}
    offers = list(offers_of(session))
    emails = [one.key for one in offers if closed.isdisjoint({MAIL, ("sender", sender_of(one, world))})]
    return WaysOut(Open(emails, [one.key for one in offers]), frozenset((one.kind, one.name) for one in ailing))


def forget(session: Session, world: World, ways: WaysOut) -> None:
    """Setbacks of addresses that nothing is sent from any more."""
    used = {("sender", sender_of(offer, world)) for offer in offers_of(session)} | {MAIL}
    setbacks.overcome(session, ways.ailing - used)


def sender_of(offer: Offer, world: World) -> str:
    """The address that the letters of an offer come from."""
    return offer.offer.sender or world.sender
