"""The promises board: what the council owes, what schools owe, since when, by when and how late."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from web import access
from web.app_state import here
from web.lists.offer_choice import OfferChoice, offer_choice
from workflow.domain.actor import CASE_READERS
from workflow.queries.promise_board import Waiting, board
from workflow.store.tables.user import User
from workflow.usecases import users

bp = Blueprint("promises", __name__, url_prefix="/advisor/promises")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filter asks for; a word nobody knows asks for nothing."""

    advisor: User | None
    late_only: bool
    offers: OfferChoice

    @property
    def is_narrowed(self) -> bool:
        return bool(self.advisor or self.late_only or self.offers.title)


@bp.get("")
@access.council(*CASE_READERS)
def listed() -> str:
    """The counts are of all the promises of the chosen advisor and offer, late or not."""
    now = here().clock()
    with here().store.reading() as db:
        advisors = users.advisors(db)
        chosen = _chosen(advisors, offer_choice(db))
        advisor_id = chosen.advisor.id if chosen.advisor else None
        found = board(db, now, advisor_id=advisor_id, offer=chosen.offers.edition)
    return render_template(
        "advisor/promises.html",
        owed={owner: found.owed_by(owner) for owner in ("council", "school")},
        shown={owner: _shown(found.owed_by(owner), chosen) for owner in ("council", "school")},
        ownerless=found.ownerless,
        out_of_use=found.out_of_use,
        advisors=advisors,
        chosen=chosen,
        user=access.current_user(),
    )


def _chosen(advisors: Iterable[User], offers: OfferChoice) -> Chosen:
    asked = request.args.get("advisor", "")
    advisor = next((one for one in advisors if str(one.id) == asked), None)
    return Chosen(advisor, request.args.get("show") == "late", offers)


def _shown(lines: Iterable[Waiting], chosen: Chosen) -> list[Waiting]:
    return [line for line in lines if line.late or not chosen.late_only]
