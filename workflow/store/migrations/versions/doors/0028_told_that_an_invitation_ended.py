"""Whoever was invited to read about several schools is told by a letter that their invitation has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
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
    "reader_invitation",
    "reader_link",
)


def upgrade() -> None:
    _let_purposes_be((*_PURPOSES, "reader_ended"))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM access_letter WHERE purpose = 'reader_ended'"))
    _let_purposes_be(_PURPOSES)


def _let_purposes_be(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("access_letter") as table:
        table.drop_constraint("purpose", type_="check")
        table.create_check_constraint("purpose", f"purpose IN ({', '.join(repr(one) for one in words)})")
