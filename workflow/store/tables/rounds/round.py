"""Rounds: a transition that led back to an earlier stage, and what counts no more since."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Json, Record


class Round(Record):
    """It began with the event `seq`, which led back to `stage`; the first round of an engagement has no row.

    `set_aside` are the ids of meetings and the events of approvals from before, under “meetings” and “approvals”, and
    under “evidence” how many versions each person had sent in who begins again: they count for guards and promises no
    more. `taken_back` says that the step was undone; then they count as they did.
    """

    __tablename__ = "engagement_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    seq: Mapped[int]
    number: Mapped[int]
    stage: Mapped[str] = mapped_column(String(61))
    at: Mapped[datetime]
    set_aside: Mapped[dict[str, Any]] = mapped_column(Json)
    taken_back: Mapped[bool] = mapped_column(default=False)
