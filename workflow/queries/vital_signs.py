"""Whether the service is at work, in numbers: the age of its pulse, and how long a beat takes to be delivered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.english import count_of
from workflow.store.health import pulse


@dataclass(frozen=True, slots=True)
class VitalSigns:
    """In seconds. `age` is the time since the last beat was delivered, or since the first one was owed."""

    age: float
    took: float
    stalled: bool

    @property
    def line(self) -> str:
        since = count_of(round(self.age), "second")
        return f"stalled: nothing has been delivered for {since}" if self.stalled else f"pulse: {since} ago"


def tell(session: Session, now: datetime) -> VitalSigns | None:
    """None where nothing has ever been at work."""
    found = pulse.look(session)
    last = (found.felt_at or found.owed_at) if found else None
    if found is None or last is None:
        return None
    return VitalSigns((now - last).total_seconds(), found.took, pulse.is_stalled(found, now))
