"""Drafts of long texts are kept until they are sent."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OWNERS = {"user_id": "user_account", "participant_id": "participant", "engagement_id": "engagement"}
_ONE_OWNER = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in _OWNERS)


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer()) for column in _OWNERS),
        sa.Column("page", sa.String(200), nullable=False),
        sa.Column("form", sa.String(140), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("replaced", Json, nullable=False),
        sa.Column("replaced_at", UtcDateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.CheckConstraint(f"{_ONE_OWNER} = 1", name="ck_draft_one_owner"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_draft_{column}", ondelete="CASCADE")
            for column, table in _OWNERS.items()
        ),
        *(sa.UniqueConstraint(column, "page", "form", name=f"uq_draft_{column}_page_form") for column in _OWNERS),
    )
    op.create_index("ix_draft_changed_at", "draft", ["changed_at"])


def downgrade() -> None:
    op.drop_table("draft")
