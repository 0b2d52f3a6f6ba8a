"""One result for a form, however often it is sent: what it did is kept with it, and told again.

Whoever sends a form for the second time meets a record that has changed since, by themselves. They are told what the
first did, and not that somebody was quicker.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.store.tables.requests.receipt import Receipt

#: Nobody goes back to a form that is older than a session at a desk.
_KEPT = timedelta(days=1)


def key_of(actor: Actor, reference: str, wish: str) -> str:
    """Nobody reads another's receipt, nor one of another engagement. Empty for a form without a mark."""
    return sha256(f"{actor.token} {reference} {wish}".encode()).hexdigest() if wish else ""


def keep(session: Session, key: str, told: str, now: datetime) -> None:
    """With what the form does, in one transaction; older ones are dropped."""
    session.execute(delete(Receipt).where(Receipt.at < now - _KEPT))
    if key:
        session.merge(Receipt(key=key, told_text=told, at=now))


def told(session: Session, key: str) -> str:
    """What the same form did before; empty where it has done nothing yet."""
    kept = session.get(Receipt, key) if key else None
    return kept.told_text if kept else ""
