"""Verbs of an offer's page: what moves an engagement, and what moves the small journeys beside it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from workflow.calendar.span import Span
from workflow.domain.actor import ROLE_TITLES, SYSTEM, ActingRole
from workflow.domain.effects import Effect
from workflow.domain.guards import Outcome, Rule
from workflow.domain.lifecycles import LIFECYCLES
from workflow.domain.standing import Standing
from workflow.offer.fields import (
    AppointmentName,
    Name,
    StageName,
    Text,
    parse_effect,
    parse_people,
    parse_rule,
    parse_span,
    parse_stages,
    parse_standings,
    stands_before,
    unknown,
)
from workflow.offer.page_table import PageTable

#: What a transition does to the timers of the stage it happens in.
TimerPolicy = Literal["keep", "suspend", "resume", "drop", "rearm"]
SpanField = Annotated[Span, BeforeValidator(parse_span)]
RuleField = Annotated[Rule, BeforeValidator(parse_rule)]
EffectField = Annotated[Effect, BeforeValidator(parse_effect)]


class StandingChange(PageTable):
    """The standings a transition is open in, and the one it leads to."""

    from_: Annotated[tuple[Standing, ...], BeforeValidator(parse_standings), Field(alias="from")]
    """The standings in which it may be said: one, or a list."""
    to: Standing
    """The standing it leads to."""


class Input(PageTable):
    """A value asked for when the trigger is fired."""

    name: Name
    """What history calls the value."""
    kind: Literal["date", "number"]
    """What is asked for."""
    ask: Text
    """The question, as a person reads it."""


class Records(PageTable):
    """What a transition writes down besides the move itself."""

    judgement: Outcome | None = None
    """How a visit was judged."""
    of: AppointmentName | None = None
    """The kind of meeting that was judged."""
    approval: Name | None = None
    """A name for what is approved, which the guards `approved` and `not_approved` ask for."""

    @model_validator(mode="after")
    def _says_of_what(self) -> "Records":
        if self.judgement and not self.of:
            raise ValueError("A judgement is of an appointment; say which with of.")
        return self


class Verb(PageTable):
    """What may be said by whom, what must be true first, and what is owed afterwards."""

    title: Text
    """What stands on the button."""
    done: Text
    """What history says once it is done."""
    by: Annotated[tuple[ActingRole, ...], Field(min_length=1)]
    """Who may say it."""
    guards: tuple[RuleField, ...] = ()
    """What must be true first."""
    effects: tuple[EffectField, ...] = ()
    """What is owed to people afterwards."""

    @property
    def people(self) -> list[str]:
        """The people who may say it, in words; the system alone if nobody else may."""
        people = [ROLE_TITLES[role] for role in self.by if role != SYSTEM.role]
        return people or [SYSTEM.title]


class StatusTransition(Verb):
    """A verb of a small journey: one participant's, one appointment's or one certificate's."""

    of: Literal["participant", "appointment", "certificate"]
    """Whose small journey this is."""
    verb: str
    """What is done to it; the words are listed below."""
    from_: Annotated[tuple[str, ...], BeforeValidator(parse_standings), Field(alias="from", min_length=1)]
    """The statuses in which it may be said: one, or a list."""
    to: str
    """The status it leads to."""
    reasons: dict[Name, Text] = Field(default={})
    """Codes with their words, `left = "has left the school"`. Where there are any, one must be given, and history
    keeps the code."""
    note: Text | None = None
    """The question to which words are needed too."""

    @field_validator("verb", "to", "from_")
    @classmethod
    def _known_word(cls, value: str | tuple[str, ...], info: ValidationInfo) -> str | tuple[str, ...]:
        noun = LIFECYCLES.get(info.data.get("of", ""))
        known = () if noun is None else noun.verbs if info.field_name == "verb" else noun.statuses
        what = "verb" if info.field_name == "verb" else "status"
        for word in (value,) if isinstance(value, str) else value:
            if noun is not None and word not in known:
                raise unknown(word, f"{what} of a {info.data['of']}", known)
        return value


class Transition(Verb):
    """A verb that may move the engagement."""

    trigger: Name
    """What it is called. A trigger may stand in several tables, one for each stage it is said at."""
    school: Text
    """What the school reads once it is done."""
    from_: Annotated[tuple[StageName, ...], BeforeValidator(parse_stages), Field(alias="from")]
    """The stage at which it may be said, a list of them, or `*` for every one."""
    to: StageName | None = None
    """The stage it leads to. If it is not said, the stage stays."""
    automatic: bool = False
    """It fires by itself as soon as its guards are met; `system` must be among those in `by`."""
    records: Records = Records()
    """What it writes down besides the move itself."""
    refund: bool = False
    """It quotes what the school gets back."""
    calls_off: Name | None = None
    """The reason with which dates still ahead are cancelled, for transitions that end the journey early."""
    standing: StandingChange = StandingChange.model_validate({"from": ["active"], "to": "active"})
    """The standings in which it may be said, and the one it leads to. If it is not said, only while it is active."""
    note: Text | None = None
    """The question to which words are needed."""
    inputs: tuple[Input, ...] = ()
    """Values that are asked for. Free text is a note and never an input, as history holds none."""
    timers: TimerPolicy = "keep"
    """What becomes of the timers that are running."""
    starting_again: Annotated[tuple[str, ...], BeforeValidator(parse_people), Field(alias="people")] = ()
    """Who starts again where it leads back to an earlier stage: `go_on` (nobody), `start_again` (everybody who takes
    part), or a list of the statuses of those who do."""

    @field_validator("starting_again")
    @classmethod
    def _in_a_new_round(cls, statuses: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        to, stages = info.data.get("to"), info.data.get("from_", ())
        if statuses and not (to and any(stands_before(to, stage, info) for stage in stages)):
            raise ValueError("It leads back to no earlier stage, so nobody starts again there. Take people out.")
        return statuses
