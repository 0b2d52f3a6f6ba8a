"""A paragraph that somebody adds to the letters of one kind, beside what the offer writes there.

It is kept with each letter that is owed, so that just this goes out, however late, and stands in the copy that is kept.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from workflow.acts.ahead.foreseen import owed
from workflow.sanitise import block

LIMIT = 1000


def read(text: str) -> str:
    """Raises ValueError with a sentence."""
    return block(text, "The paragraph", LIMIT)


def add(session: Session, paragraphs: Mapping[str, str]) -> None:
    """To what this session owes so far, by the letter's name. A letter that is not owed gets none."""
    if not paragraphs:
        return
    for row in owed(session):
        if row.kind == "email" and row.name in paragraphs:
            row.paragraph = paragraphs[row.name]
    session.flush()
