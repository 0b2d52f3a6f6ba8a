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
    to: Standing


class Input(PageTable):
    """A value asked for when the trigger is fired. Free text is a note, never an input (history holds ids only)."""

    name: Name
    kind: Literal["date", "number"]
    ask: Text


class Records(PageTable):
    """What a transition writes down besides the move itself."""

    judgement: Outcome | None = None
    of: AppointmentName | None = None
    approval: Name | None = None

    @model_validator(mode="after")
    def _says_of_what(self) -> "Records":
        if self.judgement and not self.of:
            raise ValueError("A judgement is of an appointment; say which with of.")
        return self


class Verb(PageTable):
    """What may be said by whom, what must be true first, and what is owed afterwards."""

    title: Text
    done: Text
    by: Annotated[tuple[ActingRole, ...], Field(min_length=1)]
    guards: tuple[RuleField, ...] = ()
    effects: tuple[EffectField, ...] = ()

    @property
    def people(self) -> list[str]:
        """The people who may say it, in words; the system alone if nobody else may."""
        people = [ROLE_TITLES[role] for role in self.by if role != SYSTEM.role]
        return people or [SYSTEM.title]


class StatusTransition(Verb):
    """A verb of a small journey: one participant's, one appointment's or one certificate's.

    `reasons` are codes with their words; where there are any, one must be given, and history keeps the code.
    `note` is what to ask for where words are needed too.
    """

    of: Literal["participant", "appointment", "certificate"]
    verb: str
    from_: Annotated[tuple[str, ...], BeforeValidator(parse_standings), Field(alias="from", min_length=1)]
    to: str
    reasons: dict[Name, Text] = Field(default={})
    note: Text | None = None

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
    """A verb that may move the engagement. Without `to` the stage stays. `refund` quotes what the school gets back.

    `calls_off` is the reason with which dates still ahead are cancelled, for verbs that end the journey early. `people`
    says who starts again where it leads back to an earlier stage: “go_on” (nobody), “start_again” (everybody who takes
    part), or the statuses of those who do.
    """

    trigger: Name
    school: Text
    from_: Annotated[tuple[StageName, ...], BeforeValidator(parse_stages), Field(alias="from")]
    to: StageName | None = None
    automatic: bool = False
    records: Records = Records()
    refund: bool = False
    calls_off: Name | None = None
    standing: StandingChange = StandingChange.model_validate({"from": ["active"], "to": "active"})
    note: Text | None = None
    inputs: tuple[Input, ...] = ()
    timers: TimerPolicy = "keep"
    starting_again: Annotated[tuple[str, ...], BeforeValidator(parse_people), Field(alias="people")] = ()
