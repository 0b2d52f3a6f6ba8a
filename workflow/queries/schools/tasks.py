"""What is to do, as a school reads it: both sides' promises, dates to choose, and the page on which each is done. Pure.

Nothing is a task here that nobody can do now; what comes later is told by the way ahead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from workflow.calendar.local_time import local_day, moment_told
from workflow.domain.lifecycles import DECIDED_STATUSES, REVIEWABLE_STATUSES
from workflow.english import count_of, day_in_words, listed, within
from workflow.offer.school_pages import SchoolPage, page_of
from workflow.queries.engagement_view import CaseView
from workflow.queries.open_promise import OpenPromise
from workflow.queries.schools.people import free_places, takes_names, waits_for
from workflow.store.tables.appointment import Appointment

#: How a task stands: late or for the school to do, late or to be done at the council, agreed, ready to be fetched, for
#: when it suits, or only if one likes. In the order in which a page tells of them.
State = Literal["late", "todo", "ours-late", "ours", "agreed", "ready", "soon", "optional"]


@dataclass(frozen=True, slots=True)
class Task:
    """`page` and `part` say where it is done; nothing where there is nothing to do for the school. `day` is by when,
    in words, and `since` since when it is owed. `hint` says what else is to be known."""

    what: str
    state: State
    page: SchoolPage = ""
    part: str = ""
    day: str = ""
    since: datetime | None = None
    hint: str = ""


def tasks(view: CaseView, now: datetime) -> tuple[Task, ...]:
    """The school's own first. None while the journey rests, or once it has ended early."""
    if view.engagement.standing not in ("active", "completed"):
        return ()
    own = (_promised(view, now), _choices(view, now), _actions(view, now), _evidence(view), _names(view))
    found = [*(one for some in own for one in some), *_ahead(view, now), *_certificates(view)]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.state)))


_ORDER = get_args(State)


def _promised(view: CaseView, now: datetime) -> Iterator[Task]:
    promise = view.promise
    if promise is None:
        return
    if promise.owner == "council":
        state: State = "ours-late" if promise.late else "ours"
        yield Task(_begun(promise.to), state, day=promise.day, since=promise.since, hint=_anew(promise))
        return
    page = _promised_page(view)
    part = "name" if page == "people" and _takes_names(view) else ""
    hint = " ".join(filter(None, [_anew(promise), _asked_for(view, page, now)]))
    yield Task(_begun(promise.to), "late" if promise.late else "todo", page, part, promise.day, promise.since, hint)


def _asked_for(view: CaseView, page: SchoolPage, now: datetime) -> str:
    """What exactly the school is to do."""
    if page == "dates":
        return _on_offer(view, [one.id for one in view.appointments if one.status == "offered"], now)
    waits = _still_to_send(view)
    return f"Still to come from {listed(waits)}." if waits else _unconfirmed(view) if page == "people" else ""


def _on_offer(view: CaseView, meetings: list[int], now: datetime) -> str:
    ahead = [one.starts_at for one in view.offered if one.appointment_id in meetings and one.starts_at > now]
    return f"We offer {listed([moment_told(one, view.offer.calendar.zone) for one in ahead], 'or')}." if ahead else ""


def _anew(promise: OpenPromise) -> str:
    """Both clocks, where the time has started anew."""
    anew = promise.anew
    if anew is None:
        return ""
    ours = promise.owner == "council"
    was = f"{'Our' if ours else 'Your'} day was {anew.was_due}"
    if not anew.by:
        return f"{was}, and it passed while it was {'your' if ours else 'our'} turn, so the time starts anew."
    late = f"{'We were' if anew.owner == 'council' else 'You were'} to {anew.to} by {anew.by}"
    return f"{was}. {late}, and it was done on {anew.done}, so the time starts anew."


def _choices(view: CaseView, now: datetime) -> Iterator[Task]:
    """Dates that wait for the school, but for those that its promise is about already."""
    owes = view.promise is not None and view.promise.owner == "school"
    is_asked = owes and _promised_page(view) == "dates"
    for meeting in view.appointments:
        if meeting.status != "offered":
            continue
        title, on_offer = within(view.offer.appointment[meeting.kind].title), _on_offer(view, [meeting.id], now)
        if not on_offer:
            yield Task(f"Ask for new dates for {title}", "todo", "dates", hint="Those that we offered have passed.")
        elif not is_asked:
            yield Task(f"Choose a date for {title}", "todo", "dates", hint=on_offer)


def _actions(view: CaseView, now: datetime) -> Iterator[Task]:
    """What was asked of the school after a visit."""
    today = local_day(now, view.offer.calendar.zone)
    for one in view.actions:
        if one.done_at is None and one.kind == "plan":
            state: State = "late" if one.due_on < today else "todo"
            yield Task(
                one.what_text,
                state,
                day=day_in_words(one.due_on),
                since=one.created_at,
                hint=f"It is for {one.owner_name}.",
            )


def _ahead(view: CaseView, now: datetime) -> Iterator[Task]:
    """Meetings with a date still ahead, the next one first."""
    for meeting in coming(view, now):
        when = moment_told(meeting.starts_at, view.offer.calendar.zone)
        at = f"{when}, {meeting.place}" if meeting.place else when
        yield Task(view.offer.appointment[meeting.kind].title, "agreed", "dates", hint=at)


def coming(view: CaseView, now: datetime) -> list[Appointment]:
    return [one for one in view.appointments if one.status == "booked" and one.starts_at > now]


def _evidence(view: CaseView) -> Iterator[Task]:
    """Those whose evidence is still to come, where the promise is the council's and does not say so."""
    waits = _still_to_send(view)
    if waits and not (view.promise and view.promise.owner == "school"):
        yield Task("See that evidence is sent in", "todo", "people", hint=f"Still to come from {listed(waits)}.")


def _still_to_send(view: CaseView) -> list[str]:
    """Nobody, at a stage that does not wait for people to be decided about."""
    if not waits_for(view.offer, view.engagement.stage, "everyone_decided"):
        return []
    return [one.name for one in view.participants if one.status not in (*DECIDED_STATUSES, *REVIEWABLE_STATUSES)]


def _names(view: CaseView) -> Iterator[Task]:
    """Somebody whose name can be confirmed before it has to be; and more people, where there are places."""
    is_asked = view.promise is not None and view.promise.owner == "school" and _promised_page(view) == "people"
    if not is_asked and (told := _unconfirmed(view)):
        yield Task("Confirm the names for the certificates", "soon", "people", hint=told)
    if _takes_names(view) and not is_asked:
        left = count_of(free_places(view.facts), "place")
        yield Task("Name more people", "optional", "people", "name", hint=f"Your order pays for {left} more.")


def _unconfirmed(view: CaseView) -> str:
    waits = [one.name for one in view.participants if one.status == "completed" and not one.name_confirmed]
    return f"Not confirmed yet: {listed(waits)}." if waits else ""


def _certificates(view: CaseView) -> Iterator[Task]:
    held = sum(one.status == "issued" for one in view.certificates)
    if held:
        yield Task("Save your certificates", "ready", "certificates", hint=f"There are {held}." if held > 1 else "")


def _promised_page(view: CaseView) -> SchoolPage:
    return page_of(view.offer, view.engagement.stage, view.promise.to) if view.promise else ""


def _takes_names(view: CaseView) -> bool:
    return takes_names(view.offer, view.engagement.stage, view.engagement.standing, view.facts)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
