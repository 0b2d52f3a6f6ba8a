"""One person takes another's place, or goes on at another school: two rows change in one transaction.

Whoever leaves does so by the offer's own verb, with the reason that says where to look next; `before_id` says it from
the other end. To let somebody leave whom nobody follows, use `participants.move`.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.email_address import as_kept
from workflow.domain.happening import StatusChange
from workflow.domain.lifecycles import PARTICIPANT, SIDE_STATUSES
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.english import in_words
from workflow.errors import Conflict
from workflow.store.cases import Case
from workflow.store.tables.event import Event
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.store.tables.submission import Submission
from workflow.usecases import participants, registers
from workflow.usecases.participants import Nominee
from workflow.usecases.people import away

#: The codes that a journey must have among the reasons of “withdraw” for these two to be possible.
REPLACED, TRANSFERRED = "replaced", "transferred"
#: Statuses that do not carry over as they are: a review begins again where the person goes on, and so does somebody
#: who was away.
_CARRIED: Mapping[str, str] = MappingProxyType({"in_review": "submitted", "deferred": PARTICIPANT.start})


def replace(
    session: Session,
    engagement_id: int,
    email: str,
    nominee: Nominee,
    *,
    actor: Actor,
    now: datetime,
    note: str | None = None,
) -> Participant:
    """Somebody else takes the person's place. Returns the one who comes.

    Both rows change before either event is recorded: a withdrawal on its own could settle the engagement as if
    everybody were decided. One event is the other's cause, so an undo takes back both. Raises Conflict when the
    nominee takes part already, and whatever `change_status` and `participants.nominate` raise.
    """
    case = engine.open_case(session, engagement_id)
    leaving = participants.one_of(session, engagement_id, email)
    if as_kept(nominee.email) == leaving.email:
        raise Conflict(f"{leaving.email} is the address of {leaving.name}, who leaves. Name somebody else.")
    step = leave(session, case, leaving, REPLACED, actor)
    added = participants.nominate(session, engagement_id, [nominee], actor=actor, now=now)
    if not added:
        raise Conflict(_named_before(session, participants.one_of(session, engagement_id, nominee.email)))
    coming = session.get_one(Participant, added[0])
    coming.before_id, coming.before_how = leaving.id, "replaces"
    engine.record(
        session,
        case,
        "participant_withdrawn",
        actor=actor,
        now=now,
        data={"participant": leaving.id},
        note=note,
        statuses=[step],
        caused_by=_last(session, engagement_id, "staff_nominated"),
    )
    return coming


def _named_before(session: Session, person: Participant) -> str:
    if away.is_away(person):
        return f"{away.since_and_why(session, person)} {away.way_back(session, person)}"
    return f"{person.email} takes part already. Name somebody else."


def transfer(
    session: Session,
    engagement_id: int,
    email: str,
    to_engagement_id: int,
    *,
    actor: Actor,
    now: datetime,
    note: str | None = None,
) -> Participant:
    """The person goes on in another engagement of the same offer, with the evidence sent in. Returns the new row.

    Raises NotFound, NotAllowed, Refused when no place is free there, or Conflict when there is nothing to go on with.
    """
    here, there = _both(session, engagement_id, to_engagement_id)
    leaving = participants.one_of(session, engagement_id, email)
    _agree(session, here, there, leaving)
    participants.agree_places(there, 1)
    coming = _arriving(session, leaving, there)
    coming.status = _CARRIED.get(leaving.status, leaving.status)
    step = leave(session, here, leaving, TRANSFERRED, actor)
    _bring(session, there, leaving, coming)
    engine.record(
        session,
        here,
        "participant_transferred_out",
        actor=actor,
        now=now,
        data={"participant": leaving.id},
        note=note,
        statuses=[step],
    )
    engine.record(
        session, there, "participant_transferred_in", actor=actor, now=now, data={"participant": coming.id}, note=note
    )
    return coming


def go_along(session: Session, there: Case, person: Participant) -> Participant:
    """Everything that somebody did goes with them into an engagement that theirs is joined to. Returns their row there.

    Who takes part in both goes on from where they are further. The caller lets them leave, and records both. Raises
    Conflict for a phase that is not known there.
    """
    earlier = _earlier(session, there, person)
    if earlier is None or _is_further(person, earlier):
        _agree_phase(session, there, person)
        coming = _arriving(session, person, there)
        coming.status, coming.reason = "submitted" if person.status == "in_review" else person.status, person.reason
        _bring(session, there, person, coming)
        return coming
    if earlier.before_id is None:
        earlier.before_id, earlier.before_how = person.id, "transferred"
    _put_in_order(session, _sent_in(session, person), _sent_in(session, earlier), earlier)
    registers.carry_over(session, there, person, earlier)
    return earlier


def _is_further(person: Participant, other: Participant) -> bool:
    """Whoever takes part is further than whoever is away, and whoever is away for a while than who has left."""
    return _rank(person) > _rank(other)


def _rank(person: Participant) -> tuple[bool, bool, int]:
    away = person.status in SIDE_STATUSES
    return not away, person.status != "withdrawn", -1 if away else PARTICIPANT.statuses.index(person.status)


def leave(session: Session, case: Case, person: Participant, reason: str, actor: Actor) -> StatusChange:
    """Written at once, so that whoever counts places next finds this one free."""
    step = change_status(session, case, "participant", person, "withdraw", actor=actor, reason=reason)
    person.reason = reason
    session.flush()
    return step


def _last(session: Session, engagement_id: int, name: str) -> int | None:
    return session.scalar(select(func.max(Event.seq)).where(Event.engagement_id == engagement_id, Event.name == name))


def _both(session: Session, here: int, there: int) -> tuple[Case, Case]:
    """Locks both in the order of their ids, or two transfers that cross would wait for each other for ever."""
    cases = {number: engine.open_case(session, number) for number in sorted({here, there})}
    return cases[here], cases[there]


def _agree(session: Session, here: Case, there: Case, person: Participant) -> None:
    if here.offer[0] != there.offer[0]:
        raise Conflict(f"{there.reference} is of another offer than {here.reference}; nominate {person.name} there.")
    if person.status in PARTICIPANT.ends:
        raise Conflict(f"{person.name} is {in_words(person.status)} in {here.reference} and has nothing to go on with.")
    before = _earlier(session, there, person)
    if before is not None and before.status != "withdrawn":
        raise Conflict(f"{person.email} takes part in {there.reference} already.")
    _agree_phase(session, there, person)


def _agree_phase(session: Session, there: Case, person: Participant) -> None:
    if person.phase not in offers_of(session).machine(*there.offer).offer.phase:
        raise Conflict(f"The offer of {there.reference} has no phase {person.phase}, which {person.name} works on.")


def _earlier(session: Session, there: Case, person: Participant) -> Participant | None:
    """Their own row of an earlier time in that engagement."""
    own = (Participant.engagement_id == there.id) & (Participant.email == person.email)
    return session.scalar(select(Participant).where(own))


def _arriving(session: Session, person: Participant, there: Case) -> Participant:
    """The person as they are, in another engagement; whoever took part there before comes back to the row they had.

    The status is set and not stepped to: the steps that led to it were taken, and are in the history, where the
    person comes from. To take them here again would owe their letters a second time.
    """
    coming = _earlier(session, there, person) or Participant(engagement_id=there.id, email=person.email)
    coming.name, coming.phase, coming.phase_agreed = person.name, person.phase, person.phase_agreed
    coming.reason = None
    coming.certificate_name, coming.name_confirmed = person.certificate_name, person.name_confirmed
    coming.before_id, coming.before_how = person.id, "transferred"
    return coming


def _bring(session: Session, there: Case, leaving: Participant, coming: Participant) -> None:
    """The evidence, after that of an earlier time there; what the phase rests on is what was said last."""
    session.add(coming)
    session.flush()
    _put_in_order(session, _sent_in(session, coming), _sent_in(session, leaving), coming)
    if session.get(EntryBasis, leaving.id) is not None:
        session.execute(delete(EntryBasis).where(EntryBasis.participant_id == coming.id))
        follows = {"participant_id": coming.id}
        session.execute(update(EntryBasis).where(EntryBasis.participant_id == leaving.id).values(follows))
    registers.carry_over(session, there, leaving, coming)


def _sent_in(session: Session, person: Participant) -> list[int]:
    own = Submission.participant_id == person.id
    return list(session.scalars(select(Submission.id).where(own).order_by(Submission.version)))


def _put_in_order(session: Session, before: list[int], after: list[int], person: Participant) -> None:
    """All of it becomes one person's. No two versions may have one number even for a moment, so all are set aside."""
    numbered = [{"id": one, "version": number} for number, one in enumerate([*before, *after], 1)]
    if before and after:
        session.execute(update(Submission), [{**one, "version": -one["version"]} for one in numbered])
    if numbered:
        session.execute(update(Submission), [{**one, "participant_id": person.id} for one in numbered])
