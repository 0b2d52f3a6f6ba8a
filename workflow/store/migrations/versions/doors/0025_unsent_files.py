"""Files that are chosen and not sent in yet are kept for whoever chose them."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsent_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unsent_file"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_unsent_file_participant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name="fk_unsent_file_sha256"),
        sa.UniqueConstraint(
            "participant_id", "criterion", "sha256", name="uq_unsent_file_participant_id_criterion_sha256"
        ),
    )
    op.create_index("ix_unsent_file_sha256", "unsent_file", ["sha256"])
    op.create_index("ix_unsent_file_kept_at", "unsent_file", ["kept_at"])


def downgrade() -> None:
    """The contents of these files go with them, where nothing else leads there."""
    leading = "SELECT sha256 FROM evidence_attachment UNION SELECT sha256 FROM case_note_file"
    op.drop_index("ix_unsent_file_kept_at", table_name="unsent_file")
    op.drop_index("ix_unsent_file_sha256", table_name="unsent_file")
    op.drop_table("unsent_file")
    op.execute(f"DELETE FROM stored_file WHERE sha256 NOT IN ({leading})")  # noqa: S608 (words of ours)
