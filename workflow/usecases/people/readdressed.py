"""Who is told that a school has put a participant's address right: the address from before, and the one from now on.

Whoever has the new address can ask for a link to the participant's own page, so the old one hears of it. An address to
which nothing has gone is nobody's yet. What the council puts right it tells as it does everything else.
"""

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.effects import FORMER, Effect, Recipient
from workflow.domain.happening import Owes
from workflow.errors import Conflict
from workflow.offer.definition import Offer
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.submission import Submission

#: What nobody but its writer and the council reads.
_THEIR_OWN = (Submission, Draft, UnsentFile, DataRequest)


def agree(session: Session, person: Participant, after: str, actor: Actor) -> None:
    """A school never comes to read what somebody wrote by giving them another address. Raises Conflict."""
    if actor.role != "school_lead" or person.email.lower() == after.lower():
        return
    own = or_(*(exists().where(one.participant_id == person.id) for one in _THEIR_OWN))
    if session.scalar(select(own)):
        raise Conflict(
            f"{person.name} has written or sent in something already, and whoever reads the new address could read it. "
            "Ask your advisor to change the address."
        )


def owed(session: Session, offer: Offer, person: Participant, before: str) -> list[Owes]:
    """`person` has the new address already; nothing where it is the same one."""
    if before.lower() == person.email.lower() or not offer.policy.readdressed:
        return []
    to_old, to_new = offer.policy.readdressed
    theirs = (SentEmail.engagement_id == person.engagement_id) & (func.lower(SentEmail.to_email) == before.lower())
    last = session.scalar(select(func.max(SentEmail.outbox_id)).where(theirs))
    old = [] if last is None else [Owes(Effect("email", to_old), Recipient(FORMER, last))]
    return [*old, Owes(Effect("email", to_new), Recipient("participant", person.id))]
