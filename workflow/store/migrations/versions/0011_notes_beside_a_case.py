"""Notes and files that people keep beside an engagement, for the council alone or for its school too."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pinned_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_case_note"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_case_note_engagement_id"),
    )
    op.create_index("ix_case_note_engagement_id_id", "case_note", ["engagement_id", "id"])
    op.create_table(
        "case_note_version",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("shown_to", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", "number", name="pk_case_note_version"),
        sa.ForeignKeyConstraint(["note_id"], ["case_note.id"], name="fk_case_note_version_note_id"),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name="fk_case_note_version_author_id"),
        sa.CheckConstraint("shown_to IN ('council', 'school')", name="ck_case_note_version_shown_to"),
    )
    _files_and_mentions()


def _files_and_mentions() -> None:
    op.create_table(
        "case_note_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_note_file"),
        sa.ForeignKeyConstraint(["note_id"], ["case_note.id"], name="fk_case_note_file_note_id"),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name="fk_case_note_file_sha256"),
    )
    op.create_index("ix_case_note_file_note_id", "case_note_file", ["note_id"])
    op.create_index("ix_case_note_file_sha256", "case_note_file", ["sha256"])
    op.create_table(
        "case_note_mention",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("note_id", "user_id", name="pk_case_note_mention"),
        sa.ForeignKeyConstraint(["note_id"], ["case_note.id"], name="fk_case_note_mention_note_id"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_case_note_mention_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_case_note_mention_user_id_note_id", "case_note_mention", ["user_id", "note_id"])


def downgrade() -> None:
    for table in ("case_note_mention", "case_note_file", "case_note_version", "case_note"):
        op.drop_table(table)
