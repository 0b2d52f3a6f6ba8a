"""What all tables share: one metadata with named constraints, UTC times, words as enumerations, personal marks."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    DateTime,
    MetaData,
    String,
    Table,
    TypeDecorator,
    literal_column,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.types import TypeEngine


class JsonDocument(TypeDecorator[Any]):
    """JSON that PostgreSQL can look into. The dialect in use brings its own type; the other is not even imported."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        types: Mapping[str, type[TypeEngine[Any]]] = getattr(dialect, "ischema_names", {})
        return dialect.type_descriptor(types.get("jsonb", JSON)())


Json = JsonDocument()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. A naive time is refused: nobody could say which hour it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; pass an aware time")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Record(DeclarativeBase):
    """A row of the record."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: Json, str: String()}  # noqa: RUF012 (SQLAlchemy reads a plain attribute)


def table_of(record: type[Record]) -> Table:
    """The table itself, for statements that write many plain rows."""
    return cast("Table", record.__table__)


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of these words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})", name=column)


def holds(column: InstrumentedAttribute[str], *words: str) -> ColumnElement[bool]:
    """The column holds one of these words, which stand in the statement itself and not beside it as parameters.

    A partial index serves only statements that can be seen to ask for what it holds. SQLite wants the very same words;
    of a parameter it would look at the value, and plan the whole statement again each time it is given one.
    """
    first, *others = (literal_column(repr(word), String()) for word in words)
    return column.in_([first, *others]) if others else column == first


def holds_some(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The column is not empty, said as `holds` says it."""
    return column != literal_column("''")


def new_salt() -> str:
    """What makes the digest of a row with personal data nobody's to guess, once the row and its salt are erased."""
    return secrets.token_hex(16)


def personal(why: str, keep: str) -> dict[str, str]:
    """Marks a column as personal data: what it is for and how long it is kept. Export and erasure read the mark."""
    return {"personal": why, "keep": keep}


#: How long what belongs to an engagement is kept after it ends. To confirm with the council.
_AFTER = "2 years after the engagement ends"
CONTACT = personal("to write to the person about the offer", _AFTER)
ASSESSED = personal("to decide whether the person meets what is asked, and to show how that was decided", _AFTER)
WORKED = personal("so that whoever works with a school knows what was agreed and why", _AFTER)
SENT = personal("to know who was told what, and whether it arrived", _AFTER)
CERTIFIED = personal("to show that a certificate is genuine", "as long as the certificate can be checked")
ACCOUNT = personal(
    "so that people at the council can sign in and histories say who did what", "2 years after the account is closed"
)
FAULT = personal("to see why a message does not reach somebody", "until it works again")
ANSWERED = personal("so that a form that is sent twice does one thing", "1 day after it was sent")
UPLOADED = personal(
    "so that a file can be looked at before it is brought in, and taken back", "30 days after it was uploaded"
)
