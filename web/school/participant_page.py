"""A participant's own page: the phase and what it rests on, evidence for each criterion, the name to be printed."""

from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import draft_post, drafts, form_post
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from web.school import chosen_files
from workflow.acts.act import Occasion
from workflow.acts.registry import ACTS, on_page
from workflow.domain.actor import Actor
from workflow.engine.catalogue import offer_of, offers_of
from workflow.errors import NotFound
from workflow.forecasting.nearest_route import way_ahead_of
from workflow.offer.terms import EvidenceLimits
from workflow.queries.schools import own_record
from workflow.store import lookups
from workflow.store.cases import read_case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.store.tables.school import School
from workflow.usecases import evidence, participants
from workflow.usecases.people import unsent_files

bp = Blueprint("person", __name__, url_prefix="/school/person")
#: What drafts call this page: its address is its reader's secret.
_PAGE = "person"
_SENDING = ("nominated", "training", "working", "returned")


@bp.get("/<token:token>")
@access.person_link
def page(token: str) -> ResponseReturnValue:
    return _render(token)


@bp.post("/<token:token>/<name:act>")
@access.person_session
def act(token: str, act: str) -> ResponseReturnValue:
    """Raises NotFound for a form that is not there."""
    reference, number = access.participant()
    post = FormPost(
        reference,
        _actor(number),
        form=act,
        section="main-content",
        render=partial(_refused, token),
        back=f"/school/person/{token}",
        page=_PAGE,
    )
    if request.files:
        chosen_files.look_into(*_asked_for())
    return form_post.carry_out(on_page("participant", act, "person"), post, _about_me)


@bp.post("/<token:token>/draft")
@access.person_session
def draft(token: str) -> ResponseReturnValue:
    """Raises NotFound for somebody who has gone elsewhere since."""
    reference, number = access.participant()
    if problems := chosen_files.take(number, *_asked_for()):
        return chosen_files.told(problems) if draft_post.is_script() else _render(token, chosen_files.trouble(problems))
    with here().store.reading() as db:
        case = lookups.engagement_id(db, reference)
    answer = draft_post.answer(_actor(number), case, f"/school/person/{token}")
    chosen_files.remove(number)
    chosen_files.throw_away(_actor(number), case)
    return answer


def _refused(token: str, wrong: Trouble) -> ResponseReturnValue:
    """The page again with what is wrong, and with the files that were chosen: a browser would not put them back."""
    chosen_files.take(access.participant()[1], *_asked_for())
    return _render(token, chosen_files.by_criterion(wrong))


def _asked_for() -> tuple[list[str], EvidenceLimits]:
    """The criteria that evidence is asked for about, and what is taken of it. Raises NotFound for somebody who has
    gone elsewhere since."""
    reference, number = access.participant()
    with here().store.reading() as db:
        engagement = db.get_one(Engagement, lookups.engagement_id(db, reference))
        offer = offer_of(db, engagement)
        return evidence.open_criteria(db, offer, _person(db, engagement, number)), offer.policy.evidence


def _actor(number: int) -> Actor:
    return Actor("participant", participant_id=number)


def _about_me(on: Occasion) -> dict[str, str]:
    return {"email": _person(on.session, on.engagement, on.actor.participant_id or 0).email}


def _render(token: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    reference, number = access.participant()
    now, guest = here().clock(), access.is_guest()
    with here().store.reading() as db:
        engagement = db.get_one(Engagement, lookups.engagement_id(db, reference))
        offer = offers_of(db).machine(engagement.offer_code, engagement.offer_version).offer
        person = _person(db, engagement, number)
        wanted, facts = evidence.open_criteria(db, offer, person), read_case(db, engagement.id)
        html = render_template(
            "school/person.html",
            offer=offer,
            acts=ACTS,
            case=engagement,
            school=db.get_one(School, engagement.school_urn),
            person=person,
            phase=offer.phase[person.phase],
            basis=db.get(EntryBasis, person.id),
            criteria=[one for one in offer.phase[person.phase].criteria if one.code in wanted],
            sending=engagement.standing == "active" and person.status in _SENDING,
            held=participants.printed_of(db, person),
            comments=evidence.comments(db, person.id),
            chosen=unsent_files.of(db, person.id) if guest else {},
            own=own_record.read(db, offer, person, facts, now) if guest else None,
            criterion_titles={one.code: one.title for phase in offer.phases for one in phase.criteria},
            drafts=drafts.on(db, _actor(number), engagement, _PAGE, f"/school/person/{token}/draft") if guest else None,
            guest=guest,
            way=way_ahead_of(db, facts, offer, person, now),
            address=f"/school/person/{token}",
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200


def _person(db: Session, engagement: Engagement, number: int) -> Participant:
    """Raises NotFound: somebody may have moved to another engagement since the link was made."""
    found = db.get(Participant, number)
    if found is None or found.engagement_id != engagement.id:
        raise NotFound("This page is not there any more. Ask your advisor for a new link.")
    return found
