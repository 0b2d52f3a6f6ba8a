"""An act: one thing that people may do about an engagement, and the one door through which it is done.

To add one, declare it in the file of its noun; `registry` finds it there. It calls a use case and says what was done.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from workflow.acts.fields import Field
from workflow.domain.actor import ROLE_TITLES, Actor, Role, Who
from workflow.engine.catalogue import offer_of
from workflow.engine.outcome import Outcome
from workflow.english import in_words, listed
from workflow.errors import NotAllowed
from workflow.offer.definition import Offer
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts import offer_roles

#: What of an engagement an act is about. It says where a page has its form and which word follows the reference at the
#: console: a kind of `meeting`, or of `judged_meeting`, a `person`, a `certificate`, an `action` that was planned, a
#: kind of `contact`, a `proposal` of one.
About = Literal[
    "engagement", "people", "person", "meeting", "judged_meeting", "action", "certificate", "contact", "proposal"
]
#: The council and the clock; schools and their staff have no part in it.
COUNCIL: tuple[Role, ...] = ("advisor", "lead_advisor", "assessor", "system")
#: Those who do things about themselves: pages speak to them in another voice.
_OWN = ("school_lead", "participant")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where, by whom and when an act is done: in the caller's transaction, about one engagement.

    `of_many` says that the same is done to others: a meeting of theirs at that time is the same meeting.
    """

    session: Session
    engagement_id: int
    offer: Offer
    actor: Actor
    now: datetime
    of_many: bool = False

    @property
    def who(self) -> Who:
        return {"actor": self.actor, "now": self.now}

    @property
    def engagement(self) -> Engagement:
        return self.session.get_one(Engagement, self.engagement_id)

    @property
    def is_own(self) -> bool:
        """Whether a school or one of its staff does it about themselves."""
        return self.actor.role in _OWN


def occasion(session: Session, engagement_id: int, *, actor: Actor, now: datetime) -> Occasion:
    """With the offer looked up, and who they are in it. Raises what SQLAlchemy raises for an engagement that is not
    there."""
    offer = offer_of(session, session.get_one(Engagement, engagement_id))
    return Occasion(session, engagement_id, offer, offer_roles.acting(session, actor, offer.offer.code), now)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words: for a page; for the console and a row of bulk work where these say it otherwise.

    `where` are the engagements that may have moved by it (None: the one it is about). `wrong` says at the page's
    fields why nothing was done; `outcome` is what a trigger did. `whole` are sentences that say all that comes of it;
    they are read before it is done, whatever it sends.
    """

    page: str
    console: str = ""
    row: str = ""
    where: tuple[int, ...] | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome | None = None
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What the installed offers must have before something is done to many; `lack` says that none has it."""

    met: Callable[[Collection[Offer]], bool]
    lack: str


def some_offer(has: Callable[[Offer], object], lack: str) -> Need:
    return Need(lambda offers: any(map(has, offers)), lack)


@dataclass(frozen=True, slots=True)
class Many:
    """How an act is done to many engagements. `note` is the field whose words are kept as the job's note; `options`
    are fields that the console takes as options, with their help; `words` are what a page says otherwise about a
    field; `without` are fields that are not asked for; `needs` is what an offer must have for it."""

    title: str
    explain: str
    help: str
    example: str
    note: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    needs: Need | None = None

    def lack(self, offers: Collection[Offer]) -> str:
        """Why it cannot be done to any engagement here. Empty where it can."""
        return "" if self.needs is None or self.needs.met(offers) else self.needs.lack


@dataclass(frozen=True, slots=True)
class Act:
    """`do` is called with the occasion and the values of `fields`, by name.

    `by` are the roles who may, or how the offer's page says who. `pages` are those on whose pages its form stands, at
    an address that ends in `slug`; `own_page` is the module of a form that is unlike all others, and `why_no_page` is
    said where there is none. `command` is how the console calls it, `help` and `example` are what it says about it.
    Before one that is `sensitive`, pages ask who is there.
    """

    name: str
    about: About
    do: Callable[..., Done]
    command: str
    help: str
    example: str
    fields: tuple[Field, ...] = ()
    by: tuple[Role, ...] | Callable[[Offer], tuple[str, ...]] = ()
    pages: tuple[Role, ...] = ()
    slug: str = ""
    own_page: str = ""
    why_no_page: str = ""
    many: Many | None = None
    sensitive: bool = False

    @property
    def address(self) -> str:
        return self.slug or self.name.replace("_", "-")

    def roles(self, offer: Offer) -> tuple[str, ...]:
        """Who may do it in this offer."""
        return self.by if isinstance(self.by, tuple) else self.by(offer)


def says(noun: str, *verbs: str) -> Callable[[Offer], tuple[str, ...]]:
    """Whoever may say one of these verbs of a small journey (any of them, where none is named) by the offer's page."""

    def by(offer: Offer) -> tuple[str, ...]:
        known = offer.status_transition.items()
        said = (move.by for (of, name), move in known if of == noun and (name in verbs or not verbs))
        return tuple(dict.fromkeys(role for roles in said for role in roles))

    return by


def perform(act: Act, on: Occasion, **values: object) -> Done:
    """Does it. Raises NotAllowed for a role that may not, and whatever the use case raises.

    Who may by the offer's page is asked by the machine, which knows of more than the role.
    """
    if isinstance(act.by, tuple) and on.actor.role not in act.by:
        allowed = listed([ROLE_TITLES[role] for role in act.by if role != "system"], "or")
        what = in_words(act.name).capitalize()
        raise NotAllowed(f"“{what}” is for the {allowed}; you act as {on.actor.title}.")
    return act.do(on, **values)
