"""An engagement goes on under another version of its offer: one step, with everything that follows, that can be undone.

What is owed already is sent in the words of the version that owed it. What was promised keeps its day, and what is
reminded of goes on as far as the other version has it. What it has no place for stops the move, and is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.happening import VERSION_CHANGED, Happening
from workflow.engine import Course
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.engine.trigger_inputs import clean
from workflow.engine.versions.carried import Carried, Move, carry
from workflow.errors import Conflict
from workflow.offer.definition import Offer
from workflow.offer.versions import names
from workflow.offer.versions.names import Renamed
from workflow.store.cases import Case, lock_case
from workflow.store.record import holds
from workflow.store.reversals import keep_version
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import Evidence, Submission
from workflow.usecases.rollout import clocks
from workflow.usecases.rollout.room import lacks


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it: how the engagement stood, how it stands, and what became of its timers."""

    move: Move
    carried: Carried
    course: Course


def to_version(
    session: Session,
    engagement_id: int,
    version: tuple[str, str],
    *,
    called: str = "",
    note: str | None,
    actor: Actor,
    now: datetime,
) -> Moved:
    """`called` says what the other version calls otherwise, as `offer.versions.names` reads it.

    Raises NotFound, OutOfUse, BadInput for names that say nothing, or Conflict where the version has no place for
    something that the engagement has. Whatever it raises, nothing is written.
    """
    case = engine.open_case(session, engagement_id)
    former = offers_of(session).machine(*case.offer).offer
    offer = _other(session, case, version)
    renamed = names.read(called, former, offer)
    sent = _sent(session, case)
    if missing := [*lacks(case, former, offer, renamed, sent), *_without_certificates(session, case, offer)]:
        raise Conflict(" ".join(missing))
    timers, seq = clocks.timers_of(session, case.id), case.version + 1
    kinds = _change_rows(session, case, offer, renamed)
    promises = clocks.write_promises(session, case, offer, renamed, now)
    there = lock_case(session, case.id)._replace(promises=promises)
    stage = renamed.stage(case.stage)
    after = there._replace(stage=stage, version=seq)
    calendar = calendar_of(session, offer, there)
    move = Move(former, offer, renamed, case, after, clocks.open_one(promises), calendar, now)
    carried = carry(move, timers)
    clocks.write_timers(session, move, carried)
    happening = Happening(VERSION_CHANGED, _data(case, offer, stage, kinds), clean(note))
    stopped = lock_case(session, case.id).stopped
    course = engine.change_version(session, there._replace(stopped=stopped), happening, stage, actor=actor, now=now)
    return Moved(move, carried, course)


def _other(session: Session, case: Case, version: tuple[str, str]) -> Offer:
    """Another version of the same offer."""
    if version[0] != case.offer[0]:
        raise Conflict(f"{case.reference} is of the offer “{case.offer[0]}”, and not of “{version[0]}”.")
    if version == case.offer:
        raise Conflict(f"{case.reference} is under {'-'.join(version)} already.")
    return offers_of(session).machine(*version).offer


def _sent(session: Session, case: Case) -> Mapping[int, Sequence[str]]:
    """The criteria for which each person has sent evidence."""
    query = (
        select(Submission.participant_id, Evidence.criterion)
        .join(Evidence, Evidence.submission_id == Submission.id)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(Participant.engagement_id == case.id)
        .distinct()
        .order_by(Submission.participant_id, Evidence.criterion)
    )
    found: dict[int, list[str]] = {}
    for number, criterion in session.execute(query):
        found.setdefault(number, []).append(criterion)
    return found


def _without_certificates(session: Session, case: Case, offer: Offer) -> Iterator[str]:
    """Nobody who has one, or is owed one, comes to where none can be sent again, put right or printed."""
    if offer.certificate is not None:
        return
    held = exists().where(Certificate.engagement_id == case.id)
    printing = (OwedEffect.kind == "certificate") & holds(OwedEffect.status, "owed", "claimed")
    owed = exists().where(OwedEffect.engagement_id == case.id, printing)
    if session.scalar(select(or_(held, owed))):
        yield f"{'-'.join(offer.key)} has no certificates, and there are some here."


def _change_rows(session: Session, case: Case, offer: Offer, renamed: Renamed) -> dict[str, str]:
    """The engagement is of the other version, its meetings are of the kinds that it knows, and what it owes keeps the
    version that owed it. Returns what meetings were called that are called otherwise."""
    keep_version(session, case.id, case.offer[1])
    engagement = session.get_one(Engagement, case.id)
    engagement.bought_version = engagement.bought_version or case.offer[1]
    engagement.offer_version = offer.offer.version
    kinds = {}
    for meeting in session.scalars(select(Appointment).where(Appointment.engagement_id == case.id)):
        becomes = renamed.meeting(meeting.kind)
        if becomes != meeting.kind:
            kinds[str(meeting.id)], meeting.kind = meeting.kind, becomes
    session.flush()
    return kinds


def _data(case: Case, offer: Offer, stage: str, kinds: Mapping[str, str]) -> dict[str, object]:
    data: dict[str, object] = {"version": {"from": case.offer[1], "to": offer.offer.version}}
    if kinds:
        data["kinds"] = dict(kinds)
    if stage != case.stage:
        data["since"] = case.stage_since.isoformat()
    return data
