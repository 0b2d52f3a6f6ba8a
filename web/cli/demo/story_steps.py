"""What each word of a story does: one use case for one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.demo import story_evidence
from web.cli.demo.story import StoryStep
from workflow.domain.actor import Actor
from workflow.domain.lifecycles import PARTICIPANT, SIDE_STATUSES
from workflow.engine.firing import advance
from workflow.english import listed
from workflow.errors import BadInput, Problem
from workflow.imports.findings import Mode
from workflow.imports.sheet import read
from workflow.imports.staff import import_staff
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.participant import Participant
from workflow.usecases import action_plans, appointments, participants, phases, registers
from workflow.usecases.phases import Basis

_LIMIT = 2_000_000
_MASTER = 3


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

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.actor, "now": self.now}

    def emails(self) -> list[str]:
        """The people the step names, or everybody who takes part, but for the absent."""
        there = self.session.scalars(
            select(Participant)
            .where(Participant.engagement_id == self.engagement_id, Participant.status.not_in(SIDE_STATUSES))
            .order_by(Participant.id)
        ).all()
        known = {person.email.partition("@")[0]: person.email for person in there}
        names = [name for name in self.step.people or known if name not in self.step.absent]
        return [known.get(name, name) for name in names]


def perform(scene: StoryContext) -> None:
    """Raises BadInput for a verb nobody knows, and whatever the use case raises."""
    verb = scene.step.do
    if verb in PARTICIPANT.verbs:
        _move(scene)
    elif verb in _VERBS:
        _VERBS[verb](scene)
    else:
        known = listed([*_VERBS, *PARTICIPANT.verbs], "or")
        raise BadInput("The story cannot be told.", (Problem("do", f"“{verb}” is not a verb; write {known}."),))


def _move(scene: StoryContext) -> None:
    step = scene.step
    for email in scene.emails():
        participants.move(
            scene.session, scene.engagement_id, email, step.do, note=step.text, reason=step.reason, **scene.who
        )


def _nominate(scene: StoryContext) -> None:
    source = BytesIO(scene.staff.read_bytes())
    sheet = read(source, scene.staff.name, limit=_LIMIT)
    import_staff(scene.session, scene.engagement_id, sheet, mode=Mode.WHOLE, **scene.who)


def _book(scene: StoryContext) -> None:
    when = scene.moment(scene.step.when or scene.step.at)
    place = scene.step.place
    appointments.book(scene.session, scene.engagement_id, scene.step.kind, when, place=place, **scene.who)


def _offer(scene: StoryContext) -> None:
    step, days = scene.step, [scene.moment(day) for day in scene.step.dates]
    appointments.offer(scene.session, scene.engagement_id, step.kind, days, place=step.place, **scene.who)


def _choose(scene: StoryContext) -> None:
    """The school takes the first date that it was offered."""
    own = (Appointment.engagement_id == scene.engagement_id) & (Appointment.status == "offered")
    dates = select(OfferedDate.id).join(Appointment, Appointment.id == OfferedDate.appointment_id).where(own)
    first = scene.session.scalars(dates.order_by(OfferedDate.starts_at)).all()[0]
    appointments.accept(scene.session, scene.engagement_id, first, **scene.who)


def _propose(scene: StoryContext) -> None:
    step = scene.step
    basis = Basis(step.text or "", led_mentoring=True, led_coaching=step.phase == _MASTER, scope="school")
    for email in scene.emails():
        phases.propose(scene.session, scene.engagement_id, email, step.phase, basis, **scene.who)


def _agree(scene: StoryContext) -> None:
    """To the phase that was proposed."""
    for email in scene.emails():
        person = participants.one_of(scene.session, scene.engagement_id, email)
        phases.agree(scene.session, scene.engagement_id, email, person.phase, **scene.who)


def _send(scene: StoryContext) -> None:
    for email in scene.emails():
        picture = scene.step.picture
        story_evidence.send(scene.session, scene.engagement_id, email, with_picture=picture, **scene.who)


def _decide(scene: StoryContext) -> None:
    for email in scene.emails():
        story_evidence.decide(scene.session, scene.engagement_id, email, missing=scene.step.text, **scene.who)


def _register(scene: StoryContext) -> None:
    marks = dict.fromkeys(scene.emails(), "present")
    registers.take_register(scene.session, scene.engagement_id, scene.step.kind, marks, **scene.who)


def _catch_up(scene: StoryContext) -> None:
    registers.catch_up(scene.session, scene.engagement_id, scene.step.kind, scene.emails(), **scene.who)


def _meet(scene: StoryContext) -> None:
    step = scene.step
    appointments.hold(scene.session, scene.engagement_id, step.kind, outputs=step.text, **scene.who)


def _confirm(scene: StoryContext) -> None:
    for email in scene.emails():
        participants.confirm_name(scene.session, scene.engagement_id, email, name=None, **scene.who)


def _fire(scene: StoryContext) -> None:
    step = scene.step
    advance(
        scene.session,
        scene.engagement_id,
        step.trigger,
        note=step.text,
        values=step.values,
        override=step.override,
        **scene.who,
    )


def _plan(scene: StoryContext) -> None:
    step, due = scene.step, scene.moment(scene.step.when or scene.step.at)
    action_plans.plan(
        scene.session, scene.engagement_id, step.kind, step.text or "", owner=step.owner, due_on=due.date(), **scene.who
    )


_VERBS: Mapping[str, Callable[[StoryContext], None]] = {
    "offer": _offer,
    "choose": _choose,
    "propose": _propose,
    "agree": _agree,
    "send": _send,
    "decide": _decide,
    "nominate": _nominate,
    "book": _book,
    "register": _register,
    "catch_up": _catch_up,
    "meet": _meet,
    "plan": _plan,
    "confirm": _confirm,
    "fire": _fire,
}
