"""An offer as it was installed, or as its words were corrected since."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Json, Record


class OfferRevision(Record):
    """The highest revision of a code and version is the one in use. A row is never changed.

    `files` are digests of files by their paths in the folder; `digest` is that of all of them, paths and contents.
    """

    __tablename__ = "offer_revision"
    __table_args__ = (UniqueConstraint("code", "version", "revision", name="uq_offer_revision_code_version_revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(61))
    version: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    files: Mapped[dict[str, Any]] = mapped_column(Json)
    installed_at: Mapped[datetime]
    #: Nobody where it was installed by itself.
    installed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
