"""What became of an account."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record


class AccountEvent(Record):
    """One line of an account's history: what was done, when and by whom. Nothing changes or removes it while the
    account is there. `by` is an actor as history writes one; `data` holds words and numbers of ours."""

    __tablename__ = "account_event"
    __table_args__ = (Index("ix_account_event_user", "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]]
