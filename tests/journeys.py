"""Engagements brought to where a test needs them, the way people bring them there: through the use cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.engine.calendars import change_dates
from workflow.engine.catalogue import offers_of
from workflow.engine.outcome import Outcome
from workflow.store.cases import lock_case
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School, SchoolDate
from workflow.store.tables.user import User
from workflow.usecases import action_plans, appointments, evidence, participants, purchases, registers
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.participants import Nominee

ADVISOR, LEAD, ASSESSOR = Actor("advisor", 1), Actor("lead_advisor", 2), Actor("assessor", 3)
PEOPLE = tuple(
    Nominee(name, f"{name.split()[0].lower()}@polwhevral.example.org", phase)
    for name, phase in (("Ada Pascoe", 1), ("Bryn Tregear", 2), ("Cara Nance", 1))
)


def furnish(store: Store, now: datetime) -> None:
    """Three people at the council and three schools, the second of them closed."""
    with store.writing() as session:
        for number, role in enumerate(("advisor", "lead_advisor", "assessor"), 1):
            session.add(
                User(
                    id=number,
                    email=f"{role}@example.org",
                    name=f"The {role}",
                    role=role,
                    password_hash="-",
                    created_at=now,
                )
            )
        for urn, name, is_open in (
            ("900001", "Polwhevral School", True),
            ("900002", "Nanskerris School", False),
            ("900004", "Trevanick School", True),
        ):
            session.add(
                School(
                    urn=urn,
                    name=name,
                    status="Open" if is_open else "Closed",
                    phase="Primary",
                    authority="Cornwall",
                    town="Nanskerris",
                    postcode="TR99 1AA",
                    is_open=is_open,
                    updated_at=now,
                )
            )


def close_school(session: Session, first: date, last: date) -> None:
    """The first school tells of days on which it is shut."""
    change_dates(session)
    session.add(SchoolDate(urn="900001", kind="closed", title="Flood", first=first, last=last))
    session.get_one(School, "900001").dates_version += 1
    session.flush()


def name_from_before(journey: "Journey", number: int, name: str) -> None:
    """A participant's name on the certificate that was entered before names were read as they are now."""
    with journey.store.writing() as session:
        case = lock_case(session, journey.id)
        session.get_one(Participant, number).certificate_name = name
        data = {"participant": number}
        engine.record(session, case, "participant_corrected", actor=ADVISOR, now=journey.now, data=data)


@dataclass
class Journey:
    """One engagement and a clock of its own: each step happens an hour after the one before."""

    store: Store
    now: datetime
    id: int = 0
    reference: str = ""

    @classmethod
    def resume(cls, store: Store) -> "Journey":
        """The first engagement of a record, where it was left."""
        with store.reading() as session:
            row = session.get_one(Engagement, 1)
            last = session.scalars(select(Event.at).where(Event.engagement_id == 1).order_by(Event.seq.desc())).first()
        return cls(store, last or row.ordered_at, row.id, row.reference)

    def _do(self, act: Callable[..., Any], *args: Any, actor: Actor = ADVISOR, **kwargs: Any) -> Any:
        self.now += timedelta(hours=1)
        with self.store.writing() as session:
            return act(session, self.id, *args, actor=actor, now=self.now, **kwargs)

    def begin(
        self, *, price: str = "265.00", urn: str = "900001", order: str = "SFS-1", offer: str | None = None
    ) -> "Journey":
        with self.store.writing() as session:
            asked = purchases.Order(order, urn, Decimal(price), self.now, "Jenna Rowe", "jenna@polwhevral.example.org")
            latest = offers_of(session).latest(offer)
            outcome = purchases.accept(session, latest, asked, actor=ADVISOR, now=self.now)
        self.id, self.reference = outcome.engagement_id, outcome.reference
        return self

    def nominate(self, people: tuple[Nominee, ...] = PEOPLE) -> "Journey":
        self._do(participants.nominate, people)
        return self

    def withdraw(self, email: str, reason: str) -> "Journey":
        self._do(participants.move, email, "withdraw", reason=reason)
        return self

    def book(self, kind: str) -> "Journey":
        """A visit is booked when the school's evidence for it has been checked."""
        if kind == "qa_visit" and self.offers("check_evidence"):
            self.fire("check_evidence")
        self._do(appointments.book, kind, self.now)
        return self

    def meet(self, kind: str, outputs: str | None = None) -> "Journey":
        self.book(kind)
        self._do(appointments.hold, kind, outputs=outputs)
        return self

    def train(self, kind: str) -> "Journey":
        self.book(kind)
        self._do(registers.take_register, kind, {person.email: "present" for person in PEOPLE})
        return self

    def plan(self) -> "Journey":
        """What the school has to do before the next visit, written down at the last one."""
        due = (self.now + timedelta(days=30)).date()
        self._do(
            action_plans.plan, "qa_visit", "Write the policy down.", owner="Jenna Rowe", due_on=due, actor=ASSESSOR
        )
        return self

    def each(self, verb: str) -> "Journey":
        for person in PEOPLE:
            self._do(participants.move, person.email, verb)
        return self

    def evidence(self, person: Nominee, *, met: bool) -> "Journey":
        """Everything that somebody's phase asks for, sent in and reviewed alike."""
        with self.store.reading() as session:
            criteria = offers_of(session).latest().phase[person.phase].criteria
        self._do(evidence.send_in, person.email, {one.code: EvidencePiece("An example.") for one in criteria})
        self._do(evidence.review, person.email, {one.code: Decision(met=met, text="Say more.") for one in criteria})
        return self

    def confirm_names(self) -> "Journey":
        for person in PEOPLE:
            self._do(participants.confirm_name, person.email, name=None)
        return self

    def fire(self, trigger: str, actor: Actor = ADVISOR, **kwargs: Any) -> Outcome:
        outcome: Outcome = self._do(engine.advance, trigger, actor=actor, **kwargs)
        return outcome

    def offers(self, trigger: str) -> bool:
        """Whether the advisor could fire it now."""
        with self.store.reading() as session:
            found = engine.available(session, self.id, ADVISOR)
        return any(one.trigger == trigger and one.open for one in found)

    def to(self, stage: str) -> "Journey":
        """Walks on, one stage at a time, until the engagement stands at `stage`."""
        while self.stage != stage:
            _WALK[self.stage](self)
        return self

    @property
    def row(self) -> Engagement:
        with self.store.reading() as session:
            return session.get_one(Engagement, self.id)

    @property
    def stage(self) -> str:
        return self.row.stage


def _certify(journey: Journey) -> None:
    journey.confirm_names()
    journey.fire("approve_award", LEAD)


def _judge(journey: Journey) -> None:
    journey.meet("qa_visit")
    journey.fire("record_qa_met", ASSESSOR)


def _follow_up(kind: str) -> Callable[[Journey], None]:
    def walk(journey: Journey) -> None:
        journey.meet(kind, outputs="A mentoring lead in every phase.")
        journey.fire(f"complete_{kind}")

    return walk


_WALK: dict[str, Callable[[Journey], object]] = {
    "purchase": lambda journey: journey.nominate(),
    "training_1": lambda journey: journey.train("training_1"),
    "training_2": lambda journey: journey.train("training_2"),
    "framework": lambda journey: journey.each("complete"),
    "follow_up_1": _follow_up("follow_up_1"),
    "follow_up_2": _follow_up("follow_up_2"),
    "qa_visit": _judge,
    "certification": _certify,
}
