"""Which file does which kind of effect: the reactions as one table."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from tasks.effects import certificate, email
from tasks.mail_transport import MailTransport
from tasks.world import World
from workflow.store.outbox import Claimed

#: What is left to write once the world has been spoken to, in the same transaction as “done”.
Finish = Callable[[Session], None]
Handler = Callable[[World, MailTransport, Claimed, datetime], Finish]

HANDLERS: dict[str, Handler] = {"email": email.do, "certificate": certificate.do}
