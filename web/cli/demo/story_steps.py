"""What each word of a story does: the act of that name, with values made of what the step says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.demo import story_evidence
from web.cli.demo.story import StoryStep
from workflow.acts import fields
from workflow.acts.act import Act, Occasion, occasion
from workflow.acts.act import perform as do
from workflow.acts.fields import ANYTHING, Field
from workflow.acts.registry import ACTS
from workflow.calendar.local_time import local_day
from workflow.calendar.meeting_time import forbidden
from workflow.calendar.working_days import Calendar
from workflow.domain.actor import Actor, Who
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.english import listed
from workflow.errors import BadInput, Problem
from workflow.imports.findings import Mode
from workflow.imports.sheet import read
from workflow.imports.staff import import_staff
from workflow.offer.phase_guide import questions
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.participant import Participant
from workflow.usecases import participants
from workflow.usecases.phases import Basis

_LIMIT = 2_000_000
_DAY = timedelta(days=1)
#: The one word that is no act: the school's list of staff comes as a file.
_IMPORT = "import_staff"


@dataclass(frozen=True, slots=True)
class StoryContext:
    """One step about to happen: whose engagement, who does it, when, and what a story's words stand for.

    `moment` turns a story's local time into the moment it is told as.
    """

    session: Session
    engagement_id: int
    step: StoryStep
    actor: Actor
    now: datetime
    moment: Callable[[datetime], datetime]
    staff: Traversable
    calendar: Calendar

    @property
    def who(self) -> Who:
        return {"actor": self.actor, "now": self.now}

    def emails(self) -> list[str]:
        """The people the step names, or everybody who takes part, but for the absent."""
        own = (Participant.engagement_id == self.engagement_id) & Participant.status.not_in(SIDE_STATUSES)
        there = self.session.scalars(select(Participant).where(own).order_by(Participant.id)).all()
        known = {person.email.partition("@")[0]: person.email for person in there}
        names = [name for name in self.step.people or known if name not in self.step.absent]
        return [known.get(name, name) for name in names]


def perform(scene: StoryContext) -> None:
    """Raises BadInput for a word that is no act, and whatever the use case raises."""
    word = scene.step.do
    if word == _IMPORT:
        sheet = read(BytesIO(scene.staff.read_bytes()), scene.staff.name, limit=_LIMIT)
        import_staff(scene.session, scene.engagement_id, sheet, mode=Mode.WHOLE, **scene.who)
        return
    if word not in ACTS:
        known = listed([_IMPORT, *ACTS], "or")
        raise BadInput("The story cannot be told.", (Problem("do", f"“{word}” is no act; write {known}."),))
    on = occasion(scene.session, scene.engagement_id, **scene.who)
    for values in _each(scene, ACTS[word], on):
        do(ACTS[word], on, **values)


def _each(scene: StoryContext, act: Act, on: Occasion) -> Iterator[dict[str, Any]]:
    """The values of the act, once for each person where it is about one."""
    step = scene.step
    if not act.fields:
        yield {"trigger": step.trigger, "note": step.text, "values": step.values, "override": step.override}
    elif act.about == "person":
        for email in scene.emails():
            yield {"email": email} | _values(scene, act, on, email)
    else:
        yield ({"kind": step.kind} if act.about in ("meeting", "judged_meeting") else {}) | _values(scene, act, on, "")


def _values(scene: StoryContext, act: Act, on: Occasion, email: str) -> dict[str, Any]:
    return {field.name: _VALUES[type(field)](scene, field, on, email) for field in act.fields}


def _said(scene: StoryContext, field: Field, _on: Occasion, _email: str) -> Any:
    """What the step calls by the field's own name."""
    return getattr(scene.step, field.name, None)


def _text(scene: StoryContext, _field: Field, _on: Occasion, _email: str) -> str | None:
    return scene.step.text


def _moment(scene: StoryContext, _field: Field, _on: Occasion, _email: str) -> datetime:
    return _on_a_working_day(scene, scene.step.when or scene.step.at)


def _on_a_working_day(scene: StoryContext, local: datetime) -> datetime:
    """Told in another year, a date may fall on a bank holiday; it is then the day before."""
    while forbidden(scene.calendar, scene.moment(local)):
        local -= _DAY
    return scene.moment(local)


def _first_offered(scene: StoryContext, _field: Field, _on: Occasion, _email: str) -> int:
    """The school takes the first date that it was offered."""
    own = (Appointment.engagement_id == scene.engagement_id) & (Appointment.status == "offered")
    dates = select(OfferedDate.id).join(Appointment, Appointment.id == OfferedDate.appointment_id).where(own)
    return scene.session.scalars(dates.order_by(OfferedDate.starts_at)).all()[0]


def _phase(scene: StoryContext, _field: Field, _on: Occasion, email: str) -> int:
    """The one that the step names, or else the one that was proposed."""
    return scene.step.phase or participants.one_of(scene.session, scene.engagement_id, email).phase


def _basis(scene: StoryContext, _field: Field, on: Occasion, _email: str) -> Basis:
    """They can say of themselves whatever is asked up to the phase that they propose."""
    asked = questions(on.offer.phases)
    return Basis(scene.step.text or "", frozenset(one.name for one in asked if one.phase <= (scene.step.phase or 1)))


_VALUES: Mapping[type[Field], Callable[[StoryContext, Field, Occasion, str], Any]] = {
    fields.Line: _said,
    fields.PersonName: _said,
    fields.Choice: _said,
    fields.Purpose: _said,
    fields.Anyway: lambda _scene, _field, _on, _email: ANYTHING,
    fields.Block: _text,
    fields.Moment: _moment,
    fields.Moments: lambda scene, _field, _on, _email: [_on_a_working_day(scene, day) for day in scene.step.dates],
    fields.Day: lambda scene, field, on, email: local_day(_moment(scene, field, on, email)),
    fields.Number: _first_offered,
    fields.Phase: _phase,
    fields.EntryBasis: _basis,
    fields.People: lambda scene, _field, _on, _email: {email: email for email in scene.emails()},
    fields.Marks: lambda scene, _field, _on, _email: dict.fromkeys(scene.emails(), "present"),
    fields.Pieces: lambda scene, _field, on, email: story_evidence.pieces(on, email, with_picture=scene.step.picture),
    fields.Decisions: lambda scene, _field, on, email: story_evidence.decisions(on, email, missing=scene.step.text),
}
