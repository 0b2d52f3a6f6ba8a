"""Where what is wrong about one person is put right: by the acts that are there for it, each told in a history."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.privacy.subject import find
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant


class Correction(NamedTuple):
    """`number` is of the participant, the account or the invitation, None for a school's contact."""

    kind: str
    reference: str
    number: int | None


def corrections(session: Session, email: str) -> Iterator[Correction]:
    """Raises NotFound."""
    subject = find(session, email)
    taking_part = select(Engagement.reference, Participant.id).join(
        Participant, Participant.engagement_id == Engagement.id
    )
    wanted = taking_part.where(Participant.id.in_(subject.participants)).order_by(Engagement.id)
    for reference, number in session.execute(wanted):
        yield Correction("participant", reference, number)
    named = {one.engagement_id for one in subject.contacts}
    for reference in session.scalars(select(Engagement.reference).where(Engagement.id.in_(named))):
        yield Correction("contact", reference, None)
    invited = select(InvitedReader.id).where(InvitedReader.email.in_(subject.addresses)).order_by(InvitedReader.id)
    for number in session.scalars(invited):
        yield Correction("reader", "", number)
    if subject.user_id is not None:
        yield Correction("account", "", subject.user_id)
