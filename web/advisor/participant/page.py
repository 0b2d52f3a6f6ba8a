"""One participant: what they proposed, attended, sent in and hold, and everything that can be done about it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from web import access
from web.advisor.engagement import act_forms, available_forms
from web.advisor.engagement.places.render import frame_values
from web.advisor.participant import evidence_reads
from web.app_state import here
from web.forms import drafts, form_post
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from workflow.acts.act import Act, Occasion
from workflow.domain.actor import COUNCIL_ROLES, EVIDENCE_READERS
from workflow.domain.effects import Recipient
from workflow.errors import BadInput, NotFound, Problem
from workflow.queries.participant_view import PersonView, view_person
from workflow.queries.places.frame import read_frame
from workflow.store.outbox import dead
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases import phases, users
from workflow.usecases.privacy.reading import Look

_ADDRESS = "/advisor/engagement/<reference:reference>/people/<number:number>"
bp = Blueprint("participant", __name__, url_prefix=_ADDRESS)


@bp.get("/")
@access.council(*EVIDENCE_READERS)
def show(reference: str, number: str) -> ResponseReturnValue:
    return _render(reference, int(number))


@bp.post("/<name:act>")
@access.council(*COUNCIL_ROLES)
def record(reference: str, number: str, act: str) -> ResponseReturnValue:
    """Raises NotFound for a form that is not there."""
    post = FormPost(
        reference,
        users.actor_of(access.current_user()),
        form=act,
        section="main-content",
        render=partial(_render, reference, int(number)),
        back=_address(reference, int(number)),
    )
    found = act_forms.find(act, "person", "certificate")
    if found.sensitive and (asked := access.prove_again()) is not None:
        return asked
    return form_post.carry_out(found, post, partial(_about, found, int(number)))


def _address(reference: str, number: int) -> str:
    return f"/advisor/engagement/{reference}/people/{number}/"


def _about(act: Act, number: int, on: Occasion) -> Mapping[str, Any]:
    """The person, or the certificate they hold. Raises BadInput where there is none to change."""
    person = _person(on.session, on.engagement, number)
    if act.about == "person":
        return {"email": person.email}
    held = [one.serial for one in view_person(on.session, person).certificates if one.status == "issued"]
    if not held:
        nothing = Problem("reason", f"{person.name} holds no certificate that could be changed")
        raise BadInput("This cannot be recorded.", (nothing,))
    return {"serial": held[-1]}


def _render(reference: str, number: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound."""
    user = access.current_user()
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        one = view_person(db, _person(db, frame.engagement, number))
        begun = drafts.on(db, users.actor_of(user), frame.engagement, _address(reference, number))
        reader = Recipient("participant", number)
        came_back = len(dead.letters_to(db, frame.engagement.id, reader)) if frame.stuck else 0
    if one.story:
        evidence_reads.note([Look(one.person.id, "page", str(one.story[-1].version))])
    holds = any(held.status == "issued" for held in one.certificates)
    shown = {
        "one": one,
        "came_back": came_back,
        "person": one.person,
        "phase": one.offer.phase[one.person.phase],
        "titles": {each.code: each.title for phase in one.offer.phases for each in phase.criteria},
        "suggested": _suggested(one),
        "can": available_forms.about(one.offer, frame.engagement, one.person, user.role, holds=holds),
        "reviews": frame.is_open,
        "address": _address(reference, number).rstrip("/"),
        "drafts": begun,
        "back": f"/advisor/engagement/{reference}",
    }
    html = render_template("advisor/person.html", **frame_values(frame, "people", user, wrong) | shown)
    return html, wrong.status if wrong else 200


def _person(db: Session, engagement: Engagement, number: int) -> Participant:
    wanted = select(Participant).where(Participant.id == number, Participant.engagement_id == engagement.id)
    person = db.scalar(wanted)
    if person is None:
        raise NotFound(f"Nobody with the number {number} takes part in {engagement.reference}.")
    return person


def _suggested(one: PersonView) -> int | None:
    """The phase that the answers point to."""
    return phases.suggested(one.offer.phases, one.basis.answers) if one.basis else None
