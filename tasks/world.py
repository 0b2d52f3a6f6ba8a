"""What the passes work with: the record, the post, the printer and a few numbers. Made once per process."""

from dataclasses import dataclass
from datetime import timedelta

from tasks.mail.server import MailServer
from tasks.retry_policy import RETRIES, RetryPolicy
from workflow.domain.look import Look
from workflow.mail.signed_links import Links
from workflow.store.session import Store
from workflow.usecases.printing.printer import Printer


@dataclass(frozen=True)
class World:
    """`sender` is the address emails come from; `look` is the council's own; `secret` makes certificate numbers that
    cannot be guessed. `patience` is the longest that one effect may take; `lease` is longer.
    """

    store: Store
    mail_server: MailServer
    printer: Printer
    links: Links
    sender: str
    look: Look
    secret: str
    lease: timedelta
    patience: timedelta
    batch: int
    retries: RetryPolicy = RETRIES
