"""An offer as frozen, typed objects: the journey that `offer.toml` writes down.

`loader` makes these from a folder; nothing else does. Names are checked against the rest of the page while it is
read, so an `Offer` that exists has no dangling name.
"""

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from workflow.calendar.duration import LENGTH_WRITTEN, parse_length
from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.english import the
from workflow.errors import BadInput
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.fields import (
    EVERY,
    AnyAppointment,
    AppointmentName,
    Audience,
    Name,
    StageName,
    Text,
    TriggerName,
    editors_see,
    parse_promises,
)
from workflow.offer.page_table import PageTable
from workflow.offer.source.mistake import Mistake
from workflow.offer.terms import CertificateTerms, Imports, Phase, Policy, StaffColumns, Terms
from workflow.offer.triggers import EffectField, RuleField, SpanField, StatusTransition, Transition


def _a_length(text: str) -> str:
    parse_length(text)
    return text


class Promise(PageTable):
    """Who owes the next move of a stage, or first of any stage, and by when.

    What is owed may be put into other words while promises are open: they are known by `name`, or by their place in the
    stage and their owner.
    """

    name: Name | None = None
    """What the record knows it by, so that its words may be changed later."""
    owner: Literal["council", "school"]
    """Whose turn it is."""
    to: Text
    """What they are to do, as the words that follow “to”."""
    within: SpanField | None = None
    """How much time there is from when their turn came; with `at`, from the meeting."""
    again: SpanField | None = None
    """How much time there is when the turn comes back after others took too long; if it is not said, as much as at
    first."""
    at: AppointmentName | None = None
    """The meeting that sets the day."""
    until: RuleField | None = None
    """A guard: once it is met, the promise is kept and the next one of the stage counts."""

    @model_validator(mode="after")
    def _says_when(self) -> "Promise":
        if self.within is None and self.at is None:
            raise ValueError('A promise says when: within = "10 council days", or at = "an appointment", or both.')
        return self


class Stage(PageTable):
    """Where the journey can be."""

    name: Name
    """What other tables and the record call it."""
    title: Text
    """What the council's people read."""
    school: Text
    """What the school reads while the journey is here."""
    appointment: AppointmentName | None = None
    """The meeting that this stage is about."""
    promises: Annotated[tuple[Promise, ...], BeforeValidator(parse_promises), Field(alias="promise")] = ()
    """Who owes the next move while the journey is here, and by when: one, or several in the order in which they fall
    due."""
    final: bool = False
    """The journey ends here. Without certificates it makes for the first stage that says so; others are ways out."""

    @cached_property
    def promise(self) -> dict[str, Promise]:
        """By what the record knows them by, in their order."""
        return {one.name or f"{place}-{one.owner}": one for place, one in enumerate(self.promises, 1)}

    @model_validator(mode="after")
    def _each_promise_once(self) -> "Stage":
        if len(self.promise) < len(self.promises):
            raise ValueError("Two of its promises have the same name; each name may stand once.")
        return self


#: Whom a kind of meeting may invite; a contact that a school does not have is invited by nobody.
Guest = Literal["school_lead", "deputy", "head", "business_manager", "participants", "advisor"]


class AppointmentKind(PageTable):
    """A kind of dated meeting."""

    name: Name
    """What other tables and the record call it."""
    title: Text
    """What people read."""
    length: Annotated[str, AfterValidator(_a_length), editors_see(pattern=f"^({LENGTH_WRITTEN})$")]
    """How long it lasts, such as `3 hours`, `90 minutes` or `2 hours 30 minutes`; a day at most."""
    outputs: bool = False
    """What was agreed at it must be written down."""
    notice: SpanField | None = None
    """How far ahead a date is agreed at the soonest, as routes and rehearsals count; people may agree otherwise."""
    invite: tuple[Guest, ...] = ("school_lead", "advisor")
    """Who gets a calendar invitation. Somebody whom a school does not have is left out."""
    booking: tuple[RuleField, ...] = ()
    """What must be true before a date is agreed."""

    @property
    def lasts(self) -> timedelta:
        return parse_length(self.length)


class Timer(PageTable):
    """A due time that fires its effects, or a trigger.

    It hangs on one thing: the beginning of a `stage`, the day of whatever `promise` the school or the council has to
    keep, or a meeting.
    """

    name: Name
    """What the record calls it."""
    stage: StageName | None = None
    """It counts from the day on which this stage began."""
    promise: Literal["school", "council"] | None = None
    """It counts from the day by which the school, or the council, has to keep its promise."""
    at: AnyAppointment | None = None
    """It counts from a meeting of this kind; `*` is every kind."""
    after: SpanField | None = None
    """How long after that day it fires."""
    before: SpanField | None = None
    """How long before that day it fires."""
    every: SpanField | None = None
    """How often it fires again while its reason stands."""
    unless: RuleField | None = None
    """A guard: when it is met, the timer does nothing."""
    escalate_to: Audience | None = None
    """Who gets its emails in place of their usual readers."""
    effects: tuple[EffectField, ...] = ()
    """What is sent."""
    trigger: TriggerName | None = None
    """The transition that it fires."""

    @model_validator(mode="after")
    def _says_when(self) -> "Timer":
        if sum(one is not None for one in (self.stage, self.promise, self.at)) != 1:
            raise ValueError('A timer hangs on one thing: stage = "…", promise = "school" or at = "an appointment".')
        if (self.after is None) == (self.before is None):
            raise ValueError('A timer says when: after = "5 school days" or before = "5 school days", and not both.')
        if self.stage is not None and self.before is not None:
            raise ValueError("Nobody knows beforehand when a stage begins. Count after it.")
        if self.every is not None and self.at is not None:
            raise ValueError("A meeting takes place once, so nothing about it can be said again and again.")
        return self

    @property
    def span(self) -> Span:
        """How far from what it hangs on; below nought before it."""
        return self.before.back if self.before is not None else self.after or Span(0, "days")


