"""Who speaks for a school and when they did, whom it proposes, and letters that crossed a change of address.

Who is lead and head now stays on the engagement's row: an engagement from before has its contacts there already.
"""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('school_lead', 'deputy', 'head', 'business_manager')"
_STATUSES = "status IN ('open', 'confirmed', 'accepted', 'refused', 'replaced', 'lapsed')"
_PURPOSES = ("invitation", "new_password", "school_link", "participant_link", "password_changed", "factors_removed")
_SUBJECTS = ("user_id", "engagement_id", "participant_id")
_MORE = ("contact_offered", "contact_asked", "contact_done")
_NOW, _OPEN = sa.text("until IS NULL"), sa.text("status = 'open'")


def upgrade() -> None:
    _create_contact()
    _create_proposal()
    _create_crossing()
    _let_letters_be_of_a_proposal()


def _create_contact() -> None:
    op.create_table(
        "contact",
        *_of_a_person(),
        sa.Column("since", UtcDateTime()),
        sa.Column("until", UtcDateTime()),
        sa.Column("salt", sa.String(32), nullable=False),
        *_constraints("contact"),
        sa.CheckConstraint(_KINDS, name="kind"),
    )
    op.create_index("ix_contact_engagement_id", "contact", ["engagement_id"])
    op.create_index(
        "ix_contact_current",
        "contact",
        ["engagement_id", "kind"],
        unique=True,
        sqlite_where=_NOW,
        postgresql_where=_NOW,
    )


def _create_proposal() -> None:
    op.create_table(
        "contact_proposal",
        *_of_a_person(),
        sa.Column("asked_by", sa.String(120), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("lapses_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(9), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("salt", sa.String(32), nullable=False),
        *_constraints("contact_proposal"),
        sa.CheckConstraint(_KINDS, name="kind"),
        sa.CheckConstraint(_STATUSES, name="status"),
    )
    op.create_index("ix_contact_proposal_engagement_id", "contact_proposal", ["engagement_id"])
    for name, columns, unique in (
        ("ix_contact_proposal_open", ["engagement_id", "kind"], True),
        ("ix_contact_proposal_lapses", ["lapses_at"], False),
    ):
        op.create_index(name, "contact_proposal", columns, unique=unique, sqlite_where=_OPEN, postgresql_where=_OPEN)


def _create_crossing() -> None:
    op.create_table(
        "crossing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("letters", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        *_constraints("crossing"),
    )
    op.create_index("ix_crossing_engagement_id", "crossing", ["engagement_id"])


def _let_letters_be_of_a_proposal() -> None:
    with op.batch_alter_table("access_letter") as table:
        table.add_column(sa.Column("proposal_id", sa.Integer()))
        table.create_foreign_key(
            "fk_access_letter_proposal_id", "contact_proposal", ["proposal_id"], ["id"], ondelete="CASCADE"
        )
        for name in ("purpose", "one_subject"):
            table.drop_constraint(name, type_="check")
        table.create_check_constraint("purpose", f"purpose IN ({_quoted((*_PURPOSES, *_MORE))})")
        table.create_check_constraint("one_subject", _is_one((*_SUBJECTS, "proposal_id")))
    op.create_index("ix_access_letter_proposal_id", "access_letter", ["proposal_id"])


def _is_one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns) + " = 1"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(repr(one) for one in words)


def _of_a_person() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
    )


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    of_engagement = sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=f"fk_{table}_engagement_id")
    return sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), of_engagement


def downgrade() -> None:
    """Letters about proposals go with them."""
    op.execute(sa.text("DELETE FROM access_letter WHERE proposal_id IS NOT NULL"))
    op.drop_index("ix_access_letter_proposal_id", "access_letter")
    with op.batch_alter_table("access_letter") as table:
        for name in ("purpose", "one_subject"):
            table.drop_constraint(name, type_="check")
        table.create_check_constraint("purpose", f"purpose IN ({_quoted(_PURPOSES)})")
        table.create_check_constraint("one_subject", _is_one(_SUBJECTS))
        table.drop_constraint("fk_access_letter_proposal_id", type_="foreignkey")
        table.drop_column("proposal_id")
    for name in ("crossing", "contact_proposal", "contact"):
        op.drop_table(name)
