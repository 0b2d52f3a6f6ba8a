"""The engagements of one offer, found and counted at once however many there are of others."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_INDEX = "ix_engagement_offer_code_standing_id"


def upgrade() -> None:
    op.create_index(_INDEX, "engagement", ["offer_code", "standing", "id"])


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="engagement")
