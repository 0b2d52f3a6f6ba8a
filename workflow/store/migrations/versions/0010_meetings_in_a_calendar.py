"""Meetings are found by their day, and read by people's own calendars at an address that they can withdraw."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(4), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("secret_digest", name="uq_calendar_feed_secret_digest"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_calendar_feed_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("whose IN ('mine', 'all')", name="ck_calendar_feed_whose"),
    )
    op.create_index("ix_calendar_feed_user_id", "calendar_feed", ["user_id"])
    op.create_index("ix_appointment_starts_at", "appointment", ["starts_at"])


def downgrade() -> None:
    op.drop_index("ix_appointment_starts_at", "appointment")
    op.drop_table("calendar_feed")
