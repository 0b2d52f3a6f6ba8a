"""What an act does to the world, told before anybody has agreed to it.

It is read in the transaction that did the act, so that what is told and what is done can never disagree. Whoever only
wants to look lets that transaction end without effect.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.acts.act import Done, Occasion
from workflow.calendar.local_time import day_told
from workflow.containment import contained
from workflow.domain.effects import Recipient
from workflow.domain.happening import moves_in
from workflow.engine import Course, written_by
from workflow.errors import WorkflowError
from workflow.mail import letter_rows, letters
from workflow.mail.signed_links import Links
from workflow.offer.event_titles import title_of
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases.certificate_text import to_print
from workflow.usecases.undo.last_step import why_it_stays

#: How many letters are written out; of a file there may be thousands.
WRITTEN = 100
_SOME = 500


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its reader would get it. `name` is what the offer calls it, and empty for one that belongs to no
    offer; where it cannot be written, `trouble` says why, and the rest is empty."""

    name: str
    to_name: str = ""
    to_email: str = ""
    subject: str = ""
    text: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ToPrint:
    """What a certificate that is owed would say, or in `trouble` why it cannot be printed. `participant` is the number
    of whom it is for."""

    participant: int
    name: str
    phase: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`happens` are sentences about the record. `withdrawn` are the numbers of certificates that stop being valid.
    `stays` says why the step cannot be taken back afterwards, and is empty where it can. `rest` are the letters
    beyond those that are written out, by their names and readers. What is `grave` is looked at whatever it sends."""

    happens: tuple[str, ...]
    messages: tuple[Message, ...]
    certificates: tuple[ToPrint, ...] = ()
    withdrawn: tuple[str, ...] = ()
    stays: str = ""
    rest: tuple[tuple[str, str], ...] = ()
    grave: bool = False

    @property
    def letters(self) -> int:
        """How many would go out."""
        return len(self.messages) + len(self.rest)

    @property
    def wants_a_look(self) -> bool:
        """Whether it reaches anybody outside, or is there to stay."""
        return bool(self.grave or self.messages or self.certificates or self.withdrawn or self.stays)

    @property
    def mark(self) -> str:
        """The same for the same consequences, whenever one looks; another for others."""
        told = [(one.name, one.to_email) for one in self.messages]
        printed = [(one.name, one.phase) for one in self.certificates]
        whole = json.dumps([self.happens, told, printed, self.withdrawn, self.stays, self.rest])
        return sha256(whole.encode()).hexdigest()


def foreseen(on: Occasion, done: Done, links: Links) -> Foreseen:
    """What has been done in this session so far, and what it owes. Changes nothing."""
    courses = written_by(on.session)
    here = owed_by(on.session, tuple(_happens(on, done, courses)), links, on.now)
    return replace(
        here,
        certificates=tuple(_to_print(on, [one for one in owed(on.session) if one.kind == "certificate"])),
        withdrawn=tuple(_withdrawn(on, courses)),
        stays=why_it_stays(on.offer, [event for course in courses for event in course.events]),
        grave=bool(done.whole),
    )


def owed_by(session: Session, happens: tuple[str, ...], links: Links, now: datetime) -> Foreseen:
    """The letters that this session owes so far, about whichever engagements, beside sentences that say why."""
    emails = [one for one in owed(session) if one.kind == "email"]
    rest = tuple((one.name, one.recipient) for one in emails[WRITTEN:])
    return Foreseen(happens, tuple(_messages(session, emails[:WRITTEN], links, now)), rest=rest)


def owed(session: Session) -> list[OwedEffect]:
    """Every effect that this session owes so far."""
    keys = [effect.key for course in written_by(session) for effect in course.effects]
    some = (keys[start : start + _SOME] for start in range(0, len(keys), _SOME))
    rows = (one for those in some for one in session.scalars(select(OwedEffect).where(OwedEffect.key.in_(those))))
    return sorted(rows, key=lambda one: one.id)


def _happens(on: Occasion, done: Done, courses: Sequence[Course]) -> Iterator[str]:
    yield from [done.page] if done.page else []
    if done.whole:
        yield from done.whole
        return
    here = [one for one in courses if one.case.id == on.engagement_id]
    offer = here[-1].ground.offer if here else on.offer
    settled = [event for course in here for event in course.events if event.name in offer.triggers]
    for event in settled if done.outcome is None else ():
        yield f"{title_of(offer, event.name, event.data)}."
    before, after = (here[0].ground.case.stage, here[-1].case.stage) if here else ("", "")
    if before != after:
        yield f"The stage is then {offer.stage[after].title}."
    turn = here[-1].turn() if here else None
    if turn is not None and turn != here[0].ground.case.promise:
        yield f"After that the {turn.owner} is to {turn.what} by {day_told(turn.due_at, on.offer.calendar.zone)}."


def _messages(session: Session, emails: Sequence[OwedEffect], links: Links, now: datetime) -> Iterator[Message]:
    if not emails:
        return
    rows = letter_rows.read(session, [one.id for one in emails], now)
    for one in emails:
        trouble: list[str] = []
        with contained(f"the message {one.key}", trouble.append):
            letter = letters.write(rows, one, links)
            text = letter.rendered.text.strip()
            yield Message(one.name, letter.to_name, letter.to_email, letter.rendered.subject, text)
        yield from (Message(one.name, trouble=sentence) for sentence in trouble)


def _to_print(on: Occasion, certificates: Sequence[OwedEffect]) -> Iterator[ToPrint]:
    for one in certificates:
        number = Recipient.parse(one.recipient).id or 0
        try:
            said = to_print(on.session, one.engagement_id, number, serial="", owed_at=one.owed_at, seq=one.seq)
        except WorkflowError as error:
            yield ToPrint(number, name="", trouble=str(error))
        else:
            yield ToPrint(number, said.name, said.phase_title)


def _withdrawn(on: Occasion, courses: Sequence[Course]) -> Iterator[str]:
    moves = [move for course in courses for event in course.events for move in moves_in(event.data)]
    gone = [move.id for move in moves if move.noun == "certificate" and move.status == "revoked"]
    yield from on.session.scalars(select(Certificate.serial).where(Certificate.id.in_(gone)).order_by(Certificate.id))
