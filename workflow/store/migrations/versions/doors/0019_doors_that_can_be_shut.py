"""Sessions that can be ended, second factors, devices that are known, and what became of accounts."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ROLES = ("advisor", "lead_advisor", "assessor")
_PURPOSES = ("invitation", "new_password", "password_changed", "factors_removed")
_WAITING = sa.text("status IN ('owed', 'claimed')")
_MORE = (*_ROLES, "finance", "admin", "auditor")


def upgrade() -> None:
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("disabled_at", UtcDateTime()))
        table.add_column(sa.Column("signed_in_at", UtcDateTime()))
        table.add_column(sa.Column("subject", sa.String(400)))
        table.create_unique_constraint("uq_user_account_subject", ["subject"])
        table.add_column(sa.Column("totp_sealed", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))
        table.drop_column("failures")
        table.drop_column("locked_until")
        table.drop_constraint("role", type_="check")
        table.create_check_constraint("role", _role_is_one_of(_MORE))
    _create_session()
    _create_known_device()
    _create_second_factors()
    op.create_table(
        "guess",
        sa.Column("of", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.PrimaryKeyConstraint("of", name="pk_guess"),
    )
    op.create_index("ix_guess_failed_at", "guess", ["failed_at"])
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_event"),
        _of_user("account_event"),
    )
    op.create_index("ix_account_event_user", "account_event", ["user_id", "id"])
    _create_access_letter()


def _create_session() -> None:
    op.create_table(
        "web_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(8), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("proved_at", UtcDateTime(), nullable=False),
        sa.Column("device", sa.String(60), nullable=False),
        sa.Column("network", sa.String(50), nullable=False),
        sa.Column("asked", sa.String(400), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_web_session"),
        sa.UniqueConstraint("secret_digest", name="uq_web_session_secret_digest"),
        sa.CheckConstraint("step IN ('password', 'whole')", name="ck_web_session_step"),
        _of_user("web_session"),
    )
    op.create_index("ix_web_session_user_id", "web_session", ["user_id"])
    op.create_index("ix_web_session_until", "web_session", ["until"])


def _create_access_letter() -> None:
    op.create_table(
        "access_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("to_name", sa.String(120), nullable=False),
        sa.Column("to_email", sa.String(254), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("link_digest", sa.String(64), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("valid_seconds", sa.Integer(), nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.Column("used_at", UtcDateTime()),
        sa.Column("revoked_at", UtcDateTime()),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime()),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_letter"),
        sa.UniqueConstraint("link_digest", name="uq_access_letter_link_digest"),
        sa.CheckConstraint(f"purpose IN ({_quoted(_PURPOSES)})", name="ck_access_letter_purpose"),
        sa.CheckConstraint("status IN ('owed', 'claimed', 'sent', 'dead')", name="ck_access_letter_status"),
        _of_user("access_letter"),
    )
    op.create_index("ix_access_letter_user_id", "access_letter", ["user_id"])
    op.create_index("ix_access_letter_asked_at", "access_letter", ["asked_at"])
    op.create_index(
        "ix_access_letter_due", "access_letter", ["due_at", "id"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )


def _create_known_device() -> None:
    op.create_table(
        "known_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("remembered_until", UtcDateTime()),
        sa.Column("device", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_known_device"),
        sa.UniqueConstraint("secret_digest", name="uq_known_device_secret_digest"),
        _of_user("known_device"),
    )
    op.create_index("ix_known_device_user_id", "known_device", ["user_id"])
    op.create_index("ix_known_device_until", "known_device", ["until"])


def _create_second_factors() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(1364), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
        _of_user("passkey"),
    )
    op.create_index("ix_passkey_user_id", "passkey", ["user_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        _of_user("recovery_code"),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"])


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=f"fk_{table}_user_id", ondelete="CASCADE")


def _role_is_one_of(roles: tuple[str, ...]) -> str:
    return f"role IN ({_quoted(roles)})"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(repr(one) for one in words)


def downgrade() -> None:
    for name in ("access_letter", "account_event", "guess", "recovery_code", "passkey", "known_device", "web_session"):
        op.drop_table(name)
    op.execute(sa.text(f"DELETE FROM user_account WHERE NOT ({_role_is_one_of(_ROLES)})"))  # noqa: S608 (words of ours)
    with op.batch_alter_table("user_account") as table:
        table.drop_constraint("role", type_="check")
        table.create_check_constraint("role", _role_is_one_of(_ROLES))
        table.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("locked_until", UtcDateTime()))
        table.drop_constraint("uq_user_account_subject", type_="unique")
        for name in ("subject", "totp_step", "totp_sealed", "signed_in_at", "disabled_at"):
            table.drop_column(name)
