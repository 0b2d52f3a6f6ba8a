"""Files that a participant has chosen and not sent in yet: kept for them beside their draft, criterion by criterion.

Each is looked into when it is chosen, so that nobody hears on the last day that a file cannot be taken. Sending the
evidence takes them along and ends them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from workflow.documents.evidence_file import EvidenceFile, inspect
from workflow.english import count_of
from workflow.errors import Problem
from workflow.offer.terms import EvidenceLimits
from workflow.store.session import Store
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.submission import keep_file
from workflow.store.unused_files import drop_unused
from workflow.usecases.people.drafts import KEPT

#: Files by the criterion's code: names and bytes.
Chosen = Mapping[str, Sequence[tuple[str, bytes]]]


def keep(
    store: Store, participant_id: int, chosen: Chosen, limits: EvidenceLimits, now: datetime
) -> tuple[Problem, ...]:
    """Keeps those that can be sent in, and says by criterion what is wrong with the others.

    They are looked into before anything is locked, as that takes a while.
    """
    problems = list[Problem]()
    named = [(code, file) for code, files in chosen.items() for file in files]
    looked_into = inspect([file for _, file in named], limits.megabytes * 1_000_000)
    good = list[tuple[str, EvidenceFile]]()
    for (code, _), found in zip(named, looked_into, strict=True):
        if isinstance(found, str):
            problems.append(Problem(code, found))
        else:
            good.append((code, found))
    with store.writing() as session:
        problems += _add(session, participant_id, good, limits.files, now)
    return tuple(problems)


def _add(
    session: Session, participant_id: int, good: Sequence[tuple[str, EvidenceFile]], limit: int, now: datetime
) -> Iterator[Problem]:
    """The same file twice is one."""
    session.get_one(Participant, participant_id, with_for_update=True)
    known = {code: {one.sha256 for one in files} for code, files in of(session, participant_id).items()}
    for code, file in good:
        there = known.setdefault(code, set())
        if file.sha256 in there:
            continue
        if len(there) >= limit:
            at_most = count_of(limit, "file")
            yield Problem(code, f"takes at most {at_most}; “{file.name}” is not kept. Remove one first.")
            continue
        there.add(file.sha256)
        row = UnsentFile(participant_id=participant_id, criterion=code, name=file.name, kept_at=now)
        row.sha256 = keep_file(session, file, now)
        session.add(row)


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
