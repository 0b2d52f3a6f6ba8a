"""The letters about a proposal: to the person, with a link that is used once, and to whoever is the contact now."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.contacts.kinds import CONTACTS
from workflow.engine.catalogue import offer_of
from workflow.errors import NotFound
from workflow.offer.terms import Terms
from workflow.store.cases import lock_case
from workflow.store.record import new_salt
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.usecases.accounts.credentials.secrets import LinkMaker, digest_of, new_secret
from workflow.usecases.contacts.contacts import Held

OFFERED, ASKED, DONE = "contact_offered", "contact_asked", "contact_done"
_NO_LINK = "This link has been used, or what it asked about is settled. Ask your school for another if it is needed."


def ask(session: Session, proposal: ContactProposal, before: Held | None, links: LinkMaker, now: datetime) -> None:
    """The person is asked, and whoever is the contact is told that it was asked for."""
    _owe(session, proposal, (proposal.name, proposal.email), purpose=OFFERED, now=now, links=links)
    if before and before.email.lower() != proposal.email:
        _owe(session, proposal, (before.name, before.email), purpose=ASKED, now=now)


def tell_done(session: Session, proposal: ContactProposal, before: Held, now: datetime) -> None:
    """Whoever was the contact until now is told that it is done."""
    if before.email.lower() != proposal.email:
        _owe(session, proposal, (before.name, before.email), purpose=DONE, now=now)


def _owe(
    session: Session,
    proposal: ContactProposal,
    to: tuple[str, str],
    *,
    purpose: str,
    now: datetime,
    links: LinkMaker | None = None,
) -> None:
    """Its link, if it has one, holds as long as the proposal waits."""
    salt = new_salt()
    secret = links.secret(purpose, salt) if links else new_secret()
    session.add(
        AccessLetter(
            purpose=purpose,
            user_id=None,
            proposal_id=proposal.id,
            to_name=to[0],
            to_email=to[1],
            salt=salt,
            link_digest=digest_of(secret),
            asked_at=now,
            valid_seconds=int((proposal.lapses_at - now).total_seconds()),
            due_at=now,
            until=None,
            used_at=None,
            revoked_at=None,
            lease_until=None,
        )
    )


def words_of(session: Session, letter: AccessLetter) -> Mapping[str, str]:
    """What a letter about a proposal tells."""
    proposal, engagement = _about(session, letter)
    return {
        "contact": CONTACTS[proposal.kind].lower(),
        "school": session.get_one(School, engagement.school_urn).name,
        "asked_by": proposal.asked_by,
        "person": proposal.name,
        "reference": engagement.reference,
    }


def offer_of_letter(session: Session, letter: AccessLetter) -> Terms:
    """In whose name it is written."""
    _, engagement = _about(session, letter)
    return offer_of(session, engagement).offer


def _about(session: Session, letter: AccessLetter) -> tuple[ContactProposal, Engagement]:
    proposal = session.get_one(ContactProposal, letter.proposal_id)
    return proposal, session.get_one(Engagement, proposal.engagement_id)


def holder(session: Session, secret: str, now: datetime) -> tuple[AccessLetter, ContactProposal]:
    """What a link asks about. To look at it uses nothing up. Raises NotFound."""
    holds = AccessLetter.used_at.is_(None) & (AccessLetter.until > now) & (AccessLetter.purpose == OFFERED)
    letter = session.scalar(select(AccessLetter).where(AccessLetter.link_digest == digest_of(secret), holds))
    proposal = session.get(ContactProposal, letter.proposal_id) if letter else None
    if letter is None or proposal is None or proposal.status != "open" or proposal.lapses_at <= now:
        raise NotFound(_NO_LINK)
    return letter, proposal


def use(session: Session, secret: str, now: datetime) -> ContactProposal:
    """Once: of several who use it at the same moment one comes through, behind the lock. Raises NotFound."""
    _, proposal = holder(session, secret, now)
    lock_case(session, proposal.engagement_id)
    session.expire_all()
    letter, proposal = holder(session, secret, now)
    letter.used_at = now
    return proposal
