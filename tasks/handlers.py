"""Which file does which kind of effect: the reactions as one table."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from tasks.desk import Desk
from tasks.effects import certificate, email
from tasks.world import World
from workflow.store.outbox.claims import Claimed

#: Delivers a batch of effects of one kind.
Deliver = Callable[[Sequence[Claimed]], None]
Handler = Callable[[World, Desk], AbstractContextManager[Deliver]]

#: In the order in which a batch is done: a certificate owes the email that carries it.
HANDLERS: dict[str, Handler] = {"certificate": certificate.at_work, "email": email.at_work}
