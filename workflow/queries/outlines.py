"""What a session's store knows of its offers: their outlines at least, or the offers themselves."""

from sqlalchemy.orm import Session

from workflow.offer.installed.editions import Editions
from workflow.offer.outline import Outlines


def outlines_of(session: Session) -> Outlines:
    """For what only lists; whoever decides anything asks for `offers_of`."""
    known = session.info["offers"]
    if not isinstance(known, Outlines):
        raise TypeError("open the store with info={'offers': Catalogue(...)}, or with outlines")
    return known


def editions_of(session: Session) -> Editions:
    """What can be chosen among the offers that are installed."""
    return Editions(outlines_of(session).outlines)
