"""A paragraph that somebody adds to the letters of one kind, beside what the offer writes there.

It is kept with each letter that is owed, so that just this goes out, however late, and stands in the copy that is kept.
"""

from collections.abc import Mapping

from sqlalchemy import select

from workflow.acts.act import Occasion
from workflow.engine import written_by
from workflow.sanitise import block
from workflow.store.tables.owed_effect import OwedEffect

LIMIT = 1000


def read(text: str) -> str:
    """Raises ValueError with a sentence."""
    return block(text, "The paragraph", LIMIT)


def add(on: Occasion, paragraphs: Mapping[str, str]) -> None:
    """To what this session owes so far, by the letter's name. A letter that is not owed gets none."""
    if not paragraphs:
        return
    keys = [effect.key for course in written_by(on.session) for effect in course.effects]
    own = OwedEffect.key.in_(keys) & OwedEffect.name.in_([*paragraphs])
    for row in on.session.scalars(select(OwedEffect).where(own, OwedEffect.kind == "email")):
        row.paragraph = paragraphs[row.name]
    on.session.flush()
