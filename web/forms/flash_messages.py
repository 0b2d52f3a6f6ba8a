"""What a request did to a case, in the words of the message that the next page begins with."""

from collections import Counter

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow.english import count_of, listed
from workflow.offer.definition import Offer
from workflow.store.tables.owed_effect import OwedEffect


def moved(offer: Offer, before: str, after: str) -> list[str]:
    """`The stage is now Training session 2.`, if it is another one."""
    return [f"The stage is now {offer.stage[after].title}."] if after != before else []


def on_their_way(db: Session, which: ColumnElement[bool]) -> list[str]:
    """`4 emails are on their way.`, for these rows of the outbox."""
    kinds = Counter(db.scalars(select(OwedEffect.kind).where(which)))
    if not kinds:
        return []
    one = kinds.total() == 1
    things = listed([count_of(number, kind) for kind, number in sorted(kinds.items(), reverse=True)])
    return [f"{things} {'is on its' if one else 'are on their'} way."]
