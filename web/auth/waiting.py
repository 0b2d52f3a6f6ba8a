"""What somebody is told whose guess was wrong, or came too soon after others."""

from datetime import datetime, timedelta

from workflow.calendar.local_time import local_time
from workflow.english import clock_in_words

#: Clocks on walls show whole minutes, and a minute that has begun may not be over.
_MINUTE = timedelta(seconds=59)
_SLOWED = "There have been too many wrong tries. Wait until {when}, then try again. A try before then is not looked at."


def sentence(wrong: str, until: datetime | None, now: datetime) -> str:
    if until is None or until <= now:
        return wrong
    return _SLOWED.format(when=clock_in_words(local_time(until + _MINUTE).time()))
