"""The people and the meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _reference_counter()
    _school()
    _user_account()
    _engagement()
    _appointment()
    _approval()
    _participant()
    _attendance()
    _judgement()


def downgrade() -> None:
    for table in (
        "judgement",
        "attendance",
        "participant",
        "approval",
        "appointment",
        "engagement",
        "user_account",
        "school",
        "reference_counter",
    ):
        op.drop_table(table)


def _reference_counter() -> None:
    op.create_table(
        "reference_counter",
        sa.Column("prefix", sa.String(length=5), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_reference_counter")),
    )


def _school() -> None:
    op.create_table(
        "school",
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("phase", sa.String(length=60), nullable=False),
        sa.Column("authority", sa.String(length=100), nullable=False),
        sa.Column("town", sa.String(length=100), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school")),
    )


def _user_account() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('advisor', 'lead_advisor', 'assessor')", name=op.f("ck_user_account_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )


def _engagement() -> None:
    op.create_table(
        "engagement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("offer_code", sa.String(length=32), nullable=False),
        sa.Column("offer_version", sa.String(length=7), nullable=False),
        sa.Column("school_urn", sa.String(length=6), nullable=False),
        sa.Column("stage", sa.String(length=61), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_number", sa.String(length=60), nullable=True),
        sa.Column("price_paid", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lead_name", sa.String(length=120), nullable=False),
        sa.Column("lead_email", sa.String(length=254), nullable=False),
        sa.Column("head_name", sa.String(length=120), nullable=False),
        sa.Column("head_email", sa.String(length=254), nullable=False),
        sa.Column("advisor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('active', 'on_hold', 'cancelled', 'lapsed', 'completed')", name=op.f("ck_engagement_standing")
        ),
        sa.ForeignKeyConstraint(["advisor_id"], ["user_account.id"], name=op.f("fk_engagement_advisor_id")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_engagement_school_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("offer_code", "order_number", name=op.f("uq_engagement_offer_code_order_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_engagement_reference")),
    )
    op.create_index(op.f("ix_engagement_advisor_id"), "engagement", ["advisor_id"], unique=False)
    op.create_index(op.f("ix_engagement_school_urn"), "engagement", ["school_urn"], unique=False)
    op.create_index(op.f("ix_engagement_standing_stage"), "engagement", ["standing", "stage"], unique=False)


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=61), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outputs", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('to_book', 'offered', 'booked', 'held', 'registered', 'moved', 'cancelled')",
            name=op.f("ck_appointment_status"),
        ),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_appointment_engagement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_engagement_id_kind"), "appointment", ["engagement_id", "kind"], unique=False)


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=61), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_approval_engagement_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_approval_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_engagement_id"), "approval", ["engagement_id"], unique=False)


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("certificate_name", sa.String(length=120), nullable=False),
        sa.Column("name_confirmed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "status IN ('nominated', 'training', 'working', 'submitted', "
            "'in_review', 'returned', 'completed', 'recognised', 'deferred', 'withdrawn')",
            name=op.f("ck_participant_status"),
        ),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_participant_engagement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    op.create_index(op.f("ix_participant_engagement_id_email"), "participant", ["engagement_id", "email"], unique=True)


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "mark IN ('present', 'part', 'told_absent', 'no_show', 'excused', 'caught_up')",
            name=op.f("ck_attendance_mark"),
        ),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_attendance_appointment_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_attendance_participant_id")),
        sa.PrimaryKeyConstraint("appointment_id", "participant_id", name=op.f("pk_attendance")),
    )


def _judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('met', 'not_yet_met', 'deferred')", name=op.f("ck_judgement_outcome")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_judgement_appointment_id")),
        sa.ForeignKeyConstraint(["assessor_id"], ["user_account.id"], name=op.f("fk_judgement_assessor_id")),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_judgement_engagement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_engagement_id"), "judgement", ["engagement_id"], unique=False)
