"""One pass over what has been kept for long enough, in the record and beside it: once an hour, or by hand."""

from datetime import datetime

from workflow.store.privacy.scrub import scrub
from workflow.store.session import Store
from workflow.usecases.privacy import files, retention
from workflow.usecases.privacy.places import Places
from workflow.usecases.privacy.retention import Due


def let_go(store: Store, places: Places, now: datetime) -> Due:
    """Freed space is written over where somebody was erased; what goes by its day is only lines of a form or a session.
    Returns what went."""
    gone = retention.sweep(store, now)
    files.drop_old(places, now)
    if gone.engagements or gone.accounts:
        scrub(store.engine)
    return gone
