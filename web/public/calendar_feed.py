"""A person's meetings, for the calendar that they keep elsewhere: read at a secret address, and never changed there."""

from flask import Blueprint, Response, request

from web import access
from web.app_state import here
from web.lists.offer_choice import offer_choice
from workflow.mail.calendar_feed import as_ical
from workflow.queries.calendar.feed import read_feed

bp = Blueprint("calendar_feed", __name__)


@bp.get("/calendar/<token:secret>.ics")
@access.calendar_address
def serve(secret: str) -> Response:  # noqa: ARG001 (the guard has looked it up)
    """A calendar that names what it has is told when that still holds, and nothing is sent again."""
    with here().store.reading() as db:
        offer = offer_choice(db).edition
        feed = read_feed(db, access.calendar_feed(), here().clock(), here().links, offer)
    is_known = request.if_none_match.contains_weak(feed.tag)
    response = Response(b"" if is_known else as_ical(feed), content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = 'inline; filename="meetings.ics"'
    response.set_etag(feed.tag)
    response.make_conditional(request)
    return response
