"""The record of a walk: one made-up engagement in memory, its clock, and the letters that it has come to owe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.working_days import Calendar
from workflow.domain.actor import SYSTEM, Actor
from workflow.engine.calendars import calendar_of
from workflow.offer.definition import Offer
from workflow.preview import made_up
from workflow.preview.made_up import ADVISOR_ID, LEAD_ADVISOR_ID, MadeUp, address
from workflow.simulation import snapshot
from workflow.simulation.clock import VirtualClock
from workflow.store.cases import Case, read_case
from workflow.store.session import Store
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School
from workflow.store.tables.user import User

Do = Callable[[Session, datetime], object]
#: How much time somebody takes for whatever they do.
_A_WHILE = timedelta(minutes=10)
_ASSESSOR_ID = 3
#: More moments than this pass unseen in no offer; one that rings on and on is stopped here.
_MOMENTS = 50
_NO_PASSWORD = "-"  # noqa: S105 (nobody signs in here)
_PEOPLE = {
    "advisor": (ADVISOR_ID, made_up.ADVISOR),
    "lead_advisor": (LEAD_ADVISOR_ID, made_up.LEAD_ADVISOR),
    "assessor": (_ASSESSOR_ID, made_up.ASSESSOR),
}


def actor_of(role: str) -> Actor:
    """Whoever has this role in a walk."""
    return Actor(role, _PEOPLE[role][0] if role in _PEOPLE else None)


@contextmanager
def sandbox(about: MadeUp) -> Iterator["Sandbox"]:
    """With the order just in. Nothing outlives it."""
    store = snapshot.empty(about.catalogue)
    try:
        yield Sandbox(about, store)
    finally:
        store.close()


class Sandbox:
    """`now` is the time in the walk, in UTC."""

    def __init__(self, about: MadeUp, store: Store) -> None:
        self.about, self.store, self.now = about, store, about.now
        self._clock, self._seen = VirtualClock(), 0
        with store.writing() as session:
            self.id = self._begin(session)
        self._let_settle()

    @property
    def offer(self) -> Offer:
        return self.about.offer

    def _begin(self, session: Session) -> int:
        for role, (number, name) in _PEOPLE.items():
            session.add(_account(number, name, role, self.now))
        session.add(_school(self.now))
        session.flush()
        row = {
            "reference": self.about.reference,
            "school_urn": made_up.URN,
            "order_number": "1",
            "price_paid": self.offer.offer.price,
            "ordered_at": self.now,
            "lead_name": made_up.LEAD,
            "lead_email": address(made_up.LEAD),
            "head_name": made_up.HEAD,
            "head_email": address(made_up.HEAD),
            "places": self.offer.policy.places,
            "advisor_id": ADVISOR_ID,
        }
        return engine.begin(session, self.offer, row, actor=SYSTEM, now=self.now).engagement_id

    def case(self, session: Session) -> Case:
        return read_case(session, self.id)

    def calendar(self, session: Session, case: Case) -> Calendar:
        return calendar_of(session, self.offer, case)

    # --- what people and time do ---

    def act(self, do: Do) -> None:
        """Somebody does something. Raises whatever keeps them from it; nothing has happened then."""
        with self.store.writing() as session:
            do(session, self.now + _A_WHILE)
        self.now += _A_WHILE
        self._let_settle()

    @contextmanager
    def tried(self, do: Do) -> Iterator[Session]:
        """What would come of it, to look at; nothing has happened afterwards. Raises whatever keeps them from it."""
        with self.store.looking() as session:
            do(session, self.now + _A_WHILE)
            yield session

    def _let_settle(self) -> None:
        """What is due at once: certificates are made, and timers that are late already."""
        self._clock.passes(self.store, self.now)

    def next_moment(self) -> datetime | None:
        """When time next has something to do, or a meeting is over; none where nothing is to come."""
        with self.store.reading() as session:
            due, over = self._clock.asks(session), self._next_meeting(session)
        moments = [one for one in (due, over) if one is not None]
        return min(moments, default=None)

    def _next_meeting(self, session: Session) -> datetime | None:
        """When the next of the meetings agreed will be over."""
        booked = (Appointment.engagement_id == self.id) & (Appointment.status == "booked")
        ends = (
            one.starts_at + self.offer.appointment[one.kind].lasts
            for one in session.scalars(select(Appointment).where(booked))
        )
        return min((end for end in ends if end > self.now), default=None)

    def wait(self) -> None:
        """Until something happens, or a meeting is over."""
        with self.store.reading() as session:
            version, over = self.case(session).version, self._next_meeting(session)
        for _ in range(_MOMENTS):
            self._wait_once()
            with self.store.reading() as session:
                happened = self.case(session).version != version
            if happened or self.now == over or self.next_moment() is None:
                return

    def wait_for_meeting(self) -> None:
        """Until the next meeting is over, whatever happens before."""
        with self.store.reading() as session:
            over = self._next_meeting(session)
        for _ in range(_MOMENTS):
            if over is None or self.now >= over:
                return
            self._wait_once()

    def _wait_once(self) -> None:
        moment = self.next_moment()
        if moment is not None:
            self.now = max(self.now, moment)
            self._let_settle()

    # --- what came of it ---

    def new_letters(self) -> Sequence[OwedEffect]:
        """Those owed since this was last asked. They count as sent from then on."""
        fresh = OwedEffect.id > self._seen
        with self.store.writing() as session:
            rows = session.scalars(
                select(OwedEffect).where(fresh, OwedEffect.kind == "email").order_by(OwedEffect.id)
            ).all()
            self._seen = session.scalar(select(func.max(OwedEffect.id))) or 0
            done = {"status": "done", "settled_at": self.now}
            session.execute(update(OwedEffect).where(OwedEffect.id.in_([one.id for one in rows])).values(done))
        return rows

    def events_since(self, session: Session, seq: int) -> Sequence[Event]:
        own = (Event.engagement_id == self.id) & (Event.seq > seq)
        return session.scalars(select(Event).where(own).order_by(Event.seq)).all()


def _account(number: int, name: str, role: str, now: datetime) -> User:
    return User(
        id=number,
        email=address(name),
        name=name,
        role=role,
        password_hash=_NO_PASSWORD,
        created_at=now,
        telephone=made_up.TELEPHONE,
    )


def _school(now: datetime) -> School:
    return School(
        urn=made_up.URN,
        name=made_up.SCHOOL,
        status="Open",
        phase="Primary",
        authority="",
        town="",
        postcode="",
        is_open=True,
        updated_at=now,
    )
