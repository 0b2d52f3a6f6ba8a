"""Participants: members of staff taking part, each with a phase and a small journey."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.lifecycles import PARTICIPANT
from workflow.store.record import ASSESSED, CERTIFIED, CONTACT, Record, new_salt, one_of

#: How a participation follows from an earlier one: in somebody's place, from another school, at a higher phase.
LINKS = ("replaces", "transferred", "higher_phase")


class Participant(Record):
    """`certificate_name` is the name as it will be printed; `name_confirmed` says its owner agreed to it.

    `phase` is the one proposed until `phase_agreed`. `before_id` is the participation this one follows from, and
    `before_how` the way; `reason` is the code given when the person left this journey.
    """

    __tablename__ = "participant"
    __table_args__ = (
        one_of("status", PARTICIPANT.statuses),
        one_of("before_how", LINKS),
        Index(None, "engagement_id", "email", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    name: Mapped[str] = mapped_column(String(120), info=CONTACT)
    email: Mapped[str] = mapped_column(String(254), info=CONTACT, index=True)
    phase: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    certificate_name: Mapped[str] = mapped_column(String(120), info=CERTIFIED)
    name_confirmed: Mapped[bool] = mapped_column(default=False)
    phase_agreed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(61))
    before_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    before_how: Mapped[str | None] = mapped_column(String(12))
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)


class EntryBasis(Record):
    """What a person's entry phase rests on, as the school or the person put it, and who agreed to which phase.

    `answers` has a line for each question that the offer asked about its phases, with “Yes” or “No” behind it.
    """

    __tablename__ = "entry_basis"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    proposed_phase: Mapped[int]
    proposed_by: Mapped[str] = mapped_column(String(40))
    proposed_at: Mapped[datetime]
    experience: Mapped[str] = mapped_column(Text, info=ASSESSED)
    answers: Mapped[str] = mapped_column(Text, info=ASSESSED)
    agreed_phase: Mapped[int | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    agreed_at: Mapped[datetime | None]
