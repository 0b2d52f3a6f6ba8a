"""The effect `email`: one letter to one reader."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from tasks import faults
from tasks.effects.mime_message import address_up, message_id
from tasks.mail_transport import MailTransport
from tasks.world import World
from workflow.mail import letters
from workflow.mail.letters import Letter
from workflow.store import outbox
from workflow.store.outbox import Claimed
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail


def do(world: World, post: MailTransport, owed: Claimed, now: datetime) -> Callable[[Session], None]:
    """Sends the letter, with the reader's other reminders if it is one. What was sent is written with “done”."""
    with world.store.reading() as session:
        row = session.get_one(OwedEffect, owed.id)
        others = outbox.gathered(session, row, now)
        letter = letters.write(session, row, world.links, others)
    message = address_up(letter, owed.key, world.sender, now)
    faults.point("sending")
    post.send(message)
    faults.point("sent")

    def finish(session: Session) -> None:
        told = outbox.mark_gathered(session, [one.id for one in others], now)
        session.add_all(_sent(one, letter, world.sender, now) for one in (row, *others) if one is row or one.id in told)

    return finish


def _sent(owed: OwedEffect, letter: Letter, sender: str, now: datetime) -> SentEmail:
    """What went out, as each engagement it was about keeps it, under the number that its own effect stands for."""
    return SentEmail(
        outbox_id=owed.id,
        engagement_id=owed.engagement_id,
        message_id=message_id(owed.key, sender),
        to_name=letter.to_name,
        to_email=letter.to_email,
        subject=letter.rendered.subject,
        text=letter.rendered.text,
        sent_at=now,
    )
