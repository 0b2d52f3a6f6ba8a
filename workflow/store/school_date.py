"""Days on which one school differs from everybody else: its own terms, half terms, INSET days and closures."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of

DATE_KINDS = ("term", "half_term", "closed")


class SchoolDate(Record):
    """Both days are included. A school's terms come with their half terms, whole years at a time."""

    __tablename__ = "school_date"
    __table_args__ = (one_of("kind", DATE_KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(80))
    first: Mapped[date]
    last: Mapped[date]
