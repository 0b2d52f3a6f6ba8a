"""Where an engagement stands besides its stage: under way, resting, or over. Pure."""

from typing import Literal, get_args

Standing = Literal["active", "on_hold", "cancelled", "lapsed", "completed"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
#: Something can still be recorded for these.
OPEN_STANDINGS: tuple[Standing, ...] = ("active", "on_hold")
#: A journey that did not reach its end.
ENDED_EARLY: tuple[Standing, ...] = ("cancelled", "lapsed")
