"""Participants: who takes part, at which phase, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import COUNCIL_ROLES, Actor
from workflow.domain.email_address import as_kept, email_address
from workflow.domain.person_name import person_name
from workflow.engine import trigger_inputs
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.english import count_of, in_words, listed, the
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Problem, Refusal, Refused
from workflow.store.cases import Case, lock_case
from workflow.store.lookups import goes_on_elsewhere
from workflow.store.reversals import MISTAKE
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.store.tables.rounds.round import Round
from workflow.usecases.contacts import crossings
from workflow.usecases.people import away, readdressed

_BY_EMAIL = select(Participant).where(
    Participant.engagement_id == bindparam("engagement"), Participant.email == bindparam("address")
)


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person put forward: name, email address and phase, as given."""

    name: str
    email: str
    phase: int


def nominate(
    session: Session, engagement_id: int, people: Iterable[Nominee], *, actor: Actor, now: datetime
) -> list[int]:
    """Adds people to an engagement. Somebody who is there already (same address) is left as they are; somebody whose
    nomination was taken back is named anew, as they are given now.

    A phase that the council enters is agreed, and so is the only one there is; one that the school puts forward waits
    for an advisor. Somebody who was recognised before at a lower phase is linked to that participation. Returns the ids
    of those added. Raises BadInput if a name, address or phase cannot be used, and Refused when the order does not pay
    for so many.
    """
    case = engine.open_case(session, engagement_id)
    offer = offers_of(session).machine(*case.offer).offer
    there = {one.email: one for one in session.scalars(_of(engagement_id))}
    phases = tuple(offer.phase)
    if not phases:
        raise BadInput(f"In {the(offer.offer.title)} nobody takes part by name, so there is nobody to name.")
    asked = [_usable_nominee(person, phases) for person in _once(people)]
    missing = [one for one in asked if one.email not in there or taken_back(there[one.email])]
    if not missing:
        return []
    agree_places(case, len(missing))
    named = [_nominated(there.get(one.email) or Participant(engagement_id=engagement_id), one) for one in missing]
    for one in named:
        one.phase_agreed = actor.role in COUNCIL_ROLES or len(phases) == 1
        follow(session, one)
    session.add_all(named)
    session.flush()
    ids = [one.id for one in named]
    engine.record(session, case, "staff_nominated", actor=actor, now=now, data={"participants": ids})
    return ids


def _of(engagement_id: int) -> Select[Participant]:
    return select(Participant).where(Participant.engagement_id == engagement_id)


def taken_back(person: Participant) -> bool:
    """Somebody whose nomination was taken back may be nominated again; who withdrew is left as they are."""
    return (person.status, person.reason) == ("withdrawn", MISTAKE)


def agree_places(case: Case, more: int) -> None:
    """Raises Refused when the order does not pay for so many more people."""
    taken, places = len(case.facts.active_participants), case.facts.places
    if taken + more > places:
        sentence = (
            f"{case.reference} pays for {count_of(places, 'place')}; {taken} are taken and {more} more are asked for. "
            "Name fewer people, withdraw somebody first, or ask the school to buy more places."
        )
        found = f"{taken} of {places} places taken"
        raise Refused(
            "nominate", (Refusal("place_free", found, f"{more} free", "lead advisor", sentence, waivable=False),)
        )


def follow(session: Session, person: Participant) -> None:
    """Links somebody who comes back for a higher phase to the participation in which they were last recognised."""
    if person.before_id is not None:
        return
    before = session.scalar(
        select(Participant)
        .where(Participant.email == person.email, Participant.status == "recognised")
        .where(Participant.phase < person.phase)
        .order_by(Participant.phase.desc(), Participant.id.desc())
    )
    if before is not None:
        person.before_id, person.before_how = before.id, "higher_phase"


def _once(people: Iterable[Nominee]) -> Iterable[Nominee]:
    return {as_kept(person.email): person for person in people}.values()


def _usable_nominee(person: Nominee, phases: tuple[int, ...]) -> Nominee:
    name, email = _usable(person.name, person.email)
    if person.phase not in phases:
        raise BadInput(f"There is no phase {person.phase}; choose {listed([str(one) for one in phases], 'or')}.")
    return Nominee(name, email, person.phase)


def _nominated(person: Participant, given: Nominee) -> Participant:
    person.name, person.email, person.phase = given.name, given.email, given.phase
    person.certificate_name, person.name_confirmed = given.name, False
    person.status, person.reason = "nominated", None
    if person.before_how == "higher_phase":  # which may be another one for the phase they are named for now
        person.before_id = person.before_how = None
    return person


def _usable(name: str, email: str) -> tuple[str, str]:
    try:
        return person_name(name), email_address(email)
    except ValueError as error:
        raise BadInput(str(error)) from None


