"""What is searched stands line by line as well, in the order of the lines.

The texts say nothing that is nowhere else, and are written otherwise from here on: an upgrade makes them anew.
"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

#: In the order of their signs, whatever the language of the database.
_MADE = {
    "sqlite": "CREATE TABLE search_text_line (line text, id integer, PRIMARY KEY (line, id)) WITHOUT ROWID",
    "postgresql": 'CREATE TABLE search_text_line (line text COLLATE "C", id integer, PRIMARY KEY (line, id))',
}


_EMPTIED = {"sqlite": "DELETE FROM search_text", "postgresql": "TRUNCATE search_text"}


def upgrade() -> None:
    op.execute(_MADE[op.get_bind().dialect.name])
    op.execute(_EMPTIED[op.get_bind().dialect.name])


def downgrade() -> None:
    """The version before this writes its own texts where there are none."""
    op.execute("DROP TABLE search_text_line")
    op.execute(_EMPTIED[op.get_bind().dialect.name])
