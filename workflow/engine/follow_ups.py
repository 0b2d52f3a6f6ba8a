"""What follows when readers change, or when the journey ends before its dates have come.

Whoever joins under way is welcomed. Whoever is to be at a meeting still ahead has it in their calendar, and nobody
else has: it follows people who come and go, addresses that are corrected, advisors who hand over. A journey that ends
calls its dates off. Each is an event of its own, caused by the one that changed things.
"""

from collections.abc import Iterator
from dataclasses import replace

from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.change import EventData
from workflow.domain.effects import FORMER, Effect, Recipient
from workflow.domain.facts import AppointmentFact, Facts
from workflow.domain.happening import StatusChange, kept
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.course import Course
from workflow.engine.recipients import audience_of, each_person
from workflow.offer.definition import Offer
from workflow.store.cases import Case
from workflow.store.letters import EarlierLetter

#: What those concerned are told of a date that is on offer, or agreed: what the page owes for these verbs.
_TOLD_BY = {"offered": "offer", "booked": "book"}


def readers_change(before: Case, now: Case) -> bool:
    """Whether other people may be concerned by dates ahead than before; only then anybody is told of them, or not."""
    if before.addresses != now.addresses or before.advisor_id != now.advisor_id:
        return True
    was, become = before.facts, now.facts
    awaited = {one.kind for one in become.appointments if one.status == "booked" and one.purpose == "catch_up"}
    return _ids(was) != _ids(become) or any(was.attended(kind) != become.attended(kind) for kind in awaited)


def _ids(facts: Facts) -> set[int]:
    return {one.id for one in facts.active_participants}


def welcome(course: Course) -> None:
    """Owes the welcome to those who have joined, once each. At the first stage everybody's is still to come."""
    ground, name = course.ground, course.ground.offer.policy.welcome
    if name is None or ground.post is None or course.case.stage == ground.offer.offer.start:
        return
    welcomed = {one.recipient for one in ground.post.letters if one.name == name}
    was = _ids(ground.before)
    for person in course.case.facts.active_participants:
        newcomer = Recipient("participants", person.id)
        if person.id not in was and newcomer.token not in welcomed:
            course.owe_one(Effect("email", name), newcomer)


def follow_readers(course: Course, seq: int) -> None:
    """Tells those of dates ahead who have become concerned, and takes off those who are no more. `seq` is the cause."""
    if course.ground.post is None or course.case.standing not in OPEN_STANDINGS:
        return
    for meeting in course.case.facts.appointments:
        if meeting.status in _TOLD_BY and meeting.starts_at > course.ground.now:
            _tell(course, meeting, seq)


def _tell(course: Course, meeting: AppointmentFact, seq: int) -> None:
    know, verb = _knowing(course, meeting), ("appointment", _TOLD_BY[meeting.status])
    effects = course.ground.offer.status_transition[verb].effects if meeting.status in _TOLD_BY else ()
    wanted = {effect: _readers(course, effect, meeting) for effect in effects if _is_told(course, effect, meeting)}
    letters = [(effect, guest) for effect, those in wanted.items() for at, guest in those.items() if at not in know]
    letters += _farewells(course, know, {at for those in wanted.values() for at in those})
    if not letters:
        return
    told = replace(meeting, sequence=meeting.sequence + 1) if meeting.status == "booked" else meeting
    course.change_date(told)
    course.happen("guests_changed", SYSTEM, data=_data(told), caused_by=seq)
    for effect, guest in letters:
        course.owe_one(effect, guest)


def _is_told(course: Course, effect: Effect, meeting: AppointmentFact) -> bool:
    """Of a date agreed, its invitation."""
    return effect.kind == "email" and (
        meeting.status == "offered" or _calendar(course.ground.offer, effect.name) is not None
    )


def _readers(course: Course, effect: Effect, meeting: AppointmentFact) -> dict[str, Recipient]:
    """Those who should know of the date, by address."""
    offer, status = course.ground.offer, meeting.status
    step = StatusChange("appointment", meeting.id, status, status, (), kind=meeting.kind, purpose=meeting.purpose)
    found = (
        one for audience in offer.emails[effect.name].to for one in audience_of(course.case, offer, audience, step)
    )
    return {_address(course, one): one for one in each_person(course.case, found)}


def _knowing(course: Course, meeting: AppointmentFact) -> dict[str, EarlierLetter]:
    """The last letter by which each address knows of the date. What could not be sent told nobody."""
    know: dict[str, EarlierLetter] = {}
    for letter in course.ground.post.letters if course.ground.post else ():
        if letter.about != meeting.id or letter.is_lost:
            continue
        address, method = _address_of(course, letter), _calendar_of(course, letter)
        if method == "CANCEL":
            know.pop(address, None)
        elif method is not None or meeting.status == "offered":
            know[address] = letter
    return know


def _farewells(course: Course, know: dict[str, EarlierLetter], wanted: set[str]) -> Iterator[tuple[Effect, Recipient]]:
    """Nobody is taken off a list who was never on it. The letter goes where the invitation went."""
    name = course.ground.offer.policy.uninvite
    for address, letter in know.items() if name else ():
        if address in wanted or _calendar_of(course, letter) is None:
            continue
        guest = Recipient.parse(letter.recipient)
        same = _address(course, guest) == address
        yield Effect("email", name or ""), guest if same else Recipient(FORMER, letter.id)


def _address_of(course: Course, letter: EarlierLetter) -> str:
    """Where it went, or where it will go: a farewell goes where the letter went that it follows."""
    if letter.sent_to:
        return letter.sent_to.lower()
    reader = Recipient.parse(letter.recipient)
    if reader.audience == FORMER:
        followed = (one for one in course.ground.post.letters if one.id == reader.id) if course.ground.post else ()
        return next((_address_of(course, one) for one in followed), reader.token)
    return _address(course, reader)


def _address(course: Course, recipient: Recipient) -> str:
    case, post, contact = course.case, course.ground.post, course.ground.offer.offer.contact
    if recipient.at_council:
        return (post.advisors if post else {}).get(recipient.id or case.advisor_id or 0, contact).lower()
    return case.addresses.get(recipient.key, recipient.token).strip().lower()


def _calendar_of(course: Course, letter: EarlierLetter) -> str | None:
    """By the version that owed it."""
    return _calendar(course.ground.formers.get(letter.version or "", course.ground.offer), letter.name)


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
        course.change_date(called_off, reason)
        course.happen("appointment_cancelled", actor, data={**_data(called_off), **kept([step])}, caused_by=seq)
        course.owe(step.owes if step.was == "booked" else (), step)


def _is_ahead(course: Course, meeting: AppointmentFact) -> bool:
    return meeting.status != "booked" or meeting.starts_at > course.ground.now


def _data(meeting: AppointmentFact) -> EventData:
    return {
        "appointment": meeting.id,
        "kind": meeting.kind,
        "starts_at": meeting.starts_at.isoformat(),
        "sequence": meeting.sequence,
    }
