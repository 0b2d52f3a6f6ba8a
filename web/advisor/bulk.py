"""One thing for many engagements: what it is, and which they are. What becomes of it is told by `bulk_job`."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import act_form, form_errors, form_fields
from web.forms.form_errors import Trouble
from workflow.acts.act import Act, Occasion
from workflow.acts.bulk import jobs
from workflow.acts.bulk import request as wanted
from workflow.acts.bulk.request import BulkRequest
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.queries.lists import engagement_list
from workflow.queries.lists.wanted import Wanted
from workflow.usecases import users

bp = Blueprint("bulk", __name__, url_prefix="/advisor/bulk")
#: How many engagements may be chosen at once.
_ROWS = 500


@bp.get("/")
@access.council(*ADVISING_ROLES)
def choose() -> str:
    return render_template(
        "advisor/bulk.html", kinds={verb: act.many for verb, act in wanted.MANY.items()}, user=access.current_user()
    )


@bp.get("/<name:verb>")
@access.council(*ADVISING_ROLES)
def ask(verb: str) -> ResponseReturnValue:
    return _form(verb)


@bp.post("/<name:verb>")
@access.council(*ADVISING_ROLES)
def plan(verb: str) -> ResponseReturnValue:
    """Writes the job down, with nothing done yet, and shows what would happen."""
    act, store, now = _act(verb), here().store, here().clock()
    wrong: form_fields.Wrong = {}
    chosen = request.form.getlist("which")[:_ROWS]
    try:
        with store.reading() as db:
            on = _occasion(db)
            given = act_form.values_of(wanted.asked(act), on, request.form, {}, wrong)
            form_fields.agree(wrong if chosen else {"which": "Choose at least one engagement", **wrong})
            values, note = wanted.values_of(db, act, given)
        wish = BulkRequest(verb, values, note, on.actor)
        job = jobs.ask(store, wish, chosen, now)
    except NotFound:
        raise
    except WorkflowError as error:
        return _form(verb, form_errors.of(error, "bulk", at="main-content"))
    return redirect(url_for("bulk_job.show", number=job), 303)


def _form(verb: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    user, now = access.current_user(), here().clock()
    act = _act(verb)
    with here().store.reading() as db:
        lines = [line for line in engagement_list.every(db, now, Wanted()) if line.standing in OPEN_STANDINGS]
        html = render_template(
            "advisor/bulk_form.html",
            verb=verb,
            kind=act.many,
            asked=wanted.asked(act),
            lines=sorted(lines, key=lambda line: (line.stage_number, line.school)),
            advisors={one.email: one.name for one in users.advisors(db)},
            meetings=wanted.meetings(_occasion(db)),
            address="/advisor/bulk",
            chosen=set(request.form.getlist("which")) if wrong else set(),
            user=user,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200


def _act(verb: str) -> Act:
    if verb not in wanted.MANY:
        raise NotFound("That cannot be done for many engagements at once. Go back and choose.")
    return wanted.MANY[verb]


def _occasion(db: Session) -> Occasion:
    """About no engagement yet."""
    offers: list[Offer] = list(offers_of(db))
    return Occasion(db, 0, offers[-1], users.actor_of(access.current_user()), here().clock())
