"""Schools that change under an engagement: a school becomes an academy, two schools become one.

A school that only opens or closes is told by the register (`schools`); who takes its place is for a person to say.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import ADVISING_ROLES, Actor
from workflow.domain.happening import Happening
from workflow.domain.lifecycles import PARTICIPANT
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine import Asked
from workflow.engine.catalogue import offers_of
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound
from workflow.store.cases import Case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School
from workflow.usecases.accounts.readers import invitations
from workflow.usecases.elsewhere import transfers
from workflow.usecases.elsewhere.transfers import TRANSFERRED

#: The code of the reason of somebody who takes part in both engagements that become one.
JOINED = "joined"
_DECIDE = (*ADVISING_ROLES, "system")


def succeed(session: Session, old_urn: str, new_urn: str, *, actor: Actor, now: datetime) -> list[str]:
    """A school goes on under a new number, as when it becomes an academy. Its open engagements go with it.

    Returns their references. Raises NotFound for a number nobody knows, Conflict for a new school that is not open.
    """
    _school(session, old_urn)
    wanted = (Engagement.school_urn == old_urn) & Engagement.standing.in_(OPEN_STANDINGS)
    ids = session.scalars(select(Engagement.id).where(wanted).order_by(Engagement.id)).all()
    _agree_successor(session, old_urn, new_urn, actor)
    return [go_on_at(session, number, new_urn, actor=actor, now=now).reference for number in ids]


def go_on_at(session: Session, engagement_id: int, new_urn: str, *, actor: Actor, now: datetime) -> Engagement:
    """One engagement goes on at the school that takes the place of its own. Raises NotFound, NotAllowed or Conflict."""
    case, engagement = engine.open_case(session, engagement_id), session.get_one(Engagement, engagement_id)
    old_urn = engagement.school_urn
    _agree_successor(session, old_urn, new_urn, actor)
    engagement.school_urn = new_urn
    invitations.go_on_at(session, old_urn, new_urn)
    data = {"from": old_urn, "to": new_urn}
    engine.record(session, case, "school_succeeded", actor=actor, now=now, data=data)
    return engagement


def _agree_successor(session: Session, old_urn: str, new_urn: str, actor: Actor) -> None:
    if actor.role not in _DECIDE:
        raise NotAllowed(f"Only the council says which school takes another's place; you act as {actor.title}.")
    new = _school(session, new_urn)
    if old_urn == new_urn or not new.is_open:
        raise Conflict(f"{new.name} ({new_urn}) cannot take the place of {old_urn}: it must be another, open school.")


def join(session: Session, engagement_id: int, into_id: int, *, actor: Actor, now: datetime, note: str) -> Engagement:
    """One engagement goes on in another, as when two schools become one: what both paid for is added up.

    People go along with what they did; who takes part in both goes on once, from where they are further. The one that
    is left ends by the offer's own verb. It is one step: both are settled when all of it is so. Returns the one that
    goes on. Raises Conflict, NotAllowed or BadInput; then nothing has changed.
    """
    if engagement_id == into_id:
        raise BadInput("An engagement cannot be joined to itself. Say which other one it goes on in.")
    cases = {number: engine.open_case(session, number) for number in sorted((engagement_id, into_id))}
    here, into = cases[engagement_id], cases[into_id]
    trigger = _agree(session, here, into)
    going_on = session.get_one(Engagement, into_id)
    going_on.places += here.facts.places
    left, came = _take_along(session, here, into, actor)
    joined = Happening("engagement_joined", {"from": engagement_id, "places": going_on.places}, note)
    ended = Happening("engagement_went_on", {"into": into_id}, note)
    engine.record_together(session, into, [joined, *came], actor=actor, now=now)
    engine.record_together(session, here, [ended, *left], actor=actor, now=now, then=Asked(trigger, note))
    return going_on


def _take_along(session: Session, here: Case, into: Case, actor: Actor) -> tuple[list[Happening], list[Happening]]:
    """Everybody's rows in both, and what to record there. Who had withdrawn is looked at where they are known in the
    other too: what they did before counts. Who is recognised has arrived."""
    left, came = list[Happening](), list[Happening]()
    there = set(session.scalars(select(Participant.email).where(Participant.engagement_id == into.id)))
    for person in session.scalars(select(Participant).where(Participant.engagement_id == here.id)).all():
        stays = person.status in PARTICIPANT.ends
        if stays and (person.status != "withdrawn" or person.email not in there):
            continue
        coming = transfers.go_along(session, into, person)
        came.append(Happening("participant_transferred_in", {"participant": coming.id}))
        if not stays:
            step = transfers.leave(session, here, person, JOINED if person.email in there else TRANSFERRED, actor)
            left.append(Happening("participant_transferred_out", {"participant": person.id}, statuses=(step,)))
    return left, came


def _school(session: Session, urn: str) -> School:
    found = session.get(School, urn)
    if found is None:
        raise NotFound(f"There is no school with the number {urn}. Import it from the register of schools first.")
    return found


def _agree(session: Session, here: Case, into: Case) -> str:
    trigger = offers_of(session).machine(*here.offer).offer.policy.join
    if trigger is None or here.offer[0] != into.offer[0]:
        raise Conflict(f"{here.reference} cannot go on in {into.reference}: both must be of one offer that says how.")
    return trigger
