"""One of those who take part, for their school: put right, confirmed for the certificate, or followed by another."""

from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import form_post
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from web.school.pages.frame import READER, address_of, begun, draft_name, engagement_of, frame
from workflow.acts.act import Occasion
from workflow.acts.registry import ACTS, on_page
from workflow.engine.catalogue import offer_of
from workflow.errors import NotFound
from workflow.queries.schools import people
from workflow.store.cases import read_case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases.participants import printed_of

bp = Blueprint("school_person", __name__, url_prefix="/school/<token:token>/people")


@bp.get("/<number:number>")
@access.school_session
def show(token: str, number: str) -> ResponseReturnValue:
    return _render(token, int(number))


@bp.post("/<number:number>/<name:act>")
@access.school_session
def act(token: str, number: str, act: str) -> ResponseReturnValue:
    """Raises NotFound for a form that is not there, or somebody of another school."""
    page = f"people/{number}"
    post = FormPost(
        access.school_reference(),
        READER,
        form=act,
        section="main-content",
        render=partial(_render, token, int(number)),
        back=address_of(token, page),
        page=draft_name(page),
    )
    return form_post.carry_out(on_page(READER.role, act, "person"), post, partial(_about, int(number)))


def _about(number: int, on: Occasion) -> dict[str, str]:
    return {"email": _person(on.session, on.engagement, number).email}


def _render(token: str, number: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    now = here().clock()
    with here().store.reading() as db:
        engagement = engagement_of(db)
        person, offer = _person(db, engagement, number), offer_of(db, engagement)
        case = read_case(db, engagement.id)
        (line,) = people.lines(offer, case.facts, [person], {}, now)
        html = render_template(
            "school/one_person.html",
            acts=ACTS,
            line=line,
            person=person,
            held=printed_of(db, person),
            may_replace=people.may_replace(offer, engagement.standing, person),
            drafts=begun(db, engagement, token, f"people/{number}"),
            entered=request.form if wrong else {},
            **frame(db, engagement, token, wrong, f"people/{number}"),
        )
    return html, wrong.status if wrong else 200


def _person(db: Session, engagement: Engagement, number: int) -> Participant:
    """Raises NotFound: somebody may have gone on elsewhere since the page was made."""
    found = db.get(Participant, number)
    if found is None or found.engagement_id != engagement.id:
        raise NotFound("Nobody like that takes part at your school. Go back to your people.")
    return found
