"""The offers that the record holds, and which of their revisions is in use."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.store.tables.offers.offer_file import OfferFile
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.store.tables.offers.offer_start import OfferStart

_KEY = (OfferRevision.code, OfferRevision.version)


def newest(session: Session) -> int:
    """The number of what was installed or corrected last; nought when nothing ever was."""
    return session.scalar(select(func.max(OfferRevision.id))) or 0


def last_change(session: Session) -> tuple[int, int]:
    """What is another whenever something is installed or corrected, or begins on another day."""
    last = select(func.max(OfferRevision.id)), select(func.max(OfferStart.id))
    found = session.execute(select(*(one.scalar_subquery() for one in last))).one()
    return found[0] or 0, found[1] or 0


def in_use(session: Session) -> Sequence[OfferRevision]:
    """The newest revision of each code and version."""
    last = select(*_KEY, func.max(OfferRevision.revision)).group_by(*_KEY)
    there = tuple_(*_KEY, OfferRevision.revision).in_(last)
    return session.scalars(select(OfferRevision).where(there).order_by(*_KEY)).all()


def of(session: Session, code: str, version: str) -> Sequence[OfferRevision]:
    """Every revision of it, the newest first."""
    own = select(OfferRevision).where(OfferRevision.code == code, OfferRevision.version == version)
    return session.scalars(own.order_by(OfferRevision.revision.desc())).all()


def is_known(session: Session, digest: str) -> bool:
    """Whether any revision has these files, in use or not."""
    return session.scalar(select(OfferRevision.id).where(OfferRevision.digest == digest).limit(1)) is not None


def named(session: Session, name: str, number: int | None = None) -> OfferRevision:
    """By code with version; the one in use, unless a number is said. Raises NotFound."""
    found = [one for one in in_use(session) if f"{one.code}-{one.version}" == name]
    if not found:
        raise NotFound(f"There is no offer “{name}” in the record. “recognition offer list” says what there is.")
    every = of(session, found[0].code, found[0].version)
    for one in every:
        if number in (None, one.revision):
            return one
    raise NotFound(f"{name} has no revision {number}; the newest is {every[0].revision}.")


def files_of(session: Session, revision: OfferRevision) -> Iterator[tuple[str, bytes]]:
    """Its files with their paths. One that the record has lost is left out."""
    wanted = {str(digest) for digest in revision.files.values()}
    rows = session.execute(select(OfferFile.digest, OfferFile.data).where(OfferFile.digest.in_([*wanted])))
    contents: dict[str, bytes] = {row.digest: row.data for row in rows}
    return ((path, contents[digest]) for path, digest in revision.files.items() if digest in contents)
