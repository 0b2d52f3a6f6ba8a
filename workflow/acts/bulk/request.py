"""Bulk work: one request about many engagements, and what it would do to each.

What is foreseen is what really happened to a row in a transaction that was rolled back, so foreseeing and doing can
never disagree. `jobs` writes a request down, `work` goes through it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy.orm import Session

from workflow.acts.act import Act, Done, Many, Occasion, occasion, perform
from workflow.acts.ahead.foreseen import Foreseen, foreseen
from workflow.acts.appointments import may_be_booked
from workflow.acts.bulk import take_back
from workflow.acts.fields import ANYTHING, Advisor, Argument, Choice, Field, Moment, Option
from workflow.acts.meeting_times import ANYWAY
from workflow.acts.registry import ACTS
from workflow.containment import contained
from workflow.domain.actor import Actor
from workflow.engine import written_by
from workflow.engine.catalogue import offers_of
from workflow.english import listed
from workflow.errors import BadInput, NotFound, WorkflowError
from workflow.mail.signed_links import Links
from workflow.offer.definition import Offer
from workflow.store import lookups
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.store.tables.user import User
from workflow.usecases import users
from workflow.usecases.undo.undo import reason_of


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """The name of an act of `MANY`, its values (ids, names of the offer, ISO times) and the words that go with it."""

    verb: str
    values: Mapping[str, str]
    note: str
    actor: Actor


#: What becomes of a row.
Outlook = Literal["possible", "asks", "refused"]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """One row: what happens (or happened) to it, or why it is refused. What `asks` would be done for those who say yes
    to something unusual. `messages` are as many as are sent."""

    reference: str
    school: str
    result: str
    outlook: Outlook
    messages: int = 0

    @property
    def refused(self) -> bool:
        return self.outlook != "possible"


def preview(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> list[BulkResult]:
    """What would happen to each row. Changes nothing. Raises BadInput or NotFound for a verb that is not open here."""
    with store.reading() as session:
        agree_open(session, wish.verb)
    lines: list[BulkResult] = []
    for reference in dict.fromkeys(references):
        trouble: list[str] = []
        told = f"what would happen to {reference}"
        with contained(told, trouble.append), store.looking() as session:
            lines.append(_tried(session, wish, reference, now))
        lines += [BulkResult(reference, "", sentence, "refused") for sentence in trouble]
    return lines


def _tried(session: Session, wish: BulkRequest, reference: str, now: datetime) -> BulkResult:
    try:
        engagement_id = lookups.engagement_id(session, reference)
    except WorkflowError as error:
        return BulkResult(reference, "", str(error), "refused")
    try:
        result = carry_out(session, engagement_id, wish, now)
    except WorkflowError as error:
        unusual = _unusual(error)
        return told_of(session, engagement_id, unusual or str(error), "asks" if unusual else "refused")
    return told_of(session, engagement_id, result, "possible")


def _unusual(error: WorkflowError) -> str:
    """What is unusual, where nothing else stands in the way."""
    problems = error.problems if isinstance(error, BadInput) else ()
    return next((one.sentence for one in problems if one.where == ANYWAY.name), "")


def told_of(session: Session, engagement_id: int, result: str, outlook: Outlook) -> BulkResult:
    """A row as people read it, with the messages that this session owes for it."""
    engagement = session.get_one(Engagement, engagement_id)
    school = session.get_one(School, engagement.school_urn).name
    owed = sum(one.kind == "email" for course in written_by(session) for one in course.effects)
    return BulkResult(engagement.reference, school, result, outlook, owed if outlook == "possible" else 0)


def foresee(session: Session, engagement_id: int, wish: BulkRequest, now: datetime, links: Links) -> Foreseen:
    """What would happen to one engagement in full, in a transaction that is not let become true.

    Raises what the act raises.
    """
    on = _occasion(session, engagement_id, wish, now)
    told = _carry_out(on, wish)
    return foreseen(on, Done(told[:1].upper() + told[1:]), links)


def meant(verb: str, values: Mapping[str, str]) -> dict[str, str]:
    """The values of somebody who says yes to whatever is unusual, where the verb asks for that."""
    asks = verb in MANY and any(field.name == ANYWAY.name for field in MANY[verb].fields)
    return {**values, ANYWAY.name: ANYTHING} if asks else {**values}


def open_here(session: Session) -> dict[str, Act]:
    """What can be done to many of those whose offers are installed."""
    offers = [*offers_of(session)]
    return {name: act for name, act in MANY.items() if act.many and not act.many.lack(offers)}


def agree_open(session: Session, name: str) -> None:
    """Raises BadInput for a verb nobody knows, NotFound for one that no offer here has anything for."""
    agree_verb(name)
    lack = kind_of(name).lack([*offers_of(session)])
    if lack:
        raise NotFound(lack)


def agree_verb(name: str) -> None:
    """Raises BadInput for a verb nobody knows."""
    if name not in (*MANY, take_back.NAME):
        raise BadInput(f"“{name}” cannot be done in bulk; choose {listed(list(MANY), 'or')}.")


def asked(act: Act) -> tuple[Field, ...]:
    """What is asked for when it is done to many: first which meeting, where it is about one."""
    many = act.many
    if many is None:
        return act.fields
    kind = (_KIND,) if act.about == "meeting" else ()
    return (*kind, *(_of_many(field, many) for field in act.fields if field.name not in many.without))


def _of_many(field: Field, many: Many) -> Field:
    """At the console the references take the place of arguments."""
    if field.name in many.options:
        metavar = field.console.metavar if isinstance(field, Advisor) and field.console else None
        option = Option(f"--{field.name}", many.options[field.name], metavar=metavar, required=True)
        field = replace(field, console=option)
    words: Mapping[str, Any] = many.words.get(field.name, {})
    return replace(field, **words)


def meetings(on: Occasion, _values: Mapping[str, Any] = MappingProxyType({})) -> dict[str, str]:
    """The kinds of appointment of every offer in which dates are agreed, with their titles."""
    offers: list[Offer] = [one for one in offers_of(on.session) if may_be_booked(one)]
    return {kind.name: kind.title for offer in offers for kind in offer.appointments}


#: Which meeting, where one is agreed for many at once.
_KIND = Choice("kind", among=meetings, label="Which meeting?", ask="Choose the meeting", console=Argument("KIND"))


def values_of(session: Session, act: Act, given: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """What was given, as a job keeps it: people by id, moments as ISO, and by itself the text that is its note.

    Raises NotFound for somebody who has no account.
    """
    note = str(given[act.many.note]) if act.many and act.many.note else ""
    kept = {name: value for name, value in given.items() if act.many and name != act.many.note}
    return {name: _kept(session, act, name, value) for name, value in kept.items()}, note


def _kept(session: Session, act: Act, name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if any(isinstance(field, Advisor) and field.name == name for field in act.fields):
        return str(users.actor(session, value).user_id)
    return "" if value is None else str(value)


def carry_out(session: Session, engagement_id: int, wish: BulkRequest, now: datetime) -> str:
    """Does it to one engagement. Returns what was done, in a few words; raises what the act raises."""
    return _carry_out(_occasion(session, engagement_id, wish, now), wish)


def _occasion(session: Session, engagement_id: int, wish: BulkRequest, now: datetime) -> Occasion:
    return replace(occasion(session, engagement_id, actor=wish.actor, now=now), of_many=True)


def _carry_out(on: Occasion, wish: BulkRequest) -> str:
    if wish.verb == take_back.NAME:
        return take_back.take_back(on.session, on.engagement_id, int(wish.values["job"]), wish.note, **on.who)
    act = MANY[wish.verb]
    given: dict[str, Any] = dict(wish.values)
    for field in act.fields:
        if isinstance(field, Moment):
            given[field.name] = datetime.fromisoformat(given[field.name])
        if isinstance(field, Advisor):
            chosen = on.session.get(User, int(given[field.name]))
            given[field.name] = chosen.email if chosen else "Somebody who has left"
    if act.many and act.many.note:
        given[act.many.note] = wish.note
    done = perform(act, on, **given)
    return done.row or done.page


def kind_of(verb: str) -> Many:
    """How a job of this verb is told. Raises BadInput for one that nobody knows."""
    agree_verb(verb)
    return MANY[verb].many or take_back.KIND if verb in MANY else take_back.KIND


def to_take_back(session: Session, job_id: int, reason: str, actor: Actor) -> tuple[BulkRequest, list[str]]:
    """What takes a job back, and at which engagements. Raises Conflict where it has done nothing, or BadInput."""
    wish = BulkRequest(take_back.NAME, {"job": str(job_id)}, reason_of(reason), actor)
    return wish, take_back.done_by(session, job_id)


#: What can be done to many engagements at once.
MANY: Mapping[str, Act] = {act.name: act for act in ACTS.values() if act.many}
