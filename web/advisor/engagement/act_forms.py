"""The forms on the places of one engagement: each is of an act, and its address says what the act is about.

Which acts have a form here, and for whom, they say themselves; what a form shows stands in its template.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import render
from web.app_state import here
from web.forms import form_post
from web.forms.form_post import FormPost
from workflow.acts.act import About, Act, Occasion
from workflow.acts.registry import on_page
from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.contacts.kinds import CONTACTS
from workflow.errors import NotFound
from workflow.queries.places.frame import read_frame
from workflow.usecases import users

bp = Blueprint("acts", __name__, url_prefix="/advisor/engagement/<reference:reference>")


@bp.post("/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_engagement(reference: str, act: str) -> ResponseReturnValue:
    return _record(reference, find(act, "engagement"), form=act, where=place.of_act(act))


@bp.post("/people/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_people(reference: str, act: str) -> ResponseReturnValue:
    return _record(reference, find(act, "people"), form=act, where=place.PEOPLE)


@bp.post("/meeting/<name:kind>/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_meeting(reference: str, kind: str, act: str) -> ResponseReturnValue:
    with here().store.reading() as db:
        where = place.of_meeting(read_frame(db, reference).offer, kind)
    return _record(reference, find(act, "meeting"), form=f"{act}-{kind}", where=where, kind=kind)


@bp.post("/plan/<name:kind>/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_visit(reference: str, kind: str, act: str) -> ResponseReturnValue:
    return _record(reference, find(act, "judged_meeting"), form=f"plan-{kind}", where=place.VISITS, kind=kind)


@bp.post("/plan/<number:number>/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_action(reference: str, number: str, act: str) -> ResponseReturnValue:
    return _record(reference, find(act, "action"), form=f"{act}-{number}", where=place.VISITS, number=int(number))


@bp.post("/contact/<name:contact>/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_contact(reference: str, contact: str, act: str) -> ResponseReturnValue:
    if contact not in CONTACTS:
        raise NotFound("A school has no such contact. Go back to the page of the engagement.")
    form = f"{act}-contact-{contact}"
    return _record(reference, find(act, "contact"), form=form, where=place.PEOPLE, contact=contact)


@bp.post("/proposal/<number:number>/<name:act>")
@access.council(*COUNCIL_ROLES)
def of_proposal(reference: str, number: str, act: str) -> ResponseReturnValue:
    form = f"{act}-proposal-{number}"
    return _record(reference, find(act, "proposal"), form=form, where=place.PEOPLE, number=int(number))


def find(address: str, *about: About) -> Act:
    """The act with this address. Raises NotFound, or NotAllowed for somebody on whose pages it has no form."""
    found = [act for role in COUNCIL_ROLES if (act := on_page(role, address, *about))]
    if not found:
        raise NotFound("There is no such form. Go back to the page of the engagement.")
    access.agree(access.current_user(), [role for role in COUNCIL_ROLES if role in found[0].pages])
    return found[0]


def _record(reference: str, act: Act, *, form: str, where: str, **about: Any) -> ResponseReturnValue:
    post = FormPost(
        reference,
        users.actor_of(access.current_user()),
        form=form,
        section=place.section(where),
        render=partial(render, reference, where),
        back=place.address(reference, where),
    )
    return form_post.carry_out(act, post, partial(known, about))


def known(about: Mapping[str, Any], on: Occasion) -> Mapping[str, Any]:
    """Raises NotFound for a kind of appointment that the offer does not have."""
    if "kind" in about and about["kind"] not in on.offer.appointment:
        raise NotFound(f"This offer has no appointment called “{about['kind']}”.")
    return about
