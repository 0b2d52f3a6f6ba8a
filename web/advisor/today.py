"""The page that a day begins with: what is mine to do, and what waits for others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlencode

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from web import access
from web.advisor.engagement.places import place
from web.app_state import here
from web.lists.offer_choice import OfferChoice, offer_choice
from workflow.calendar.local_time import LOCAL
from workflow.domain.actor import ADVISING_ROLES, CASE_READERS
from workflow.offer.installed.editions import Edition
from workflow.queries.held_up import list_held_up
from workflow.queries.lists.asked import asked
from workflow.queries.lists.proposed import Proposed, proposed
from workflow.queries.lists.returned import Returned, returned
from workflow.queries.lists.today import today
from workflow.queries.outlines import outlines_of
from workflow.store.tables.user import User
from workflow.usecases import users
from workflow.usecases.people import drafts

bp = Blueprint("today", __name__, url_prefix="/advisor")
#: Each group's title, and where all of it is listed.
_GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "late": ("Late", "owes=council&due=late"),
        "today": ("Today", "owes=council&due=today"),
        "week": ("Later this week", "owes=council&due=week"),
        "schools": ("Waiting for schools", "owes=school"),
        "stuck": ("Stuck", "sending=stuck"),
        "nobody": ("Nobody looks after these", "advisor=nobody&standing=active"),
        "team": ("Late with others in the team", "advisor=others&owes=council&due=late"),
        "team-stuck": ("Stuck with others in the team", "advisor=others&sending=stuck"),
    }
)


@bp.get("/")
@access.council(*CASE_READERS)
def show() -> str:
    user, now = access.current_user(), here().clock()
    with here().store.reading() as db:
        offers = offer_choice(db)
        found = today(db, users.actor_of(user), now, LOCAL, offers.edition)
        begun = drafts.begun(db, drafts.owner_of(users.actor_of(user), 0), now)
        stuck = [
            line.reference for group in found.groups if "stuck" in group.name for line in group.lines if line.stuck
        ]
        came_back = returned(db, stuck) if user.role in ADVISING_ROLES else {}
        proposals, questions = _proposed(db, user, now, offers.edition), asked(db, user.id, offers.edition)
        held_up = list_held_up(db, outlines_of(db))
    return render_template(
        "advisor/today.html",
        today=found,
        titles={name: title for name, (title, _) in _GROUPS.items()},
        addresses={
            name: _address(query, offers, mine=user.role in ADVISING_ROLES) for name, (_, query) in _GROUPS.items()
        },
        offers=offers,
        begun=begun,
        mended_at={ref: [(one, _mended_at(ref, one)) for one in those] for ref, those in came_back.items()},
        proposals=[(one, f"{place.address(one.reference, place.PEOPLE)}#proposals") for one in proposals],
        questions=questions,
        held_up=held_up,
        user=user,
    )


def _proposed(db: Session, user: User, now: datetime, offer: Edition | None) -> Sequence[Proposed]:
    """An advisor sees those of their own schools, a lead of all."""
    if user.role not in ADVISING_ROLES:
        return ()
    return proposed(db, user.id if user.role == "advisor" else None, now, offer)


def _mended_at(reference: str, one: Returned) -> str:
    """The form that mends the address that letters came back from."""
    if one.contact:
        return place.of_contact(reference, one.contact)
    return place.of_correction(reference, one.participant or 0)


def _address(query: str, offers: OfferChoice, *, mine: bool) -> str:
    own = "&advisor=mine" if mine and "advisor=" not in query else ""
    offer = f"&{urlencode(offers.kept)}" if offers.kept else ""
    return f"/advisor/engagements?{query}{own}{offer}"
