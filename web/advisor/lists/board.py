"""The board: the stages of an offer in use, how many are at each, and those that need somebody first."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from web import access
from web.app_state import here
from web.lists.choices import choices_of
from web.lists.offer_choice import offer_choice
from workflow.domain.actor import CASE_READERS
from workflow.queries.lists.stage_board import COUNTED, stage_board

bp = Blueprint("board", __name__, url_prefix="/advisor/board")


@bp.get("")
@access.council(*CASE_READERS)
def show() -> str:
    """Without anything in its address it is of the newest offer, and of everybody's schools."""
    user, now = access.current_user(), here().clock()
    whose = request.args.get("advisor", "")
    with here().store.reading() as db:
        choices = choices_of(db)
        offers = offer_choice(db)
        edition = offers.edition or choices.editions.newest
        advisor = {"mine": user.id, "nobody": 0}.get(whose, int(whose) if whose in choices.advisors else None)
        stages = stage_board(db, edition, advisor, now) if edition else ()
    offer = offers.asked or (edition.code if edition else "")
    return render_template(
        "advisor/board.html",
        stages=stages,
        counted=COUNTED,
        offers=choices.editions.choices,
        among=choices.of_each()["advisor"],
        chosen={"offer": offer, "advisor": whose},
        all_of=lambda stage, **more: _address({"stage": stage, "offer": offer, "advisor": whose, **more}),
        user=user,
    )


def _address(filters: Mapping[str, str]) -> str:
    return f"/advisor/engagements?{urlencode({name: value for name, value in filters.items() if value})}"
