"""Dates that lie ahead while something changes around them: who takes part, or whether the journey goes on at all.

Somebody who joins is sent the invitations of dates agreed before; somebody who leaves is taken off them; a journey
that ends calls its dates off. Each is an event of its own, caused by the one that changed things.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.effects import Effect, Recipient
from workflow.domain.facts import AppointmentFact, Facts
from workflow.engine.change import Change
from workflow.engine.status_change import StatusChange, kept
from workflow.offer.definition import Offer
from workflow.store.cases import Case
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect

_ENDED = ("cancelled", "lapsed", "completed")


def follow_people(change: Change, before: Facts, seq: int) -> None:
    """Invites those who take part since `before`, and takes those off who do not any more. `seq` is what changed it."""
    was = {one.id for one in before.active_participants}
    now = {one.id for one in change.case.facts.active_participants}
    if was == now or change.case.standing in _ENDED:
        return
    for fact in change.case.facts.appointments:
        if fact.status == "booked" and fact.starts_at > change.now:
            _tell(change, fact, joined=sorted(now - was), left=sorted(was - now), seq=seq)


def for_staff(session: Session, case: Case, offer: Offer) -> list[Appointment]:
    """The dates agreed to which the people who take part are invited."""
    kinds = [kind.name for kind in offer.appointments if "participants" in kind.invite]
    agreed = (Appointment.engagement_id == case.id) & (Appointment.status == "booked") & Appointment.kind.in_(kinds)
    return list(session.scalars(select(Appointment).where(agreed).order_by(Appointment.id)))


def _tell(change: Change, fact: AppointmentFact, *, joined: list[int], left: list[int], seq: int) -> None:
    if "participants" not in change.offer.appointment[fact.kind].invite:
        return
    meeting = change.session.get_one(Appointment, fact.id)
    letters = [*_invitations(change, meeting, joined), *_farewells(change, meeting, left)]
    if not letters:
        return
    told = change.happen("guests_changed", SYSTEM, data=_data(meeting), caused_by=seq)
    for effect, guest in letters:
        change.owe_one(effect, guest, told)


def _invitations(change: Change, meeting: Appointment, joined: list[int]) -> Iterator[tuple[Effect, Recipient]]:
    """A catch-up is for those only who missed the meeting."""
    there = change.case.facts.attended(meeting.kind) if meeting.purpose == "catch_up" else frozenset()
    owed = [
        one
        for one in change.offer.status_transition["appointment", "book"].effects
        if _calendar(change.offer, one.name)
    ]
    for guest in (Recipient("participants", number) for number in joined if number not in there):
        if not _is_invited(change, meeting, guest):
            yield from ((effect, guest) for effect in owed)


def _farewells(change: Change, meeting: Appointment, left: list[int]) -> Iterator[tuple[Effect, Recipient]]:
    """Nobody is taken off a list who was never on it."""
    name = change.offer.policy.uninvite
    guests = (Recipient("participants", number) for number in left) if name else ()
    for guest in guests:
        if _is_invited(change, meeting, guest):
            yield Effect("email", name or ""), guest


def _is_invited(change: Change, meeting: Appointment, guest: Recipient) -> bool:
    """Whether the last letter to them about this date was an invitation."""
    letters = _letters(change.session, meeting).where(OwedEffect.recipient == guest.token)
    said = [_calendar(change.offer, name) for name, data in change.session.execute(letters) if _is_about(data, meeting)]
    return [one for one in said if one][-1:] == ["REQUEST"]


def is_known(session: Session, offer: Offer, meeting: Appointment, *, dropped: Collection[int] = ()) -> bool:
    """Whether anybody was sent an invitation to this date. `dropped` are the letters about to be dropped, by id."""
    letters = session.execute(_letters(session, meeting).where(OwedEffect.id.not_in(dropped)))
    return any(_calendar(offer, name) == "REQUEST" and _is_about(data, meeting) for name, data in letters)


def _letters(session: Session, meeting: Appointment) -> Select[str, dict[str, Any]]:
    """The emails of the engagement with what their events say, oldest first. What was dropped does not count."""
    session.flush()
    return (
        select(OwedEffect.name, Event.data)
        .join(Event, (Event.engagement_id == OwedEffect.engagement_id) & (Event.seq == OwedEffect.seq))
        .where(
            OwedEffect.engagement_id == meeting.engagement_id,
            OwedEffect.kind == "email",
            OwedEffect.status != "dropped",
        )
        .order_by(OwedEffect.id)
    )


def _is_about(data: Mapping[str, Any], meeting: Appointment) -> bool:
    return data.get("appointment") == meeting.id


def _calendar(offer: Offer, name: str) -> str | None:
    return offer.emails[name].calendar if name in offer.emails else None


def call_off(change: Change, reason: str, actor: Actor, seq: int) -> None:
    """Every date still ahead is cancelled, offered ones included. What has taken place stays to be recorded."""
    move = change.offer.status_transition["appointment", "cancel"]
    for fact in change.case.facts.appointments:
        if fact.status in move.from_ and (fact.status != "booked" or fact.starts_at > change.now):
            meeting = change.session.get_one(Appointment, fact.id)
            step = StatusChange("appointment", meeting.id, meeting.status, move.to, move.effects, reason, meeting.kind,
                        meeting.purpose)  # fmt: skip
            meeting.status, meeting.reason, meeting.sequence = move.to, reason, meeting.sequence + 1
            data = _data(meeting) | kept([step])
            told = change.happen("appointment_cancelled", actor, data=data, caused_by=seq)
            change.owe(step.owes if step.was == "booked" else (), told, step)
    change.session.flush()
    change.case.facts = replace(change.case.facts, appointments=tuple(_as_they_are(change)))


def _as_they_are(change: Change) -> Iterator[AppointmentFact]:
    for fact in change.case.facts.appointments:
        yield replace(fact, status=change.session.get_one(Appointment, fact.id).status)


def _data(meeting: Appointment) -> dict[str, object]:
    return {
        "appointment": meeting.id,
        "kind": meeting.kind,
        "starts_at": meeting.starts_at.isoformat(),
        "sequence": meeting.sequence,
    }
