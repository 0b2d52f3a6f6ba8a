"""People are found by their address, marks by the person; a job for many is worked on in the background.

And the register says which school takes whose place.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_AT_WORK = sa.text("status IN ('asked', 'wanted')")
#: In words both databases read.
_ADDED = {
    "bulk_job": (
        (
            "status VARCHAR(8) DEFAULT 'asked' NOT NULL CONSTRAINT ck_bulk_job_status "
            "CHECK (status IN ('asked', 'foreseen', 'wanted', 'done'))"
        ),
        "lease_until {moment}",
    ),
    "bulk_row": (
        (
            "foreseen VARCHAR(8) DEFAULT '' NOT NULL CONSTRAINT ck_bulk_row_foreseen "
            "CHECK (foreseen IN ('', 'possible', 'refused'))"
        ),
    ),
}


def upgrade() -> None:
    moment = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    for table, columns in _ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.format(moment=moment)}")
    op.create_index("ix_participant_email", "participant", ["email"])
    op.create_index("ix_attendance_participant_id", "attendance", ["participant_id"])
    op.create_index("ix_bulk_job_at_work", "bulk_job", ["id"], sqlite_where=_AT_WORK, postgresql_where=_AT_WORK)
    op.create_table(
        "school_link",
        sa.Column("urn", sa.String(6), nullable=False),
        sa.Column("link_urn", sa.String(6), nullable=False),
        sa.Column("since", sa.Date()),
        sa.PrimaryKeyConstraint("urn", "link_urn", name="pk_school_link"),
    )
    op.execute(
        "UPDATE bulk_job SET status = 'done' "
        "WHERE id NOT IN (SELECT job_id FROM bulk_row WHERE bulk_row.status = 'planned')"
    )


def downgrade() -> None:
    op.drop_table("school_link")
    for name, table in (("bulk_job_at_work", "bulk_job"), ("attendance_participant_id", "attendance")):
        op.drop_index(f"ix_{name}", table)
    op.drop_index("ix_participant_email", "participant")
    for table, column in (("bulk_row", "foreseen"), ("bulk_job", "lease_until"), ("bulk_job", "status")):
        with op.batch_alter_table(table) as batch:
            if column != "lease_until":
                batch.drop_constraint(column, type_="check")
            batch.drop_column(column)
