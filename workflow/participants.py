"""Participants: who takes part, at which phase, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.actor import Actor
from workflow.errors import BadInput, NotFound, Problem
from workflow.machine import StatusMachine
from workflow.offers import offers_of
from workflow.store.participant import Participant
from workflow.text import email_address, line
from workflow.words import listed

#: The small journey of one person.
MACHINE = StatusMachine(
    "participant",
    {
        "train": (("nominated",), "training"),
        "work": (("nominated", "training", "returned"), "working"),
        "submit": (("training", "working"), "submitted"),
        "review": (("submitted",), "in_review"),
        "return": (("in_review",), "returned"),
        "complete": (("nominated", "training", "working", "submitted", "in_review", "returned"), "completed"),
        "recognise": (("completed",), "recognised"),
        "defer": (("nominated", "training", "working", "submitted", "in_review", "returned"), "deferred"),
        "withdraw": (
            ("nominated", "training", "working", "submitted", "in_review", "returned", "deferred"),
            "withdrawn",
        ),
    },
)
NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person put forward: name, email address and phase, as given."""

    name: str
    email: str
    phase: int


def nominate(
    session: Session, engagement_id: int, people: Iterable[Nominee], *, actor: Actor, now: datetime
) -> list[int]:
    """Adds people to an engagement. Somebody who is there already (same address) is left as they are.

    Returns the ids of those added. Raises BadInput if a name, address or phase cannot be used.
    """
    case = engine.open_case(session, engagement_id)
    offer = offers_of(session).machine(*case.offer).offer
    there = set(session.scalars(select(Participant.email).where(Participant.engagement_id == engagement_id)))
    added = [_participant(engagement_id, person, tuple(offer.phase)) for person in _once(people)]
    added = [person for person in added if person.email not in there]
    if not added:
        return []
    session.add_all(added)
    session.flush()
    ids = [person.id for person in added]
    engine.record(session, case, "staff_nominated", actor=actor, now=now, data={"participants": ids})
    return ids


def _once(people: Iterable[Nominee]) -> Iterable[Nominee]:
    return {person.email.strip().lower(): person for person in people}.values()


def _participant(engagement_id: int, person: Nominee, phases: tuple[int, ...]) -> Participant:
    try:
        name, email = line(person.name, "The name", NAME_LIMIT), email_address(person.email)
    except ValueError as error:
        raise BadInput(str(error)) from None
    if person.phase not in phases:
        raise BadInput(f"There is no phase {person.phase}; choose {listed([str(one) for one in phases], 'or')}.")
    return Participant(
        engagement_id=engagement_id,
        name=name,
        email=email,
        phase=person.phase,
        status="nominated",
        certificate_name=name,
        name_confirmed=False,
    )


def move(
    session: Session, engagement_id: int, email: str, verb: str, *, actor: Actor, now: datetime, note: str | None = None
) -> Participant:
    """Moves one person on their own journey: complete, defer, withdraw and the rest of `MACHINE`'s verbs."""
    if verb not in MACHINE.moves:
        raise BadInput(
            f"A participant cannot “{verb}”.", (Problem("verb", f"choose {listed(list(MACHINE.moves), 'or')}."),)
        )
    case = engine.open_case(session, engagement_id)
    person = one_of(session, engagement_id, email)
    person.status = MACHINE.move(person.status, verb)
    engine.record(
        session, case, f"participant_{person.status}", actor=actor, now=now, data={"participant": person.id}, note=note
    )
    return person


def confirm_name(
    session: Session, engagement_id: int, email: str, *, name: str | None, actor: Actor, now: datetime
) -> Participant:
    """The owner agrees to the name on the certificate, or gives the right one."""
    case = engine.open_case(session, engagement_id)
    person = one_of(session, engagement_id, email)
    try:
        person.certificate_name = line(name or person.certificate_name, "The name", NAME_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None
    person.name_confirmed = True
    engine.record(session, case, "name_confirmed", actor=actor, now=now, data={"participant": person.id})
    return person


def one_of(session: Session, engagement_id: int, email: str) -> Participant:
    """The participant with this address. Raises NotFound."""
    person = session.scalar(
        select(Participant).where(
            Participant.engagement_id == engagement_id, Participant.email == email.strip().lower()
        )
    )
    if person is None:
        raise NotFound(f"Nobody with the address {email} takes part in this engagement.")
    return person
