"""The nouns that have a small journey of their own: the words their statuses and verbs are made of. Pure.

Which verb leads from where to where, who may say it and what it owes is written on the offer's page; the words
themselves are general, so that guards, pages and the console can speak of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """`ends` are the statuses that a journey may end in; everything else must lead on to one of them."""

    statuses: tuple[str, ...]
    start: str
    ends: tuple[str, ...]
    verbs: tuple[str, ...]


PARTICIPANT = Lifecycle(
    statuses=(
        "nominated",
        "training",
        "working",
        "submitted",
        "in_review",
        "returned",
        "completed",
        "recognised",
        "deferred",
        "withdrawn",
    ),
    start="nominated",
    ends=("recognised", "withdrawn"),
    verbs=(
        "train",
        "work",
        "submit",
        "review",
        "return",
        "accept",
        "complete",
        "recognise",
        "defer",
        "rejoin",
        "withdraw",
    ),
)
APPOINTMENT = Lifecycle(
    statuses=("to_book", "offered", "booked", "held", "registered", "moved", "cancelled"),
    start="to_book",
    ends=("held", "registered", "moved", "cancelled"),
    verbs=("offer", "book", "move", "hold", "register", "cancel"),
)
CERTIFICATE = Lifecycle(
    statuses=("draft", "issued", "superseded", "revoked"),
    start="draft",
    ends=("issued", "superseded", "revoked"),
    verbs=("issue", "supersede", "revoke"),
)
LIFECYCLES = {"participant": PARTICIPANT, "appointment": APPOINTMENT, "certificate": CERTIFICATE}

#: Participants who have left this journey, for now or for good.
SIDE_STATUSES = frozenset({"deferred", "withdrawn"})
COMPLETED_STATUSES = frozenset({"completed", "recognised"})
#: Participants about whose framework nothing more is decided.
DECIDED_STATUSES = COMPLETED_STATUSES | SIDE_STATUSES
#: Participants whose evidence lies with the council.
REVIEWABLE_STATUSES = frozenset({"submitted", "in_review"})
#: Appointments with a date that is agreed or past.
BOOKED_STATUSES = frozenset({"booked", "held", "registered"})
HELD_STATUSES = frozenset({"held", "registered"})
