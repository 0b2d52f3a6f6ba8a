"""Whether a date may be agreed: one place for pages, console, bulk work, the demonstration and rehearsals.

What the calendar forbids is refused. What is unusual needs a yes to the very sentence that says what is unusual, so
that a yes to one date is none to another.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from workflow.acts.act import Occasion
from workflow.acts.fields import ANYTHING, Anyway, Option
from workflow.calendar.local_time import clock_in_figures, day_told, moment_told
from workflow.calendar.meeting_time import forbidden, unusual
from workflow.calendar.working_days import Calendar
from workflow.domain.facts import AppointmentFact, Facts
from workflow.domain.lifecycles import HELD_STATUSES
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.calendars import calendar_of
from workflow.english import listed, within
from workflow.errors import BadInput, Conflict, Problem
from workflow.offer.definition import AppointmentKind
from workflow.store.cases import read_case
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

#: The field in which the yes is given.
ANYWAY = Anyway(
    "anyway",
    label="Yes, this date is meant",
    console=Option("--anyway", "Take the date although it is unusual; without this you see why."),
)
#: No meeting of an offer is longer.
_LONGEST = timedelta(days=1)


def agree(on: Occasion, kind: str, dates: list[datetime], yes: str) -> str:
    """What is unusual about these dates, in a sentence; nothing where nothing is.

    Asked last: whoever may not agree a date is not asked whether it is meant. A refusal undoes what was done.

    Raises BadInput for a bank holiday, and for what is unusual without a yes to it.
    """
    known = on.offer.appointment.get(kind)
    if known is None:
        return ""
    calendar = calendar_of(on.session, on.offer, read_case(on.session, on.engagement_id))
    for one in dates:
        holiday = forbidden(calendar, one)
        if holiday is not None:
            raise BadInput(f"{moment_told(one, calendar.zone)} is a bank holiday ({holiday}). Choose another day.")
    sentence = " ".join(told for date in dates if (told := _told(on, known, calendar, date)))
    if sentence and yes not in (ANYTHING, sentence):
        raise BadInput("Look at the date again, or say that it is meant (“anyway”).", (Problem(ANYWAY.name, sentence),))
    return sentence


def agree_for_many(on: Occasion, kind: str) -> None:
    """One date for many schools is for those whom it suits. Raises Conflict, saying why this one is left out: it is on
    hold or somewhere else on its way, or has had the meeting or a date for it."""
    known, case = on.offer.appointment.get(kind), read_case(on.session, on.engagement_id)
    if known is None:
        return
    if case.standing == "on_hold":
        raise Conflict("It is on hold, so no date is agreed.")
    stages = [one for one in on.offer.stages if one.appointment == kind]
    if stages and case.stage not in {one.name for one in stages}:
        raise Conflict(
            f"It is at “{on.offer.stage[case.stage].title}”, and a date for {within(known.title)} is agreed at "
            f"“{stages[0].title}”."
        )
    for meeting in case.facts.appointments:
        if meeting.kind == kind and (told := _settled(case.facts, meeting)):
            raise Conflict(
                told.format(title=within(known.title), day=day_told(meeting.starts_at, on.offer.calendar.zone))
            )


def _settled(facts: Facts, meeting: AppointmentFact) -> str:
    """Why there is nothing to agree any more; nothing after a visit whose judgement asks for another."""
    if meeting.status == "booked":
        return "It has a date for {title} already, {day}. Move that by itself."
    held = meeting.status in HELD_STATUSES and not facts.is_judged(meeting)
    return "It was there for {title} on {day}." if held else ""


def _told(on: Occasion, kind: AppointmentKind, calendar: Calendar, date: datetime) -> str:
    found = [*unusual(calendar, date, kind.lasts, kind.notice, on.now), *_clashes(on, kind, calendar, date)]
    return f"{moment_told(date, calendar.zone)} is unusual: {listed(found)}." if found else ""


def _clashes(on: Occasion, kind: AppointmentKind, calendar: Calendar, date: datetime) -> Iterator[str]:
    """What the advisor of the case has at that time already. The date that is moved is no other one; where many schools
    are asked to one meeting, that meeting is no other one either."""
    own, advisor = Appointment.engagement_id == on.engagement_id, on.engagement.advisor_id
    theirs = own if advisor is None else own | (Engagement.advisor_id == advisor)
    if date <= on.now:
        return
    near = (
        select(Appointment, School.name)
        .join(Engagement, Engagement.id == Appointment.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(theirs, Engagement.standing.in_(OPEN_STANDINGS), Appointment.status == "booked")
        .where(Appointment.starts_at > date - _LONGEST, Appointment.starts_at < date + kind.lasts)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    for other, school in on.session.execute(near).all():
        moved = other.engagement_id == on.engagement_id and other.kind == kind.name
        shared = on.of_many and (other.kind, other.starts_at) == (kind.name, date)
        there = on.offer.appointment.get(other.kind)
        ends = other.starts_at + (there.lasts if there else kind.lasts)
        if ends > date and not moved and not shared:
            title = there.title if there else other.kind
            times = f"{clock_in_figures(other.starts_at, calendar.zone)} to {clock_in_figures(ends, calendar.zone)}"
            yield f"there is {within(title)} at {school} from {times}"