def move(
    session: Session,
    engagement_id: int,
    email: str,
    verb: str,
    *,
    actor: Actor,
    now: datetime,
    note: str | None = None,
    reason: str | None = None,
) -> Participant:
    """Moves one person on their own journey: complete, defer, withdraw and the offer's other verbs.

    Raises BadInput when the offer wants the code of a reason and gets none, and whatever `change_status` raises.
    """
    case = engine.open_case(session, engagement_id)
    person = one_of(session, engagement_id, email)
    agree_own(actor, person)
    _agree_here(session, person)
    step = change_status(session, case, "participant", person, verb, actor=actor, reason=reason)
    asked = offers_of(session).machine(*case.offer).offer.status_transition["participant", verb].note
    if asked and not trigger_inputs.clean(note):
        raise BadInput(f"“{in_words(verb).capitalize()}” needs a note.", (Problem("note", asked),))
    person.reason = reason
    engine.record(
        session,
        case,
        f"participant_{person.status}",
        actor=actor,
        now=now,
        data={"participant": person.id},
        note=note,
        statuses=[step],
    )
    return person


def _agree_here(session: Session, person: Participant) -> None:
    """Raises Conflict about somebody who goes on at another school: their evidence went with them."""
    if goes_on_elsewhere(session, person):
        raise Conflict(f"{person.name} goes on in another engagement. Transfer them back from there.")


def correct(
    session: Session, engagement_id: int, email: str, *, name: str, new_email: str, actor: Actor, now: datetime
) -> Participant:
    """A name or an address that was wrong, such as one whose letters come back, in every standing, for good. A changed
    name is confirmed anew.

    Raises BadInput, NotFound, or Conflict when somebody else has the address.
    """
    case = lock_case(session, engagement_id)
    person = one_of(session, engagement_id, email)
    _agree_unprinted(session, person, actor)
    right_name, right_email = _usable(name, new_email)
    taken = select(Participant).where(
        Participant.engagement_id == engagement_id, Participant.email == right_email, Participant.id != person.id
    )
    if (other := session.scalar(taken)) is not None:
        raise Conflict(f"{right_email} is {_whose(session, other)} Check which is right.")
    readdressed.agree(session, person, right_email, actor)
    if person.certificate_name == person.name and right_name != person.name:
        person.certificate_name, person.name_confirmed = right_name, False
    crossings.note(session, engagement_id, person.email, right_email, now)
    before, person.name, person.email = person.email, right_name, right_email
    offer = offers_of(session).machine(*case.offer).offer
    owes = readdressed.owed(session, offer, person, before) if actor.role == "school_lead" else []
    data = {"participant": person.id}
    engine.record(session, case, "participant_corrected", actor=actor, now=now, data=data, owes=owes)
    return person


def _whose(session: Session, other: Participant) -> str:
    if away.is_away(other):
        return f"somebody else's address. {away.since_and_why(session, other)}"
    return "the address of somebody else who takes part."


def confirm_name(
    session: Session, engagement_id: int, email: str, *, name: str | None, actor: Actor, now: datetime
) -> Participant:
    """The owner agrees to the name on the certificate, or gives the right one, in every standing, for good.

    Raises BadInput, NotFound, NotAllowed, or Conflict for an owner whose certificate is printed already: the council
    replaces it.
    """
    case = lock_case(session, engagement_id)
    person = one_of(session, engagement_id, email)
    agree_own(actor, person)
    _agree_unprinted(session, person, actor)
    before, was = person.certificate_name, person.name_confirmed
    person.certificate_name = certificate_name(name or before)
    person.name_confirmed = True
    data = {"participant": person.id, "was": was and person.certificate_name == before}
    engine.record(session, case, "name_confirmed", actor=actor, now=now, data=data)
    return person


def _agree_unprinted(session: Session, person: Participant, actor: Actor) -> None:
    """Raises Conflict for a school or an owner once this round's certificate is printed: the council replaces it."""
    if actor.role in (*COUNCIL_ROLES, "system"):
        return
    if printed_of(session, person) is not None:
        whose = "Your" if actor.participant_id == person.id else "The"
        raise Conflict(f"{whose} certificate is issued already. Ask your advisor to replace it if the name is wrong.")


def printed_of(session: Session, person: Participant) -> Certificate | None:
    """That of this round, once it is printed: whoever has it changes nothing on it any more."""
    held = certificate_of(session, person)
    return held if held is not None and held.created_at >= _round_began(session, person) else None


def _round_began(session: Session, person: Participant) -> datetime:
    """When the present round did; what is before it is of a former one."""
    rounds = select(func.max(Round.at)).where(Round.engagement_id == person.engagement_id, ~Round.taken_back)
    return session.scalar(rounds) or datetime.min.replace(tzinfo=UTC)


def certificate_of(session: Session, person: Participant) -> Certificate | None:
    """The certificate of theirs that is current, if there is one."""
    held = (Certificate.participant_id == person.id) & (Certificate.status == "issued")
    return session.scalar(select(Certificate).where(held).order_by(Certificate.id.desc()).limit(1))


def agree_own(actor: Actor, person: Participant) -> None:
    """Raises NotAllowed when a participant acts for somebody else."""
    if actor.participant_id not in (None, person.id):
        raise NotAllowed(f"This is about {person.name}, and you act as another participant.")


def certificate_name(text: str) -> str:
    """A name fit to be printed. Raises BadInput."""
    try:
        return person_name(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def one_of(session: Session, engagement_id: int, email: str) -> Participant:
    """The participant with this address. Raises NotFound."""
    person = session.scalar(_BY_EMAIL, {"engagement": engagement_id, "address": as_kept(email)})
    if person is None:
        raise NotFound(f"Nobody with the address {email} takes part in this engagement.")
    return person
