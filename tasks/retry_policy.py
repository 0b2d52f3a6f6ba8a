"""How often an effect is tried again and how long we wait in between: frozen data and a pure decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`waits` are the pauses after the first, second and later attempts; after the last one the effect is dead."""

    waits: tuple[timedelta, ...]

    def next_try(self, attempts: int, now: datetime) -> datetime | None:
        """When to try again after this many attempts; None when it is time to give up."""
        return now + self.waits[attempts - 1] if attempts <= len(self.waits) else None

    def is_spent(self, attempts: int) -> bool:
        """Whether an attempt with this number should not have been made: crashes count too."""
        return attempts > len(self.waits) + 1


#: About a day in all: a mail server that is down over night loses nothing.
RETRIES = RetryPolicy(tuple(timedelta(minutes=wait) for wait in (0.1, 0.5, 1, 5, 15, 30, 60, 120, 240, 480, 480)))
