"""The counts and dates that guards look at. Pure values; `store/facts.py` reads them in one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

#: Participant statuses of people who have left this journey, for now or for good.
SIDE_STATUSES = frozenset({"deferred", "withdrawn"})
#: Participant statuses from which nothing more is decided about the framework.
DECIDED_STATUSES = frozenset({"completed", "recognised", *SIDE_STATUSES})
COMPLETED_STATUSES = frozenset({"completed", "recognised"})
#: Appointment statuses that mean a date is agreed or past.
BOOKED_STATUSES = frozenset({"booked", "held", "registered"})
HELD_STATUSES = frozenset({"held", "registered"})


@dataclass(frozen=True, slots=True)
class ParticipantFact:
    id: int
    status: str
    phase: int
    name_confirmed: bool

    @property
    def active(self) -> bool:
        return self.status not in SIDE_STATUSES


@dataclass(frozen=True, slots=True)
class AppointmentFact:
    """`attended` holds the ids of participants who were present or have caught up."""

    id: int
    kind: str
    status: str
    outputs_recorded: bool
    attended: frozenset[int]
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class JudgementFact:
    appointment_id: int
    kind: str
    outcome: str
    assessor_id: int | None


@dataclass(frozen=True, slots=True)
class ApprovalFact:
    subject: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of one engagement now. `actor_id` is who asks; guards about a second person need it."""

    order_number: str | None
    price_paid: Decimal | None
    school_open: bool
    lead_named: bool
    participants: tuple[ParticipantFact, ...] = ()
    appointments: tuple[AppointmentFact, ...] = ()
    judgements: tuple[JudgementFact, ...] = ()
    approvals: tuple[ApprovalFact, ...] = ()
    actor_id: int | None = None

    @property
    def active_participants(self) -> tuple[ParticipantFact, ...]:
        return tuple(person for person in self.participants if person.active)

    def held(self, kind: str) -> Iterator[AppointmentFact]:
        """Appointments of one kind that took place, oldest first."""
        return (one for one in self.appointments if one.kind == kind and one.status in HELD_STATUSES)

    def attended(self, kind: str) -> frozenset[int]:
        """The ids of participants who were at one of its dates, or have caught up since."""
        return frozenset(person for one in self.held(kind) for person in one.attended)

    def booked(self, kind: str) -> Iterator[AppointmentFact]:
        return (one for one in self.appointments if one.kind == kind and one.status in BOOKED_STATUSES)

    def is_judged(self, appointment: AppointmentFact) -> bool:
        return any(one.appointment_id == appointment.id for one in self.judgements)

    def judged(self, kind: str) -> tuple[JudgementFact, ...]:
        return tuple(one for one in self.judgements if one.kind == kind)
