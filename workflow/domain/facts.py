"""The counts and dates that guards look at. Pure values; `store/cases.py` reads them in one query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from workflow.calendar.span import Unit
from workflow.domain.lifecycles import BOOKED_STATUSES, COMPLETED_STATUSES, HELD_STATUSES, SIDE_STATUSES


@dataclass(frozen=True, slots=True)
class ParticipantFact:
    """`phase_agreed` says that an advisor agreed to the phase. `sent` counts the versions of evidence, `returned`
    those that came back, and `unmet` the criteria that the last review found not met (None before any review)."""

    id: int
    status: str
    phase: int
    name_confirmed: bool
    phase_agreed: bool = True
    sent: int = 0
    returned: int = 0
    unmet: int | None = None

    @property
    def active(self) -> bool:
        return self.status not in SIDE_STATUSES

    @property
    def completed(self) -> bool:
        return self.status in COMPLETED_STATUSES


@dataclass(frozen=True, slots=True)
class AppointmentFact:
    """`attended` holds the ids of participants who were present or have caught up; `planned` counts the actions that
    were written down for the school at a visit; `sequence` is the number under which calendars know the date. It is
    `former` where it took place in a round that is over."""

    id: int
    kind: str
    status: str
    outputs_recorded: bool
    attended: frozenset[int]
    starts_at: datetime
    planned: int = 0
    purpose: str = "planned"
    sequence: int = 0
    former: bool = False

    @property
    def about(self) -> str:
        """How a timer names the meeting it hangs on."""
        return f"meeting:{self.id}"


@dataclass(frozen=True, slots=True)
class JudgementFact:
    """`seq` is the event that recorded it, so that it can be told what came before and after."""

    appointment_id: int
    kind: str
    outcome: str
    assessor_id: int | None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ApprovalFact:
    subject: str
    user_id: int | None
    seq: int = 0
    former: bool = False


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """Who owes, or owed, the next move at a stage. `id` is None before it is written; `store.promise` says the rest."""

    id: int | None
    stage: str
    name: str
    owner: str
    what: str
    anchor: str
    status: str
    since: datetime
    due_at: datetime
    counted_from: datetime
    count: int
    unit: Unit
    closed_at: datetime | None = None

    @property
    def token(self) -> tuple[str, str, str]:
        """What makes it the same promise as another."""
        return self.stage, self.name, self.anchor

    def was_held_up(self, known: Sequence["PromiseFact"], now: datetime) -> bool:
        """Whether others were late while it waited, or its day passed meanwhile; it was in time when it had to wait."""
        if self.status != "waiting" or self.closed_at is None:
            return False
        return bool(self.late_others(known, now)) or self.closed_at <= self.due_at < now

    def late_others(self, known: Sequence["PromiseFact"], now: datetime) -> list["PromiseFact"]:
        """What others owed, and were late with, while it waited until `now`."""
        since = self.closed_at or now
        others = (one for one in known if one.owner != self.owner and since <= (one.closed_at or now) <= now)
        return [one for one in others if one.due_at < (one.closed_at or now)]


@dataclass(frozen=True, slots=True)
class StoppedTimer:
    """A timer whose clock stands still since `suspended_at`; it had been set at `armed_at` for `due_at`."""

    name: str
    stage: str
    about: str
    armed_at: datetime
    due_at: datetime
    unit: Unit
    suspended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of one engagement now.

    `actor_id` is who asks; guards about a second person need it. `about` is the participant or the appointment whose
    small journey is asked about. `advisor_id` is the lead advisor of the case. Meetings, judgements and approvals of
    rounds that are over are told only where it is asked what was `ever` so.
    """

    order_number: str | None
    price_paid: Decimal | None
    school_open: bool
    lead_named: bool
    participants: tuple[ParticipantFact, ...] = ()
    appointments: tuple[AppointmentFact, ...] = ()
    judgements: tuple[JudgementFact, ...] = ()
    approvals: tuple[ApprovalFact, ...] = ()
    places: int = 0
    advisor_id: int | None = None
    actor_id: int | None = None
    about: int | None = None
    ever: bool = False

    @property
    def active_participants(self) -> tuple[ParticipantFact, ...]:
        return tuple(person for person in self.participants if person.active)

    @property
    def person(self) -> ParticipantFact | None:
        """The participant that is asked about."""
        return next((one for one in self.participants if one.id == self.about), None)

    def held(self, kind: str) -> Iterator[AppointmentFact]:
        """Appointments of one kind that took place, oldest first."""
        return (one for one in self._counting if one.kind == kind and one.status in HELD_STATUSES)

    def attended(self, kind: str) -> frozenset[int]:
        """The ids of participants who were at one of its dates, or have caught up since."""
        return frozenset(person for one in self.held(kind) for person in one.attended)

    def booked(self, kind: str) -> Iterator[AppointmentFact]:
        return (one for one in self._counting if one.kind == kind and one.status in BOOKED_STATUSES)

    def offered(self, kind: str) -> Iterator[AppointmentFact]:
        """Appointments for which the school has dates to choose from; `starts_at` is the first of them."""
        return (one for one in self._counting if one.kind == kind and one.status == "offered")

    def is_judged(self, appointment: AppointmentFact) -> bool:
        return any(one.appointment_id == appointment.id for one in self.judgements)

    def to_judge(self, kind: str) -> AppointmentFact | None:
        """The oldest that took place and nobody has judged; one of a round that is over where this one has none."""
        waiting = [one for one in replace(self, ever=True).held(kind) if not self.is_judged(one)]
        return min(waiting, key=lambda one: one.former, default=None)

    def judged(self, kind: str) -> tuple[JudgementFact, ...]:
        over = set() if self.ever else {one.id for one in self.appointments if one.former}
        return tuple(one for one in self.judgements if one.kind == kind and one.appointment_id not in over)

    def approved(self, subject: str) -> tuple[ApprovalFact, ...]:
        """Every yes to a subject, oldest first."""
        return tuple(one for one in self.approvals if one.subject == subject and (self.ever or not one.former))

    @property
    def _counting(self) -> Iterator[AppointmentFact]:
        return (one for one in self.appointments if self.ever or not one.former)
