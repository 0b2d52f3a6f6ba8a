"""One thing for many engagements: chosen, looked at first, then done row by row.

What is asked for is written down before anybody sees the preview, so doing it twice is doing it once, and a job that
was stopped goes on where it stopped.
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import act_form, form_errors, form_fields
from web.forms.form_errors import Trouble
from workflow.acts import bulk
from workflow.acts.act import Act, Occasion
from workflow.acts.bulk import BulkRequest
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.catalogue import offers_of
from workflow.english import count_of
from workflow.errors import NotAllowed, NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.queries import engagement_list
from workflow.usecases import users

bp = Blueprint("bulk", __name__, url_prefix="/advisor/bulk")
_ROWS = 500


@bp.get("/")
@access.council(*ADVISING_ROLES)
def choose() -> str:
    return render_template(
        "advisor/bulk.html", kinds={verb: act.many for verb, act in bulk.MANY.items()}, user=access.current_user()
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
            given = act_form.values_of(bulk.asked(act), on, request.form, {}, wrong)
            form_fields.agree(wrong if chosen else {"which": "Choose at least one engagement", **wrong})
            values, note = bulk.values_of(db, act, given)
        wish = BulkRequest(verb, values, note, on.actor)
        job = bulk.start(store, wish, chosen, now)
    except NotFound:
        raise
    except WorkflowError as error:
        return _form(verb, form_errors.of(error, "bulk", at="main-content"))
    return redirect(url_for("bulk.show", number=job), 303)


@bp.get("/job/<number:number>")
@access.council(*ADVISING_ROLES)
def show(number: str) -> str:
    """What would happen to the rows still to do, and what happened to the others."""
    job, store = int(number), here().store
    with store.reading() as db:
        wish, lines, waiting = _own(db, job), bulk.progress(db, job), bulk.waiting(db, job)
    ahead = {line.reference: line for line in bulk.preview(store, wish, waiting, here().clock())}
    return render_template(
        "advisor/bulk_job.html",
        kind=_act(wish.verb).many,
        job=job,
        wish=wish,
        lines=[ahead.get(line.reference, line) for line in lines],
        waiting=set(waiting),
        possible=sum(not line.refused for line in ahead.values()),
        user=access.current_user(),
    )


@bp.post("/job/<number:number>")
@access.council(*ADVISING_ROLES)
def do(number: str) -> ResponseReturnValue:
    job, store = int(number), here().store
    with store.reading() as db:
        _own(db, job)
    done = list(bulk.run(store, job, here().clock))
    refused = sum(line.refused for line in done)
    told = f"{count_of(len(done) - refused, 'engagement')} done"
    flash(f"{told}, {refused} refused." if refused else f"{told}.")
    return redirect(url_for("bulk.show", number=job), 303)


def _own(db: Session, job: int) -> BulkRequest:
    """Whoever asked for it decides about it, for it is done in their name. Raises NotFound or NotAllowed."""
    wish = bulk.wish_of(db, job)
    if wish.actor.user_id != access.current_user().id:
        raise NotAllowed("Somebody else asked for this, and only they can look at it and do it.")
    return wish


def _form(verb: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    user, now = access.current_user(), here().clock()
    act = _act(verb)
    with here().store.reading() as db:
        lines = [line for line in engagement_list.list_engagements(db, now) if line.standing in OPEN_STANDINGS]
        html = render_template(
            "advisor/bulk_form.html",
            verb=verb,
            kind=act.many,
            asked=bulk.asked(act),
            lines=sorted(lines, key=lambda line: (line.stage_number, line.school)),
            advisors={one.email: one.name for one in users.advisors(db)},
            meetings=bulk.meetings(_occasion(db)),
            address="/advisor/bulk",
            chosen=set(request.form.getlist("which")) if wrong else set(),
            user=user,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200


def _act(verb: str) -> Act:
    if verb not in bulk.MANY:
        raise NotFound("That cannot be done for many engagements at once. Go back and choose.")
    return bulk.MANY[verb]


def _occasion(db: Session) -> Occasion:
    """About no engagement yet."""
    offers: list[Offer] = list(offers_of(db))
    return Occasion(db, 0, offers[-1], users.actor_of(access.current_user()), here().clock())
