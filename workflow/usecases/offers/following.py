"""An installation that follows a folder: what is new there is installed by itself, and so is what is corrected."""

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from workflow.containment import contained
from workflow.domain.actor import SYSTEM
from workflow.errors import BadInput
from workflow.offer.loader import first_of
from workflow.store.session import Store
from workflow.usecases.offers.install import NoCorrection, install, was_installed

_log = logging.getLogger(__name__)


def follow(store: Store, folder: Path, now: datetime) -> dict[str, str]:
    """What is wrong with those that cannot be installed, by the name of their folder.

    Nothing happens while the database is away or has no tables yet.
    """
    faults: dict[str, str] = {}
    try:
        for one in _offers_in(folder):
            with contained(f"the offer in {one.name}", partial(faults.__setitem__, one.name)):
                try:
                    _follow(store, one, now)
                except NoCorrection as wrong:
                    faults[one.name] = f"{wrong.sentence} {first_of(wrong)}"
                except BadInput as wrong:
                    faults[one.name] = first_of(wrong)
    except DatabaseError:
        return {}
    return faults


def _offers_in(root: Path) -> Iterator[Path]:
    """A copy of a folder has a longer name than the folder itself, and comes after it."""
    return iter(sorted((page.parent for page in root.glob("*/offer.toml")), key=lambda one: (len(one.name), one.name)))


def _follow(store: Store, folder: Path, now: datetime) -> None:
    with store.reading() as session:
        if was_installed(session, folder):  # what somebody corrected since is not taken back
            return
    done = install(store, folder, actor=SYSTEM, now=now)
    _log.info("%s, revision %s: %s", done.name, done.revision, done.outcome)
