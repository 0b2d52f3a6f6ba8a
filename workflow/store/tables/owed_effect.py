"""Owed effects: the outbox's one table. `outbox` has the verbs."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.calendar.span import UNITS, Unit
from workflow.domain.effects import EFFECT_KINDS
from workflow.store.record import SENT, Record, one_of

OWED_STATUSES = ("owed", "claimed", "done", "dead", "dropped")
_REMINDER = text("reader <> ''")
_CLAIMED = text("status = 'claimed'")


class OwedEffect(Record):
    """One effect for one recipient. `key` is deterministic, so owing it twice is impossible and doing it twice shows.

    `fence` rises with every claim; an outcome is written only by the holder of the latest one. `attempts` counts
    before the attempt is made. The promise is the one that held when the effect was owed: a letter tells that one,
    however late it goes out. `due_at` is when it may next be tried; `lease_until` when a claim runs out.
    `reader` stands for the person a reminder is for, and is empty for everything else: nobody gets two reminders
    within a few days, whichever engagements they are about. `too_late_at` is when a reminder would be of no more use.
    `hours` names the days on which its reader works, where it may go out in working hours only. `paragraph` is what
    somebody added to this letter in their own words. `offer_version` is the version of the offer that owed it, where
    the engagement has gone on under another one since.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("status", OWED_STATUSES),
        one_of("kind", EFFECT_KINDS),
        Index(
            "ix_outbox_due",
            "due_at",
            "id",
            sqlite_where=text("status IN ('owed', 'claimed')"),
            postgresql_where=text("status IN ('owed', 'claimed')"),
        ),
        Index("ix_outbox_reader", "reader", "settled_at", sqlite_where=_REMINDER, postgresql_where=_REMINDER),
        Index("ix_outbox_claimed", "engagement_id", sqlite_where=_CLAIMED, postgresql_where=_CLAIMED),
        Index("ix_outbox_dead", "id", sqlite_where=text("status = 'dead'"), postgresql_where=text("status = 'dead'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(61))
    recipient: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(8), default="owed")
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    owed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    promise_to: Mapped[str | None] = mapped_column(String(300))
    promise_due_at: Mapped[datetime | None]
    reader: Mapped[str] = mapped_column(String(32), default="")
    hours: Mapped[str] = mapped_column(String(12), default="")
    too_late_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(Text, default="", info=SENT)
    paragraph: Mapped[str] = mapped_column(Text, server_default="", info=SENT)
    offer_version: Mapped[str | None] = mapped_column(String(7))

    @property
    def unit_of_hours(self) -> Unit:
        """The unit of the days on which its reader works; every day where it does not matter."""
        return next((unit for unit in UNITS if unit == self.hours), "days")
