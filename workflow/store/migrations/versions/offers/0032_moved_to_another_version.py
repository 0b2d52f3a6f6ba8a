"""Engagements that go on under another version of their offer, and letters that were owed under the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("engagement", sa.Column("bought_version", sa.String(7), nullable=True))
    op.add_column("outbox", sa.Column("offer_version", sa.String(7), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "offer_version")
    op.drop_column("engagement", "bought_version")
