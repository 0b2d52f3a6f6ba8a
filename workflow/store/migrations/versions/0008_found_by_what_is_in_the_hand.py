"""Found by what people have in their hand: one text of each engagement, with an index of three letters in a row.

The list of what is due is read in pages, each from where the last one ended.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OPEN = sa.text("status = 'open'")
_MADE = {
    "sqlite": ("CREATE VIRTUAL TABLE search_text USING fts5(text, tokenize = 'trigram')",),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE TABLE search_text (rowid integer PRIMARY KEY, text text NOT NULL)",
        "CREATE INDEX ix_search_text_text ON search_text USING gin (text gin_trgm_ops)",
    ),
}


def upgrade() -> None:
    for statement in _MADE[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_index("ix_promise_due", table_name="promise")
    op.create_index(
        "ix_promise_due", "promise", ["due_at", "engagement_id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("ix_school_name", "school", ["name", "urn"])
    op.create_index("ix_engagement_standing_id", "engagement", ["standing", "id"])


def downgrade() -> None:
    op.drop_index("ix_engagement_standing_id", table_name="engagement")
    op.drop_index("ix_school_name", table_name="school")
    op.drop_index("ix_promise_due", table_name="promise")
    op.create_index("ix_promise_due", "promise", ["due_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.execute("DROP TABLE search_text")
