"""Messages: what an advisor writes to a school in their own words, kept in the history and sent like every email."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow import engine
from workflow.actor import COUNCIL_ROLES, Actor
from workflow.change import Change
from workflow.effects import Effect
from workflow.errors import BadInput, NotAllowed, NotFound
from workflow.inputs import NOTE_LIMIT
from workflow.offers import offers_of
from workflow.text import block


def send(session: Session, engagement_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Owes the school lead an email with this text. Raises NotAllowed, BadInput, NotFound or Conflict."""
    case = engine.open_case(session, engagement_id)
    if actor.role not in COUNCIL_ROLES:
        raise NotAllowed(f"Messages to schools are written at the council; you act as {actor.title}.")
    name = offers_of(session).machine(*case.offer).offer.policy.message
    if name is None:
        raise NotFound("This offer has no email for messages. Its page can name one: message, under [policy].")
    email = Effect("email", name)
    try:
        note = block(text, "The message", NOTE_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None

    def owe(change: Change, seq: int) -> None:
        change.owe((email,), seq)

    engine.record(session, case, "message_written", actor=actor, now=now, note=note, owe=owe)
