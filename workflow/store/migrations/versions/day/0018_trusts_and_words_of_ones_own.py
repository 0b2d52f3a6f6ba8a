"""A school's trust and federation, as the register says them; and a paragraph of somebody's own in a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

_OF_A_SCHOOL = {"trust_code": 20, "trust": 200, "federation": 200}


def upgrade() -> None:
    for name, length in _OF_A_SCHOOL.items():
        op.add_column("school", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_index("ix_school_trust_code_trust", "school", ["trust_code", "trust"])
    op.add_column("outbox", sa.Column("paragraph", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outbox", "paragraph")
    op.drop_index("ix_school_trust_code_trust", table_name="school")
    for name in _OF_A_SCHOOL:
        op.drop_column("school", name)
