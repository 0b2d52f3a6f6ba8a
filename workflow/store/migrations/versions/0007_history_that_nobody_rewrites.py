"""History that nobody rewrites unseen: seals, digests of rows that matter, and a role that may not change events.

What was written before gets its seals when the first key is made, which is no part of the database.
"""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SEALED = ("engagement", "reference_counter")
_SALTED = ("engagement", "participant", "certificate", "appointment")
_SALT = {"postgresql": "replace(gen_random_uuid()::text, '-', '')", "sqlite": "lower(hex(randomblob(16)))"}
#: What the application may do. Whoever runs the migrations owns the tables, and grants the role to whom the
#: application signs in as. Roles belong to a whole server: another database of it may have made this one already.
_ROLE = """
DO $$ BEGIN
  CREATE ROLE recognition_application NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE WARNING 'The role recognition_application was not made: this user may not create roles.';
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'recognition_application') THEN
    GRANT USAGE ON SCHEMA public TO recognition_application;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO recognition_application;
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO recognition_application;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO recognition_application;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO recognition_application;
    REVOKE UPDATE, DELETE, TRUNCATE ON event, history_opening FROM recognition_application;
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM recognition_application;
  END IF;
END $$;
"""
_NO_ROLE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'recognition_application') THEN
    DROP OWNED BY recognition_application;
  END IF;
END $$;
"""


def upgrade() -> None:
    for table in _SEALED:
        op.add_column(table, sa.Column("seal", sa.String(80), server_default="", nullable=False))
    op.add_column("event", sa.Column("covers", Json, server_default="{}", nullable=False))
    op.add_column("event", sa.Column("sealed_by", sa.String(8), server_default="", nullable=False))
    database = op.get_bind().dialect.name
    for table in _SALTED:
        op.add_column(table, sa.Column("salt", sa.String(32), server_default="", nullable=False))
        op.execute(f"UPDATE {table} SET salt = {_SALT[database]}")  # noqa: S608 (names and words of this file)
    op.create_table(
        "history_opening",
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("covers", Json, nullable=False),
        sa.Column("seal", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("engagement_id", name="pk_history_opening"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_history_opening_engagement_id"),
    )
    if database == "postgresql":
        op.execute(_ROLE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_NO_ROLE)
    op.drop_table("history_opening")
    for table in _SALTED:
        op.drop_column(table, "salt")
    op.drop_column("event", "sealed_by")
    op.drop_column("event", "covers")
    for table in _SEALED:
        op.drop_column(table, "seal")
