"""What somebody sent in and what was decided about it, as pages and the console tell it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import CriterionDecision, Evidence, EvidenceAttachment, Review, Submission


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One criterion of one version. `files` are numbers and names; `decision` is empty before a review."""

    version: int
    criterion: str
    text: str
    files: tuple[tuple[int, str], ...]
    decision: str
    comment: str


def story(session: Session, participant_id: int) -> list[StoryLine]:
    """Oldest version first, each with its criteria in order. Two queries, however much was sent in."""
    attached = _attached(session, participant_id)
    return list(_lines(session, participant_id, attached))


def _lines(session: Session, participant_id: int, attached: Mapping[int, list[tuple[int, str]]]) -> Iterator[StoryLine]:
    review = (Review.submission_id == Submission.id) & Review.taken_back.is_(False)
    decided = (CriterionDecision.review_id == Review.id) & (CriterionDecision.criterion == Evidence.criterion)
    rows = session.execute(
        select(Submission.version, Evidence, CriterionDecision)
        .join(Evidence, Evidence.submission_id == Submission.id)
        .outerjoin(Review, review)
        .outerjoin(CriterionDecision, decided)
        .where(Submission.participant_id == participant_id)
        .order_by(Submission.version, Evidence.criterion)
    )
    for version, evidence, found in rows:
        said: CriterionDecision | None = found
        decision, comment = (said.decision, said.text) if said is not None else ("", "")
        files = tuple(attached.get(evidence.id, ()))
        yield StoryLine(version, evidence.criterion, evidence.text, files, decision, comment)


def _attached(session: Session, participant_id: int) -> dict[int, list[tuple[int, str]]]:
    """The files of each piece of evidence: their numbers and names."""
    files: dict[int, list[tuple[int, str]]] = {}
    rows = (
        select(EvidenceAttachment.evidence_id, EvidenceAttachment.id, EvidenceAttachment.name)
        .join(Evidence, Evidence.id == EvidenceAttachment.evidence_id)
        .join(Submission, Submission.id == Evidence.submission_id)
        .where(Submission.participant_id == participant_id)
    )
    for evidence_id, number, name in session.execute(rows.order_by(EvidenceAttachment.id)):
        files.setdefault(evidence_id, []).append((number, name))
    return files


def attachment(session: Session, engagement_id: int, number: int) -> EvidenceAttachment:
    """A file of somebody who takes part in this engagement. Raises NotFound for any other."""
    found = session.scalar(
        select(EvidenceAttachment)
        .join(Evidence, Evidence.id == EvidenceAttachment.evidence_id)
        .join(Submission, Submission.id == Evidence.submission_id)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(EvidenceAttachment.id == number, Participant.engagement_id == engagement_id)
    )
    if found is None:
        raise NotFound(f"There is no file number {number} in this engagement.")
    return found


def owner_of(session: Session, attached: EvidenceAttachment) -> int:
    """The number of the participant whose file it is."""
    theirs = select(Submission.participant_id).join(Evidence, Evidence.submission_id == Submission.id)
    return session.execute(theirs.where(Evidence.id == attached.evidence_id)).scalar_one()
