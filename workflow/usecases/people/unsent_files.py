"""Files that a participant has chosen and not sent in yet: kept for them beside their draft, criterion by criterion.

Each is looked into when it is chosen, so that nobody hears on the last day that a file cannot be taken. Sending the
evidence takes them along and ends them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from workflow.documents.evidence_file import EvidenceFile
from workflow.english import count_of
from workflow.errors import Problem
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.submission import keep_file
from workflow.store.unused_files import drop_unused
from workflow.usecases.people.drafts import KEPT

#: Files by the criterion's code, looked into: each as it may be kept, or the sentence why not.
Chosen = Mapping[str, Sequence[EvidenceFile | str]]


def keep(session: Session, participant_id: int, chosen: Chosen, limit: int, now: datetime) -> tuple[Problem, ...]:
    """Keeps those that can be sent in, at most so many for each criterion, and says by criterion what is wrong with the
    others. The same file twice is one."""
    session.get_one(Participant, participant_id, with_for_update=True)
    there = {(code, one.sha256) for code, files in of(session, participant_id).items() for one in files}
    free = {code: limit - sum(one == code for one, _ in there) for code in chosen}
    problems = list[Problem]()
    for code, file in ((code, file) for code, files in chosen.items() for file in files):
        if isinstance(file, str):
            problems.append(Problem(code, file))
        elif (code, file.sha256) in there:
            continue
        elif not free[code]:
            at_most = count_of(limit, "file")
            told = f"takes at most {at_most}; “{file.name}” is not kept. Remove one first."
            problems.append(Problem(code, told))
        else:
            there.add((code, file.sha256))
            free[code] -= 1
            _add(session, participant_id, code, file, now)
    return tuple(problems)


def _add(session: Session, participant_id: int, code: str, file: EvidenceFile, now: datetime) -> None:
    kept = keep_file(session, file, now)
    session.add(UnsentFile(participant_id=participant_id, criterion=code, sha256=kept, name=file.name, kept_at=now))


def of(session: Session, participant_id: int) -> Mapping[str, Sequence[UnsentFile]]:
    """What somebody has chosen so far, by the criterion's code, in one query."""
    found: dict[str, list[UnsentFile]] = {}
    own = select(UnsentFile).where(UnsentFile.participant_id == participant_id).order_by(UnsentFile.id)
    for one in session.scalars(own):
        found.setdefault(one.criterion, []).append(one)
    return found


def drop(session: Session, participant_id: int, number: int | None = None) -> None:
    """One of somebody's, or all of them. That there is none is no mistake."""
    own = UnsentFile.participant_id == participant_id
    remove(session, own if number is None else own & (UnsentFile.id == number))


def drop_old(session: Session, now: datetime) -> None:
    """Those that were chosen as long ago as the oldest draft."""
    remove(session, UnsentFile.kept_at < now - KEPT)


def remove(session: Session, which: ColumnElement[bool]) -> None:
    """With their contents, where nothing else leads there."""
    hashes = session.scalars(delete(UnsentFile).where(which).returning(UnsentFile.sha256)).all()
    if hashes:
        drop_unused(session, hashes)
