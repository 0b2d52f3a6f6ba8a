"""Letters and sessions of schools and participants."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_MORE = {"engagement_id": "engagement", "participant_id": "participant"}
_ONE_SUBJECT = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in ("user_id", *_MORE))
_PURPOSES = ("invitation", "new_password", "password_changed", "factors_removed")
_NEW_PURPOSES = ("invitation", "new_password", "school_link", "participant_link", "password_changed", "factors_removed")
#: What the check of the purposes was called by the migration before, and is called from now on.
_OLD_NAME, _NAME = "ck_access_letter_purpose", "purpose"
_TABLES = ("web_session", "access_letter")


def upgrade() -> None:
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            table.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
            for column, of in _MORE.items():
                table.add_column(sa.Column(column, sa.Integer()))
                table.create_foreign_key(f"fk_{name}_{column}", of, [column], ["id"], ondelete="CASCADE")
            table.create_check_constraint("one_subject", f"{_ONE_SUBJECT} = 1")
        for column in _MORE:
            op.create_index(f"ix_{name}_{column}", name, [column])
    with op.batch_alter_table("access_letter") as table:
        table.add_column(sa.Column("asked_from", sa.String(60), nullable=False, server_default=""))
        table.drop_constraint(_OLD_NAME, type_="check")
        table.create_check_constraint(_NAME, _is_one_of(_NEW_PURPOSES))
    op.create_index("ix_engagement_lead_email", "engagement", ["lead_email"])


def downgrade() -> None:
    op.drop_index("ix_engagement_lead_email", "engagement")
    for name in _TABLES:
        op.execute(sa.text(f"DELETE FROM {name} WHERE user_id IS NULL"))  # noqa: S608 (names of ours)
    with op.batch_alter_table("access_letter") as table:
        table.drop_constraint(_NAME, type_="check")
        table.create_check_constraint(_OLD_NAME, _is_one_of(_PURPOSES))
        table.drop_column("asked_from")
    for name in _TABLES:
        for column in _MORE:
            op.drop_index(f"ix_{name}_{column}", name)
        with op.batch_alter_table(name) as table:
            table.drop_constraint("one_subject", type_="check")
            for column in _MORE:
                table.drop_constraint(f"fk_{name}_{column}", type_="foreignkey")
                table.drop_column(column)
            table.alter_column("user_id", existing_type=sa.Integer(), nullable=False)


def _is_one_of(words: tuple[str, ...]) -> str:
    return f"purpose IN ({', '.join(repr(one) for one in words)})"
