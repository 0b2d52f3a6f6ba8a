"""Files that somebody uploaded are kept until they are brought in, and the columns chosen for them are remembered."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("columns", Json, nullable=False),
        sa.Column("mended", Json, nullable=False),
        sa.Column("told", Json, nullable=False),
        sa.Column("trace", Json, nullable=False),
        sa.Column("done_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_upload_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("status IN ('waiting', 'done', 'undone')", name="ck_upload_status"),
    )
    op.create_index("ix_upload_user_id_id", "upload", ["user_id", "id"])
    op.create_index("ix_upload_created_at", "upload", ["created_at"])
    op.create_table(
        "column_choice",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("columns", Json, nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_column_choice"),
    )


def downgrade() -> None:
    op.drop_table("column_choice")
    op.drop_table("upload")
