"""A note may be a school's question: whoever wrote it has no account."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_note_version") as table:
        table.alter_column("author_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Questions go, as nobody of those with an account wrote them."""
    asked = "SELECT note_id FROM case_note_version WHERE author_id IS NULL"
    op.execute(f"DELETE FROM case_note_mention WHERE note_id IN ({asked})")  # noqa: S608 (words of ours)
    op.execute("DELETE FROM case_note_version WHERE author_id IS NULL")
    op.execute("DELETE FROM case_note WHERE id NOT IN (SELECT note_id FROM case_note_version)")
    with op.batch_alter_table("case_note_version") as table:
        table.alter_column("author_id", existing_type=sa.Integer(), nullable=False)
