"""A school's trust and federation, as the register says them; a paragraph of somebody's own in a letter; which files a
note had when; and who wants an email when a note mentions them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OF_A_SCHOOL = {"trust_code": 20, "trust": 200, "federation": 200}


def upgrade() -> None:
    for name, length in _OF_A_SCHOOL.items():
        op.add_column("school", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_index("ix_school_trust_code_trust", "school", ["trust_code", "trust"])
    op.add_column("user_account", sa.Column("mention_emails", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("case_note_file", sa.Column("added_in", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("case_note_file", sa.Column("removed_in", sa.Integer()))
    op.add_column("outbox", sa.Column("paragraph", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outbox", "paragraph")
    for name in ("removed_in", "added_in"):
        op.drop_column("case_note_file", name)
    op.drop_column("user_account", "mention_emails")
    op.drop_index("ix_school_trust_code_trust", table_name="school")
    for name in _OF_A_SCHOOL:
        op.drop_column("school", name)
