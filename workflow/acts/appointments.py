"""Appointments: dates offered, chosen, agreed and called off; meetings held, who was there, what was agreed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from workflow.acts import meeting_times
from workflow.acts.act import COUNCIL, Act, Done, Many, Occasion, says, some_offer
from workflow.acts.fields import Argument, Block, Choice, Line, Marks, Moment, Moments, Number, Option, People, Purpose
from workflow.calendar.local_time import clock_in_figures, day_told, local_time
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.english import clock_in_words, count_of, listed, within
from workflow.offer.definition import Offer
from workflow.usecases import appointments, registers
from workflow.usecases.appointments import OUTPUTS_LIMIT, PLACE_LIMIT

_WHAT = "What was agreed"
_PLACE = Line(
    "place",
    what="The place",
    limit=PLACE_LIMIT,
    label="Where (optional)",
    console=Option("--place", "Where it will be.", default=""),
)
_WHEN = Moment(
    "starts_at",
    typed="date",
    label="Date",
    hint="For example, 14:00 or 2pm. It lasts {length}.",
    ask="Enter the date",
    console=Argument("WHEN"),
)
_NOTE = Block(
    "note",
    what="The note",
    limit=NOTE_LIMIT,
    label="Note (optional)",
    hint="It is kept in the history.",
    console=Option("--note", "What is written beside the event."),
)


def _book(
    on: Occasion, *, kind: str, starts_at: datetime, place: str = "", purpose: str | None = None, anyway: str = ""
) -> Done:
    if on.of_many:
        meeting_times.agree_for_many(on, kind)
    appointments.book(on.session, on.engagement_id, kind, starts_at, place=place, purpose=purpose, **on.who)
    odd = meeting_times.agree(on, kind, [starts_at], anyway)
    return _agreed(on, kind, starts_at, odd)


def _book_catch_up(on: Occasion, *, kind: str, starts_at: datetime, place: str = "", anyway: str = "") -> Done:
    """Another date of the meeting, for those alone who missed it."""
    appointments.book(on.session, on.engagement_id, kind, starts_at, place=place, purpose="catch_up", **on.who)
    odd = meeting_times.agree(on, kind, [starts_at], anyway)
    return _agreed(on, kind, starts_at, odd, f"The catch-up for {_title(on, kind)}")


def _agreed(on: Occasion, kind: str, starts_at: datetime, odd: str = "", called: str = "") -> Done:
    """With what is unusual about it, so that whoever looks at many at once sees it before it is done. It is `called`
    by the title of its kind, if by nothing else."""
    zone, title = on.offer.calendar.zone, on.offer.appointment[kind].title
    day, clock = day_told(starts_at, zone), clock_in_words(local_time(starts_at, zone).time())
    at = f"{called or f'{title}: the meeting'} is on {day} at"
    page = f"Thank you. {at} {clock}." if on.is_own else f"{at} {clock}."
    row, console = f"{called or title} on {day} at {clock}", f"{at} {clock_in_figures(starts_at, zone)}."
    return Done(page, console=" ".join(filter(None, [console, odd])), row=". ".join(filter(None, [row, odd])))


def _offer(on: Occasion, *, kind: str, dates: Sequence[datetime], place: str = "", anyway: str = "") -> Done:
    appointments.offer(on.session, on.engagement_id, kind, dates, place=place, **on.who)
    odd = meeting_times.agree(on, kind, sorted(set(dates)), anyway)
    number = count_of(len(set(dates)), "date")
    return Done(
        f"{number} for {_title(on, kind)} offered to the school.",
        console=" ".join(
            [f"{number} offered. The school can choose one: “recognition appointment dates”.", odd]
        ).strip(),
    )


def _title(on: Occasion, kind: str) -> str:
    return within(on.offer.appointment[kind].title)


def _choose(on: Occasion, *, offered: int) -> Done:
    chosen = appointments.accept(on.session, on.engagement_id, offered, **on.who)
    return _agreed(on, chosen.kind, chosen.starts_at)


def _cancel(on: Occasion, *, kind: str, reason: str | None = None, note: str | None = None) -> Done:
    appointments.cancel(on.session, on.engagement_id, kind, reason=reason or "", note=note, **on.who)
    return Done(f"The date for {_title(on, kind)} is cancelled.", console="The date is cancelled.")


def _reasons(on: Occasion, _values: Mapping[str, Any]) -> Mapping[str, str]:
    said = on.offer.status_transition.get(("appointment", "cancel"))
    return said.reasons if said else {}


def _hold(on: Occasion, *, kind: str, outputs: str | None = None) -> Done:
    appointments.hold(on.session, on.engagement_id, kind, outputs=outputs, **on.who)
    return Done(f"Recorded: {_title(on, kind)} took place.", console="Recorded: it took place.")


def _write_outputs(on: Occasion, *, kind: str, outputs: str) -> Done:
    appointments.write_outputs(on.session, on.engagement_id, kind, outputs, **on.who)
    title = _title(on, kind)
    return Done(f"Recorded: what was agreed at {title}.", console="Recorded: what was agreed.")


def _register(on: Occasion, *, kind: str, marks: Mapping[str, str]) -> Done:
    registers.take_register(on.session, on.engagement_id, kind, marks, **on.who)
    present = sum(mark == "present" for mark in marks.values())
    taken = f"The register of {_title(on, kind)} is taken: {present} of {len(marks)} present."
    return Done(taken, console=f"The register is taken: {present} present.")


def _catch_up(on: Occasion, *, kind: str, people: Mapping[str, str]) -> Done:
    registers.catch_up(on.session, on.engagement_id, kind, people, **on.who)
    caught_up = f"Recorded: {listed(list(people.values()))} caught up on {_title(on, kind)}."
    return Done(caught_up, console="Recorded: caught up.")


def may_be_booked(offer: Offer) -> bool:
    """Whether there is a meeting in this offer for which a date is agreed."""
    return bool(offer.appointments) and ("appointment", "book") in offer.status_transition


_CATCH_UP = Option("--catch-up", "It is for those who missed it; they are invited.")
ACTS = (
    Act(
        name="book",
        about="meeting",
        do=_book,
        fields=(_WHEN, _PLACE, Purpose("purpose", console=_CATCH_UP), meeting_times.ANYWAY),
        by=says("appointment", "book"),
        pages=ADVISING_ROLES,
        command="appointment book",
        help="Agree a date. WHEN is local time, such as 2026-12-01T13:30. A date agreed before is moved.",
        example="CMC-26-0042-K training_1 2026-12-01T13:30",
        many=Many(
            title="Agree one date",
            explain="One meeting for several schools; everybody is invited.",
            help="Agree one date for several schools. WHEN is local time, such as 2026-12-01T13:30.",
            example="training_1 2026-12-01T13:30 CMC-26-0042-K CMC-26-0057-P --yes",
            needs=some_offer(may_be_booked, "No offer here has a meeting for which a date could be agreed."),
            words={"starts_at": {"hint": "For example, 14:00 or 2pm"}},
            without=("purpose",),
        ),
    ),
    Act(
        name="book_catch_up",
        about="meeting",
        do=_book_catch_up,
        fields=(_WHEN, _PLACE, meeting_times.ANYWAY),
        by=says("appointment", "book"),
        pages=ADVISING_ROLES,
        slug="catch-up-date",
        command="appointment book",
        help="Agree a date for those who missed a meeting.",
        example="CMC-26-0042-K training_1 2026-12-01T13:30 --catch-up",
    ),
    Act(
        name="offer_dates",
        about="meeting",
        do=_offer,
        fields=(
            Moments("dates", typed="date", label="date", ask="Enter the date", console=Argument("WHEN...")),
            _PLACE,
            meeting_times.ANYWAY,
        ),
        by=says("appointment", "offer"),
        pages=ADVISING_ROLES,
        slug="offer",
        command="appointment offer",
        help="Offer the school dates to choose from. WHEN is local time, such as 2026-12-01T13:30.",
        example="CMC-26-0042-K training_1 2026-12-01T13:30 2026-12-03T09:00",
    ),
    Act(
        name="choose",
        about="engagement",
        do=_choose,
        fields=(
            Number(
                "offered", label="Which of these suits you?", ask="Choose one of the dates", console=Argument("NUMBER")
            ),
        ),
        by=says("appointment", "book"),
        pages=("school_lead",),
        slug="choose-date",
        command="appointment accept",
        help="Choose one of the offered dates, by its number, as the school does.",
        example="CMC-26-0042-K 7",
    ),
    Act(
        name="cancel",
        about="meeting",
        do=_cancel,
        fields=(
            Choice(
                "reason",
                among=_reasons,
                label="Why is it cancelled?",
                ask="Choose the reason",
                console=Option("--reason", "Why; a wrong code lists them all.", metavar="CODE", default=""),
            ),
            _NOTE,
        ),
        by=says("appointment", "cancel"),
        pages=ADVISING_ROLES,
        command="appointment cancel",
        help="Call off the date that lies ahead. Those invited are told, and it leaves their calendars.",
        example="CMC-26-0042-K training_1 --reason weather",
    ),
    Act(
        name="hold",
        about="meeting",
        do=_hold,
        fields=(
            Block(
                "outputs",
                what=_WHAT,
                limit=OUTPUTS_LIMIT,
                label=_WHAT,
                hint="Leave it empty to write it down later.",
                console=Option("--outputs", "What was agreed at the meeting."),
            ),
        ),
        by=says("appointment", "hold"),
        pages=ADVISING_ROLES,
        command="appointment hold",
        help="Record that a meeting took place.",
        example="CMC-26-0042-K follow_up_1 --outputs 'A plan for the year'",
    ),
    Act(
        name="write_outputs",
        about="meeting",
        do=_write_outputs,
        fields=(
            Block(
                "outputs",
                what=_WHAT,
                limit=OUTPUTS_LIMIT,
                label=_WHAT,
                ask="Write down what was agreed",
                console=Argument("TEXT"),
            ),
        ),
        by=COUNCIL,
        pages=ADVISING_ROLES,
        slug="outputs",
        command="appointment outputs",
        help="Write down what was agreed at a meeting that took place.",
        example="CMC-26-0042-K follow_up_1 'A plan for the year'",
    ),
    Act(
        name="register",
        about="meeting",
        do=_register,
        fields=(
            Marks(
                "marks",
                label="Who was there?",
                ask="Tick who was there. If nobody was, say so of one of them",
                console=Option("--present", "Somebody who was there."),
            ),
        ),
        by=says("appointment", "register"),
        pages=ADVISING_ROLES,
        command="appointment register",
        help="Take the register. People who are not named did not come.",
        example="CMC-26-0042-K training_1 --all-present",
    ),
    Act(
        name="catch_up",
        about="meeting",
        do=_catch_up,
        fields=(
            People(
                "people",
                typed="who",
                label="Who has caught up?",
                ask="Choose who has caught up",
                console=Argument("EMAIL..."),
            ),
        ),
        by=COUNCIL,
        pages=ADVISING_ROLES,
        command="appointment catch-up",
        help="Record that people who missed a meeting have caught up since.",
        example="CMC-26-0042-K training_1 jo@example.org",
    ),
)
