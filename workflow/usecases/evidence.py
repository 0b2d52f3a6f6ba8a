"""The framework: evidence sent in by a participant, in versions, and the reviews that decide about each criterion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, insert, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.documents.evidence_file import EvidenceFile, inspect
from workflow.domain.actor import Actor
from workflow.domain.effects import Effect, Recipient
from workflow.domain.happening import Owes
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.english import count_of
from workflow.errors import BadInput, Conflict, Problem
from workflow.offer.definition import Offer
from workflow.sanitise import block
from workflow.store.cases import Case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import (
    CriterionDecision,
    Evidence,
    EvidenceAttachment,
    Review,
    Submission,
    keep_file,
)
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action
from workflow.usecases.participants import agree_own, one_of

TEXT_LIMIT = 10_000
_MEGABYTE = 1_000_000
_VERSIONS = select(Submission).where(Submission.participant_id == bindparam("person")).order_by(Submission.version)
_REVIEWED = select(Review.id).where(Review.taken_back.is_(False), Review.submission_id == bindparam("version"))
#: Every decision about somebody's evidence that stands, oldest version first.
_DECISIONS: Select[str, str, str] = (
    select(CriterionDecision.criterion, CriterionDecision.decision, CriterionDecision.text)
    .join(Review, Review.id == CriterionDecision.review_id)
    .join(Submission, Submission.id == Review.submission_id)
    .where(Submission.participant_id == bindparam("person"), Review.taken_back.is_(False))
    .order_by(Submission.version)
)


class KeptFile(NamedTuple):
    """A file that was looked into and stored before, under the name that its owner gave it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """What somebody says about one criterion: words, files (name and bytes), files that are `kept` already, or several
    of these. What was `looked_into` before anything was locked is a file as it may be kept, or a sentence why not."""

    text: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    kept: tuple[KeptFile, ...] = ()
    looked_into: tuple[EvidenceFile | str, ...] = ()

    @property
    def how_many_files(self) -> int:
        return len(self.files) + len(self.kept) + len(self.looked_into)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says about one criterion; `text` tells what is missing when it is not met."""

    met: bool
    text: str = ""


def send_in(
    session: Session,
    engagement_id: int,
    email: str,
    pieces: Mapping[str, EvidencePiece],
    *,
    actor: Actor,
    now: datetime,
) -> Submission:
    """A new version of somebody's evidence. The first holds every criterion, later ones those that were not met.

    Raises BadInput with every criterion that is missing, not asked for or cannot be kept; nothing is written then.
    """
    case, offer, person = _opened(session, engagement_id, email)
    agree_own(actor, person)
    step = change_status(session, case, "participant", person, "submit", actor=actor)
    if not offer.phase[person.phase].criteria:
        raise Conflict(f"Phase {person.phase} asks for no evidence by criterion. Record it as sent in instead.")
    files = _checked(offer, open_criteria(session, offer, person), pieces)
    versions = _versions(session, person.id)
    submission = Submission(participant_id=person.id, version=len(versions) + 1, sent_by=actor.token, sent_at=now)
    session.add(submission)
    session.flush()
    session.execute(
        insert(Evidence),
        [{"submission_id": submission.id, "criterion": code, "text": _text(piece)} for code, piece in pieces.items()],
    )
    _attach(session, submission, {code: [*_stored(session, one, files[code], now)] for code, one in pieces.items()})
    data = {"participant": person.id, "submission": submission.id}
    engine.record(session, case, "participant_submitted", actor=actor, now=now, data=data, statuses=[step])
    return submission


def _stored(session: Session, piece: EvidencePiece, files: Iterable[EvidenceFile], now: datetime) -> Iterable[KeptFile]:
    """One that was kept already and is chosen again is one."""
    yield from piece.kept
    there = {one.sha256 for one in piece.kept}
    for one in files:
        if one.sha256 not in there:
            yield KeptFile(one.name, keep_file(session, one, now))


def _attach(session: Session, submission: Submission, files: Mapping[str, Iterable[KeptFile]]) -> None:
    own = select(Evidence.criterion, Evidence.id).where(Evidence.submission_id == submission.id)
    for code, number in session.execute(own).all() if any(files.values()) else ():
        session.add_all(EvidenceAttachment(evidence_id=number, sha256=one.sha256, name=one.name) for one in files[code])


def open_criteria(session: Session, offer: Offer, person: Participant) -> list[str]:
    """The codes that the next version must hold: all of the phase at first, then those that were not met."""
    met = {code for code, decision in _decided(session, person.id).items() if decision == "met"}
    return [one.code for one in offer.phase[person.phase].criteria if one.code not in met]


def review(
    session: Session, engagement_id: int, email: str, decisions: Mapping[str, Decision], *, actor: Actor, now: datetime
) -> Review:
    """Decides about each criterion of the last version: accepted when none is left, returned otherwise.

    Raises BadInput for a criterion without a decision or a refusal without a reason, Conflict when no version waits for
    a review, and what `change_status` raises.
    """
    case, offer, person = _opened(session, engagement_id, email)
    taken = []
    if person.status != "in_review":
        taken.append(change_status(session, case, "participant", person, "review", actor=actor))
    last = _waiting(session, person)
    _agree_decisions(session, last, decisions)
    row = Review(submission_id=last.id, reviewer_id=actor.user_id, unmet=0, reviewed_at=now)
    session.add(row)
    session.flush()
    session.add_all(
        CriterionDecision(review_id=row.id, criterion=code, decision=_word(one), text=_text(one))
        for code, one in decisions.items()
    )
    session.flush()
    row.unmet = len(open_criteria(session, offer, person))
    session.flush()
    verb = "return" if row.unmet else "accept"
    taken.append(
        change_status(session, engine.open_case(session, engagement_id), "participant", person, verb, actor=actor)
    )
    data, owes = {"participant": person.id, "submission": last.id, "review": row.id}, list[Owes]()
    if row.unmet and _returns(session, person.id) >= offer.policy.support_after:
        data["action"], owes = _support(session, case, offer, person, now), _call(offer)
    said = "participant_returned" if row.unmet else "participant_completed"
    engine.record(session, case, said, actor=actor, now=now, data=data, statuses=taken, owes=owes)
    return row


def comments(session: Session, participant_id: int) -> dict[str, str]:
    """What the last reviews say about criteria that are not met yet, by code."""
    rows = session.execute(_DECISIONS, {"person": participant_id}).all()
    latest = {row.criterion: row for row in rows}
    return {code: row.text for code, row in latest.items() if row.decision == "not_met"}


def _opened(session: Session, engagement_id: int, email: str) -> tuple[Case, Offer, Participant]:
    case = engine.open_case(session, engagement_id)
    return case, offers_of(session).machine(*case.offer).offer, one_of(session, engagement_id, email)


def _versions(session: Session, participant_id: int) -> list[Submission]:
    return list(session.scalars(_VERSIONS, {"person": participant_id}))


def _waiting(session: Session, person: Participant) -> Submission:
    """The version to decide about. There is none when evidence was only recorded as sent in, without what it says."""
    last = _versions(session, person.id)[-1:]
    if not last or session.scalars(_REVIEWED, {"version": last[0].id}).first() is not None:
        raise Conflict(
            f"Nothing that {person.name} sent in here waits for a review. If it reached you another way, record it as "
            "returned, with a note, or as completed."
        )
    return last[0]


def _decided(session: Session, participant_id: int) -> dict[str, str]:
    """The latest decision about each criterion, over all versions."""
    return {row.criterion: row.decision for row in session.execute(_DECISIONS, {"person": participant_id})}


def _returns(session: Session, participant_id: int) -> int:
    own = Submission.participant_id == participant_id
    came_back = (Review.unmet > 0) & Review.taken_back.is_(False)
    found = select(func.count(Review.id)).join(Submission, Submission.id == Review.submission_id)
    return session.scalar(found.where(own, came_back)) or 0


def _checked(offer: Offer, wanted: list[str], pieces: Mapping[str, EvidencePiece]) -> dict[str, list[EvidenceFile]]:
    """The files of each criterion, looked into. Raises BadInput with everything that is wrong."""
    problems = [
        Problem(code, "send something for this criterion: words, a file, or both.")
        for code in wanted
        if code not in pieces or not (pieces[code].text.strip() or pieces[code].how_many_files)
    ]
    problems += [Problem(code, "is not asked for now; leave it out.") for code in pieces if code not in wanted]
    named = [(code, file) for code, piece in pieces.items() for file in _asked_for(offer, code, piece, problems)]
    looked_into = inspect([file for _, file in named], offer.policy.evidence.megabytes * _MEGABYTE)
    files: dict[str, list[EvidenceFile]] = {code: [] for code in pieces}
    before = [(code, found) for code, piece in pieces.items() for found in piece.looked_into]
    for code, found in [*zip([code for code, _ in named], looked_into, strict=True), *before]:
        if isinstance(found, str):
            problems.append(Problem(code, found))
        else:
            files[code].append(found)
    if problems:
        in_order = sorted(problems, key=lambda one: one.where)
        raise BadInput("This evidence cannot be sent in yet.", tuple(in_order))
    return files


def _asked_for(offer: Offer, code: str, piece: EvidencePiece, problems: list[Problem]) -> Iterable[tuple[str, bytes]]:
    """Its files, if its words fit."""
    limits = offer.policy.evidence
    if piece.how_many_files > limits.files:
        problems.append(Problem(code, f"takes at most {count_of(limits.files, 'file')}; choose the best ones."))
    try:
        _text(piece)
    except ValueError as error:
        problems.append(Problem(code, str(error)))
    return piece.files[: limits.files]


def _text(said: EvidencePiece | Decision) -> str:
    return block(said.text, "What you wrote", TEXT_LIMIT) if said.text.strip() else ""


def _word(decision: Decision) -> str:
    return "met" if decision.met else "not_met"


def _agree_decisions(session: Session, last: Submission, decisions: Mapping[str, Decision]) -> None:
    own = Evidence.submission_id == last.id
    sent = session.scalars(select(Evidence.criterion).where(own).order_by(Evidence.criterion)).all()
    problems = [Problem(code, "needs a decision: met or not met.") for code in sent if code not in decisions]
    problems += [Problem(code, "is not part of this version.") for code in decisions if code not in sent]
    problems += [Problem(code, wrong) for code, one in decisions.items() for wrong in _unusable(one)]
    if problems:
        raise BadInput("This review cannot be recorded yet.", tuple(problems))


def _unusable(decision: Decision) -> Iterable[str]:
    if not decision.met and not decision.text.strip():
        yield "say what is missing, so that its owner can mend it."
    try:
        _text(decision)
    except ValueError as error:
        yield str(error)


def _support(session: Session, case: Case, offer: Offer, person: Participant, now: datetime) -> int:
    """Something for the advisor to do: a conversation helps more than another letter. Returns its number."""
    advisor = session.get(User, session.get_one(Engagement, case.id).advisor_id or 0)
    action = Action(
        engagement_id=case.id,
        kind="support",
        participant_id=person.id,
        what_text=f"Talk to {person.name} about the evidence that came back.",
        owner_name=advisor.name if advisor else offer.offer.provider,
        due_on=offer.calendar.add(offer.calendar.local_day(now), offer.policy.support_within),
        created_at=now,
    )
    session.add(action)
    session.flush()
    return action.id


def _call(offer: Offer) -> list[Owes]:
    """Tells the advisor, once for each such return."""
    name = offer.policy.support
    return [Owes(Effect("email", name), Recipient("advisor"))] if name else []
