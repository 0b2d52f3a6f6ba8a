"""Fictional sample data, made the way real data is made: by imports, use cases and triggers at times in the past.

No row of a journey is written here. What each school did is told by `config/demo/story.toml`; between its steps
timers fire and owed effects are delivered, as they would have been.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import partial
from importlib.metadata import entry_points
from io import BytesIO
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.cli.demo.rehearsed import MINUTE, Passing, Telling, begins, next_due, rehearsed
from web.cli.demo.story import StoryStep, read_story
from web.cli.demo.story_steps import StoryContext, perform
from web.installation import DEMO, Settings
from workflow.calendar.local_time import local_day
from workflow.domain.actor import SYSTEM, Actor
from workflow.engine.catalogue import offers_of
from workflow.errors import CheckFailed
from workflow.imports.findings import Mode
from workflow.imports.orders.sold import Sold, Version
from workflow.imports.purchases import read_orders
from workflow.imports.schools import import_schools
from workflow.imports.sheet import Sheet, read
from workflow.offer.definition import Offer
from workflow.offer.installed.newest import newest
from workflow.simulation.agents.caseload import Caseload
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.usecases import purchases
from workflow.usecases.accounts import members
from workflow.usecases.purchases import Order

_LIMIT = 2_000_000
_MIDNIGHT = time()
_PASSWORD_BYTES = 9
_PEOPLE = {
    "advisor": ("advisor@example.org", "Alex Penrose", "advisor"),
    "lead": ("lead@example.org", "Morgan Tremayne", "lead_advisor"),
    "assessor": ("assessor@example.org", "Robin Carlyon", "assessor"),
    "admin": ("admin@example.org", "Jowan Kitto", "admin"),
    "auditor": ("auditor@example.org", "Elestren Moyle", "auditor"),
}
#: One pass of timers and deliveries at a moment. Found by its entry point: pages and tasks do not know each other.
PassOnce = Callable[[Store, Settings, datetime], object]
Progress = Callable[[int, int], None]
Beat = tuple[datetime, Callable[[Session, datetime], object]]


@dataclass(frozen=True, slots=True)
class Account:
    """Who to sign in as when looking round."""

    emails: tuple[str, ...]
    password: str


def load(store: Store, settings: Settings, now: datetime, told: Progress | None = None) -> bool:
    """Tells the whole story up to now. False, and nothing done, if there is any engagement already."""
    with store.reading() as session:
        if session.scalar(select(func.count(Engagement.id))):
            return False
        offers = newest(offers_of(session))
    if not offers:
        raise CheckFailed("There is no offer to show. Put one into the folder of offers: “recognition offer list”.")
    teller = _Teller(store, settings, offers, DEMO, now)
    teller.tell(told or (lambda _done, _of: None))
    return True


def account(settings: Settings) -> Account | None:
    """The demonstration's people and their password; None where it was never loaded."""
    path = _password_file(settings)
    if not path.exists():
        return None
    return Account(tuple(email for email, _, _ in _PEOPLE.values()), path.read_text(encoding="ascii").strip())


