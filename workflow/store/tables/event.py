"""Events: the append-only history of each engagement, and the notes beside it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import WORKED, Record


class Event(Record):
    """One line of history, chained by hash to the line before.

    Holds ids and words of the offer, never personal data. `caused_by` is the `seq` of the event that let an
    automatic trigger through. `key` makes a repeated request recognisable. `covers` are sealed digests of the rows
    that came with the event, and `sealed_by` names the key of the history that `hash` was made with; an event without
    one was written before there were keys.
    """

    __tablename__ = "event"
    __table_args__ = (Index(None, "engagement_id", "key", unique=True),)

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(61))
    actor: Mapped[str] = mapped_column(String(40))
    from_stage: Mapped[str] = mapped_column(String(61))
    to_stage: Mapped[str] = mapped_column(String(61))
    from_standing: Mapped[str] = mapped_column(String(12))
    to_standing: Mapped[str] = mapped_column(String(12))
    data: Mapped[dict[str, Any]]
    note_digest: Mapped[str | None] = mapped_column(String(64))
    caused_by: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(String(200))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    covers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed_by: Mapped[str] = mapped_column(String(8), default="")


class Opening(Record):
    """Where a history stood when it got its first key: event `seq` was the last without, with the hash `head`.

    `covers` are sealed digests of the rows that were there. Engagements that began later have none.
    """

    __tablename__ = "history_opening"

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), primary_key=True)
    seq: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))
    covers: Mapped[dict[str, Any]]
    seal: Mapped[str] = mapped_column(String(80))


class Note(Record):
    """What a person wrote with an event: the note, which its email may tell, and why guards were waived, which stays
    inside the council. History holds only a salted digest, so a note can be erased by law and
    an edited note still shows."""

    __tablename__ = "note"

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text, info=WORKED)
    waiver: Mapped[str] = mapped_column(Text, info=WORKED)
    salt: Mapped[str] = mapped_column(String(32))
