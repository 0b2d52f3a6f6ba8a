"""Letters of one engagement: those that went out, newest first and a page at a time, and those that wait or are stuck.

Pages are cut by what stands on them and not by counting, so that the five hundredth letter costs what the tenth does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from workflow.domain.effects import AUDIENCES, Recipient
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

#: How many letters stand on one page.
PAGE = 20
_COUNCIL = "council"
_UNSETTLED = ("owed", "claimed", "dead")


@dataclass(frozen=True, slots=True)
class SentLetter:
    """The exact copy of one letter, and what it was: the name of its template."""

    email: SentEmail
    name: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """`older` is the number of the letter after which the next page begins; None where there is none."""

    letters: tuple[SentLetter, ...]
    older: int | None


def sent_letters(session: Session, engagement_id: int, *, to: str = "", before: int | None = None) -> LetterPage:
    """Newest first. `to` narrows them to one conversation: `school_lead`, `head`, `council`, or a participant's number.

    `before` is a letter's number: the page begins after it.
    """
    chosen = [SentEmail.engagement_id == engagement_id, *_to(to), *_before(before)]
    newest = SentEmail.sent_at.desc(), SentEmail.outbox_id.desc()
    wanted = select(SentEmail.outbox_id).join(OwedEffect, OwedEffect.id == SentEmail.outbox_id) if to else None
    numbers = (select(SentEmail.outbox_id) if wanted is None else wanted).where(*chosen).order_by(*newest)
    rows = session.execute(
        select(SentEmail, OwedEffect.name)
        .join(OwedEffect, OwedEffect.id == SentEmail.outbox_id)
        .where(SentEmail.outbox_id.in_(numbers.limit(PAGE + 1)))
        .order_by(*newest)
    ).all()
    letters = tuple(SentLetter(email, name) for email, name in rows[:PAGE])
    return LetterPage(letters, letters[-1].email.outbox_id if len(rows) > PAGE else None)


def unsettled(session: Session, engagement_id: int) -> tuple[OwedEffect, ...]:
    """What is still on its way, or was given up on and waits for somebody; the oldest first."""
    mine = (OwedEffect.engagement_id == engagement_id) & OwedEffect.status.in_(_UNSETTLED)
    return tuple(session.scalars(select(OwedEffect).where(mine).order_by(OwedEffect.id)))


def _to(to: str) -> Iterable[ColumnElement[bool]]:
    """Somebody who takes part is known to the outbox by every audience that they may belong to."""
    if not to:
        return ()
    if to == _COUNCIL:
        known = [one for one in AUDIENCES if Recipient(one).at_council]
        return (or_(*(OwedEffect.recipient.startswith(one) for one in known)),)
    if to.isdecimal():
        ours = (one for one in AUDIENCES if not Recipient(one).at_council)
        return (OwedEffect.recipient.in_([f"{one}:{to}" for one in ours]),)
    return (OwedEffect.recipient == to,)


def _before(number: int | None) -> Iterable[ColumnElement[bool]]:
    if number is None:
        return ()
    at = select(SentEmail.sent_at).where(SentEmail.outbox_id == number).scalar_subquery()
    return (or_(SentEmail.sent_at < at, and_(SentEmail.sent_at == at, SentEmail.outbox_id < number)),)
