"""Somebody is invited to read about several schools, sent another letter, and their invitation is ended.

Whoever looks after the schools may invite; a lead advisor and an administrator may for any. To end one is open to all
of them, as it only ever shuts a door.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import end_of_day, local_day
from workflow.domain.actor import Actor
from workflow.domain.email_address import as_kept, email_address
from workflow.domain.person_name import person_name
from workflow.english import day_in_words, listed
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Problem
from workflow.store.access.readable import is_open
from workflow.store.dialect import one_at_a_time
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.invited_reader import InvitedReader, InvitedReaderSchool
from workflow.store.tables.access.subject import Subject
from workflow.usecases.accounts import access_letters
from workflow.usecases.accounts.access_letters import Reader
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.readers import history, scope
from workflow.usecases.accounts.readers.scope import Scope

INVITATION, LINK, ENDED = "reader_invitation", "reader_link", "reader_ended"
#: Who may invite for any school; and the console.
_ANYWHERE = ("lead_advisor", "admin", "system")
INVITERS = ("advisor", "lead_advisor", "admin")
PAGE = 50
_SHOWN = 3


class Invitation(NamedTuple):
    """What was typed. `trust_code` is a trust's; without one, `schools` are URNs or references. Without a last day it
    holds as long as it may."""

    name: str
    email: str
    trust_code: str | None = None
    schools: tuple[str, ...] = ()
    last_day: date | None = None


class Invited(NamedTuple):
    """The reader, the letter that is owed to them, and the names of the schools that they see today."""

    reader: InvitedReader
    letter: AccessLetter
    schools: Sequence[str]


def invite(
    session: Session, asked: Invitation, *, lasts: timedelta, by: Actor, now: datetime, links: LinkMaker
) -> Invited:
    """`lasts` is how long an invitation may hold. Raises BadInput with all that is wrong, Conflict or NotAllowed."""
    _agree_role(by)
    name, email, until, problems = _read(asked, lasts, now)
    try:
        chosen = _scope(session, asked)
    except BadInput as error:
        raise BadInput(str(error), (*problems, *error.problems)) from None
    if problems:
        raise BadInput("Nobody is invited yet.", tuple(problems))
    there = scope.engaged(session, chosen)
    _agree_own(by, chosen, there)
    _agree_new(session, email, now)
    reader = InvitedReader(
        name=name,
        email=email,
        trust_code=chosen.trust_code,
        trust=chosen.trust,
        invited_by=by.user_id,
        invited_at=now,
        until=until,
        ended_at=None,
        seen_at=None,
    )
    session.add(reader)
    session.flush()
    session.add_all(InvitedReaderSchool(reader_id=reader.id, urn=urn) for urn in chosen.urns)
    history.note(session, reader.id, "invited", by, now)
    return Invited(reader, _send(session, reader, INVITATION, links, now), [school for _, school, _ in there])


def send_again(session: Session, number: int, *, by: Actor, now: datetime, links: LinkMaker) -> InvitedReader:
    """Another letter; the link in the one before no longer holds. Raises NotFound, Conflict or NotAllowed."""
    _agree_role(by)
    reader = of(session, number, lock=True)
    if reader.ended_at is not None or reader.until <= now:
        raise Conflict(f"The invitation of {reader.name} has ended. Invite them anew.")
    access_letters.agree_not_on_its_way(session, Subject(reader_id=reader.id), reader.name, INVITATION, now)
    _send(session, reader, INVITATION, links, now)
    history.note(session, reader.id, "asked_again", by, now)
    return reader


def end(session: Session, number: int, *, by: Actor, now: datetime, links: LinkMaker) -> InvitedReader:
    """At once: their links and sessions go in the same transaction. Whoever has heard of it is told by a letter. Raises
    NotFound, Conflict or NotAllowed."""
    _agree_role(by)
    reader = of(session, number, lock=True)
    if reader.ended_at is not None:
        raise Conflict(f"The invitation of {reader.name} has ended already.")
    to_be_told = reader.until > now and _has_heard(session, reader)
    reader.ended_at, reader.until = now, min(reader.until, now)
    history.note(session, reader.id, "ended", by, now)
    session.flush()
    if to_be_told:
        _send(session, reader, ENDED, links, now)
    return reader


def go_on_at(session: Session, old_urn: str, new_urn: str) -> None:
    """Whoever reads about a school by its number reads about the one that takes its place, too."""
    there = select(InvitedReaderSchool.reader_id).where(InvitedReaderSchool.urn == new_urn)
    named = select(InvitedReaderSchool.reader_id).where(InvitedReaderSchool.urn == old_urn)
    for number in session.scalars(named.where(InvitedReaderSchool.reader_id.not_in(there))).all():
        session.add(InvitedReaderSchool(reader_id=number, urn=new_urn))


# --- who there is ---


def of(session: Session, number: int, *, lock: bool = False) -> InvitedReader:
    """Raises NotFound."""
    reader = session.get(InvitedReader, number, with_for_update=lock or None)
    if reader is None:
        raise NotFound("There is no such invitation. “Readers of several schools” lists them all.")
    return reader


def by_address(session: Session, email: str) -> InvitedReader:
    """Whose invitation has not been ended. Raises NotFound."""
    mine = (InvitedReader.email == as_kept(email)) & InvitedReader.ended_at.is_(None)
    reader = session.scalar(select(InvitedReader).where(mine))
    if reader is None:
        raise NotFound(f"Nobody with the address {email} is invited. “recognition reader list” shows who is.")
    return reader


def page(
    session: Session, now: datetime, *, ended: bool = False, after: tuple[str, int] | None = None
) -> Sequence[InvitedReader]:
    """A page of them by name, and one more where there are more; `after` are the name and number of the last that was
    read."""
    wanted: ColumnElement[bool] = ~is_open(now) if ended else is_open(now)
    if after is not None:
        name, number = after
        wanted &= (InvitedReader.name > name) | ((InvitedReader.name == name) & (InvitedReader.id > number))
    found = select(InvitedReader).where(wanted).order_by(InvitedReader.name, InvitedReader.id)
    return session.scalars(found.limit(PAGE + 1)).all()


def every(session: Session, now: datetime, *, ended: bool = False) -> Iterator[InvitedReader]:
    """All of them, in the same order."""
    some = page(session, now, ended=ended)
    while len(some) > PAGE:
        *kept, _ = some
        yield from kept
        some = page(session, now, ended=ended, after=(kept[-1].name, kept[-1].id))
    yield from some


def of_school(session: Session, urn: str, trust_code: str, now: datetime) -> Sequence[InvitedReader]:
    """Who reads about one school now, by name."""
    by_name = InvitedReader.id.in_(select(InvitedReaderSchool.reader_id).where(InvitedReaderSchool.urn == urn))
    of_trust = (InvitedReader.trust_code == trust_code) & (InvitedReader.trust_code > "")
    wanted = select(InvitedReader).where(is_open(now), by_name | of_trust)
    return session.scalars(wanted.order_by(InvitedReader.name, InvitedReader.id)).all()


def last_letter(session: Session, number: int) -> AccessLetter | None:
    """The newest letter to them that is still kept, however it came to be."""
    theirs = select(AccessLetter).where(AccessLetter.reader_id == number)
    return session.scalar(theirs.order_by(AccessLetter.id.desc()).limit(1))


# --- what is asked of an invitation ---


def _agree_role(by: Actor) -> None:
    if by.role not in (*INVITERS, "system"):
        raise NotAllowed(
            f"Readers are invited by an advisor, a lead advisor or an administrator; you act as {by.title}."
        )


def _read(asked: Invitation, lasts: timedelta, now: datetime) -> tuple[str, str, datetime, list[Problem]]:
    problems: list[Problem] = []
    name = email = ""
    try:
        name = person_name(asked.name, "Their name")
    except ValueError as error:
        problems.append(Problem("name", str(error) if asked.name.strip() else "Enter their name"))
    try:
        email = email_address(asked.email)
    except ValueError as error:
        shown = str(error) if asked.email.strip() else "Enter their email address, such as jo@example.org"
        problems.append(Problem("email", shown))
    latest = local_day(now + lasts)
    last = asked.last_day or latest
    if not local_day(now) <= last <= latest:
        problems.append(Problem("until", f"Enter a day from today until {day_in_words(latest)}"))
    return name, email, end_of_day(last), problems


def _scope(session: Session, asked: Invitation) -> Scope:
    if asked.trust_code is not None:
        return scope.of_trust(session, asked.trust_code)
    return scope.of_schools(session, asked.schools)


def _agree_own(by: Actor, chosen: Scope, there: Sequence[tuple[str, str, int | None]]) -> None:
    """An advisor invites for schools that they look after, whole."""
    if by.role in _ANYWHERE:
        return
    named = {urn for urn, _, _ in there}
    others = [name for _, name, advisor in there if advisor != by.user_id]
    if others or not there or named < set(chosen.urns):
        which = f" {listed(others[:_SHOWN])} is not yours." if others else ""
        raise NotAllowed(
            f"You invite readers for schools that you look after.{which} Ask a lead advisor to invite them."
        )


def _agree_new(session: Session, email: str, now: datetime) -> None:
    """One invitation holds at a time. One that has run out makes room."""
    one_at_a_time(session, "invited_reader")
    mine = (InvitedReader.email == email) & InvitedReader.ended_at.is_(None)
    before = session.scalar(select(InvitedReader).where(mine).with_for_update())
    if before is None:
        return
    if before.until > now:
        raise Conflict(
            f"{before.name} ({email}) is invited already. End that invitation first, then invite them for all the "
            "schools that they are to see."
        )
    before.ended_at = before.until
    history.note(session, before.id, "ran_out", Actor("system"), now)
    session.flush()


def _has_heard(session: Session, reader: InvitedReader) -> bool:
    """A letter has reached them, as far as is known; the oldest are not kept."""
    letter = last_letter(session, reader.id)
    return reader.seen_at is not None or letter is None or letter.status == "sent"


def _send(session: Session, reader: InvitedReader, purpose: str, links: LinkMaker, now: datetime) -> AccessLetter:
    to = Reader(Subject(reader_id=reader.id), reader.name, reader.email)
    return access_letters.owe_to(session, to, purpose, links, now)
