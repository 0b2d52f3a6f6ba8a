"""An email of an installed offer in other words: looked at as a draft, then put into use as a correction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import BadInput, CheckFailed, NotFound, Problem
from workflow.offer.check.on_disk import prove
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer
from workflow.offer.revisions.corrections import more_than_words
from workflow.store.session import Store
from workflow.usecases.offers import revisions
from workflow.usecases.offers.install import Installed, NoCorrection, install
from workflow.usecases.offers.shelf import write_out

#: An email of this many characters is thirty pages long.
MOST = 100_000


class Words(NamedTuple):
    """The file of an email as it stands, and in which revision of the offer."""

    text: str
    revision: int


def words_of(session: Session, name: str, email: str) -> Words:
    """Raises NotFound where the offer is not in the record, or has no such email."""
    revision, path = revisions.named(session, name), _path(email)
    if path not in revision.files:
        raise NotFound(f"The offer {name} has no email “{email}”.")
    content = dict(revisions.files_of(session, revision)).get(path, b"")
    return Words(content.decode(), revision.revision)


def drafted(session: Session, name: str, email: str, text: str) -> Offer:
    """The offer as it would be. Raises BadInput with what is wrong with the words, or with what is more than words."""
    with _folder_with(session, name, email, text) as folder:
        if faults := prove(folder):
            raise BadInput("These words cannot be used. Mend this and look again.", tuple(faults))
        after = load_offer(folder)
    with _folder_with(session, name, email, words_of(session, name, email).text) as folder:
        before = load_offer(folder)
    if more := more_than_words(before, after):
        told = tuple(Problem(_path(email), sentence) for sentence in more)
        raise NoCorrection("Only words are corrected here. Put the rest back as it was.", told)
    return after


def reword(store: Store, name: str, email: str, text: str, *, seen: int, actor: Actor, now: datetime) -> Installed:
    """`seen` is the revision that was looked at. Raises NotAllowed, BadInput, or Conflict where there is another."""
    with store.reading() as session, _folder_with(session, name, email, text) as folder:
        return install(store, folder, actor=actor, now=now, after=seen)


@contextmanager
def _folder_with(session: Session, name: str, email: str, text: str) -> Iterator[Path]:
    """What is in use, with one email otherwise."""
    if len(text) > MOST:
        raise BadInput(f"An email has at most {MOST:,} characters. Make it shorter.")
    words_of(session, name, email)
    with TemporaryDirectory(prefix="offer-") as place:
        folder = Path(place) / name
        if trouble := write_out(session, revisions.named(session, name), folder):
            raise CheckFailed(trouble)
        lines = "\n".join(text.splitlines()).rstrip() + "\n"
        (folder / _path(email)).write_text(lines, encoding="utf-8")
        yield folder


def _path(email: str) -> str:
    return f"emails/{email}.md"
