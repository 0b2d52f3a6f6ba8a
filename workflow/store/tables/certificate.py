"""Certificates, with the bytes that were sent."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.lifecycles import CERTIFICATE
from workflow.store.record import CERTIFIED, Record, new_salt, one_of


class Certificate(Record):
    """One person's certificate. `sha256` is of `pdf`; the printed facts stand beside it, as printed."""

    __tablename__ = "certificate"
    __table_args__ = (one_of("status", CERTIFICATE.statuses),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    serial: Mapped[str] = mapped_column(String(24), unique=True)
    status: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120), info=CERTIFIED)
    school: Mapped[str] = mapped_column(String(200))
    phase: Mapped[int]
    phase_title: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(300))
    offer: Mapped[str] = mapped_column(String(300))
    provider: Mapped[str] = mapped_column(String(300))
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    #: In which revision of the offer's words it was printed; none where the offer was not in the record.
    offer_revision: Mapped[int | None]
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=CERTIFIED)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)
