"""The register of one meeting as a page of its own: everybody is ticked, so most are taken with one press."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement import act_forms, available_forms
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import frame_values
from web.app_state import here
from web.forms import form_post
from web.forms.act_form import ABSENT
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from workflow.acts.registry import ACTS
from workflow.domain.actor import ADVISING_ROLES
from workflow.errors import Conflict, NotFound
from workflow.offer.definition import Offer
from workflow.queries.places.frame import read_frame
from workflow.queries.places.meetings import read_meetings
from workflow.usecases import users

_ADDRESS = "/advisor/engagement/<reference:reference>/meeting/<name:kind>/register"
bp = Blueprint("register", __name__)
_ACT = ACTS["register"]


@bp.get(_ADDRESS)
@access.council(*ADVISING_ROLES)
def look(reference: str, kind: str) -> ResponseReturnValue:
    """Raises Conflict where there is no register to take, as after somebody has taken it."""
    return _render(reference, kind)


@bp.post(_ADDRESS)
@access.council(*ADVISING_ROLES)
def take(reference: str, kind: str) -> ResponseReturnValue:
    with here().store.reading() as db:
        where = place.of_meeting(_known(read_frame(db, reference).offer, kind), kind)
    post = FormPost(
        reference,
        users.actor_of(access.current_user()),
        form=f"{_ACT.address}-{kind}",
        section="main-content",
        render=partial(_render, reference, kind),
        back=place.address(reference, where),
    )
    return form_post.carry_out(_ACT, post, partial(act_forms.known, {"kind": kind}))


def _render(reference: str, kind: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    user, now = access.current_user(), here().clock()
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        _known(frame.offer, kind)
        read = read_meetings(db, frame.offer, frame.engagement)
    found = available_forms.found(read, now, user.role).meetings
    meeting = next((one for one in found if one.kind.name == kind and _ACT.address in one.forms), None)
    where = place.of_meeting(frame.offer, kind)
    if meeting is None and wrong is None:
        raise Conflict(f"There is no register to take now. Go back to {reference}: its {where} say why.")
    values = frame_values(frame, where, user, wrong)
    html = render_template("advisor/places/register.html", **values, **_asked(meeting, kind, frame.offer))
    return html, wrong.status if wrong else 200


def _asked(meeting: available_forms.AppointmentForms | None, kind: str, offer: Offer) -> dict[str, Any]:
    return {"meeting": meeting, "kind": offer.appointment[kind], "form": f"{_ACT.address}-{kind}", "absent": ABSENT}


def _known(offer: Offer, kind: str) -> Offer:
    """Raises NotFound for a kind of appointment that the offer does not have."""
    if kind not in offer.appointment:
        raise NotFound(f"This offer has no appointment called “{kind}”.")
    return offer
