"""Which certificate renews which, as the history has it: that of a later round names the one before it.

A certificate that was only printed anew, as something on it was wrong, is still of the round of the one it replaced.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.english import day_in_words
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.rounds.round import Round

#: The event of a certificate that was issued. Its data names the one it “replaces”, and the one it “renews”.
_ISSUED = "certificate_issued"


class Named(NamedTuple):
    """A certificate as another one names it."""

    serial: str
    issued_on: date

    @property
    def words(self) -> str:
        """`certificate 7KQ2-M9RT-WX4H of 3 September 2026`."""
        return f"certificate {self.serial} of {day_in_words(self.issued_on).partition(' ')[2]}"


class Renewals(NamedTuple):
    """What a certificate renews, and by which it was renewed itself."""

    before: Named | None = None
    after: Named | None = None


NONE = Renewals()


class _Held(NamedTuple):
    """A certificate that was issued, as far as it matters here. `owed_seq` is of the event that owed it."""

    serial: str
    status: str
    issued_on: date
    owed_seq: int
    replaces: str
    renews: str

    @property
    def named(self) -> Named:
        return Named(self.serial, self.issued_on)


def renewals(session: Session, engagement_id: int) -> Mapping[str, Renewals]:
    """By number, for every certificate of an engagement that renews another or was renewed. Two queries."""
    held = _held(session, engagement_id)
    pairs = [(held[one.renews], one) for one in held.values() if one.renews in held]
    before = {new.serial: old.named for old, new in pairs}
    after = {old.serial: new.named for old, new in pairs if new.status != "revoked" or old.status == "superseded"}
    return {serial: Renewals(before.get(serial), after.get(serial)) for serial in {*before, *after}}


def renewals_among(session: Session, certificates: Sequence[Certificate]) -> Mapping[str, Renewals]:
    """The same for some certificates of one engagement. Nothing is asked where nobody has two of them."""
    some = {one.participant_id for one in certificates}
    return renewals(session, certificates[0].engagement_id) if len(some) < len(certificates) else {}


def renewed_with(session: Session, serials: Collection[str], engagements: Collection[int]) -> Mapping[str, Named]:
    """What some certificates of any engagements renew, by their own numbers, for those that renew one. One query."""
    own, before = Event.data["serial"].as_string(), Event.data["renews"].as_string()
    wanted = (
        select(own, Certificate.serial, Certificate.issued_on)
        .join(Certificate, Certificate.serial == before)
        .where(Event.engagement_id.in_(engagements), Event.name == _ISSUED, own.in_(serials))
    )
    return {row[0]: Named(row[1], row[2]) for row in session.execute(wanted)} if serials else {}


def renewals_of(session: Session, certificate: Certificate) -> Renewals:
    return renewals(session, certificate.engagement_id).get(certificate.serial, NONE)


def renewed_by(session: Session, engagement_id: int, participant_id: int, seq: int | None = None) -> Named | None:
    """What a certificate renews that is owed to this person by the event `seq`, or would be owed now.

    That is the newest of a former round that is in force, or that the one had renewed which it replaces.
    """
    held = _held(session, engagement_id, participant_id)
    asked = None if seq is None else session.get(Event, (engagement_id, seq))
    replaced = held.get(asked.data.get("replaces", "")) if asked else None
    if replaced is not None:
        return held[replaced.renews].named if replaced.renews in held else None
    own = [one for one in held.values() if one.status == "issued"]
    rounds = _rounds(session, engagement_id) if own else []
    until = max(rounds, default=0) if seq is None else seq
    for one in reversed(own):
        if any(_earned(held, one) < began <= until for began in rounds):
            return one.named
    return None


def _rounds(session: Session, engagement_id: int) -> list[int]:
    """The events that began the rounds after the first."""
    began = select(Round.seq).where(Round.engagement_id == engagement_id, Round.taken_back.is_(False))
    return list(session.scalars(began))


def _earned(held: Mapping[str, _Held], one: _Held) -> int:
    """The event that owed it, or the first of those that it replaces one after the other."""
    while one.replaces in held:
        one = held[one.replaces]
    return one.owed_seq


def _held(session: Session, engagement_id: int, participant_id: int | None = None) -> dict[str, _Held]:
    """Everybody's or one person's, in the order in which they were issued."""
    events = select(Event.data, Event.caused_by).where(Event.engagement_id == engagement_id, Event.name == _ISSUED)
    wanted = select(Certificate.serial, Certificate.status, Certificate.issued_on)
    wanted = wanted.where(Certificate.engagement_id == engagement_id).order_by(Certificate.id)
    if participant_id is not None:
        events = events.where(Event.data["participant"].as_integer() == participant_id)
        wanted = wanted.where(Certificate.participant_id == participant_id)
    said = {data["serial"]: (data, caused_by) for data, caused_by in session.execute(events)}
    rows = session.execute(wanted)
    return {
        row.serial: _Held(*row, caused_by or 0, data.get("replaces", ""), data.get("renews", ""))
        for row in rows
        for data, caused_by in [said.get(row.serial, ({}, None))]
    }
