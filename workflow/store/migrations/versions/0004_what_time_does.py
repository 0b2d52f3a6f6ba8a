"""What time does: promises with their days, timers that can be counted again, reminders that wait for one another."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_UNITS = "unit IN ('days', 'council days', 'school days')"
#: A timer that was armed before keeps its day: nought days from it.
_ADDED = {
    "school": ("dates_version INTEGER DEFAULT 0 NOT NULL",),
    "timer": (
        "about VARCHAR(30) DEFAULT 'stage' NOT NULL",
        "counted_from TIMESTAMP WITH TIME ZONE DEFAULT '1970-01-01 00:00:00+00:00' NOT NULL",
        "count INTEGER DEFAULT 0 NOT NULL",
        f"unit VARCHAR(12) DEFAULT 'days' NOT NULL CONSTRAINT ck_timer_unit CHECK ({_UNITS})",
    ),
    "outbox": (
        "reader VARCHAR(32) DEFAULT '' NOT NULL",
        "hours VARCHAR(12) DEFAULT '' NOT NULL",
        "too_late_at TIMESTAMP WITH TIME ZONE",
    ),
}
_OPEN = sa.text("status = 'open'")
_REMINDER = sa.text("reader <> ''")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, columns in _ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {_dated(column) if sqlite else column}")
    op.execute("UPDATE timer SET counted_from = due_at")
    op.create_index(
        "ix_outbox_reader", "outbox", ["reader", "settled_at"], sqlite_where=_REMINDER, postgresql_where=_REMINDER
    )
    _promise()
    _school_date()


def _dated(column: str) -> str:
    """SQLite keeps moments without a zone, all in UTC."""
    return column.replace("TIMESTAMP WITH TIME ZONE", "DATETIME").replace("+00:00", ".000000")


def downgrade() -> None:
    op.drop_table("school_date")
    op.drop_table("promise")
    op.drop_index("ix_outbox_reader", "outbox")
    for table, columns in _ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.partition(' ')[0]}")


def _school_date() -> None:
    op.create_table(
        "school_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('term', 'half_term', 'closed')", name="ck_school_date_kind"),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name="fk_school_date_urn"),
        sa.PrimaryKeyConstraint("id", name="pk_school_date"),
    )
    op.create_index("ix_school_date_urn", "school_date", ["urn"])


def _promise() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=61), nullable=False),
        sa.Column("owner", sa.String(length=8), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("anchor", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("counted_from", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("opened_seq", sa.Integer(), nullable=False),
        sa.Column("closed_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint("owner IN ('council', 'school')", name="ck_promise_owner"),
        sa.CheckConstraint("status IN ('open', 'waiting', 'paused', 'kept', 'dropped')", name="ck_promise_status"),
        sa.CheckConstraint(_UNITS, name="ck_promise_unit"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_promise_engagement_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
    )
    op.create_index(
        "uq_promise_open", "promise", ["engagement_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("ix_promise_due", "promise", ["due_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_promise_engagement_id_status", "promise", ["engagement_id", "status"])
