"""A job on many engagements can be taken back as a whole: each of its rows knows the event that it began with."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bulk_row", sa.Column("seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bulk_row") as batch:
        batch.drop_column("seq")
