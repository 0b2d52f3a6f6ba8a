"""The desk of one pass of deliveries: what is in hand, and what came of it, written together every few letters.

Nothing waits for longer than `_TOGETHER`: so many letters, and no more, a worker that is killed has sent without its
being written, and whoever takes them over sends them under the same Message-IDs again.
"""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from tasks import faults
from tasks.ways_out import WaysOut, forget, look
from tasks.world import World
from workflow.store.health import setbacks
from workflow.store.outbox import outcomes
from workflow.store.outbox.claims import Claimed, Open, claim
from workflow.store.outbox.outcomes import Outcome, SentRow, outcome_of

Clock = Callable[[], datetime]
#: In seconds. A usual mail server takes longer over one letter, and then each outcome is written by itself.
_TOGETHER = 0.02
#: How long a database that is away is left alone, in seconds.
_AWAY = 0.5
#: How much of its lease an effect has left when it is begun, as so many times the longest that it may take.
_AT_LEAST = 1.2
_UNKEPT = "The database cannot keep what was said or sent; the log has it."
_log = logging.getLogger(__name__)


class Desk:
    """`ways` are those out as of the last claim; `settled` counts what was settled, one way or another.

    Not for use by two threads at once.
    """

    def __init__(self, world: World, clock: Clock) -> None:
        self._world, self.clock = world, clock
        self._outcomes: dict[int, Outcome] = {}
        self._sent: list[SentRow] = []
        self._in_hand: dict[int, tuple[Claimed, datetime]] = {}
        self._works: set[tuple[str, str]] = set()
        self._written_at = time.monotonic()
        self.ways = WaysOut(Open((), ()), frozenset())
        self.settled = 0

    # --- what is in hand ---

    def claim(self) -> list[Claimed]:
        """The next batch; what came of the one before is written first."""
        self.write()
        with self._world.store.writing() as session:
            self.ways = look(session, self._world, self.clock())
            forget(session, self._world, self.ways)
            batch = claim(session, self.ways.open, self.clock(), self._world.lease, self._world.batch)
        self._in_hand |= {owed.id: (owed, owed.lease_until) for owed in batch}
        return batch

    def is_ours(self, owed: Claimed) -> bool:
        """Asked right before it is begun: whether nobody has taken it over, and enough of its lease is left."""
        if owed.id in self._in_hand:
            _, until = self._in_hand[owed.id]
            if until - self.clock() < _AT_LEAST * self._world.patience:
                self._renew()
        return owed.id in self._in_hand

    def _renew(self) -> None:
        """Everything in hand lasts longer from now on. What another has taken over is let go."""
        self.write()
        until = self.clock() + self._world.lease
        still = [outcome_of(owed, "claimed", lease_until=until) for owed, _ in self._in_hand.values()]
        with self._world.store.writing() as session:
            held = outcomes.settle(session, still)
        self._in_hand = {number: (owed, until) for number, (owed, _) in self._in_hand.items() if number in held}

    # --- what comes of an effect ---

    def done(self, owed: Claimed, sent: Sequence[SentRow] = (), others: Sequence[Outcome] = ()) -> None:
        """It is done, and with it the reader's other reminders."""
        self._sent += sent
        self._note(*others)
        self._settle(outcome_of(owed, "done", settled_at=self.clock(), trouble=""))

    def try_again(self, owed: Claimed, trouble: str) -> None:
        """Later, or never if it was tried often enough."""
        due_at = self._world.retries.next_try(owed.attempts, self.clock())
        if due_at is None:
            self.give_up(owed, trouble)
            return
        _log.warning("%s will be tried again at %s: %s", owed.key, due_at, trouble)
        self._settle(outcome_of(owed, "owed", due_at=due_at, trouble=trouble))

    def give_up(self, owed: Claimed, trouble: str) -> None:
        """Dead: shown on the advisor's page until somebody retries or drops it."""
        _log.error("%s is dead: %s", owed.key, trouble)
        self._settle(outcome_of(owed, "dead", settled_at=self.clock(), trouble=trouble))

    def hand_back(self, untried: Sequence[Claimed]) -> None:
        """The attempt did not happen, so it is not counted."""
        for owed in untried:
            self._note(outcome_of(owed, "owed", attempts=owed.attempts - 1))

    def put_off(self, owed: Claimed, trouble: str) -> None:
        """The attempt does not count, and others have their turn before it."""
        due_at = self.clock() + setbacks.WAITS[-1]
        self._note(outcome_of(owed, "owed", attempts=owed.attempts - 1, due_at=due_at, trouble=trouble))

    def slow(self, owed: Claimed) -> None:
        """It is still on its way; the letters after it need not wait for it."""
        until = self.clock() + self._world.lease
        self._in_hand[owed.id] = owed, until
        self._note(outcome_of(owed, "claimed", lease_until=until, trouble="The mail server is slow to take it."))

    # --- the ways out ---

    def works(self, ways: Collection[tuple[str, str]]) -> None:
        """If they failed before, they are over it."""
        self._works |= self.ways.ailing.intersection(ways)

    def close(self, way: tuple[str, str], sentence: str) -> None:
        """For a while, which grows with every failure on end."""
        self.write()
        with self._world.store.writing() as session:
            setbacks.suffer(session, *way, sentence, self.clock())
        _log.error("Nothing goes that way for a while. %s", sentence)

    # --- writing it down ---

    def write_if_time(self) -> None:
        if self._outcomes and time.monotonic() - self._written_at >= _TOGETHER:
            self.write()

    def write(self) -> None:
        """Letters have gone out, so what came of them is held on to while the database is away, for as long as a lease.
        Raises OperationalError after that."""
        if not self._outcomes:
            return
        until = time.monotonic() + self._world.lease.total_seconds()
        written = None
        while written is None:
            try:
                written = self._write_all()
            except (OperationalError, InterfaceError) as trouble:
                if time.monotonic() >= until:
                    raise
                _log.warning("What was sent cannot be written down yet: %s", trouble)
                time.sleep(_AWAY)
        for lost in (one for one in self._outcomes.values() if one.id not in written and one.was == "claimed"):
            _log.warning("Effect %s was taken over by another worker while it was being done", lost.id)
        self._outcomes, self._sent, self._works, self._written_at = {}, [], set(), time.monotonic()

    def _write_all(self) -> set[int]:
        """Together; and each by itself when there is one among them that the database cannot keep."""
        every = [*self._outcomes.values()]
        try:
            return self._write_some(every, self._sent)
        except (DataError, IntegrityError):
            _log.exception("What came of %s effects cannot be written together", len(every))
        written = set()
        for one in every:
            own = [row for row in self._sent if row.outbox_id == one.id]
            try:
                written |= self._write_some([one], own)
            except (DataError, IntegrityError):
                _log.exception("What came of effect %s cannot be kept: %s", one.id, one)
                written |= self._write_some([one._replace(trouble=_UNKEPT)], [])
        return written

    def _write_some(self, those: Sequence[Outcome], sent: Sequence[SentRow]) -> set[int]:
        with self._world.store.writing() as session:
            written = outcomes.settle(session, those, sent)
            setbacks.overcome(session, self._works)
            faults.point("done")
        return written

    def write_with(self, owed: Claimed, finish: Callable[[Session], None]) -> None:
        """The outcome and “done” in one transaction, if the claim still holds."""
        with self._world.store.writing() as session:
            if outcomes.settle(session, [outcome_of(owed, "done", settled_at=self.clock(), trouble="")]):
                finish(session)
                faults.point("done")
        self._in_hand.pop(owed.id, None)
        self.settled += 1

    def _settle(self, one: Outcome) -> None:
        self.settled += 1
        self._note(one)

    def _note(self, *those: Outcome) -> None:
        """Of one effect, the last counts: one that was slow may be done before it is written that it is slow."""
        self._outcomes |= {one.id: one for one in those}
        for one in those:
            if one.status != "claimed":
                self._in_hand.pop(one.id, None)
