"""Entry phases: what the school or the person proposes, what it rests on, and what the council agrees to.

Criteria and certificate follow from the phase, so a phase that is only proposed lets nobody send in evidence. Use
`participants` for everything else about a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES, Actor
from workflow.domain.lifecycles import COMPLETED_STATUSES, DECIDED_STATUSES
from workflow.engine.catalogue import offers_of
from workflow.english import in_words, listed
from workflow.errors import BadInput, Conflict, NotAllowed, Problem
from workflow.offer.definition import Offer
from workflow.offer.phase_guide import questions, suggest
from workflow.offer.terms import Phase
from workflow.sanitise import block, tidy
from workflow.store.cases import Case
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.usecases import participants

#: How many characters the words of a basis may have.
TEXT_LIMIT = 4000
_PROPOSE = ("school_lead", "participant", *COUNCIL_ROLES)
#: Evidence may be recorded as sent in without its text, so the status says it too.
_SENT_IN = ("submitted", "in_review", "returned")
_YES, _NO = " Yes", " No"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a phase rests on: what somebody has done, in words, and which of the questions that the offer asks about its
    phases are answered with yes, by their names."""

    experience: str
    yes: frozenset[str] = frozenset()


def suggested(phases: Sequence[Phase], answers: str) -> int | None:
    """The phase that answers point to, as they were written down. Pure; nobody is bound by it.

    None where the offer asks nothing, or asks something else by now.
    """
    said = {line.removesuffix(_YES).removesuffix(_NO): line.endswith(_YES) for line in answers.splitlines()}
    asked = questions(phases)
    if not asked or any(one.text not in said for one in asked):
        return None
    return suggest(phases, {one.name: said[one.text] for one in asked}).phase.number


def _answers(phases: Sequence[Phase], basis: Basis) -> str:
    """A line for each question, as it was asked, so that it can be read whatever is asked later."""
    return "\n".join(f"{one.text}{_YES if one.name in basis.yes else _NO}" for one in questions(phases))


def propose(
    session: Session, engagement_id: int, email: str, phase: int, basis: Basis, *, actor: Actor, now: datetime
) -> Participant:
    """Writes down the phase asked for and what it rests on; what was proposed or agreed before is replaced.

    Raises NotFound, NotAllowed, BadInput, or Conflict once evidence was sent in or nothing is open about the person.
    """
    case = engine.open_case(session, engagement_id)
    person = participants.one_of(session, engagement_id, email)
    _may_propose(actor, person)
    if person.status in DECIDED_STATUSES:
        raise Conflict(f"{person.name} is {in_words(person.status)}; the phase is not open any more.")
    if _has_sent_in(case, person):
        raise Conflict(f"{person.name} has sent in evidence for phase {person.phase}, so that phase stays.")
    offer = _known(session, case, phase)
    _write(session, person, phase, offer, _usable(offer, basis), actor=actor, now=now)
    person.phase, person.phase_agreed = phase, False
    data = {"participant": person.id, "phase": phase}
    engine.record(session, case, "phase_proposed", actor=actor, now=now, data=data)
    return person


def agree(session: Session, engagement_id: int, email: str, phase: int, *, actor: Actor, now: datetime) -> Participant:
    """The council agrees to the phase proposed, or settles on another.

    Raises NotFound, NotAllowed, BadInput, or Conflict once the person is through or sent in evidence for another phase.
    """
    case = engine.open_case(session, engagement_id)
    person = participants.one_of(session, engagement_id, email)
    if actor.role not in ADVISING_ROLES:
        raise NotAllowed(f"A phase is agreed by the advisor or the lead advisor; you act as {actor.title}.")
    _known(session, case, phase)
    _still_open(case, person, phase)
    person.phase, person.phase_agreed = phase, True
    participants.follow(session, person)
    basis = session.get(EntryBasis, person.id)
    if basis is not None:
        basis.agreed_phase, basis.agreed_by_id, basis.agreed_at = phase, actor.user_id, now
    data = {"participant": person.id, "phase": phase}
    engine.record(session, case, "phase_agreed", actor=actor, now=now, data=data)
    return person


def _may_propose(actor: Actor, person: Participant) -> None:
    if actor.role not in _PROPOSE:
        raise NotAllowed(f"A phase is proposed by the school, the person or the council; you act as {actor.title}.")
    if actor.participant_id not in (None, person.id):
        raise NotAllowed("You can propose a phase for yourself only.")


def _still_open(case: Case, person: Participant, phase: int) -> None:
    if person.status in {*COMPLETED_STATUSES, "withdrawn"}:
        raise Conflict(f"{person.name} is {in_words(person.status)}; the phase is not open any more.")
    if phase != person.phase and _has_sent_in(case, person):
        raise Conflict(
            f"{person.name} has sent in evidence for phase {person.phase}, which is judged by its own criteria. "
            f"Agree to phase {person.phase}, or let the person come back for phase {phase} later."
        )


def _has_sent_in(case: Case, person: Participant) -> bool:
    fact = next(one for one in case.facts.participants if one.id == person.id)
    return fact.sent > 0 or person.status in _SENT_IN


def _known(session: Session, case: Case, phase: int) -> Offer:
    """The offer, which has this phase. Raises BadInput."""
    offer = offers_of(session).machine(*case.offer).offer
    if phase not in offer.phase:
        raise BadInput(f"There is no phase {phase}; choose {listed([str(one) for one in offer.phase], 'or')}.")
    return offer


def _usable(offer: Offer, basis: Basis) -> Basis:
    """The text tidied and bounded. Raises BadInput with everything that cannot be used."""
    problems = tuple(_problems(offer, basis))
    if problems:
        raise BadInput("What the phase rests on cannot be used.", problems)
    return replace(basis, experience=tidy(basis.experience))


def _problems(offer: Offer, basis: Basis) -> Iterator[Problem]:
    try:
        block(basis.experience, "The experience", TEXT_LIMIT)
    except ValueError as error:
        yield Problem("experience", str(error))
    known = {one.name for one in questions(offer.phases)}
    for name in sorted(basis.yes - known):
        yield Problem(name, f"there is no such question; there are {listed(sorted(known)) or 'none'}.")


def _write(
    session: Session, person: Participant, phase: int, offer: Offer, basis: Basis, *, actor: Actor, now: datetime
) -> None:
    """Replaces the whole row, so that an agreement to an earlier proposal does not pass for one to this."""
    session.merge(
        EntryBasis(
            participant_id=person.id,
            proposed_phase=phase,
            proposed_by=actor.token,
            proposed_at=now,
            experience=basis.experience,
            answers=_answers(offer.phases, basis),
            agreed_phase=None,
            agreed_by_id=None,
            agreed_at=None,
        )
    )
