"""What follows when who takes part changes, or when the journey ends before its dates have come.

Whoever joins under way is welcomed, and sent the invitations of dates agreed before; whoever leaves is taken off them;
a journey that ends calls its dates off. Each is an event of its own, caused by the one that changed things.
"""

from collections.abc import Iterator
from dataclasses import replace

from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.change import DateOff, EventData
from workflow.domain.effects import Effect, Recipient
from workflow.domain.facts import AppointmentFact, Facts
from workflow.domain.happening import StatusChange, kept
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.course import Course
from workflow.offer.definition import Offer


def takes_part_anew(before: Facts, now: Facts) -> bool:
    """Whether other people take part than before; only then anybody is welcomed, invited or taken off."""
    return _ids(before) != _ids(now)


def _ids(facts: Facts) -> set[int]:
    return {one.id for one in facts.active_participants}


def welcome(course: Course) -> None:
    """Owes the welcome to those who have joined, once each. At the first stage everybody's is still to come."""
    ground, name = course.ground, course.ground.offer.policy.welcome
    if name is None or course.case.stage == ground.offer.offer.start:
        return
    welcomed = {one.recipient for one in ground.letters if one.name == name}
    was = _ids(ground.before)
    for person in course.case.facts.active_participants:
        newcomer = Recipient("participants", person.id)
        if person.id not in was and newcomer.token not in welcomed:
            course.owe_one(Effect("email", name), newcomer)


def follow_people(course: Course, seq: int) -> None:
    """Invites those who have joined to the dates ahead, and takes those off who have left. `seq` is what changed it."""
    was, now = _ids(course.ground.before), _ids(course.case.facts)
    if was == now or course.case.standing not in OPEN_STANDINGS:
        return
    for meeting in course.case.facts.appointments:
        if meeting.status == "booked" and meeting.starts_at > course.ground.now:
            _tell(course, meeting, joined=sorted(now - was), left=sorted(was - now), seq=seq)


def _tell(course: Course, meeting: AppointmentFact, *, joined: list[int], left: list[int], seq: int) -> None:
    if "participants" not in course.ground.offer.appointment[meeting.kind].invite:
        return
    letters = [*_invitations(course, meeting, joined), *_farewells(course, meeting, left)]
    if not letters:
        return
    course.happen("guests_changed", SYSTEM, data=_data(meeting), caused_by=seq)
    for effect, guest in letters:
        course.owe_one(effect, guest)


def _invitations(course: Course, meeting: AppointmentFact, joined: list[int]) -> Iterator[tuple[Effect, Recipient]]:
    """A catch-up is for those only who missed the meeting."""
    offer, facts = course.ground.offer, course.case.facts
    there = facts.attended(meeting.kind) if meeting.purpose == "catch_up" else frozenset()
    owed = [one for one in offer.status_transition["appointment", "book"].effects if _calendar(offer, one.name)]
    for guest in (Recipient("participants", number) for number in joined if number not in there):
        if not _is_invited(course, meeting, guest):
            yield from ((effect, guest) for effect in owed)


def _farewells(course: Course, meeting: AppointmentFact, left: list[int]) -> Iterator[tuple[Effect, Recipient]]:
    """Nobody is taken off a list who was never on it."""
    name = course.ground.offer.policy.uninvite
    guests = (Recipient("participants", number) for number in left) if name else ()
    for guest in guests:
        if _is_invited(course, meeting, guest):
            yield Effect("email", name or ""), guest


def _is_invited(course: Course, meeting: AppointmentFact, guest: Recipient) -> bool:
    """Whether the last letter to them about this date was an invitation."""
    about = (one for one in course.ground.letters if one.about == meeting.id and one.recipient == guest.token)
    said = [method for one in about if (method := _calendar(course.ground.offer, one.name))]
    return said[-1:] == ["REQUEST"]


def _calendar(offer: Offer, name: str) -> str | None:
    return offer.emails[name].calendar if name in offer.emails else None


def call_off(course: Course, reason: str, actor: Actor, seq: int) -> None:
    """Every date still ahead is cancelled, offered ones included. What has taken place stays to be recorded."""
    facts, verb = course.case.facts, course.ground.offer.status_transition["appointment", "cancel"]
    off = {one.id for one in facts.appointments if one.status in verb.from_ and _is_ahead(course, one)}
    for meeting in (one for one in facts.appointments if one.id in off):
        step = StatusChange(
            "appointment", meeting.id, meeting.status, verb.to, verb.effects, reason, meeting.kind, meeting.purpose
        )
        called_off = replace(meeting, status=verb.to, sequence=meeting.sequence + 1)
        course.dates_off.append(DateOff(meeting.id, verb.to, reason, called_off.sequence))
        written = course.happen(
            "appointment_cancelled", actor, data={**_data(called_off), **kept([step])}, caused_by=seq
        )
        course.cover(written, "meeting", _row(course, called_off, reason))
        course.owe(step.owes if step.was == "booked" else (), step)
    ended = tuple(replace(one, status=verb.to) if one.id in off else one for one in facts.appointments)
    course.case = course.case._replace(facts=replace(facts, appointments=ended))


def _row(course: Course, meeting: AppointmentFact, reason: str) -> dict[str, object]:
    return {
        "id": meeting.id,
        "engagement_id": course.case.id,
        "kind": meeting.kind,
        "status": meeting.status,
        "starts_at": meeting.starts_at,
        "purpose": meeting.purpose,
        "reason": reason,
        "sequence": meeting.sequence,
    }


def _is_ahead(course: Course, meeting: AppointmentFact) -> bool:
    return meeting.status != "booked" or meeting.starts_at > course.ground.now


def _data(meeting: AppointmentFact) -> EventData:
    return {
        "appointment": meeting.id,
        "kind": meeting.kind,
        "starts_at": meeting.starts_at.isoformat(),
        "sequence": meeting.sequence,
    }
