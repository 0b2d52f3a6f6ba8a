"""What a phase rests on is what the offer asks about its phases, and no more what one offer asked of its people.

What was said before stays readable: in the words about somebody's experience, and as answers to what was asked then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_SCOPES = ("own_practice", "school", "organisation", "across_organisations")
_GONE = ("own_impact", "others_impact", "led_mentoring", "led_coaching", "scope")
#: Of people who were erased nothing is said.
_KEPT = sa.text("""
    UPDATE entry_basis SET
        experience = experience
            || CASE WHEN own_impact <> '' THEN :own || own_impact ELSE '' END
            || CASE WHEN others_impact <> '' THEN :others || others_impact ELSE '' END
            || :reach || CASE scope
                WHEN 'own_practice' THEN 'their own practice'
                WHEN 'school' THEN 'their school'
                WHEN 'organisation' THEN 'their organisation'
                ELSE 'several organisations' END || '.',
        answers = CASE WHEN led_mentoring THEN :mentoring || 'Yes' ELSE :mentoring || 'No' END
            || CASE WHEN led_coaching THEN :coaching || 'Yes' ELSE :coaching || 'No' END
    WHERE experience <> ''
""").bindparams(
    own="\n\nWhat it changed in their own practice: ",
    others="\n\nWhat it changed in the practice of others: ",
    reach="\n\nHow far it reached: ",
    mentoring="Have they led mentoring? ",
    coaching="\nHave they led coaching? ",
)


def upgrade() -> None:
    op.add_column("entry_basis", sa.Column("answers", sa.Text(), nullable=False, server_default=""))
    op.execute(_KEPT)
    with op.batch_alter_table("entry_basis") as batch:
        batch.alter_column("answers", server_default=None)
        batch.drop_constraint("ck_entry_basis_scope", type_="check")
        for name in _GONE:
            batch.drop_column(name)


def downgrade() -> None:
    """What was said stays where it stands; nobody has led anything, as far as the columns say."""
    for name in _GONE[:2]:
        op.add_column("entry_basis", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in _GONE[2:4]:
        op.add_column("entry_basis", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    scope = sa.Column("scope", sa.String(20), nullable=False, server_default=_SCOPES[0])
    op.add_column("entry_basis", scope)
    with op.batch_alter_table("entry_basis") as batch:
        batch.create_check_constraint("ck_entry_basis_scope", sa.column("scope").in_(_SCOPES))
        batch.drop_column("answers")
