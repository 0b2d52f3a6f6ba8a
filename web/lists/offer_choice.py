"""Which of several offers a page is about: the choice that every page gives alike, and what its address says.

Where only one thing is installed there is nothing to choose, and no page asks.
"""

from collections.abc import Mapping
from typing import NamedTuple

from flask import request
from sqlalchemy.orm import Session

from workflow.offer.installed.editions import Edition
from workflow.queries.outlines import editions_of

EVERY_OFFER = "Every offer"


class OfferChoice(NamedTuple):
    """`asked` is the word in the address, `choices` titles by such words, the first for all of them; empty where there
    is nothing to choose."""

    asked: str
    edition: Edition | None
    choices: Mapping[str, str]

    @property
    def kept(self) -> Mapping[str, str]:
        """What goes on into the addresses that a page leads to."""
        return {"offer": self.asked} if self.asked else {}

    @property
    def title(self) -> str:
        """What is asked for, as people call it; empty where nothing is."""
        return self.choices.get(self.asked, "") if self.asked else ""


def offer_choice(db: Session) -> OfferChoice:
    """As the address of this page says. Raises NotFound for an offer that nobody knows."""
    return choice_of(db, request.args.get("offer", ""))


def choice_of(db: Session, asked: str) -> OfferChoice:
    """As a word says that came with a form. Raises NotFound as well."""
    editions = editions_of(db)
    choices = editions.choices
    return OfferChoice(asked, editions.read(asked), {"": EVERY_OFFER, **choices} if choices else {})
