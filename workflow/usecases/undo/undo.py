"""Undo: the last step of an engagement is taken back, with a reason and with its consequences.

It is a new event, never a deletion. What was not sent yet is dropped, what was sent gets a correction, dates leave
people's calendars, certificates are withdrawn, and timers come back with the times they had.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.local_time import day_told
from workflow.domain.actor import ROLE_TITLES, Actor
from workflow.domain.effects import Effect, Recipient
from workflow.domain.happening import STEP_UNDONE, VERSION_CHANGED, Happening, Owes
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.engine import WentBack, trigger_inputs
from workflow.engine.catalogue import offers_of
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.english import count_of, in_words, listed, within
from workflow.errors import BadInput, Conflict, NotAllowed, Problem
from workflow.offer.definition import Offer
from workflow.store import reversals
from workflow.store.cases import Case, lock_case, read_case
from workflow.store.letters import letters_of
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.usecases import certificates
from workflow.usecases.undo import offered_back
from workflow.usecases.undo.dates_back import Dates, call_off, dates_of, for_staff, invite_again
from workflow.usecases.undo.heard import UNDONE, is_known
from workflow.usecases.undo.last_step import LastStep, last_step


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the last step back would mean, in sentences. `version` is of the engagement that was looked at."""

    title: str
    version: int
    consequences: tuple[str, ...]


def preview(session: Session, engagement_id: int, actor: Actor, now: datetime) -> Preview:
    """Changes nothing. Raises NotFound, NotAllowed, or Conflict when there is nothing to take back."""
    case = read_case(session, engagement_id)
    _agree(session, case, actor)
    step = last_step(session, case)
    return Preview(step.title, case.version, tuple(_told(session, case, step, now)))


def reason_of(typed: str | None) -> str:
    """As it is kept and told. Raises BadInput."""
    note = trigger_inputs.clean(typed)
    if note is None:
        asked = "Why is it taken back? The reason is kept in the history and told to those concerned."
        raise BadInput("Taking a step back needs a reason.", (Problem("reason", asked),))
    if len(note) > NOTE_LIMIT:
        longer = f"The reason is {len(note)} characters long; at most {NOTE_LIMIT} fit."
        raise BadInput("Taking a step back needs a shorter reason.", (Problem("reason", longer),))
    return note


def undo(
    session: Session,
    engagement_id: int,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
    only: int | None = None,
) -> LastStep:
    """Takes the last step back, or `only` the one that began with this event. Returns what was taken back.

    Raises NotFound, Conflict, NotAllowed or BadInput. Whatever it raises, nothing is written.
    """
    if expected_version is not None:
        engine.expect(session, engagement_id, expected_version)
    case = lock_case(session, engagement_id)
    _agree(session, case, actor)
    note = reason_of(reason)
    step = last_step(session, case)
    if only not in (None, step.events[0].seq):
        raise Conflict(f"“{step.title}” has happened there since. Take that back first, or put this right by itself.")
    dates = dates_of(session, step.moves, now)
    _restore(session, case, step, dates, now)
    seq = _write(session, case, step, note, dates, actor=actor, now=now)
    call_off(session, case.id, dates, seq=seq, actor=actor, now=now)
    invite_again(session, case.id, dates, seq=seq, actor=actor, now=now)
    offered_back.offer_again(session, case.id, dates.offered, seq=seq, actor=actor, now=now)
    for held in step.certificates:
        certificates.revoke(session, case.id, held.serial, reason=UNDONE, actor=actor, now=now, caused_by=seq)
    return step


def _agree(session: Session, case: Case, actor: Actor) -> None:
    allowed = _offer(session, case).policy.undo_by
    if actor.role not in allowed:
        who = listed([ROLE_TITLES[role] for role in allowed], "or") or "nobody in this offer"
        raise NotAllowed(f"Taking a step back is for the {who}; you act as {actor.title}.")


def _offer(session: Session, case: Case) -> Offer:
    return offers_of(session).machine(*case.offer).offer


def _restore(session: Session, case: Case, step: LastStep, dates: Dates, now: datetime) -> None:
    """Small journeys and facts as they were. Dates that are called off and certificates take their own verbs later."""
    off = {one.id for one in dates.off}
    offered_back.put_back(dates.offered)
    for noun, number, was, status in step.moves:
        if noun == "participant":
            person = session.get_one(Participant, number)
            person.status, person.reason = was, person.reason if was in SIDE_STATUSES else None
        if noun == "certificate" and status == "superseded":
            session.get_one(Certificate, number).status = was
        if noun == "appointment" and number not in off:
            session.get_one(Appointment, number).status = was
    for event in step.events:
        reversals.take_back_review(session, event)
        if event.name in reversals.REVERSALS:
            reversals.REVERSALS[event.name](session, event)
    reversals.take_back_records(session, case.id, step.seqs)
    reversals.take_back_owed(step.unsent, now)


