"""The board: the stages of an offer in use, how many are at each, and those that need somebody first."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from web import access
from web.app_state import here
from web.lists.choices import Choices, choices_of
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
        offer = _offer(choices)
        advisor = {"mine": user.id, "nobody": 0}.get(whose, int(whose) if whose in choices.advisors else None)
        stages = stage_board(db, choices.offers[offer], advisor, now) if offer else ()
    return render_template(
        "advisor/board.html",
        stages=stages,
        counted=COUNTED,
        offers={name: " ".join(one) for name, one in choices.offers.items()},
        among=choices.of_each()["advisor"],
        chosen={"offer": offer, "advisor": whose},
        all_of=lambda stage, **more: _address({"stage": stage, "offer": offer, "advisor": whose, **more}),
        user=user,
    )


def _offer(choices: Choices) -> str:
    """The one asked for, or the newest; nothing where none is in use."""
    asked = request.args.get("offer", "")
    newest = sorted(choices.offers, key=lambda name: choices.offers[name][1])[-1:]
    return asked if asked in choices.offers else next(iter(newest), "")


def _address(filters: Mapping[str, str]) -> str:
    return f"/advisor/engagements?{urlencode({name: value for name, value in filters.items() if value})}"
