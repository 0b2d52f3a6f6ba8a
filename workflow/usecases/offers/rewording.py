"""A file of an installed offer in other words: its page, its calendar or an email. It is looked at as a draft, then put
into use as a correction.
"""

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

#: A file of this many characters is thirty pages long.
MOST = 100_000


class Words(NamedTuple):
    """A file as it stands, and in which revision of the offer."""

    text: str
    revision: int


class Drafted(NamedTuple):
    """The offer as it is, and as it would be."""

    before: Offer
    after: Offer


def words_of(session: Session, name: str, path: str) -> Words:
    """Raises NotFound where the offer is not in the record, or has no such file."""
    revision = revisions.named(session, name)
    if path not in revision.files:
        raise NotFound(f"The offer {name} has no file {path}.")
    content = dict(revisions.files_of(session, revision)).get(path, b"")
    return Words(content.decode(), revision.revision)


def drafted(session: Session, name: str, path: str, text: str) -> Drafted:
    """Raises BadInput with what is wrong with the words, or with what is more than words."""
    with _folder_with(session, name, path, text) as folder:
        if faults := prove(folder):
            raise BadInput("These words cannot be used. Mend this and look again.", tuple(faults))
        after = load_offer(folder)
    with _folder_with(session, name, path, words_of(session, name, path).text) as folder:
        before = load_offer(folder)
    if more := more_than_words(before, after):
        told = tuple(Problem(path, sentence) for sentence in more)
        raise NoCorrection("Only words are corrected here. Put the rest back as it was.", told)
    return Drafted(before, after)


def reword(store: Store, name: str, path: str, text: str, *, seen: int, actor: Actor, now: datetime) -> Installed:
    """`seen` is the revision that was looked at. Raises NotAllowed, BadInput, or Conflict where there is another."""
    with store.reading() as session, _folder_with(session, name, path, text) as folder:
        return install(store, folder, actor=actor, now=now, after=seen)


@contextmanager
def _folder_with(session: Session, name: str, path: str, text: str) -> Iterator[Path]:
    """What is in use, with one file otherwise."""
    if len(text) > MOST:
        raise BadInput(f"A file has at most {MOST:,} characters. Make it shorter.")
    words_of(session, name, path)
    with TemporaryDirectory(prefix="offer-") as place:
        folder = Path(place) / name
        if trouble := write_out(session, revisions.named(session, name), folder):
            raise CheckFailed(trouble)
        lines = "\n".join(text.splitlines()).rstrip() + "\n"
        (folder / path).write_text(lines, encoding="utf-8")
        yield folder
