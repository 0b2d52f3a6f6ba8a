"""A letter ready to go, and what is written down once it has gone."""

from datetime import datetime
from typing import NamedTuple

from tasks.mail.envelope import Envelope
from tasks.mail.mime_message import as_bytes, message_id
from tasks.world import World
from workflow.domain.email_address import wire_address
from workflow.mail import letters
from workflow.mail.letter_rows import LetterRows
from workflow.mail.letters import Letter
from workflow.store.outbox.claims import Claimed
from workflow.store.outbox.outcomes import Outcome, SentRow
from workflow.store.tables.owed_effect import OwedEffect


class LetterInHand(NamedTuple):
    """`kept` is how each engagement keeps what went out, `others` the reader's reminders that went out with it."""

    owed: Claimed
    envelope: Envelope
    kept: tuple[SentRow, ...]
    others: tuple[Outcome, ...]


def finished(world: World, rows: LetterRows, owed: Claimed, now: datetime) -> LetterInHand:
    """Raises WorkflowError, KeyError or ValueError for a letter that cannot be written."""
    row = rows.owed[owed.id]
    letter = letters.write(rows, row, world.links, world.look)
    others = rows.others.get(row.reader, ())
    sender = letter.sender or world.sender
    number = message_id(owed.key, sender)
    content = as_bytes(letter, number, sender, now)
    return LetterInHand(
        owed,
        Envelope(sender, wire_address(letter.to_email), number, content, repeat=owed.attempts > 1),
        tuple(_kept(one, letter, sender, now) for one in (row, *others)),
        tuple(_gone_with_it(one, now) for one in others),
    )


def _kept(owed: OwedEffect, letter: Letter, sender: str, now: datetime) -> SentRow:
    """Under the number that its own effect stands for."""
    return SentRow(
        owed.id,
        owed.engagement_id,
        message_id(owed.key, sender),
        letter.to_name,
        letter.to_email,
        letter.rendered.subject,
        letter.rendered.text,
        now,
        letter.offer_revision,
    )


def _gone_with_it(owed: OwedEffect, now: datetime) -> Outcome:
    """A reminder that went out with another is done, unless somebody has taken it since."""
    return Outcome(owed.id, owed.fence, "owed", "done", owed.attempts, None, None, now, "")
