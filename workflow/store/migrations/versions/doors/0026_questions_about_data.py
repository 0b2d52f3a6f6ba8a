"""What participants ask about their own data, the letters about it, and one about a changed address."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_OPEN = sa.text("answered_at IS NULL")
_PURPOSES = (
    "invitation", "new_password", "school_link", "participant_link", "password_changed", "factors_removed",
    "contact_offered", "contact_asked", "contact_done",
)  # fmt: skip
_MORE = ("data_asked", "data_answered", "address_changed")


def upgrade() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_data_request"),
        sa.CheckConstraint("kind IN ('correction', 'erasure')", name="kind"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_data_request_participant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name="fk_data_request_answered_by", ondelete="SET NULL"
        ),
    )
    for column in ("participant_id", "answered_at", "answered_by"):
        op.create_index(f"ix_data_request_{column}", "data_request", [column])
    op.create_index(
        "ix_data_request_open", "data_request", ["due_at", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    _letters_are_for((*_PURPOSES, *_MORE))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM access_letter WHERE purpose IN ('data_asked', 'data_answered', 'address_changed')"))
    _letters_are_for(_PURPOSES)
    op.drop_table("data_request")


def _letters_are_for(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("access_letter") as table:
        table.drop_constraint("purpose", type_="check")
        table.create_check_constraint("purpose", f"purpose IN ({', '.join(repr(one) for one in purposes)})")
