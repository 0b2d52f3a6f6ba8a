"""Schools, as the register of establishments (GIAS) lists them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of


class School(Record):
    """Keyed by its unique reference number (URN). `dates_version` counts the changes of its own term dates. Lists are
    filtered by the code of its trust, which stays when a trust is renamed; both are empty for a school of no trust.
    """

    __tablename__ = "school"
    __table_args__ = (
        Index("ix_school_name", "name", "urn"),
        Index("ix_school_trust_code_trust", "trust_code", "trust"),
    )

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
    trust_code: Mapped[str] = mapped_column(String(20), default="", server_default="")
    trust: Mapped[str] = mapped_column(String(200), default="", server_default="")
    federation: Mapped[str] = mapped_column(String(200), default="", server_default="")


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


class SchoolLink(Record):
    """The register says that the school `link_urn` takes the place of `urn`. Either may be one we do not know."""

    __tablename__ = "school_link"

    urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    link_urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    since: Mapped[date | None]
