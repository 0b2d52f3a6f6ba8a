"""What is kept about a participant, for that participant: told, handed over, and asked to be put right or erased."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors, repeated
from web.forms.form_errors import Trouble
from web.forms.saved_file import saved
from workflow.domain.actor import Actor
from workflow.engine.catalogue import offer_of
from workflow.errors import WorkflowError
from workflow.queries.privacy import copy, own_data
from workflow.queries.privacy.own_data import OwnData
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases.privacy import data_requests

bp = Blueprint("own_data", __name__, url_prefix="/school/person/<token:token>/my-data")
_ASKED = "We have what you ask for. You hear from us within one month."
_COPIES: Mapping[str, Callable[[OwnData], str]] = {"json": copy.as_json, "txt": copy.as_text}


@bp.get("")
@access.person_session
def look(token: str) -> ResponseReturnValue:
    return _page(token)


@bp.get("/everything.<any(json, txt):ending>")
@access.person_session
def everything(token: str, ending: str) -> Response:  # noqa: ARG001 (the guard has read it)
    _, person = access.participant()
    with here().store.reading() as db:
        data = own_data.read_own(db, person, here().clock())
    return saved(f"everything.{ending}", _COPIES[ending](data).encode())


@bp.post("")
@access.person_session
def ask(token: str) -> ResponseReturnValue:
    reference, person = access.participant()
    kind, said = request.form.get("kind", ""), request.form.get("said", "")
    try:
        with here().store.writing() as db:
            if repeated.is_first(db, Actor("participant", participant_id=person), reference, _ASKED):
                data_requests.ask(db, person, kind, said, links=here().link_maker, now=here().clock())
    except WorkflowError as error:
        return _page(token, form_errors.of(error, "ask", at="main-content"))
    flash(_ASKED)
    return redirect(f"/school/person/{token}/my-data", 303)


def _page(token: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    reference, number = access.participant()
    with here().store.reading() as db:
        engagement = db.get_one(Engagement, lookups.engagement_id(db, reference))
        html = render_template(
            "school/own_data.html",
            data=own_data.read_own(db, number, here().clock()),
            asked=data_requests.of_person(db, number),
            person=db.get_one(Participant, number),
            offer=offer_of(db, engagement),
            case=engagement,
            address=f"/school/person/{token}",
            guest=True,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200
