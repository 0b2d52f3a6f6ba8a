"""Letters about getting in: owed here, sent by a worker; and what comes of the links in them.

A link is used once, by pressing a button on the page that it opens: to open the page uses nothing up, as mail scanners
do it. The one who holds a link that has been used, revoked or is too old learns no more than that it is none.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from workflow.errors import Conflict, NotFound
from workflow.store.record import new_salt
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.user import User
from workflow.usecases.accounts.credentials.secrets import LinkMaker, digest_of

#: How long a link holds once its letter is sent. An invitation waits until somebody is back at their desk.
_VALID = {
    "invitation": timedelta(days=3),
    "new_password": timedelta(minutes=10),
    "school_link": timedelta(minutes=10),
    "participant_link": timedelta(minutes=10),
    "reader_invitation": timedelta(days=3),
    "reader_link": timedelta(minutes=10),
}
_KEPT = timedelta(days=90)
#: Whoever asks again sooner is sent no second letter: the first is on its way. After so many within an hour that nobody
#: used, it takes longer, as a stranger may be asking; but less than a link holds, so that an owner always has one.
_AGAIN_AFTER, _MANY, _LATELY, _THEN_AFTER = timedelta(minutes=1), 5, timedelta(hours=1), timedelta(minutes=5)
NO_LINK = (
    "This link has been used, has been replaced by a newer one, or is too old. "
    "Ask for another; the newest letter is the one that counts."
)


class Reader(NamedTuple):
    """Whom a letter goes to, and on which device it was asked for, where they are told so."""

    whose: Subject
    name: str
    email: str
    asked_from: str = ""


def owe(session: Session, user: User, purpose: str, links: LinkMaker, now: datetime) -> AccessLetter:
    """A letter to somebody with an account, as `owe_to` does it."""
    return owe_to(session, Reader(Subject(user_id=user.id), user.name, user.email), purpose, links, now)


def owe_to(session: Session, reader: Reader, purpose: str, links: LinkMaker, now: datetime) -> AccessLetter:
    """A letter to this person; links of this kind that they have from before no longer hold. Very old letters go."""
    session.execute(delete(AccessLetter).where(AccessLetter.asked_at < now - _KEPT))
    revoke(session, reader.whose, purpose, now)
    salt = new_salt()
    letter = AccessLetter(
        purpose=purpose,
        **reader.whose._asdict(),
        asked_from=reader.asked_from,
        to_name=reader.name,
        to_email=reader.email,
        salt=salt,
        link_digest=digest_of(links.secret(purpose, salt)),
        asked_at=now,
        valid_seconds=int(_VALID.get(purpose, timedelta()).total_seconds()),
        due_at=now,
        until=None,
        used_at=None,
        revoked_at=None,
        lease_until=None,
    )
    session.add(letter)
    session.flush()
    return letter


def is_on_its_way(session: Session, whose: Subject, purpose: str, now: datetime) -> bool:
    """Whether one was asked for a moment ago."""
    own = _owned(whose) & (AccessLetter.purpose == purpose) & (AccessLetter.asked_at > now - _LATELY)
    asked = session.scalars(select(AccessLetter).where(own).order_by(AccessLetter.asked_at.desc()).limit(_MANY)).all()
    is_in_vain = len(asked) == _MANY and not any(one.used_at for one in asked)
    return bool(asked) and asked[0].asked_at > now - (_THEN_AFTER if is_in_vain else _AGAIN_AFTER)


def agree_not_on_its_way(session: Session, whose: Subject, name: str, purpose: str, now: datetime) -> None:
    """Raises Conflict for a button that is pressed twice: the second letter would take the link of the first away."""
    if is_on_its_way(session, whose, purpose, now):
        raise Conflict(f"A letter to {name} is on its way. If none has come in a few minutes, send another then.")


def of_link(session: Session, secret: str, now: datetime, *, lock: bool = False) -> AccessLetter | None:
    """The letter whose link this is, while it holds. With `lock`, of several who use it at once one comes through."""
    holds = (AccessLetter.until > now) & AccessLetter.used_at.is_(None) & AccessLetter.revoked_at.is_(None)
    wanted = select(AccessLetter).where(AccessLetter.link_digest == digest_of(secret), holds)
    return session.scalar(wanted.with_for_update() if lock else wanted)


def holder(session: Session, secret: str, now: datetime, *, lock: bool = False) -> tuple[AccessLetter, User]:
    """Which person with an account has this link. Raises NotFound."""
    letter = of_link(session, secret, now, lock=lock)
    known = letter.user_id if letter else None
    user = session.get(User, known, with_for_update=lock or None) if known is not None else None
    if letter is None or user is None or user.disabled_at is not None:
        raise NotFound(NO_LINK)
    return letter, user


def use(session: Session, secret: str, now: datetime) -> tuple[AccessLetter, User]:
    """Once. Raises NotFound."""
    letter, user = holder(session, secret, now, lock=True)
    letter.used_at = now
    return letter, user


def revoke(session: Session, whose: Subject, purpose: str | None, now: datetime) -> None:
    """Links of this kind, or of every kind, that somebody has no longer hold. Letters without a link tell what was
    done: nothing that happens later keeps them from going out."""
    has_link = AccessLetter.purpose.in_(_VALID)
    own = _owned(whose) & has_link & AccessLetter.revoked_at.is_(None) & AccessLetter.used_at.is_(None)
    those = own if purpose is None else own & (AccessLetter.purpose == purpose)
    session.execute(update(AccessLetter).where(those).values(revoked_at=now))


def _owned(whose: Subject) -> ColumnElement[bool]:
    return whose.owns(
        AccessLetter.user_id, AccessLetter.engagement_id, AccessLetter.participant_id, AccessLetter.reader_id
    )
