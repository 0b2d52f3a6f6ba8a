"""Drafts of forms: what somebody is still writing is kept for them until they send it or throw it away.

A draft is never looked at as if it were sent: nothing in it has to be right, and nothing moves. It belongs to whoever
writes it, and nobody else ever reads it. Sending the form ends it, in the transaction of what the form does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflow.domain.actor import Actor
from workflow.english import count_of
from workflow.errors import BadInput, Conflict
from workflow.sanitise import tidy
from workflow.store.record import UtcDateTime
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.user import User

#: How long a draft is kept after it was last changed.
KEPT = timedelta(days=90)
#: The longest text that any form takes, and all the texts of the longest form.
TEXT_LIMIT, WHOLE_LIMIT = 10_000, 120_000
#: More forms than this nobody has begun at once, and more fields no form has.
DRAFTS_LIMIT, _FIELDS = 100, 300
_SHOWN = 20
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,79}", re.ASCII)
#: What was typed, by the field's name: boxes that are ticked have one name together.
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose draft it is: one of the three."""

    user_id: int | None = None
    participant_id: int | None = None
    engagement_id: int | None = None

    @property
    def known_by(self) -> tuple[str, int | None]:
        """The column that tells their drafts from others', and what stands there."""
        if self.user_id is not None:
            return "user_id", self.user_id
        if self.participant_id is not None:
            return "participant_id", self.participant_id
        return "engagement_id", self.engagement_id

    @property
    def own(self) -> ColumnElement[bool]:
        """Their drafts and nobody else's."""
        column, number = self.known_by
        return _column(column) == number

    def lock(self, session: Session) -> None:
        """What they do in two windows at once comes one after the other. Raises what SQLAlchemy raises for nobody."""
        if self.user_id is not None:
            session.get_one(User, self.user_id, with_for_update=True)
        elif self.participant_id is not None:
            session.get_one(Participant, self.participant_id, with_for_update=True)
        else:
            session.get_one(Engagement, self.engagement_id, with_for_update=True)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is written, what it is about as a digest, and which version of the engagement was looked at."""

    page: str
    form: str
    about: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft's new version. `elsewhere` says when another was written over that had not been seen, and `gone` that
    the one which was looked at had been sent or thrown away meanwhile."""

    version: int
    elsewhere: datetime | None = None
    gone: bool = False


def owner_of(actor: Actor, engagement_id: int) -> Owner:
    """Schools have no account: whoever is in for one goes on with what another began."""
    if actor.participant_id is not None:
        return Owner(participant_id=actor.participant_id)
    return Owner(engagement_id=engagement_id) if actor.user_id is None else Owner(user_id=actor.user_id)


def on_page(session: Session, owner: Owner, page: str, now: datetime) -> Mapping[str, Draft]:
    """Somebody's drafts of the forms of one page, by the form's name."""
    column, number = owner.known_by
    asked = {"owner": number, "page": page, "since": now - KEPT}
    return {one.form: one for one in session.scalars(_on_page(column), asked)}


def begun(session: Session, owner: Owner, now: datetime) -> Sequence[tuple[str, datetime]]:
    """The pages on which somebody has begun to write, and when they did last; the newest first."""
    column, number = owner.known_by
    rows = session.connection().execute(_begun(column), {"owner": number, "since": now - KEPT})
    return [(page, at) for page, at in rows]


def keep(session: Session, owner: Owner, spot: Spot, given: Fields, *, seen: int, now: datetime) -> Kept:
    """What stands in the form now. `seen` is the draft's version that was written on, nought for a form without one.

    The last to write wins; what they had not seen is kept beside it. Raises BadInput for more than a form takes, and
    Conflict for somebody who has begun too many.
    """
    fields = _clean(given)
    owner.lock(session)
    draft = session.scalar(select(Draft).where(owner.own, Draft.page == spot.page, Draft.form == spot.form))
    if draft is None:
        session.add(_new(session, owner, spot, fields, now))
        return Kept(1, gone=seen > 0)
    kept = Kept(draft.version + 1, elsewhere=draft.changed_at if _unseen(draft, seen, fields) else None)
    if kept.elsewhere:
        draft.replaced, draft.replaced_at = draft.fields, draft.changed_at
    draft.fields, draft.about, draft.seen = fields, spot.about, spot.seen
    draft.version, draft.changed_at = kept.version, now
    return kept


def drop(session: Session, owner: Owner, page: str, form: str, seen: int | None = None) -> None:
    """It is sent or thrown away, but for a version after the one that was `seen`. That there is none is no mistake."""
    there = delete(Draft).where(owner.own, Draft.page == page, Draft.form == form)
    session.execute(there if seen is None else there.where(Draft.version <= seen))


def drop_old(session: Session, now: datetime) -> None:
    """Those that nobody has gone on with for too long."""
    session.execute(delete(Draft).where(Draft.changed_at < now - KEPT))


def _column(name: str) -> InstrumentedAttribute[int | None]:
    column: InstrumentedAttribute[int | None] = getattr(Draft, name)
    return column


@cache
def _on_page(owner: str) -> Select[Draft]:
    """Asked with every page that has a form, so it is put together once for each kind of owner."""
    return select(Draft).where(_kept(owner), Draft.page == bindparam("page")).order_by(Draft.id)


@cache
def _begun(owner: str) -> Select[str, datetime]:
    """Likewise, for the page that a day begins with."""
    return select(Draft.page, Draft.changed_at).where(_kept(owner)).order_by(Draft.changed_at.desc()).limit(_SHOWN)


def _kept(owner: str) -> ColumnElement[bool]:
    since = bindparam("since", type_=UtcDateTime())
    return (_column(owner) == bindparam("owner")) & (Draft.changed_at >= since)


def _new(session: Session, owner: Owner, spot: Spot, fields: dict[str, list[str]], now: datetime) -> Draft:
    """Raises Conflict."""
    begun = session.scalar(select(func.count()).select_from(Draft).where(owner.own)) or 0
    if begun >= DRAFTS_LIMIT:
        raise Conflict(f"You have {count_of(DRAFTS_LIMIT, 'draft')}. Send or throw away one of them first.")
    return Draft(
        user_id=owner.user_id,
        participant_id=owner.participant_id,
        engagement_id=owner.engagement_id,
        page=spot.page,
        form=spot.form,
        about=spot.about,
        seen=spot.seen,
        fields=fields,
        replaced={},
        version=1,
        changed_at=now,
    )


def _unseen(draft: Draft, seen: int, fields: dict[str, list[str]]) -> bool:
    return draft.version != seen and draft.fields != fields


def _clean(given: Fields) -> dict[str, list[str]]:
    """What can be seen of it, without what is empty. Raises BadInput."""
    if sum(map(len, given.values())) > _FIELDS or not all(map(_NAME.fullmatch, given)):
        raise BadInput("This form was not whole. Reload the page and try again.")
    fields = {name: [text for one in values if (text := tidy(one))] for name, values in given.items()}
    lengths = [len(text) for values in fields.values() for text in values]
    if max(lengths, default=0) > TEXT_LIMIT:
        raise BadInput(
            f"A text is {max(lengths):,} characters long, and a draft keeps {TEXT_LIMIT:,}. Make it shorter."
        )
    if sum(lengths) > WHOLE_LIMIT:
        raise BadInput(f"The texts are {sum(lengths):,} characters long together; a draft keeps {WHOLE_LIMIT:,}.")
    return {name: values for name, values in fields.items() if values}
