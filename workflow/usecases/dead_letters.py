"""Dead letters: effects the workers gave up, until somebody tries them again or says that they are not owed."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.effects import Recipient
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import BadInput
from workflow.sanitise import block
from workflow.store.cases import lock_case
from workflow.store.outbox import dead


def retry(session: Session, outbox_id: int, *, actor: Actor, now: datetime, engagement_id: int | None = None) -> None:
    """Owed again, and due at once. Raises NotFound, or Conflict if the effect is not dead."""
    found = dead.one_of(session, outbox_id, engagement_id)
    case = lock_case(session, found.engagement_id)
    dead.revive(session, outbox_id, now)
    engine.record(session, case, "effect_retried", actor=actor, now=now, data={"effect": outbox_id, "name": found.name})


def retry_to(session: Session, engagement_id: int, reader: Recipient, *, actor: Actor, now: datetime) -> int:
    """All emails to somebody at a school whose address has been put right. Returns how many."""
    waiting = [one.id for one in dead.letters_to(session, engagement_id, reader)]
    for number in waiting:
        retry(session, number, actor=actor, now=now, engagement_id=engagement_id)
    return len(waiting)


def drop(
    session: Session, outbox_id: int, *, why: str, actor: Actor, now: datetime, engagement_id: int | None = None
) -> None:
    """Not owed any more, and why. Raises NotFound, Conflict, or BadInput without a reason."""
    try:
        reason = block(why, "The reason", NOTE_LIMIT)
    except ValueError as error:
        raise BadInput(f"{error} Say why it should not be sent.") from None
    found = dead.one_of(session, outbox_id, engagement_id)
    case = lock_case(session, found.engagement_id)
    dead.drop(session, outbox_id, now)
    engine.record(
        session,
        case,
        "effect_dropped",
        actor=actor,
        now=now,
        note=reason,
        data={"effect": outbox_id, "name": found.name},
    )
