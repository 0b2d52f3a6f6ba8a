"""Who at the council has looked at whose evidence."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_read"),
        sa.CheckConstraint("kind IN ('page', 'file')", name="ck_evidence_read_kind"),
        _owned("user_id", "user_account"),
        _owned("participant_id", "participant"),
    )
    op.create_index("ix_evidence_read_participant", "evidence_read", ["participant_id", "id"])
    op.create_index("ix_evidence_read_user", "evidence_read", ["user_id"])
    op.create_index("ix_evidence_read_at", "evidence_read", ["at"])


def _owned(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_evidence_read_{column}", ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("evidence_read")
