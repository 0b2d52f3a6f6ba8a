"""The promises board: what the council owes, what schools owe, since when, by when and how late."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from web import access
from web.app_state import here
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


@bp.get("")
@access.council(*CASE_READERS)
def listed() -> str:
    """The counts are of all the promises of the chosen advisor, late or not."""
    now = here().clock()
    with here().store.reading() as db:
        advisors = users.advisors(db)
        chosen = _chosen(advisors)
        found = board(db, now, advisor_id=chosen.advisor.id if chosen.advisor else None)
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


def _chosen(advisors: Iterable[User]) -> Chosen:
    asked = request.args.get("advisor", "")
    return Chosen(next((one for one in advisors if str(one.id) == asked), None), request.args.get("show") == "late")


def _shown(lines: Iterable[Waiting], chosen: Chosen) -> list[Waiting]:
    return [line for line in lines if line.late or not chosen.late_only]
