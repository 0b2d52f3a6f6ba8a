"""When the service was last seen at work: an effect that nobody needs, owed and delivered to see that it can be."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record


class Pulse(Record):
    """One row. `owed_at` is when the beat in progress was owed, None when it has been delivered; `felt_at` is when the
    last one was delivered, and `took` how many seconds that took from owed to delivered.
    """

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    owed_at: Mapped[datetime | None]
    felt_at: Mapped[datetime | None]
    took: Mapped[float] = mapped_column(default=0)
