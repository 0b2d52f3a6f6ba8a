"""Facts that use cases change: a case opened for them, and the event written that says what happened.

Also where a decision meets the record: what it stands on is read here, and what came of it is written here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.change import EventData
from workflow.domain.happening import Happening, Owes, StatusChange
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine import decide, follow_ups
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.engine.course import Course, Ground
from workflow.engine.decide import Asked, CameDue, WentBack
from workflow.engine.outcome import Outcome, outcome_of
from workflow.errors import Conflict
from workflow.offer.definition import Offer
from workflow.store import change_writer, search_texts
from workflow.store.cases import Case, lock_case, lock_cases
from workflow.store.history import seals, watched
from workflow.store.history.chain import GENESIS
from workflow.store.history.keys import keys_of
from workflow.store.letters import Post, post_of
from workflow.store.record import new_salt
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant

_WRITTEN = "written_by_changes"


def open_case(session: Session, engagement_id: int) -> Case:
    """Locks a case whose facts a use case is about to change. Raises NotFound, or Conflict if the journey has ended."""
    return _still_open(lock_case(session, engagement_id))


def open_cases(session: Session, ids: Collection[int]) -> dict[int, Case]:
    """`open_case` for many, in two queries."""
    return {number: _still_open(case) for number, case in lock_cases(session, ids).items()}


def _still_open(case: Case) -> Case:
    if case.standing not in OPEN_STANDINGS:
        raise Conflict(f"{case.reference} is {case.standing}; nothing can be recorded for it any more.")
    return case


def expect(session: Session, engagement_id: int, version: int) -> None:
    """Locks a case for somebody who looked at this version of it. Raises NotFound, or Conflict if it changed since."""
    unchanged(lock_case(session, engagement_id), version)


def unchanged(case: Case, version: int | None) -> None:
    """Raises Conflict if the case is not at this version any more; without one, anything goes."""
    if version not in (None, case.version):
        raise Conflict("This engagement has changed since you looked at it. Look again, then decide.")


def record(
    session: Session,
    case: Case,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    data: EventData | None = None,
    note: str | None = None,
    statuses: Sequence[StatusChange] = (),
    owes: Sequence[Owes] = (),
    caused_by: int | None = None,
) -> Case:
    """Writes the event of a fact that a use case has just changed, then settles. Call it last.

    The use case locks the case first and changes its rows; every change of a fact raises the version through here.
    `statuses` are what changed in small journeys with it: the event keeps them, so that they can be undone. `owes` is
    what is owed besides. Returns the case as it is then.
    """
    happening = Happening(name, data or {}, note, tuple(statuses), tuple(owes), caused_by)
    course = _course_since(session, case, now)
    decide.record(course, happening, actor)
    write(session, [course])
    return course.case


def record_together(
    session: Session,
    case: Case,
    happened: Sequence[Happening],
    *,
    actor: Actor,
    now: datetime,
    then: Asked | None = None,
) -> Case:
    """`record` for facts that changed at once, with a trigger that they end in, if they do: it settles at the end."""
    course = _course_since(session, case, now)
    decide.record_together(course, happened, actor, then)
    write(session, [course])
    return course.case


def record_each(session: Session, happened: Iterable[tuple[Case, Happening]], *, actor: Actor, now: datetime) -> None:
    """`record` for many engagements that are locked, where what happened changes no fact that a guard looks at."""
    courses = []
    for case, happening in happened:
        course = Course(ground_of(session, case, now))
        decide.record(course, happening, actor)
        courses.append(course)
    write(session, courses)


def take_back(session: Session, case: Case, happening: Happening, to: WentBack, *, actor: Actor, now: datetime) -> int:
    """Writes the event of an undo; its use case has put the rows back. Returns the event's `seq`."""
    course = _course_since(session, case, now)
    decide.take_back(course, happening, to, actor)
    write(session, [course])
    return course.events[0].seq


def change_version(
    session: Session, case: Case, happening: Happening, stage: str, *, actor: Actor, now: datetime
) -> Course:
    """Writes that an engagement goes on under another version; its use case has changed the rows, and given it as it is
    read then. Returns what came of it."""
    course = Course(ground_of(session, case, now))
    decide.change_version(course, happening, stage, actor)
    write(session, [course])
    return course


