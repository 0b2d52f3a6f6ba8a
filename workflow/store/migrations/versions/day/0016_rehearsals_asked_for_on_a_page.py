"""Rehearsals that people ask for on a page, and what came of them."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_AT_WORK = sa.text("status IN ('asked', 'running')")


def upgrade() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked", Json, nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("lease_until", UtcDateTime()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("result", Json, nullable=False),
        sa.Column("refusal", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsal"),
        sa.CheckConstraint("status IN ('asked', 'running', 'done', 'failed')", name="ck_rehearsal_status"),
    )
    op.create_index("ix_rehearsal_at_work", "rehearsal", ["id"], sqlite_where=_AT_WORK, postgresql_where=_AT_WORK)


def downgrade() -> None:
    op.drop_index("ix_rehearsal_at_work", table_name="rehearsal")
    op.drop_table("rehearsal")
