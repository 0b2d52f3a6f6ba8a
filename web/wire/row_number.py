"""The number of a row, as an address or a form says it."""

import re

#: As `url_converters` has it in a path. Nought is none, and what has more digits no database finds, nor Python reads.
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def row_number(text: str) -> int | None:
    """None for anything that is no number of a row."""
    return int(text) if _NUMBER.fullmatch(text) else None
