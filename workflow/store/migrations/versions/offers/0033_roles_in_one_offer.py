"""What somebody may do in one offer, where it is something else than everywhere."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_ROLES = "role IN ('advisor', 'lead_advisor', 'assessor', 'auditor')"


def upgrade() -> None:
    op.create_table(
        "offer_role",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("offer_code", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "offer_code", name="pk_offer_role"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_offer_role_user_id_user_account", ondelete="CASCADE"
        ),
        sa.CheckConstraint(_ROLES, name="ck_offer_role_role"),
    )


def downgrade() -> None:
    op.drop_table("offer_role")
