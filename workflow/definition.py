"""An offer as frozen, typed objects: the journey that `offer.toml` writes down.

`loader` makes these from a folder; nothing else does. Names are checked against the rest of the page while it is
read, so an `Offer` that exists has no dangling name.
"""

from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from workflow.calendar import Calendar, Span
from workflow.effects import Effect
from workflow.guards import Rule
from workflow.message import Email
from workflow.vocabulary import (
    AppointmentName,
    EmailName,
    Name,
    StageName,
    Text,
    TriggerName,
    parse_effect,
    parse_promises,
    parse_rule,
    parse_span,
    parse_stages,
    parse_standings,
)

Standing = Literal["active", "on_hold", "cancelled", "lapsed", "completed"]
#: What a transition does to the timers of the stage it happens in.
TimerPolicy = Literal["keep", "suspend", "resume", "drop", "rearm"]
Role = Literal["advisor", "lead_advisor", "assessor", "school_lead", "system"]
SpanField = Annotated[Span, BeforeValidator(parse_span)]
RuleField = Annotated[Rule, BeforeValidator(parse_rule)]
EffectField = Annotated[Effect, BeforeValidator(parse_effect)]


class Part(BaseModel):
    """One table of the page. A key nobody knows is a mistake, not a note."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Promise(Part):
    """Who owes the next move of a stage, and by when: `within` a time from the stage's beginning, or `at` a meeting.

    With both, the time counts from the meeting.
    `until` is a guard: once it is met the promise is kept, and the stage's next promise counts.
    """

    owner: Literal["council", "school"]
    to: Text
    within: SpanField | None = None
    at: AppointmentName | None = None
    until: RuleField | None = None

    @model_validator(mode="after")
    def _says_when(self) -> "Promise":
        if self.within is None and self.at is None:
            raise ValueError('A promise says when: within = "10 council days", or at = "an appointment", or both.')
        return self


class Stage(Part):
    """Where the journey can be. `school` is what the school reads; a final stage ends the journey."""

    name: Name
    title: Text
    school: Text
    appointment: AppointmentName | None = None
    promises: Annotated[tuple[Promise, ...], BeforeValidator(parse_promises), Field(alias="promise")] = ()
    final: bool = False


class AppointmentKind(Part):
    """A kind of dated meeting. `outputs` means what was agreed at it must be written down."""

    name: Name
    title: Text
    length: Text
    outputs: bool = False


class StandingChange(Part):
    """The standings a transition is open in, and the one it leads to."""

    from_: Annotated[tuple[Standing, ...], BeforeValidator(parse_standings), Field(alias="from")]
    to: Standing


class Input(Part):
    """A value asked for when the trigger is fired. Free text is a note, never an input (history holds ids only)."""

    name: Name
    kind: Literal["date", "number"]
    ask: Text


class Records(Part):
    """What a transition writes down besides the move itself."""

    judgement: Literal["met", "not_yet_met", "deferred"] | None = None
    of: AppointmentName | None = None
    approval: Name | None = None

    @model_validator(mode="after")
    def _says_of_what(self) -> "Records":
        if self.judgement and not self.of:
            raise ValueError("A judgement is of an appointment; say which with of.")
        return self


class Transition(Part):
    """A verb that may move the engagement. Without `to` the stage stays."""

    trigger: Name
    title: Text
    done: Text
    school: Text
    from_: Annotated[tuple[StageName, ...], BeforeValidator(parse_stages), Field(alias="from")]
    to: StageName | None = None
    by: Annotated[tuple[Role, ...], Field(min_length=1)]
    automatic: bool = False
    guards: tuple[RuleField, ...] = ()
    effects: tuple[EffectField, ...] = ()
    records: Records = Records()
    standing: StandingChange = StandingChange.model_validate({"from": ["active"], "to": "active"})
    note: Text | None = None
    inputs: tuple[Input, ...] = ()
    timers: TimerPolicy = "keep"


class Timer(Part):
    """A due time counted from the moment the stage begins. It fires its effects, or a trigger."""

    name: Name
    stage: StageName
    after: SpanField
    unless: RuleField | None = None
    effects: tuple[EffectField, ...] = ()
    trigger: TriggerName | None = None


class Phase(Part):
    """A person's level of recognition."""

    number: Annotated[int, Field(ge=1, le=9)]
    title: Text
    means: Text


