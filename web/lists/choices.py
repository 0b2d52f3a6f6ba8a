"""What can be chosen for each filter of the list of engagements, and what a chosen one is called."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from web.formatting import STANDING_TITLES
from web.lists.offer_choice import EVERY_OFFER
from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.offer.installed.editions import Edition, Editions
from workflow.queries.lists.trusts import trusts_of
from workflow.queries.lists.wanted import ORDERS
from workflow.queries.outlines import editions_of
from workflow.usecases import users


class Choices(NamedTuple):
    """Titles by what stands for them in an address. `edition` is the offer that is asked for, if one is: its stages are
    those to choose from."""

    editions: Editions
    advisors: Mapping[str, str]
    trusts: Mapping[str, str]
    edition: Edition | None = None

    @property
    def stages(self) -> Mapping[str, str]:
        return self.editions.stages(self.edition)

    def of(self, offer: str) -> "Choices":
        """Where an address asks for this offer. Raises NotFound where nobody knows it."""
        return self._replace(edition=self.editions.read(offer))

    def among(self, filters: Mapping[str, str]) -> Mapping[str, str]:
        """Those of the filters that choose anything: where only one offer is installed, none is chosen."""
        return {name: label for name, label in filters.items() if name != "offer" or self.editions.choices}

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
            "offer": {"": EVERY_OFFER, **self.editions.choices},
            "sending": {"": "Sent or not", "stuck": "Stuck"},
            "order": {name if name != "due" else "": title for name, title in ORDERS.items()},
        }


def choices_of(db: Session) -> Choices:
    return Choices(editions_of(db), {str(one.id): one.name for one in users.advisors(db)}, trusts_of(db))
