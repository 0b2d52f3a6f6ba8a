"""Schools, as the register of establishments (GIAS) lists them."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record


class School(Record):
    """Keyed by its unique reference number (URN). `dates_version` counts the changes of its own term dates."""

    __tablename__ = "school"

    urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(60))
    phase: Mapped[str] = mapped_column(String(60))
    authority: Mapped[str] = mapped_column(String(100))
    town: Mapped[str] = mapped_column(String(100))
    postcode: Mapped[str] = mapped_column(String(10))
    closed_on: Mapped[date | None]
    is_open: Mapped[bool]
    updated_at: Mapped[datetime]
    dates_version: Mapped[int] = mapped_column(default=0, server_default="0")
