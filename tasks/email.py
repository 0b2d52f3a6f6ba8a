"""The effect `email`: one letter to one reader."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from tasks import faults
from tasks.envelope import address_up
from tasks.post import Post
from tasks.world import World
from workflow import letters
from workflow.store.message import SentMessage
from workflow.store.outbox import Claimed
from workflow.store.owed import Owed


def do(world: World, post: Post, owed: Claimed, now: datetime) -> Callable[[Session], None]:
    """Sends the letter; what was sent is written with “done”."""
    with world.store.reading() as session:
        letter = letters.write(session, session.get_one(Owed, owed.id), world.links)
    message = address_up(letter, owed.key, world.sender, now)
    faults.point("sending")
    post.send(message)
    faults.point("sent")
    sent = SentMessage(
        outbox_id=owed.id,
        engagement_id=owed.engagement_id,
        message_id=str(message["Message-ID"]),
        to_name=letter.to_name,
        to_email=letter.to_email,
        subject=letter.rendered.subject,
        text=letter.rendered.text,
        sent_at=now,
    )
    return lambda session: session.add(sent)
