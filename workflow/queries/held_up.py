"""What is held up for now, and is tried again by itself: ways out, engagements, and offers with a mistake in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from workflow.english import count_of
from workflow.offer.outline import Outlines
from workflow.store.health import setbacks
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import SETBACK_KINDS, Setback

_TOLD = 50


@dataclass(frozen=True, slots=True)
class HeldUp:
    """`what` is a phrase, `sentence` says why. `next_try` is None for what only people can mend."""

    what: str
    sentence: str
    reference: str | None = None
    next_try: datetime | None = None


def list_held_up(session: Session, known: Outlines) -> list[HeldUp]:
    """Offers first, then the rest, oldest first; beyond the first few dozen only how many there are."""
    found = setbacks.all_of(session, SETBACK_KINDS, at_most=_TOLD)
    lines = [*_offers(session, known), *(_line(one) for one in found)]
    if len(found) == _TOLD and (others := setbacks.count(session) - _TOLD):
        lines.append(HeldUp(f"{count_of(others, 'other thing')}", "Mend the first ones, then look again."))
    return lines


def _line(one: Setback) -> HeldUp:
    next_try = one.next_try if one.next_try < setbacks.NEVER else None
    match one.kind:
        case "mail":
            return HeldUp("all emails", one.trouble, None, next_try)
        case "sender":
            return HeldUp(f"emails from {one.name}", one.trouble, None, next_try)
        case _:
            return HeldUp(f"engagement {one.name}", one.trouble, one.name, next_try)


def _offers(session: Session, known: Outlines) -> Iterator[HeldUp]:
    for folder, sentence in known.faults.items():
        yield HeldUp(f"the offer in {folder}", sentence)
    for code, version in session.connection().execute(_IN_USE):
        name = f"{code}-{version}"
        if (code, version) not in known.outlines and name not in known.faults:
            yield HeldUp(f"the offer {name}", "It is not installed. Put its folder back beside the others.")


def _in_use() -> Select[Any]:
    """The offers that engagements have, in one query that goes from one to the next by the index: what it costs grows
    with the number of offers, and not with that of engagements."""
    engagement, next_one = table_of(Engagement), table_of(Engagement).alias("next_one")
    offer = engagement.c.offer_code, engagement.c.offer_version
    further = next_one.c.offer_code, next_one.c.offer_version
    first = select(engagement.c.id).order_by(*offer).limit(1).subquery()
    one = select(first.c.id).cte("one_of_each", recursive=True)
    beyond = select(next_one.c.id).where(tuple_(*further) > tuple_(*offer)).order_by(*further).limit(1)
    here = one.join(engagement, engagement.c.id == one.c.id)
    each = one.union_all(select(beyond.correlate(engagement).scalar_subquery()).select_from(here))
    return select(*offer).join(each, each.c.id == engagement.c.id).order_by(*offer)


_IN_USE = _in_use()
