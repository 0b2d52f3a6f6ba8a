"""The shelf: folders on this machine that hold the record's offers, for whatever reads folders.

It is a copy. What is missing or changed in it is written anew, so nothing that happens to it matters.
"""

import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.errors import BadInput
from workflow.offer.revisions.folder_files import digests_of, read_files
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.usecases.offers.revisions import files_of

_NAME_LENGTH = 32


class Shelf(NamedTuple):
    """`place` holds one folder for each offer; `faults` are about those that the record cannot give back."""

    place: Path
    faults: dict[str, str]


def folder_name(revision: OfferRevision) -> str:
    return f"{revision.code}-{revision.version}"


def lay_out(session: Session, revisions: Sequence[OfferRevision], root: Path) -> Shelf:
    """One place for each choice of revisions: what somebody reads meanwhile stays as it is."""
    lines = "".join(f"{folder_name(one)} {one.digest}\n" for one in revisions)
    place = root / sha256(lines.encode()).hexdigest()[:_NAME_LENGTH]
    there = {folder_name(one): one for one in revisions}
    if all(_is_whole(place / name, one) for name, one in there.items()) and place.is_dir():
        return Shelf(place, {})
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".new-", dir=root))
    try:
        faults = {name: told for name, one in there.items() if (told := write_out(session, one, draft / name))}
        _put(draft, place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Shelf(place, faults)


def write_out(session: Session, revision: OfferRevision, folder: Path) -> str:
    """Writes its files into a folder that is not there yet. Returns what is wrong, and then there is no folder."""
    files = dict(files_of(session, revision))
    lost = [path for path, digest in digests_of(files).items() if digest != revision.files[path]]
    lost += [path for path in revision.files if path not in files]
    if lost:
        return f"The record no longer holds {min(lost)} as it was installed. Install the offer's folder once more."
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return ""


def _is_whole(folder: Path, revision: OfferRevision) -> bool:
    try:
        return folder.is_dir() and digests_of(read_files(folder)) == revision.files
    except (BadInput, OSError):
        return False


def _put(draft: Path, place: Path) -> None:
    """In one step, whoever else does the same; what stood there and was not whole is moved away first."""
    if place.exists():
        broken = Path(mkdtemp(prefix=".old-", dir=place.parent))
        _move(place, broken / "it")
        shutil.rmtree(broken, ignore_errors=True)
    _move(draft, place)


def _move(one: Path, to: Path) -> None:
    """Another process may have been faster; then what it put there is the same."""
    try:
        one.rename(to)
    except OSError:
        if not to.exists():
            raise
