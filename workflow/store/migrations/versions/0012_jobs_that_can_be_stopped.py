"""A job on many engagements can be stopped, says of each what is sent, and asks before it does what is unusual."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_CHECKS = (
    ("bulk_job", "status", ("asked", "foreseen", "wanted", "done"), "stopped"),
    ("bulk_row", "foreseen", ("", "possible", "refused"), "asks"),
)


def upgrade() -> None:
    op.add_column("bulk_row", sa.Column("messages", sa.Integer(), server_default="0", nullable=False))
    for table, column, known, added in _CHECKS:
        _check(table, column, (*known, added))


def downgrade() -> None:
    """What was stopped is seen again before it goes on, and what asks is refused."""
    op.execute("UPDATE bulk_job SET status = 'foreseen' WHERE status = 'stopped'")
    op.execute("UPDATE bulk_row SET foreseen = 'refused' WHERE foreseen = 'asks'")
    for table, column, known, _ in _CHECKS:
        _check(table, column, known)
    with op.batch_alter_table("bulk_row") as batch:
        batch.drop_column("messages")


def _check(table: str, column: str, values: tuple[str, ...]) -> None:
    words = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(column, type_="check")
        batch.create_check_constraint(column, f"{column} IN ({words})")
