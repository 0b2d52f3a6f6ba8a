"""Installing an offer: its folder goes into the record, once it is proved sound."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, Problem
from workflow.offer.check.on_disk import prove
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer
from workflow.offer.revisions.corrections import more_than_words
from workflow.offer.revisions.folder_files import digest_of, digests_of, read_files
from workflow.store.dialect import one_at_a_time
from workflow.store.session import Store
from workflow.store.tables.offers.offer_file import OfferFile
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.usecases.offers import revisions, starts
from workflow.usecases.offers.permission import agree_may
from workflow.usecases.offers.shelf import folder_name, write_out


class NoCorrection(BadInput):
    """A version that is in use says more than other words."""


class Installed(NamedTuple):
    """What came of it. `mended` is a revision in place of one that this program cannot read."""

    name: str
    revision: int
    outcome: Literal["installed", "corrected", "mended", "as it was"]


def was_installed(session: Session, folder: Path) -> bool:
    """Whether this very folder is in use, or was before it was corrected. Raises BadInput where it could not be."""
    return revisions.is_known(session, digest_of(digests_of(read_files(folder))))


def install(
    store: Store,
    folder: Path,
    *,
    actor: Actor,
    now: datetime,
    starts_on: date | None = None,
    after: int | None = None,
) -> Installed:
    """Its code and version again are a correction, if nothing but words, calendar and design is different.

    `after` is the revision that it corrects, where somebody has looked at one; with another in use it is a Conflict.
    Orders from `starts_on` are for it; without a day, a further version takes them from today.

    Raises NotAllowed, or BadInput with one problem for each fault or for each difference that only another version may
    have.
    """
    agree_may(actor)
    files = read_files(folder)
    with _apart(files, folder.name) as copy:
        if faults := prove(copy):
            raise BadInput(f"The offer in {folder.name} cannot be installed. Mend these and try again.", tuple(faults))
        offer = load_offer(copy)
        with store.writing() as session:
            one_at_a_time(session, "offers")
            before = next(iter(revisions.of(session, *offer.key)), None)
            if after is not None and (before is None or before.revision != after):
                raise Conflict("Somebody has corrected this offer since you looked at it. Look again, then decide.")
            is_further = before is None and any(one.code == offer.key[0] for one in revisions.in_use(session))
            done = _write(session, offer, files, before, actor=actor, now=now)
            day = starts_on or (offer.calendar.local_day(now) if is_further else None)
            if day:
                starts.begin_on(session, revisions.of(session, *offer.key)[0], day, actor=actor, now=now)
            return done


def _write(
    session: Session,
    offer: Offer,
    files: dict[str, bytes],
    before: OfferRevision | None,
    *,
    actor: Actor,
    now: datetime,
) -> Installed:
    digests = digests_of(files)
    name, digest = "-".join(offer.key), digest_of(digests)
    if before is not None and before.digest == digest and not _trouble(session, before):
        return Installed(name, before.revision, "as it was")
    outcome = _outcome(session, offer, before)
    for path, content in files.items():
        session.merge(OfferFile(digest=digests[path], data=content))
    revision = OfferRevision(
        code=offer.key[0],
        version=offer.key[1],
        revision=(before.revision if before else 0) + 1,
        digest=digest,
        files=digests,
        installed_at=now,
        installed_by=actor.user_id,
    )
    session.add(revision)
    return Installed(name, revision.revision, outcome)


def _outcome(
    session: Session, offer: Offer, before: OfferRevision | None
) -> Literal["installed", "corrected", "mended"]:
    if before is None:
        return "installed"
    was = _read(session, before)
    if was is None:
        return "mended"
    if more := more_than_words(was, offer):
        told = (
            f"{folder_name(before)} is in use, so nothing but its words, its calendar and its design may be corrected."
        )
        remedy = "Give the page another version for the rest, then install it."
        raise NoCorrection(f"{told} {remedy}", tuple(Problem("offer.toml", one) for one in more))
    return "corrected"


def _read(session: Session, revision: OfferRevision) -> Offer | None:
    """None where the record has lost it, or this program cannot read its page."""
    with TemporaryDirectory(prefix="offer-") as place:
        folder = Path(place) / folder_name(revision)
        if write_out(session, revision, folder):
            return None
        try:
            return load_offer(folder)
        except BadInput:
            return None


def _trouble(session: Session, revision: OfferRevision) -> bool:
    return {*dict(revisions.files_of(session, revision))} != {*revision.files}


@contextmanager
def _apart(files: dict[str, bytes], name: str) -> Iterator[Path]:
    """What is proved is what goes into the record, whatever happens to the folder meanwhile."""
    with TemporaryDirectory(prefix="offer-") as place:
        folder = Path(place) / name
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield folder
