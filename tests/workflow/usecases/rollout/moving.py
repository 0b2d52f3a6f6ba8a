"""An engagement is moved to a later version, and what its clocks and letters are then."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import select

from tests.journeys import LEAD, Journey
from workflow.acts.act import Done, occasion, perform
from workflow.acts.registry import ACTS
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases.undo.undo import undo

LATER = "mentoring-2027-09"
Words = Mapping[str, str]
Sell = Callable[[Words], None]


def move(journey: Journey, names: str = "", version: str = LATER) -> Done:
    journey.now += timedelta(minutes=1)
    with journey.store.writing() as session:
        on = occasion(session, journey.id, actor=LEAD, now=journey.now)
        return perform(ACTS["change_version"], on, version=version, called=names, note="The new year.")


def take_back(journey: Journey) -> None:
    journey.now += timedelta(minutes=1)
    with journey.store.writing() as session:
        undo(session, journey.id, reason="Too soon.", actor=LEAD, now=journey.now)


def timers(journey: Journey, *statuses: str) -> dict[str, str]:
    """The days of those that run, by name."""
    with journey.store.reading() as session:
        mine = (ArmedTimer.engagement_id == journey.id) & ArmedTimer.status.in_(statuses or ("armed", "suspended"))
        return {one.name: f"{one.due_at:%Y-%m-%d}" for one in session.scalars(select(ArmedTimer).where(mine))}


def promise(journey: Journey) -> tuple[str, str]:
    with journey.store.reading() as session:
        one = session.scalars(select(PromiseRow).filter_by(engagement_id=journey.id, status="open")).one()
        return one.what, f"{one.due_at:%Y-%m-%d}"


def letters(journey: Journey, since: int = 0) -> list[tuple[str, str]]:
    with journey.store.reading() as session:
        mine = select(OwedEffect).where(OwedEffect.engagement_id == journey.id, OwedEffect.seq > since)
        return [(one.name, one.recipient) for one in session.scalars(mine.order_by(OwedEffect.id))]
