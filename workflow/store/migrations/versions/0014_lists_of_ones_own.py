"""What somebody at the council chooses for themselves: lists under names, their columns, keys, and their telephone.

What is due at one stage is found by an index of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    op.add_column("user_account", sa.Column("telephone", sa.String(40), nullable=False, server_default=""))
    op.add_column("user_account", sa.Column("list_columns", sa.String(200), nullable=False, server_default=""))
    op.add_column("user_account", sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "saved_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("address", sa.String(600), nullable=False),
        sa.Column("is_start", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_saved_list"),
        sa.UniqueConstraint("user_id", "title", name="uq_saved_list_user_id_title"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_saved_list_user_id", ondelete="CASCADE"),
    )
    op.create_index(
        "ix_promise_stage_due",
        "promise",
        ["stage", "due_at", "engagement_id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_promise_stage_due", "promise")
    op.drop_table("saved_list")
    for column in ("telephone", "list_columns", "shortcuts"):
        op.drop_column("user_account", column)