class Offer(PageTable):
    """One versioned offer, whole."""

    offer: Terms
    """What is sold, and on which terms."""
    policy: Policy = Policy()
    """What the council decides by policy."""
    phases: Annotated[tuple[Phase, ...], Field(alias="phase")] = ()
    """The levels of recognition; none where nobody takes part by name."""
    promises: Annotated[tuple[Promise, ...], Field(alias="promise")] = ()
    """What is owed first, whatever the stage; each has a name of its own."""
    stages: Annotated[tuple[Stage, ...], Field(alias="stage", min_length=2)]
    """Where the journey can be, in order."""
    appointments: Annotated[tuple[AppointmentKind, ...], Field(alias="appointment")] = ()
    """The kinds of meeting."""
    transitions: Annotated[tuple[Transition, ...], Field(alias="transition", min_length=1)]
    """What moves an engagement."""
    moves: Annotated[tuple[StatusTransition, ...], Field(alias="move")] = ()
    """What moves one participant, one meeting or one certificate."""
    timers: Annotated[tuple[Timer, ...], Field(alias="timer")] = ()
    """What time does by itself."""
    certificate: CertificateTerms | None = None
    """What certificates look like and rest on. Leave the table out where there are none."""
    imports: Annotated[Imports, Field(alias="import")]
    """Which columns of a file mean what."""
    emails: dict[str, EmailTemplate]
    calendar: Calendar
    certificate_template: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.offer.code, self.offer.version

    @field_validator("promises")
    @classmethod
    def _have_names(cls, promises: tuple[Promise, ...]) -> tuple[Promise, ...]:
        names = [one.name for one in promises]
        if None in names or len(set(names)) < len(names):
            raise ValueError("A promise of the whole journey needs a name, each its own.")
        return promises

    @model_validator(mode="after")
    def _people_have_a_phase(self) -> "Offer":
        if self.imports.staff is not None and not self.phases:
            raise Mistake("A list of staff has people in it; write at least one [[phase]] for them.", "import", "staff")
        if self.phases and self.imports.staff is None:
            raise Mistake("People take part, so write [import.staff]: what heads the columns of their list.", "import")
        return self

    @property
    def staff_columns(self) -> StaffColumns:
        """How the columns of a list of people are called. Raises BadInput where nobody takes part by name."""
        if self.imports.staff is None:
            raise BadInput(f"In {the(self.offer.title)} nobody takes part by name, so there is nobody to name.")
        return self.imports.staff

    @cached_property
    def promises_at(self) -> dict[str, dict[str, Promise]]:
        """By stage: what is owed first whatever the stage, then the stage's own."""
        always = {str(one.name): one for one in self.promises}
        return {stage.name: {} if stage.final else {**always, **stage.promise} for stage in self.stages}

    @cached_property
    def stage(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def stage_number(self) -> dict[str, int]:
        return {stage.name: number for number, stage in enumerate(self.stages)}

    @cached_property
    def goals(self) -> frozenset[str]:
        """The stages that a journey makes for: those at which certificates have been earned; without certificates, or
        where none is earned on the way to a stage, the first at which it ends. Those behind it are ways out."""
        earned = {one.to for one in self.transitions if any(effect.kind == "certificate" for effect in one.effects)}
        return frozenset(one for one in earned if one) or frozenset([one.name for one in self.stages if one.final][:1])

    def leads_back(self, source: str, to: str) -> bool:
        """Whether a stage stands before another: going there begins a new round."""
        return self.stage_number[to] < self.stage_number[source]

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
        """The timers that hang on a stage's beginning."""
        return {stage.name: tuple(one for one in self.timers if one.stage == stage.name) for stage in self.stages}

    @cached_property
    def timers_on(self) -> dict[str, tuple[Timer, ...]]:
        """The timers that hang on the promises of the school and of the council."""
        return {owner: tuple(one for one in self.timers if one.promise == owner) for owner in ("school", "council")}

    def timers_about(self, kind: str) -> tuple[Timer, ...]:
        """The timers that hang on a kind of meeting."""
        return tuple(one for one in self.timers if one.at in (EVERY, kind))

    @cached_property
    def status_transition(self) -> dict[tuple[str, str], StatusTransition]:
        """The verbs of the small journeys, by noun and verb."""
        return {(move.of, move.verb): move for move in self.moves}

    @cached_property
    def timer(self) -> dict[str, Timer]:
        return {timer.name: timer for timer in self.timers}

    @cached_property
    def appointment(self) -> dict[str, AppointmentKind]:
        return {kind.name: kind for kind in self.appointments}

    @cached_property
    def phase(self) -> dict[int, Phase]:
        return {phase.number: phase for phase in self.phases}