def begin(session: Session, offer: Offer, row: Mapping[str, object], *, actor: Actor, now: datetime) -> Outcome:
    """Starts an engagement at the offer's first stage. `row` holds what the order says, the reference included."""
    start, order = offer.offer.start, {**row, "salt": new_salt()}
    bought = {"offer_code": offer.offer.code, "offer_version": offer.offer.version, "bought_version": None}
    engagement_id = session.scalar(
        insert(Engagement)
        .values(
            **order,
            **bought,
            stage=start,
            standing="active",
            version=0,
            head=GENESIS,
            stage_since=now,
        )
        .returning(Engagement.id)
    )
    search_texts.make_stale(session, (engagement_id or 0,))
    course = Course(ground_of(session, lock_case(session, engagement_id or 0), now))
    decide.begin(course, actor)
    for kind, said in (("order", order), ("version", bought)):
        course.cover(course.events[0].seq, kind, {**said, "id": engagement_id})
    write(session, [course])
    return outcome_of(course, "began")


def time_came(session: Session, case: Case, came: CameDue, now: datetime) -> Course:
    """What a timer that has come due does. Nothing is written before `write`."""
    machine = offers_of(session).machine(*case.offer)
    ring, calendar = keys_of(session), calendar_of(session, machine.offer, case)
    unbroken = seals.head_unbroken(session, ring, case, case.seal)
    ground = Ground(case, machine, calendar, now, case.facts, ring.sealing, unbroken, moved_by="time")
    course = Course(ground)
    decide.come_due(course, came)
    return course


def ground_of(session: Session, case: Case, now: datetime, before: Case | None = None) -> Ground:
    """What a decision about this case stands on. `before` is the case before a use case changed its facts."""
    machine, was = offers_of(session).machine(*case.offer), before or case
    post = post_of(session, case.id) if follow_ups.readers_change(was, case) else None
    ring = keys_of(session)
    unbroken = seals.head_unbroken(session, ring, case, case.seal)
    covers = watched.take_changed(session, case.id, ring)
    calendar = calendar_of(session, machine.offer, case)
    formers = _formers(session, case, post) if post else {}
    return Ground(case, machine, calendar, now, was.facts, ring.sealing, unbroken, post, covers=covers, formers=formers)


def _formers(session: Session, case: Case, post: Post) -> dict[str, Offer]:
    """The versions under which letters are owed that may be of no use any more."""
    return offers_of(session).those_read(case.offer[0], {one.version for one in post.letters if one.version})


def write(session: Session, courses: Iterable[Course]) -> None:
    """Writes what came of several decisions at once. A course in which nothing happened writes nothing.

    The caller's transaction makes it all true at once, or not at all.
    """
    happened = [course for course in courses if course.events]
    for course in happened:
        _change_people(session, course)
    if happened:
        dated = [number for course in happened for number in course.dates_unseen]
        broken = watched.broken_meetings(session, keys_of(session), dated)
        change_writer.write(session, [course.finish(broken) for course in happened])
    written: dict[int, list[Course]] = session.info.setdefault(_WRITTEN, {})
    for course in happened:
        written.setdefault(course.case.id, []).append(course)


def _change_people(session: Session, course: Course) -> None:
    """The rows of people whom the decision has changed become as it says; its event vouches for them."""
    if not course.people:
        return
    for number, become in course.people.items():
        person = session.get_one(Participant, number)
        person.status, person.name_confirmed, person.reason = become.status, become.name_confirmed, None
    session.flush()
    course.vouch(watched.take_changed(session, course.case.id, keys_of(session)))


def written_by(session: Session) -> tuple[Course, ...]:
    """What this session has written so far, whether or not its transaction will make it true."""
    written: Mapping[int, list[Course]] = session.info.get(_WRITTEN, {})
    return tuple(course for courses in written.values() for course in courses)


def left_by(session: Session, engagement_id: int) -> Case | None:
    """The case as this session's last change left it; its promises are those from before. None without a change."""
    written: Mapping[int, list[Course]] = session.info.get(_WRITTEN, {})
    return written[engagement_id][-1].case if engagement_id in written else None


def _course_since(session: Session, case: Case, now: datetime) -> Course:
    """A course of the case as a use case has just made it."""
    session.flush()
    return Course(ground_of(session, lock_case(session, case.id), now, case))
