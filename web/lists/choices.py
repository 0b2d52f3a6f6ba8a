"""What can be chosen for each filter of the list of engagements, and what a chosen one is called."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from web.formatting import STANDING_TITLES
from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.engine.catalogue import offers_of
from workflow.queries.lists.trusts import trusts_of
from workflow.queries.lists.wanted import ORDERS
from workflow.usecases import users


class Choices(NamedTuple):
    """Titles by what stands for them in an address. `offers` are codes and versions."""

    stages: Mapping[str, str]
    advisors: Mapping[str, str]
    offers: Mapping[str, tuple[str, str]]
    trusts: Mapping[str, str]

    def of_each(self) -> dict[str, dict[str, str]]:
        """By filter, and for the order. The first of each asks for nothing."""
        return {
            "stage": {"": "Every stage", **self.stages},
            "standing": {"": "Every state", **STANDING_TITLES},
            "advisor": {"": "Anybody", "mine": "Me", "nobody": "Nobody", "others": "Anybody but me", **self.advisors},
            "owes": {"": "Anybody’s", "council": "The council’s", "school": "The school’s"},
            "due": {"": "At any time", "late": "Late", "today": "Today", "week": "Later this week"},
            "phase": {"": "Every kind", **{one: one for one in SCHOOL_PHASES.values()}},
            "trust": {"": "Every trust or none", **self.trusts},
            "offer": {"": "Every offer", **{name: " ".join(offer) for name, offer in self.offers.items()}},
            "sending": {"": "Sent or not", "stuck": "Stuck"},
            "order": {name if name != "due" else "": title for name, title in ORDERS.items()},
        }


def choices_of(db: Session) -> Choices:
    offers = [*offers_of(db)]
    return Choices(
        {stage.name: stage.title for offer in offers for stage in offer.stages},
        {str(one.id): one.name for one in users.advisors(db)},
        {f"{one.offer.code}-{one.offer.version}": (one.offer.code, one.offer.version) for one in offers},
        trusts_of(db),
    )
