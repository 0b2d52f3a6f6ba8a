"""One participant: what they proposed, attended, sent in and hold, and everything that can be done about it."""

from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from web import access
from web.advisor.engagement import available_forms, form_handler
from web.advisor.participant.forms import ACTS, FormAction, review
from web.app_state import here
from web.form_errors import Trouble
from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES
from workflow.domain.standing import OPEN_STANDINGS
from workflow.errors import NotFound
from workflow.queries.engagement_view import CaseView, view_case
from workflow.queries.participant_view import PersonView, view_person
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases import phases, users
from workflow.usecases.phases import Basis

bp = Blueprint(
    "participant", __name__, url_prefix="/advisor/engagement/<reference:reference>/people/<number:number>"
)  # fmt: skip


@bp.get("/")
@access.council(*COUNCIL_ROLES)
def show(reference: str, number: str) -> ResponseReturnValue:
    return _render(reference, int(number))


@bp.post("/review")
@access.council(*COUNCIL_ROLES)
def decide(reference: str, number: str) -> ResponseReturnValue:
    return _carry_out(reference, int(number), "review", review)


@bp.post("/<name:act>")
@access.council(*ADVISING_ROLES)
def record(reference: str, number: str, act: str) -> ResponseReturnValue:
    """Raises NotFound for a form that is not there."""
    if act not in ACTS:
        raise NotFound("There is no such form. Go back to the page of the engagement.")
    return _carry_out(reference, int(number), act, ACTS[act])


def _carry_out(reference: str, number: int, form: str, act: FormAction) -> ResponseReturnValue:
    return form_handler.record(
        reference,
        lambda to: act(to, _person(to.db, to.engagement, number)),
        form=form,
        section="main-content",
        render=partial(_shown_again, number),
        back=f"/advisor/engagement/{reference}/people/{number}/",
    )


def _shown_again(number: int, reference: str, wrong: Trouble) -> ResponseReturnValue:
    return _render(reference, number, wrong)


def _render(reference: str, number: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound."""
    user, now = access.current_user(), here().clock()
    with here().store.reading() as db:
        case = view_case(db, lookups.engagement_id(db, reference), users.actor_of(user), now)
        one = view_person(db, _person(db, case.engagement, number))
        html = render_template(
            "advisor/person.html",
            view=case,
            case=case.engagement,
            one=one,
            person=one.person,
            phase=one.offer.phase[one.person.phase],
            titles={each.code: each.title for phase in one.offer.phases for each in phase.criteria},
            suggested=_suggested(one),
            can=available_forms.about(case, one.person, user.role)
            if user.role in ADVISING_ROLES
            else available_forms.Person(one.person, {}),
            reviews=case.engagement.standing in OPEN_STANDINGS,
            address=f"/advisor/engagement/{reference}/people/{number}",
            back=f"/advisor/engagement/{reference}",
            user=user,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200


def _person(db: Session, engagement: Engagement, number: int) -> Participant:
    wanted = select(Participant).where(Participant.id == number, Participant.engagement_id == engagement.id)
    person = db.scalar(wanted)
    if person is None:
        raise NotFound(f"Nobody with the number {number} takes part in {engagement.reference}.")
    return person


def _openings(case: CaseView, person: Participant, role: str) -> available_forms.Person:
    return available_forms.about(case, person, role) if role in ADVISING_ROLES else available_forms.Person(person, {})


def _suggested(one: PersonView) -> int | None:
    """The phase that the answers point to."""
    if one.basis is None:
        return None
    fields = ("experience", "own_impact", "others_impact", "led_mentoring", "led_coaching", "scope")
    return phases.suggest(Basis(**{name: getattr(one.basis, name) for name in fields}))
