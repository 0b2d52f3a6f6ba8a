"""An offer as frozen, typed objects: the journey that `offer.toml` writes down.

`loader` makes these from a folder; nothing else does. Names are checked against the rest of the page while it is
read, so an `Offer` that exists has no dangling name.
"""

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from workflow.calendar.duration import parse_length
from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
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
    parse_promises,
)
from workflow.offer.page_table import PageTable
from workflow.offer.terms import CertificateTerms, Imports, Phase, Policy, StaffColumns, Terms
from workflow.offer.triggers import EffectField, RuleField, SpanField, StatusTransition, Transition


def _a_length(text: str) -> str:
    parse_length(text)
    return text


class Promise(PageTable):
    """Who owes the next move of a stage, or first of any stage, and by when: `within` a time from when their turn came,
    or `at` a meeting. With both, the time counts from the meeting.

    `again` is how much time there is, from then on, when the turn comes back after others took too long over theirs;
    where it is not said, as much as at first.
    `until` is a guard: once it is met the promise is kept, and the stage's next promise counts. What is owed may be put
    into other words while promises are open: they are known by `name`, or by their place in the stage and their owner.
    """

    name: Name | None = None
    owner: Literal["council", "school"]
    to: Text
    within: SpanField | None = None
    again: SpanField | None = None
    at: AppointmentName | None = None
    until: RuleField | None = None

    @model_validator(mode="after")
    def _says_when(self) -> "Promise":
        if self.within is None and self.at is None:
            raise ValueError('A promise says when: within = "10 council days", or at = "an appointment", or both.')
        return self


class Stage(PageTable):
    """Where the journey can be. `school` is what the school reads; a final stage ends the journey."""

    name: Name
    title: Text
    school: Text
    appointment: AppointmentName | None = None
    promises: Annotated[tuple[Promise, ...], BeforeValidator(parse_promises), Field(alias="promise")] = ()
    final: bool = False

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
    """A kind of dated meeting. `outputs` means what was agreed at it must be written down.

    `invite` is who gets a calendar invitation, and `booking` what must be true before a date is agreed. `notice` is
    how far ahead a date is agreed at the soonest, as routes and rehearsals count; people may agree otherwise.
    """

    name: Name
    title: Text
    length: Annotated[str, AfterValidator(_a_length)]
    outputs: bool = False
    notice: SpanField | None = None
    invite: tuple[Guest, ...] = ("school_lead", "advisor")
    booking: tuple[RuleField, ...] = ()

    @property
    def lasts(self) -> timedelta:
        return parse_length(self.length)


class Timer(PageTable):
    """A due time that fires its effects, or a trigger.

    It hangs on one thing: the beginning of a `stage`, the day of whatever `promise` the school or the council has to
    keep, or a meeting (`at` one kind, or `*` for every kind). `every` fires it again and again while its reason stands.
    `escalate_to` sends its emails to somebody else than their usual readers.
    """

    name: Name
    stage: StageName | None = None
    promise: Literal["school", "council"] | None = None
    at: AnyAppointment | None = None
    after: SpanField | None = None
    before: SpanField | None = None
    every: SpanField | None = None
    unless: RuleField | None = None
    escalate_to: Audience | None = None
    effects: tuple[EffectField, ...] = ()
    trigger: TriggerName | None = None

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
    policy: Policy = Policy()
    phases: Annotated[tuple[Phase, ...], Field(alias="phase")] = ()
    promises: Annotated[tuple[Promise, ...], Field(alias="promise")] = ()
    stages: Annotated[tuple[Stage, ...], Field(alias="stage", min_length=2)]
    appointments: Annotated[tuple[AppointmentKind, ...], Field(alias="appointment")] = ()
    transitions: Annotated[tuple[Transition, ...], Field(alias="transition", min_length=1)]
    moves: Annotated[tuple[StatusTransition, ...], Field(alias="move")] = ()
    timers: Annotated[tuple[Timer, ...], Field(alias="timer")] = ()
    certificate: CertificateTerms | None = None
    imports: Annotated[Imports, Field(alias="import")]
    emails: dict[str, EmailTemplate]
    calendar: Calendar
    certificate_template: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.offer.code, self.offer.version

    @model_validator(mode="after")
    def _promises_have_names(self) -> "Offer":
        names = [one.name for one in self.promises]
        if None in names or len(set(names)) < len(names):
            raise ValueError("A promise of the whole journey needs a name, each its own.")
        return self

    @model_validator(mode="after")
    def _people_have_a_phase(self) -> "Offer":
        if self.imports.staff is not None and not self.phases:
            raise ValueError("A list of staff has people in it who take part; write at least one [[phase]] for them.")
        if self.phases and self.imports.staff is None:
            raise ValueError("People take part, so write [import.staff]: how the columns of their list are called.")
        return self

    @property
    def staff_columns(self) -> StaffColumns:
        """How the columns of a list of people are called. Raises BadInput where nobody takes part by name."""
        if self.imports.staff is None:
            raise BadInput(f"In the {self.offer.title} nobody takes part by name, so there is nobody to name.")
        return self.imports.staff

    @model_validator(mode="after")
    def _people_start_again_in_rounds(self) -> "Offer":
        for one in self.transitions:
            back = one.to is not None and any(self.leads_back(source, one.to) for source in one.from_)
            if one.starting_again and not back:
                raise ValueError(
                    f"“{one.trigger}” leads back to no earlier stage, so nobody starts again there; take people out."
                )
        return self

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
        where none is earned on the way to a stage, those at which it ends."""
        earned = {one.to for one in self.transitions if any(effect.kind == "certificate" for effect in one.effects)}
        return frozenset(one for one in earned if one) or frozenset(one.name for one in self.stages if one.final)

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
