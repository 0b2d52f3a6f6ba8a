"""What a form did is kept for a day, so that pressing its button twice, or once more after going back, is one thing."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("told_text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_receipt"),
    )
    op.create_index("ix_receipt_at", "receipt", ["at"])


def downgrade() -> None:
    op.drop_table("receipt")
