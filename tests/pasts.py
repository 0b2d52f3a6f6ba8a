"""Engagements of the past: each walked through its stages, so many school days at each of them."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

from tests.journeys import Journey
from workflow.calendar.span import Span
from workflow.engine.catalogue import offers_of
from workflow.store.session import Store

#: How long five engagements were at two of the stages; together with a day at each of the six others.
TRAINING, FRAMEWORK = (10, 20, 30, 40, 50), (2, 4, 6, 8, 10)
BEGAN = date(2024, 9, 9)


def at(day: date) -> datetime:
    """In the morning, so that the steps of an hour each stay on the day."""
    return datetime.combine(day, time(7), UTC)


class Past:
    """One engagement. `today` is the local day it has come to."""

    def __init__(self, store: Store, order: str, began: date) -> None:
        self.journey, self.today = Journey(store, at(began)).begin(order=order), began
        with store.reading() as session:
            self._offer = offers_of(session).latest()

    def wait(self, days: int) -> "Past":
        """Until so many school days later."""
        self.today = self._offer.calendar.add(self.today, Span(days, "school days"))
        self.journey.now = at(self.today)
        return self

    def to(self, stage: str, **days: int) -> "Past":
        """Walks on to a stage, at each of those before it for these many school days, or for one."""
        names = [one.name for one in self._offer.stages]
        for left, entered in pairwise(names):
            if left == self.journey.stage != stage:
                self.wait(days.get(left, 1)).journey.to(entered)
        return self


def recognise(store: Store, count: int = 5, **days: int) -> None:
    """So many of the five, all of them walked to their end; `days` are those at other stages, where not one."""
    for number, (training, framework) in enumerate(zip(TRAINING[:count], FRAMEWORK[:count], strict=True)):
        Past(store, f"P-{number}", BEGAN).to("recognised", training_2=training, framework=framework, **days)
