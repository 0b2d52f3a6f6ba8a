"""One place of one engagement, on its own or with what went wrong on top."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.advisor.engagement.places import evidence, history, meetings, messages, overview, people, visits
from web.advisor.engagement.places.place import PLACES, address
from web.app_state import here
from web.forms import drafts, repeated
from web.forms.form_errors import Trouble
from workflow.acts.registry import ACTS, on_page
from workflow.queries.history import history_since
from workflow.queries.places.frame import CaseFrame, read_frame
from workflow.store.tables.user import User
from workflow.usecases import users

#: What a place shows besides what all of them begin with, as its template calls it.
Shows = Callable[[Session, CaseFrame, User, datetime], Mapping[str, Any]]
_SHOWS: Mapping[str, Shows] = {
    "overview": overview.show,
    "people": people.show,
    "meetings": meetings.show,
    "evidence": evidence.show,
    "visits": visits.show,
    "messages": messages.show,
    "history": history.show,
}


def render(reference: str, place: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound."""
    user, now = access.current_user(), here().clock()
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        shown = _SHOWS[place](db, frame, user, now)
        since = _since(db, frame)
        begun = drafts.on(db, users.actor_of(user), frame.engagement, address(reference, place))
    values = frame_values(frame, place, user, wrong)
    html = render_template(f"advisor/places/{place}.html", **values, **shown, since=since, drafts=begun)
    return html, wrong.status if wrong else 200


def _since(db: Session, frame: CaseFrame) -> str:
    """What has happened since the version that a page which is open asks after; nothing for one that is new."""
    seen = request.args.get("seen", "")[:9]
    if not (seen.isascii() and seen.isdecimal()) or int(seen) >= frame.engagement.version:
        return ""
    return repeated.in_words(history_since(db, frame.offer, frame.engagement.id, int(seen), repeated.TOLD + 1))


def frame_values(frame: CaseFrame, place: str, user: User, wrong: Trouble | None) -> dict[str, Any]:
    """What the templates of all places, and of what stands below them, read. `opened` is the form that one came for."""
    return {
        "view": frame,
        "case": frame.engagement,
        "address": address(frame.engagement.reference),
        "place": PLACES[place],
        "places": [one for one in PLACES.values() if one.there(frame.offer)],
        "place_address": lambda name: address(frame.engagement.reference, name),
        "acts": ACTS,
        "on_page": on_page,
        "user": user,
        "wrong": wrong,
        "entered": request.form if wrong else {},
        "opened": "" if wrong else request.args.get("form", ""),
    }
