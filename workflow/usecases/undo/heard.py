"""Whether anybody has heard of a date that is taken back, and why it is called off then."""

from collections.abc import Collection, Iterable

from workflow.offer.definition import Offer
from workflow.store.letters import EarlierLetter

#: The code of the reason that the verbs of an undo give; the offer's page has it among theirs.
UNDONE = "undone"


def is_known(letters: Iterable[EarlierLetter], offer: Offer, meeting: int, *, dropped: Collection[int] = ()) -> bool:
    """Whether anybody was sent an invitation to this date. `dropped` are the letters about to be dropped, by id."""
    about = (one.name for one in letters if one.about == meeting and one.id not in dropped and one.name in offer.emails)
    return any(offer.emails[name].calendar == "REQUEST" for name in about)
