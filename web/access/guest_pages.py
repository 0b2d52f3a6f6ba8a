"""Where somebody is sent who would write on a page that they may only read: to the button that sends them a link."""

import re

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from web.app_state import here
from web.wire import kept_form
from workflow.engine.catalogue import terms_of
from workflow.offer.terms import Terms
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts.doors.guests import Spot

#: The pages of a school that are shown to nobody without a session, by the end of their address.
_WANTED = re.compile(r"/(?:people(?:/[1-9][0-9]{0,8})?|dates|messages|certificates)", re.ASCII)


def turned_away(page: str, spot: Spot) -> ResponseReturnValue:
    """What was sent meanwhile is not lost, but for files, which no browser puts back; and whoever came for a page is
    brought there."""
    kept = kept_form.sent_too_late() if request.method == "POST" else None
    wanted = request.path.removeprefix(page)
    if kept is None and request.method in ("GET", "HEAD") and is_page(wanted):
        return render_template("school/ask_first.html", page=page, wanted=wanted, made_by=made_by(spot))
    if kept is None:
        return redirect(page, 303)
    files = any(one.filename for one in request.files.values())
    return render_template("school/away.html", page=page, kept=kept, files=files, made_by=made_by(spot))


def made_by(spot: Spot) -> Terms | None:
    """Whose offer somebody has to do with there. Raises NotFound for an engagement that is not there."""
    with here().store.reading() as db:
        return terms_of(db, db.get_one(Engagement, lookups.engagement_id(db, spot.reference)))


def is_page(end: str) -> bool:
    """Whether a school's page has an address that ends so."""
    return _WANTED.fullmatch(end) is not None
