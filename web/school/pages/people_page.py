"""Who takes part at a school, what each has done and what is next, forms that name others, and who speaks for it."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms.form_errors import Trouble
from web.school.pages import name_rows
from web.school.pages.frame import begun, engagement_of, frame
from workflow.acts.registry import ACTS
from workflow.engine.catalogue import offer_of
from workflow.queries.schools import people
from workflow.store.cases import read_case
from workflow.store.tables.engagement import Engagement
from workflow.usecases.contacts import contacts, proposals

bp = Blueprint("school_people", __name__, url_prefix="/school")


@bp.get("/<token:token>/people")
@access.school_session
def show(token: str) -> ResponseReturnValue:
    return render(token)


def render(
    token: str, wrong: Trouble | None = None, entered: Mapping[str, str] | None = None, told: str = ""
) -> ResponseReturnValue:
    """`entered` is what stands in its forms, where it is not what was sent; `told` is said about it."""
    now = here().clock()
    with here().store.reading() as db:
        engagement = engagement_of(db)
        kept = begun(db, engagement, token, "people")
        given: Mapping[str, str] = entered if entered is not None else request.form if wrong else {}
        html = render_template(
            "school/people.html",
            acts=ACTS,
            drafts=kept,
            entered=given,
            told=told,
            rows=name_rows.shown(given or kept.found.get(name_rows.FORM)),
            **frame(db, engagement, token, wrong),
            **_people(db, engagement, now),
        )
    return html, wrong.status if wrong else 200


def _people(db: Session, engagement: Engagement, now: datetime) -> dict[str, object]:
    case = read_case(db, engagement.id)
    offer = offer_of(db, engagement)
    return {
        "people": people.people_of(db, offer, case, now),
        "nominates": people.takes_names(offer, engagement.stage, engagement.standing, case.facts),
        "replaces": people.replaces(offer),
        "free": people.free_places(case.facts),
        "current": contacts.current(db, engagement),
        "proposed": proposals.open_ones(db, engagement.id, now),
    }