def _write(session: Session, was: Case, step: LastStep, note: str, dates: Dates, *, actor: Actor, now: datetime) -> int:
    """The event, the corrections it owes, and the timers it brings back. Returns its `seq`."""
    session.flush()
    reversals.take_back_timers(session, was.id, step.seqs, was.version + 1, now)
    reversals.take_back_promises(session, was.id, step.seqs, was.version + 1, now)
    here, version = lock_case(session, was.id), _version_back(step)
    correction = _offer(session, here).policy.correction
    told = dict.fromkeys(one.recipient for one in step.sent) if correction else ()
    owes = tuple(Owes(Effect("email", correction or ""), Recipient.parse(token)) for token in told)
    data = {"undid": step.seqs, "of": step.seqs[0], **version}
    happening = Happening(STEP_UNDONE, data, note, owes=owes)
    back = WentBack(step.stage, step.standing, step.since, {one.id for one in dates.off})
    return engine.take_back(session, was, happening, back, actor=actor, now=now)


def _version_back(step: LastStep) -> dict[str, dict[str, str]]:
    """What the event says of the version, where the step was a move to another one."""
    changes = [event.data["version"] for event in step.events if event.name == VERSION_CHANGED]
    return {"version": {"from": changes[0]["to"], "to": changes[0]["from"]}} if changes else {}


def _told(session: Session, case: Case, step: LastStep, now: datetime) -> Iterator[str]:
    offer, dates = _offer(session, case), dates_of(session, step.moves, now)
    if version := _version_back(step):
        yield from _version_told(session, case, step, version)
    elif step.stage != case.stage:
        yield f"The stage goes back from “{offer.stage[case.stage].title}” to “{offer.stage[step.stage].title}”."
    if step.standing != case.standing:
        yield f"The engagement is {in_words(step.standing)} again."
    yield from _moves_told(session, step)
    yield from _guests_told(session, case, offer, step, dates)
    if step.unsent:
        yield f"{count_of(len(step.unsent), 'message')} not sent yet {_is(len(step.unsent))} dropped: {_names(step)}."
    told = {one.recipient for one in step.sent}
    if told and offer.policy.correction:
        yield f"{count_of(len(told), 'correction')} {'goes' if len(told) == 1 else 'go'} to those who were written to."
    unsent = {row.id for row in step.unsent}
    for one in dates.off:
        told_of = dates.told(one) and is_known(letters_of(session, case.id), offer, one.id, dropped=unsent)
        yield f"{_date(offer, one)} is cancelled{'; those invited are told' if told_of else ''}."
    for one in dates.again:
        yield f"{_date(offer, one)} stands again; those invited are told."
    for offered in dates.offered:
        yield from offered_back.told(session, case.id, offer, offered, unsent)
    yield from (offered_back.none_left(offer, one) for one in dates.unoffered)
    for held in step.certificates:
        yield f"The certificate {held.serial} of {held.name} is withdrawn, and {held.name} is told."


def _version_told(session: Session, case: Case, step: LastStep, back: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    before = offers_of(session).machine(case.offer[0], back["version"]["to"]).offer
    yield f"It goes on under {'-'.join(before.key)} again, at “{before.stage[step.stage].title}”."


def _moves_told(session: Session, step: LastStep) -> Iterator[str]:
    for noun, number, was, status in step.moves:
        if noun == "participant":
            yield f"{session.get_one(Participant, number).name} is {in_words(was)} again, not {in_words(status)}."
        if noun == "certificate" and status == "superseded":
            yield f"The certificate {session.get_one(Certificate, number).serial} is valid again."


def _guests_told(session: Session, case: Case, offer: Offer, step: LastStep, dates: Dates) -> Iterator[str]:
    """Nominations change no status that could be told of, and dates ahead follow whoever comes and goes."""
    nominations = (event.data["participants"] for event in step.events if event.name == "staff_nominated")
    named = [number for numbers in nominations for number in numbers]
    if named:
        names = listed([session.get_one(Participant, number).name for number in named])
        yield f"{names} {'takes' if len(named) == 1 else 'take'} part no more."
    gone = {
        number
        for noun, number, was, status in step.moves
        if noun == "participant" and was != status and SIDE_STATUSES & {was, status}
    }
    off = {*(one.id for one in dates.off), *(one.appointment.id for one in dates.offered)}
    if named or gone:
        for one in for_staff(session, case, offer):
            if one.id not in off:
                yield f"{_date(offer, one)} is agreed: who takes part again is invited to it, and who does not is told."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _names(step: LastStep) -> str:
    return listed(list(dict.fromkeys(one.name.replace("-", " ") for one in step.unsent)))


def _date(offer: Offer, one: Appointment) -> str:
    return f"The date for {within(offer.appointment[one.kind].title)} on {day_told(one.starts_at, offer.calendar.zone)}"
