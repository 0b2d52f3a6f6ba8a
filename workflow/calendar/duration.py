"""How long a meeting lasts, as people write it. Pure; for lengths counted in days see `span`."""

import re
from datetime import timedelta

_PART = re.compile(r"([1-9][0-9]{0,2}) (hour|minute)s?", re.ASCII)
#: How a length is written, as a pattern.
LENGTH_WRITTEN = rf"{_PART.pattern}|[1-9][0-9]? hours? [1-9][0-9]? minutes?"
_WHOLE = re.compile(LENGTH_WRITTEN, re.ASCII)
#: No meeting of an offer is longer; a bigger number is a slip of the hand.
_LONGEST = timedelta(days=1)


def parse_length(text: str) -> timedelta:
    """`3 hours`, `90 minutes` or `2 hours 30 minutes`. Raises ValueError with the sentence a person needs."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(
            f'"{text}" is not a length of a meeting. Write hours, minutes or both, such as "3 hours", "90 minutes" '
            'or "2 hours 30 minutes".'
        )
    length = timedelta(**{f"{unit}s": int(count) for count, unit in _PART.findall(text)})
    if length > _LONGEST:
        raise ValueError(f'"{text}" is longer than a day. Write at most "24 hours".')
    return length
