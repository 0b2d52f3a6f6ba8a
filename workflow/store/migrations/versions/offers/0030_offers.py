"""Offers in the record: their files, and their revisions; letters and certificates say under which wording."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer_file",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_offer_file"),
    )
    op.create_table(
        "offer_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(61), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.Column("installed_at", UtcDateTime(), nullable=False),
        sa.Column("installed_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offer_revision"),
        sa.ForeignKeyConstraint(["installed_by"], ["user_account.id"], name="fk_offer_revision_installed_by_user"),
        sa.UniqueConstraint("code", "version", "revision", name="uq_offer_revision_code_version_revision"),
    )
    op.create_index("ix_offer_revision_digest", "offer_revision", ["digest"])
    for table in ("message", "certificate"):
        op.add_column(table, sa.Column("offer_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    for table in ("message", "certificate"):
        op.drop_column(table, "offer_revision")
    op.drop_table("offer_revision")
    op.drop_table("offer_file")