class _Teller:
    """Goes through the story in the order of time. Schools of other offers act meanwhile as in a rehearsal."""

    def __init__(self, store: Store, settings: Settings, offers: Sequence[Offer], folder: Path, now: datetime) -> None:
        self._store, self._settings, self._folder, self._now = store, settings, folder, now
        self._story = read_story(folder / "story.toml")
        told = [one for one in offers if one.offer.code == self._story.offer]
        self._others = [one for one in offers if one not in told]
        self._is_told, self._offer = bool(told), (told or offers)[0]
        self._zone = self._offer.calendar.zone
        self._later = self._story.later(local_day(now, self._zone))
        self._pass_once = _pass_once()
        self._passed = datetime.min.replace(tzinfo=UTC)
        self._rehearsed: Caseload | None = None
        self._begun: dict[str, int] = {}

    def tell(self, told: Progress) -> None:
        beats = sorted(self._beats(), key=lambda beat: beat[0])
        for number, (at, happen) in enumerate(beats):
            told(number, len(beats))
            self._let_time_pass(at)
            with self._store.writing() as session:
                happen(session, at)
        self._let_time_pass(self._now)

    def _beats(self) -> list[Beat]:
        """Everything that happened, with its moment: orders come in, then each school takes its steps. Where others
        act, every week is a beat as well."""
        orders, actors = self._prepare()
        beats: list[Beat] = [(order.ordered_at, partial(self._begin, order)) for order in orders]
        for school in self._story.schools if self._is_told else ():
            beats += [
                (self._moment(step.at), partial(self._happen, school.order, step, actors)) for step in school.steps
            ]
        if self._others:
            began = min([at for at, _ in beats], default=self._now)
            when = Telling(began, self._now, self._story.others, actors["advisor"].user_id)
            self._rehearsed = rehearsed(self._store, self._others, when, self._passing())
            beats += [(at, _nothing) for at in when.weeks]
        return beats

    def _prepare(self) -> tuple[list[Order], dict[str, Actor]]:
        """The register of schools and the council's people, as they were before the first order; and the orders."""
        ends = self._moment(datetime.combine(self._story.as_of, _MIDNIGHT)) - self._later
        orders: tuple[Order, ...] = ()
        with self._store.writing() as session:
            import_schools(session, self._sheet("schools.csv"), now=ends, mode=Mode.WHOLE)
            if self._is_told:
                sold = Sold([Version(self._offer)])
                orders = tuple(one for _, one in read_orders(session, sold, self._sheet("purchases.csv"), ends).new)
            began = [order.ordered_at + self._later for order in orders]
            began += [begins(self._story.others, self._now)] if self._others else []
            actors = _actors(session, self._settings, min(began))
        return [replace(order, ordered_at=order.ordered_at + self._later) for order in orders], actors

    def _passing(self) -> Passing:
        return Passing(partial(self._pass_once, self._store, self._settings))

    def _begin(self, order: Order, session: Session, now: datetime) -> None:
        outcome = purchases.accept(session, self._offer, order, actor=SYSTEM, now=now)
        self._begun[order.number] = outcome.engagement_id

    def _happen(
        self, order: str, step: StoryStep, actors: Mapping[str, Actor], session: Session, now: datetime
    ) -> None:
        staff = self._folder / "staff" / f"{order}.csv"
        perform(
            StoryContext(
                session, self._begun[order], step, actors[step.by], now, self._moment, staff, self._offer.calendar
            )
        )

    def _moment(self, local: datetime) -> datetime:
        """A local time of the story, as the moment it is told as."""
        return (local + self._later).replace(tzinfo=self._zone).astimezone(UTC)

    def _sheet(self, name: str) -> Sheet:
        return read(BytesIO((self._folder / name).read_bytes()), name, limit=_LIMIT)

    def _let_time_pass(self, until: datetime) -> None:
        """Timers fire and effects are delivered a minute after they are due, up to a moment. Others act."""
        if self._rehearsed is not None:
            self._rehearsed.work(until)
            return
        while (due := self._next_due()) is not None and due < until:
            moment = min(max(due, self._passed) + MINUTE, until)
            if moment <= self._passed:
                return
            self._pass_once(self._store, self._settings, moment)
            self._passed = moment

    def _next_due(self) -> datetime | None:
        with self._store.reading() as session:
            return next_due(session)


def _nothing(_session: Session, _now: datetime) -> None:
    """Time has passed, and that is all."""


def _actors(session: Session, settings: Settings, now: datetime) -> dict[str, Actor]:
    """The council's people with one password that is written down once, and the two who have no account."""
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    made = {
        part: members.add(session, email, name=name, role=role, password=password, now=now)
        for part, (email, name, role) in _PEOPLE.items()
    }
    path = _password_file(settings)
    path.touch(mode=0o600)
    path.write_text(password, encoding="ascii")
    return {part: Actor(user.role, user.id) for part, user in made.items()} | {
        "school": Actor("school_lead"),
        "system": SYSTEM,
    }


def _password_file(settings: Settings) -> Path:
    return settings.home / "demo_password"


def _pass_once() -> PassOnce:
    """Raises CheckFailed where the tasks are not installed."""
    found = next(iter(entry_points(group="recognition.services", name="pass_once")), None)
    if found is None:
        raise CheckFailed("The part that delivers is not installed. Install recognition with “make” or pip.")
    service: PassOnce = found.load()
    return service
