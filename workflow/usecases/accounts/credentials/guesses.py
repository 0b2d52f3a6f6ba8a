"""How wrong guesses are slowed down, without a way to shut the owner out by guessing.

On a device that is not known, guesses are counted three times: those of one network at one account, those of one
network at any, and those of all networks at one account. A device on which somebody has signed in before is counted by
itself, so whatever strangers try, its owner gets in. An address without an account is counted like one with.

What is being slowed down is answered before anything is looked at, and not counted: nobody makes it longer by trying.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workflow.store.dialect import one_at_a_time
from workflow.store.tables.access.guess import Guess


@dataclass(frozen=True, slots=True)
class Brake:
    """After `free` failures in a row the next has to wait: for `first`, then twice as long each time, to `longest`. One
    that `fades` forgets a failure in each such time."""

    free: int
    first: timedelta
    longest: timedelta
    fades: timedelta | None = None

    def until(self, failures: int, now: datetime) -> datetime | None:
        if failures < self.free:
            return None
        return now + min(self.first * (1 << min(failures - self.free, 16)), self.longest)

    def left_of(self, failures: int, since: timedelta) -> int:
        return failures if self.fades is None else max(0, failures - since // self.fades)


#: Failures that are as old as this are forgotten.
_FORGOTTEN = timedelta(days=1)
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_BRAKES = {
    "pair": Brake(5, _MINUTE, _HOUR),
    # Half a council may sit behind one network: what its people mistype over a day is no attack.
    "network": Brake(30, _MINUTE, timedelta(minutes=15), fades=10 * _MINUTE),
    "account": Brake(100, 10 * _MINUTE, _HOUR),
    "device": Brake(10, timedelta(seconds=30), 5 * _MINUTE),
    # Many schools share one network, and to ask for a letter is no failure: only those who ask faster are slowed down.
    "asking": Brake(30, _MINUTE, timedelta(minutes=15), fades=2 * _MINUTE),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One count that a guess belongs to."""

    kind: str
    of: str

    @property
    def key(self) -> str:
        return sha256(f"{self.kind} {self.of}".encode()).hexdigest()


def counts_of(address: str, network: str, device_digest: str | None) -> tuple[Counted, ...]:
    """The counts that a guess at this address belongs to; `device_digest` is that of a device its owner is known on."""
    if device_digest is not None:
        return (Counted("device", f"{address} {device_digest}"),)
    return (Counted("pair", f"{address} {network}"), Counted("network", network), Counted("account", address))


def askings_of(network: str) -> tuple[Counted, ...]:
    """The count of letters that one network asks for, whoever they are to."""
    return (Counted("asking", network),)


def slowed_until(session: Session, counts: Iterable[Counted], now: datetime) -> datetime | None:
    """Until when no guess is looked at; None when one may be made."""
    keys = [one.key for one in counts]
    return session.scalar(select(func.max(Guess.until)).where(Guess.of.in_(keys), Guess.until > now))


def failed(session: Session, counts: Iterable[Counted], now: datetime) -> bool:
    """Counts one more failure. Returns whether the next has to wait for it."""
    one_at_a_time(session, "guess")
    session.execute(delete(Guess).where(Guess.failed_at < now - _FORGOTTEN))
    waits = False
    for one in counts:
        row = session.get(Guess, one.key)
        if row is None:
            row = Guess(of=one.key, failures=0, failed_at=now, until=None)
            session.add(row)
        brake = _BRAKES[one.kind]
        row.failures, row.failed_at = brake.left_of(row.failures, now - row.failed_at) + 1, now
        row.until = brake.until(row.failures, now)
        waits = waits or row.until is not None
    return waits


def succeeded(session: Session, counts: Iterable[Counted]) -> None:
    """Forgets the failures of whoever got in; what others tried at other accounts, or from elsewhere, stays counted."""
    own = [one.key for one in counts if one.kind in ("pair", "device")]
    session.execute(delete(Guess).where(Guess.of.in_(own)))
