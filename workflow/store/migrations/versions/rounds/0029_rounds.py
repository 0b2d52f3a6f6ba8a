"""Rounds: what a transition that leads back to an earlier stage sets aside."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "engagement_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(61), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("set_aside", Json, nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_engagement_round"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_engagement_round_engagement_id"),
    )
    op.create_index("ix_engagement_round_engagement_id", "engagement_round", ["engagement_id"])


def downgrade() -> None:
    op.drop_table("engagement_round")
