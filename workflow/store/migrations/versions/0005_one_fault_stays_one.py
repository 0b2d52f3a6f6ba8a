"""One fault stays one fault: what failed is kept apart, letters keep their order, and the service's pulse is felt."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_UNSETTLED = sa.text("status IN ('owed', 'claimed')")
_CLAIMED = sa.text("status = 'claimed'")


def upgrade() -> None:
    op.create_table(
        "setback",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("engagement_id", sa.Integer()),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", UtcDateTime(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name="pk_setback"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_setback_engagement_id"),
        sa.CheckConstraint("kind IN ('mail', 'sender', 'engagement')", name="ck_setback_kind"),
    )
    op.create_index("ix_setback_engagement_id", "setback", ["engagement_id"])
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(12), nullable=False),
        sa.Column("owed_at", UtcDateTime()),
        sa.Column("felt_at", UtcDateTime()),
        sa.Column("took", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pulse"),
    )
    op.add_column("promise", sa.Column("name", sa.String(61), server_default="", nullable=False))
    _due("due_at", "id")
    op.create_index("ix_engagement_offer_code_offer_version", "engagement", ["offer_code", "offer_version"])
    op.create_index("ix_outbox_claimed", "outbox", ["engagement_id"], sqlite_where=_CLAIMED, postgresql_where=_CLAIMED)


def _due(*columns: str) -> None:
    """Effects that are due at the same moment are taken in the order in which they were owed, and none is sorted."""
    op.drop_index("ix_outbox_due", "outbox")
    op.create_index("ix_outbox_due", "outbox", [*columns], sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED)


def downgrade() -> None:
    op.drop_index("ix_outbox_claimed", "outbox")
    _due("due_at")
    op.drop_column("promise", "name")
    op.drop_index("ix_engagement_offer_code_offer_version", "engagement")
    op.drop_index("ix_setback_engagement_id", "setback")
    op.drop_table("setback")
    op.drop_table("pulse")
