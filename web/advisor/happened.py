"""What a request did to a case, in the words of the message that the next page begins with."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.engagement import Engagement
from workflow.store.owed import Owed
from workflow.words import count_of, listed


def on_their_way(kinds: Counter[str]) -> list[str]:
    """`4 emails are on their way.`, for effects counted by kind."""
    if not kinds:
        return []
    one = kinds.total() == 1
    things = listed([count_of(number, kind) for kind, number in sorted(kinds.items(), reverse=True)])
    return [f"{things} {'is on its' if one else 'are on their'} way."]


def owed_since(db: Session, engagement: Engagement, version: int) -> Counter[str]:
    """Effects owed by what came after this version, counted by kind."""
    owed = select(Owed.kind).where(Owed.engagement_id == engagement.id, Owed.seq > version)
    return Counter(db.scalars(owed))
