"""What if: somebody away, a month without visits, or more orders, rehearsed by a worker and held against the usual."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from web import access
from web.advisor.insight import two_futures, what_if_form
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from web.spreadsheets import CSV, csv_of
from workflow.calendar.local_time import local_day
from workflow.domain.actor import COUNCIL_ROLES
from workflow.engine.catalogue import offers_of
from workflow.english import count_of, day_in_words, listed
from workflow.errors import BadInput, NotFound
from workflow.simulation.asked import jobs
from workflow.simulation.asked.question import Question, last_day
from workflow.simulation.scenario import DateRange
from workflow.store.tables.user import User
from workflow.usecases import users

bp = Blueprint("what_if", __name__, url_prefix="/advisor/insight/what-if")
_LATEST = 10


@bp.get("")
@access.council("lead_advisor", "auditor")
def form() -> ResponseReturnValue:
    return _form()


@bp.post("")
@access.council("lead_advisor")
def ask() -> ResponseReturnValue:
    """Writes down what is asked; a worker does it."""
    now, actor = here().clock(), users.actor_of(access.current_user())
    try:
        with here().store.writing() as db:
            number = jobs.ask(db, what_if_form.read(request.form, _people(db), _offers(db), now), actor.token, now)
    except BadInput as error:
        return _form(form_errors.of(error, "what-if", at="main-content"))
    return redirect(url_for("what_if.show", number=number), 303)


@bp.get("/<number:number>")
@access.council("lead_advisor", "auditor")
def show(number: str) -> str:
    with here().store.reading() as db:
        job, people = jobs.look(db, int(number)), _people(db)
    figures = dict(two_futures.week_by_week(job.result)) if job.result else {}
    return render_template(
        "advisor/what_if_told.html",
        job=job,
        asked=_in_words(job.question, people),
        in_the_end=two_futures.in_the_end(job.result) if job.result else None,
        figures={name: (figure, figure.picture(name)) for name, figure in figures.items()},
        user=access.current_user(),
    )


@bp.get("/<number:number>.csv")
@access.council("lead_advisor", "auditor")
def saved(number: str) -> Response:
    with here().store.reading() as db:
        job = jobs.look(db, int(number))
    if not job.result:
        raise NotFound("This rehearsal has not come to its end, so there is nothing to download. Look again later.")
    disposition = {"Content-Disposition": f'attachment; filename="what-if-{job.id}.csv"'}
    rows = two_futures.rows(job.result)
    return Response(csv_of(two_futures.WEEK_HEADS, rows), content_type=CSV, headers=disposition)


def _form(wrong: Trouble | None = None) -> ResponseReturnValue:
    with here().store.reading() as db:
        people, offers, latest = _people(db), _offers(db), jobs.latest(db, _LATEST)
    now = here().clock()
    html = render_template(
        "advisor/what_if.html",
        until=last_day(local_day(now)),
        people=people,
        offers=offers if len(offers) > 1 else {},
        months=what_if_form.months(now),
        latest=[(job, _in_words(job.question, people)) for job in latest],
        wrong=wrong,
        entered=request.form if wrong else {},
        user=access.current_user(),
    )
    return html, wrong.status if wrong else 200


def _people(db: Session) -> dict[str, str]:
    """Whoever at the council may be away."""
    here_now = User.role.in_(COUNCIL_ROLES) & users.may_sign_in()
    found = db.execute(select(User.id, User.name).where(here_now).order_by(User.name))
    return {str(number): name for number, name in found}


def _offers(db: Session) -> dict[str, str]:
    """Titles by code, the newest version's."""
    return {offer.offer.code: offer.offer.title for offer in sorted(offers_of(db), key=lambda offer: offer.key)}


def _in_words(question: Question, people: dict[str, str]) -> str:
    """`Alex Penrose is away from 11 January to 5 February 2027, and 40 more orders come in March 2027`."""
    away = [
        f"{people.get(str(one.user_id), 'Somebody who has left')} is away {_from_to(one.days)}"
        for one in question.absences
    ]
    visits = [f"there are no visits in {one.first:%B %Y}" for one in question.no_visits]
    orders = []
    if question.orders_in:
        come = f"{count_of(question.orders, 'more order')} {'comes' if question.orders == 1 else 'come'} in"
        orders = [f"{come} during {question.orders_in.first:%B %Y}"]
    said = listed([*away, *visits, *orders])
    return said[:1].upper() + said[1:]


def _from_to(days: DateRange) -> str:
    return f"from {day_in_words(days.first)} to {day_in_words(days.last)}"