class CertificateTerms(Part):
    """How certificates look and what they rest on; `needs` is what must be true of any path to one."""

    template: Text
    email: EmailName
    title: Text
    needs: RuleField
    valid_for: Annotated[str, Field(pattern=r"^[1-9][0-9]? years?$")] | None = None

    def valid_until(self, issued: datetime) -> datetime | None:
        """None when the offer sets no end. 29 February becomes 28 February."""
        if self.valid_for is None:
            return None
        year = issued.year + int(self.valid_for.split()[0])
        day = 28 if (issued.month, issued.day) == (2, 29) else issued.day
        return issued.replace(year=year, day=day)


class Policy(Part):
    """What the council decides by policy and has not published."""

    override_by: tuple[Role, ...] = ()


class PurchaseColumns(Part):
    """Which column names of the portal's export mean what; the first that is there is used."""

    order: tuple[str, ...]
    product: tuple[str, ...]
    urn: tuple[str, ...]
    school: tuple[str, ...] = ()
    price: tuple[str, ...]
    ordered_on: tuple[str, ...]
    lead_name: tuple[str, ...]
    lead_email: tuple[str, ...]
    products: tuple[str, ...]


class StaffColumns(Part):
    """Either `name`, or `first_name` with `last_name`, must be there."""

    name: tuple[str, ...]
    first_name: tuple[str, ...] = ()
    last_name: tuple[str, ...] = ()
    email: tuple[str, ...]
    phase: tuple[str, ...]


class Imports(Part):
    purchases: PurchaseColumns
    staff: StaffColumns


class Terms(Part):
    """The `[offer]` table: what is sold and where the journey starts."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
    title: Text
    provider: Text
    contact: Text
    reference: Annotated[str, Field(pattern=r"^[A-HJ-NP-RT-Z]{2,5}$")]
    price: Annotated[Decimal, Field(ge=0, decimal_places=2)]
    minimum_staff: Annotated[int, Field(ge=1)]
    start: StageName
    effects: tuple[EffectField, ...] = ()


class Offer(Part):
    """One versioned offer, whole."""

    offer: Terms
    policy: Policy = Policy()
    phases: Annotated[tuple[Phase, ...], Field(alias="phase", min_length=1)]
    stages: Annotated[tuple[Stage, ...], Field(alias="stage", min_length=2)]
    appointments: Annotated[tuple[AppointmentKind, ...], Field(alias="appointment")] = ()
    transitions: Annotated[tuple[Transition, ...], Field(alias="transition", min_length=1)]
    timers: Annotated[tuple[Timer, ...], Field(alias="timer")] = ()
    certificate: CertificateTerms | None = None
    imports: Annotated[Imports, Field(alias="import")]
    emails: dict[str, Email]
    calendar: Calendar
    certificate_template: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.offer.code, self.offer.version

    @cached_property
    def stage(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def stage_number(self) -> dict[str, int]:
        return {stage.name: number for number, stage in enumerate(self.stages)}

    @cached_property
    def triggers(self) -> dict[str, tuple[Transition, ...]]:
        """Transitions by trigger; the first is the one whose words name the trigger."""
        names = dict.fromkeys(transition.trigger for transition in self.transitions)
        return {name: tuple(one for one in self.transitions if one.trigger == name) for name in names}

    @cached_property
    def automatic(self) -> dict[str, tuple[str, ...]]:
        """The triggers that fire by themselves, by the stage they leave."""
        return {
            stage.name: tuple(one.trigger for one in self.transitions if one.automatic and stage.name in one.from_)
            for stage in self.stages
        }

    @cached_property
    def timers_of(self) -> dict[str, tuple[Timer, ...]]:
        return {stage.name: tuple(one for one in self.timers if one.stage == stage.name) for stage in self.stages}

    @cached_property
    def timer(self) -> dict[str, Timer]:
        return {timer.name: timer for timer in self.timers}

    @cached_property
    def appointment(self) -> dict[str, AppointmentKind]:
        return {kind.name: kind for kind in self.appointments}

    @cached_property
    def phase(self) -> dict[int, Phase]:
        return {phase.number: phase for phase in self.phases}
