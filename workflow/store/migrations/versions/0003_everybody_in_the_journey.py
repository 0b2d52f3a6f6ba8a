"""Everybody in the journey: bases of entry phases, dates offered, evidence in versions, actions, bulk work."""

import sqlalchemy as sa
from alembic import op

from workflow.store.record import Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Columns added to tables that have rows already, in words both databases read. What was recorded under the rules
#: before stays right: phases count as agreed, and an order has as many places as anybody could need.
_ADDED = {
    "appointment": (
        (
            "purpose VARCHAR(12) DEFAULT 'planned' NOT NULL CONSTRAINT ck_appointment_purpose "
            "CHECK (purpose IN ('planned', 'catch_up', 're_visit'))"
        ),
        "place VARCHAR(200) DEFAULT '' NOT NULL",
        "uid VARCHAR(80) DEFAULT '' NOT NULL",
        "sequence INTEGER DEFAULT 0 NOT NULL",
        "reason VARCHAR(61)",
    ),
    "approval": ("seq INTEGER DEFAULT 0 NOT NULL", "taken_back BOOLEAN DEFAULT false NOT NULL"),
    "engagement": ("places INTEGER DEFAULT 500 NOT NULL",),
    "judgement": ("seq INTEGER DEFAULT 0 NOT NULL", "taken_back BOOLEAN DEFAULT false NOT NULL"),
    "participant": (
        "phase_agreed BOOLEAN DEFAULT true NOT NULL",
        "reason VARCHAR(61)",
        "before_id INTEGER CONSTRAINT fk_participant_before_id REFERENCES participant (id)",
        (
            "before_how VARCHAR(12) CONSTRAINT ck_participant_before_how "
            "CHECK (before_how IN ('replaces', 'transferred', 'higher_phase'))"
        ),
    ),
    "timer": ("armed_seq INTEGER DEFAULT 0 NOT NULL", "settled_seq INTEGER"),
}
_MADE = (
    "bulk_job",
    "stored_file",
    "bulk_row",
    "action",
    "entry_basis",
    "offered_date",
    "submission",
    "evidence",
    "review",
    "criterion_decision",
    "evidence_attachment",
)


def upgrade() -> None:
    for table, columns in _ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.create_index("ix_participant_before_id", "participant", ["before_id"])
    reference = "SELECT reference FROM engagement WHERE engagement.id = appointment.engagement_id"
    op.execute(f"UPDATE appointment SET uid = ({reference}) || '-' || appointment.id")  # noqa: S608 (our own words)
    _bulk_job()
    _stored_file()
    _bulk_row()
    _action()
    _entry_basis()
    _offered_date()
    _submission()
    _evidence()
    _review()
    _criterion_decision()
    _evidence_attachment()


def downgrade() -> None:
    for table in reversed(_MADE):
        op.drop_table(table)
    op.drop_index("ix_participant_before_id", "participant")
    for table, columns in _ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.partition(' ')[0]}")


def _bulk_job() -> None:
    op.create_table(
        "bulk_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("values", Json, nullable=False),
        sa.Column("note_text", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_job"),
    )


def _stored_file() -> None:
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_stored_file"),
    )


def _bulk_row() -> None:
    op.create_table(
        "bulk_row",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('planned', 'done', 'refused')", name="ck_bulk_row_status"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_bulk_row_engagement_id"),
        sa.ForeignKeyConstraint(["job_id"], ["bulk_job.id"], name="fk_bulk_row_job_id"),
        sa.PrimaryKeyConstraint("job_id", "number", name="pk_bulk_row"),
    )


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("what_text", sa.Text(), nullable=False),
        sa.Column("owner_name", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('plan', 'support')", name="ck_action_kind"),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_action_appointment_id"),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name="fk_action_engagement_id"),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name="fk_action_participant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_index("ix_action_appointment_id", "action", ["appointment_id"])
    op.create_index("ix_action_engagement_id_done_at", "action", ["engagement_id", "done_at"])
    op.create_index("ix_action_participant_id", "action", ["participant_id"])


def _entry_basis() -> None:
    op.create_table(
        "entry_basis",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("proposed_phase", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("own_impact", sa.Text(), nullable=False),
        sa.Column("others_impact", sa.Text(), nullable=False),
        sa.Column("led_mentoring", sa.Boolean(), nullable=False),
        sa.Column("led_coaching", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("agreed_phase", sa.Integer(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "scope IN ('own_practice', 'school', 'organisation', 'across_organisations')", name="ck_entry_basis_scope"
        ),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["user_account.id"], name="fk_entry_basis_agreed_by_id"),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name="fk_entry_basis_participant_id"),
        sa.PrimaryKeyConstraint("participant_id", name="pk_entry_basis"),
    )


def _offered_date() -> None:
    op.create_table(
        "offered_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_offered_date_appointment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_offered_date"),
    )
    op.create_index("ix_offered_date_appointment_id", "offered_date", ["appointment_id"])


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_by", sa.String(length=40), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name="fk_submission_participant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("participant_id", "version", name="uq_submission_participant_id_version"),
    )
    op.create_index("ix_submission_participant_id", "submission", ["participant_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_evidence_submission_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("submission_id", "criterion", name="uq_evidence_submission_id_criterion"),
    )


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("unmet", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["reviewer_id"], ["user_account.id"], name="fk_review_reviewer_id"),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_review_submission_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_submission_id", "review", ["submission_id"])


def _criterion_decision() -> None:
    op.create_table(
        "criterion_decision",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("decision IN ('met', 'not_met')", name="ck_criterion_decision_decision"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_criterion_decision_review_id"),
        sa.PrimaryKeyConstraint("review_id", "criterion", name="pk_criterion_decision"),
    )


def _evidence_attachment() -> None:
    op.create_table(
        "evidence_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_evidence_attachment_evidence_id"),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name="fk_evidence_attachment_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_attachment"),
    )
    op.create_index("ix_evidence_attachment_evidence_id", "evidence_attachment", ["evidence_id"])
    op.create_index("ix_evidence_attachment_sha256", "evidence_attachment", ["sha256"])
