"""Readers of several schools: who is invited, for which schools, what became of it; their letters and sessions."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_PURPOSES = (
    "invitation",
    "new_password",
    "school_link",
    "participant_link",
    "password_changed",
    "factors_removed",
    "contact_offered",
    "contact_asked",
    "contact_done",
    "data_asked",
    "data_answered",
    "address_changed",
)
_MORE = ("reader_invitation", "reader_link")
_SUBJECTS = ("user_id", "engagement_id", "participant_id")
_OTHERS = {"web_session": (), "access_letter": ("proposal_id",)}
_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _create_reader()
    _create_schools()
    _create_event()
    for name, others in _OTHERS.items():
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("reader_id", sa.Integer()))
            table.create_foreign_key(
                f"fk_{name}_reader_id", "invited_reader", ["reader_id"], ["id"], ondelete="CASCADE"
            )
            table.drop_constraint("one_subject", type_="check")
            table.create_check_constraint("one_subject", _is_one((*_SUBJECTS, "reader_id", *others)))
        op.create_index(f"ix_{name}_reader_id", name, ["reader_id"])
    _let_purposes_be((*_PURPOSES, *_MORE))


def _create_reader() -> None:
    op.create_table(
        "invited_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("trust_code", sa.String(20), nullable=False, server_default=""),
        sa.Column("trust", sa.String(200), nullable=False, server_default=""),
        sa.Column("invited_by", sa.Integer()),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("seen_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_invited_reader"),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["user_account.id"], name="fk_invited_reader_invited_by", ondelete="SET NULL"
        ),
    )
    op.create_index(
        "ix_invited_reader_open",
        "invited_reader",
        ["email"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    for name, columns in (("name", ["name", "id"]), ("email", ["email"]), ("until", ["until"])):
        op.create_index(f"ix_invited_reader_{name}", "invited_reader", columns)
    op.create_index("ix_invited_reader_invited_by", "invited_reader", ["invited_by"])


def _create_schools() -> None:
    op.create_table(
        "invited_reader_school",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("urn", sa.String(6), nullable=False),
        sa.PrimaryKeyConstraint("reader_id", "urn", name="pk_invited_reader_school"),
        _of_reader("invited_reader_school"),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name="fk_invited_reader_school_urn"),
    )
    op.create_index("ix_invited_reader_school_urn", "invited_reader_school", ["urn"])


def _create_event() -> None:
    op.create_table(
        "reader_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reader_event"),
        _of_reader("reader_event"),
    )
    op.create_index("ix_reader_event_reader", "reader_event", ["reader_id", "id"])


def _of_reader(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["reader_id"], ["invited_reader.id"], name=f"fk_{table}_reader_id", ondelete="CASCADE"
    )


def _let_purposes_be(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("access_letter") as table:
        table.drop_constraint("purpose", type_="check")
        table.create_check_constraint("purpose", f"purpose IN ({', '.join(repr(one) for one in words)})")


def _is_one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns) + " = 1"


def downgrade() -> None:
    """Readers are out, and nothing is left of them."""
    for name, others in _OTHERS.items():
        op.execute(sa.text(f"DELETE FROM {name} WHERE reader_id IS NOT NULL"))  # noqa: S608 (names of ours)
        op.drop_index(f"ix_{name}_reader_id", name)
        with op.batch_alter_table(name) as table:
            table.drop_constraint("one_subject", type_="check")
            table.create_check_constraint("one_subject", _is_one((*_SUBJECTS, *others)))
            table.drop_constraint(f"fk_{name}_reader_id", type_="foreignkey")
            table.drop_column("reader_id")
    _let_purposes_be(_PURPOSES)
    for name in ("reader_event", "invited_reader_school", "invited_reader"):
        op.drop_table(name)
