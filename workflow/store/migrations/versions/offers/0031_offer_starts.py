"""From which day orders are for a version."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(61), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offer_start"),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name="fk_offer_start_set_by_user_account"),
    )
    op.create_index("ix_offer_start_code_version", "offer_start", ["code", "version"])


def downgrade() -> None:
    op.drop_table("offer_start")
