"""What somebody has begun to write on a page, for the forms that are marked to keep it.

A view hands `on(…)` to its template as `drafts`; a form there is marked by its name (`draft=` of `fact_form`, or the
macros of `drafts.html`). What is kept is sent to one address of the same audience, which never submits anything, and
`sent` ends it in the transaction of what the form does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from web.app_state import here
from web.forms import form_fields, repeated
from workflow.domain.actor import COUNCIL_ROLES, Actor
from workflow.engine.catalogue import offer_of
from workflow.queries.history import HistoryLine, history_since
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.requests.draft import Draft
from workflow.usecases.people import drafts
from workflow.usecases.people.drafts import Owner, Spot

#: Where the council's drafts are sent to.
COUNCIL = "/advisor/draft"
#: So many of the events since a draft was written are looked at.
_EVENTS = 50
#: The longest address of a page with drafts.
_ADDRESS = 200
#: No value that is chosen from some is longer.
_CHOICE = 20


@dataclass(slots=True)
class PageDrafts:
    """The drafts of one page as its templates read them, by the form's name. Those of forms that are not drawn on the
    page are `left`: whatever they were for is done or gone, and their owner may still want the words."""

    actor: Actor
    owner: Owner
    page: str
    address: str
    version_seen: int
    found: Mapping[str, Draft]
    events: Sequence[HistoryLine]
    _drawn: set[str] = field(default_factory=set)

    def take(self, form: str) -> Draft | None:
        """For the form that is being drawn."""
        self._drawn.add(form)
        return self.found.get(form)

    def has(self, form: str) -> bool:
        return form in self.found

    def value(self, form: str, name: str, known: object = "") -> object:
        """What stands in a field; what the record knows for a form without a draft."""
        draft = self.found.get(form)
        return next(iter(draft.fields.get(name, [])), "") if draft else known

    def chosen(self, form: str, name: str) -> Sequence[str]:
        """Which boxes of one name are ticked."""
        return self.found[form].fields.get(name, []) if form in self.found else []

    def values(self, form: str, known: Mapping[str, object]) -> Mapping[str, object]:
        """The same for all of its fields."""
        draft = self.found.get(form)
        return {name: values[0] for name, values in draft.fields.items()} if draft else known

    def version(self, form: str) -> int:
        return self.found[form].version if form in self.found else 0

    def mark(self, form: str, state: object = "") -> str:
        """What its browser sends with it: signed, so that nobody writes where they were shown no form."""
        spot = Spot(self.page, form, _digest(state), self.version_seen)
        return _signer().dumps([_who(self.actor, self.owner), spot.page, spot.form, spot.about, spot.seen])

    def has_changed(self, form: str, state: object) -> bool:
        """Whether it was written when what it is about was another."""
        return form in self.found and self.found[form].about != _digest(state)

    def since(self, form: str) -> str:
        """What has happened since it was written, for the council."""
        return repeated.in_words([one for one in self.events if one.seq > self.found[form].seen])

    def written(self, fields: Mapping[str, Sequence[str]]) -> list[str]:
        return written(fields)

    @property
    def of_account(self) -> bool:
        """Whether their owner signs in; others come in by a link."""
        return self.owner.user_id is not None

    @property
    def whose(self) -> str:
        """The same on every page of one person, and on nobody else's."""
        return _digest(_who(self.actor, self.owner))

    @property
    def left(self) -> list[Draft]:
        return [draft for form, draft in self.found.items() if form not in self._drawn]


def on(db: Session, actor: Actor, engagement: Engagement, page: str, to: str = COUNCIL) -> PageDrafts:
    """`page` is where the forms stand, as `sent` is told it; `to` is where their drafts are sent."""
    owner = drafts.owner_of(actor, engagement.id)
    found = drafts.on_page(db, owner, page, here().clock())
    events = _events(db, engagement, found.values()) if actor.role in COUNCIL_ROLES else ()
    return PageDrafts(actor, owner, page, to, engagement.version, found, events)


def of_many(db: Session, actor: Actor, page: str) -> PageDrafts | None:
    """For a form about many engagements; None where its address says more about them than is kept."""
    if len(page) > _ADDRESS:
        return None
    owner = drafts.owner_of(actor, 0)
    return PageDrafts(actor, owner, page, COUNCIL, 0, drafts.on_page(db, owner, page, here().clock()), ())


def sent(db: Session, actor: Actor, engagement_id: int, page: str, form: str) -> None:
    """The form is carried out. What its sender wrote elsewhere and has not seen is still theirs to look at."""
    drafts.drop(db, drafts.owner_of(actor, engagement_id), page, form, seen())


def seen() -> int | None:
    """The version of the draft that stood in the form which was sent; None where it tells none."""
    version = request.form.get("draft_version", "")
    return int(version) if form_fields.DIGITS.fullmatch(version) else None


def spot_of(mark: str, actor: Actor, owner: Owner) -> Spot | None:
    """The form that a mark was made for; None where it was not made for this person."""
    try:
        who, page, form, about, seen = _signer().loads(mark)
    except (BadData, ValueError):
        return None
    return Spot(page, form, about, seen) if who == _who(actor, owner) else None


def written(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """What a person wrote of it, and did not choose."""
    return [one for values in fields.values() for one in values if " " in one or len(one) > _CHOICE]


def _events(db: Session, engagement: Engagement, found: Iterable[Draft]) -> Sequence[HistoryLine]:
    """From the oldest draft on, in one query for all of them; none where nothing has happened since."""
    seen = min((one.seen for one in found), default=engagement.version)
    if seen >= engagement.version:
        return ()
    return history_since(db, offer_of(db, engagement), engagement.id, seen, _EVENTS)


def _who(actor: Actor, owner: Owner) -> str:
    """A change of role ends what the pages that are open may do."""
    return f"{actor.token} {owner.engagement_id or ''}"


def _digest(state: object) -> str:
    return sha256(str(state).encode()).hexdigest()[:16]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="draft")
