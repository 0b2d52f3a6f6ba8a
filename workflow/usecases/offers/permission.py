"""Who says what the council sells."""

from workflow.domain.actor import SYSTEM, Actor
from workflow.errors import NotAllowed

_MAY = ("admin", SYSTEM.role)


def agree_may(actor: Actor) -> None:
    """Raises NotAllowed."""
    if actor.role not in _MAY:
        raise NotAllowed("Only an admin installs offers. Ask one, or sign in as one.")
