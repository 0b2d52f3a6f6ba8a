"""How a school or a participant comes in and leaves: a letter is asked for, and its link used by pressing a button.

To open the link uses nothing up: mail scanners open links, and some run scripts. The button does.
"""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.access import guest_pages, session_cookie
from web.app_state import here
from web.wire import kept_form
from workflow.errors import NotFound
from workflow.usecases.accounts.doors import guest_letters, guests
from workflow.usecases.accounts.doors.guests import Spot

bp = Blueprint("school_door", __name__, url_prefix="/school")
_NO_ADDRESS = "Enter the email address that our letters come to."
_LEFT = "You have left. This page can still be read here."


@bp.get("/")
@access.public
def ask() -> ResponseReturnValue:
    return _door()


def _door(trouble: str | None = None, typed: str = "") -> str:
    reads = session_cookie.reading() is not None
    return render_template("school/door.html", trouble=trouble, typed=typed, reads=reads)


@bp.post("/")
@access.public
def send() -> ResponseReturnValue:
    """The same answer whether anybody is known by this address or not."""
    typed = request.form.get("email", "")[:254].strip()
    if "@" not in typed:
        return _door(_NO_ADDRESS, typed), 422
    guest_letters.ask_by_address(here().store, typed, here().link_maker, session_cookie.visit())
    return render_template("school/sent.html", typed=typed, page="/school/", kept=None)


@bp.post("/<token:token>/link")
@access.school_link
def send_to_school(token: str) -> ResponseReturnValue:
    spot, wanted = Spot(access.school_reference()), request.form.get("wanted", "")
    if guest_pages.is_page(wanted):
        session_cookie.want(spot, wanted)
    return _send(spot, f"/school/{token}")


@bp.post("/person/<token:token>/link")
@access.person_link
def send_to_person(token: str) -> ResponseReturnValue:
    return _send(Spot(*access.participant()), f"/school/person/{token}")


def _send(spot: Spot, page: str) -> ResponseReturnValue:
    """What was typed before goes along."""
    guest_letters.ask(here().store, spot, here().link_maker, session_cookie.visit())
    kept, made_by = kept_form.carried(request.form), guest_pages.made_by(spot)
    return render_template("school/sent.html", typed="", page=page, kept=kept, made_by=made_by)


@bp.get("/link/<token:secret>")
@access.public
def look(secret: str) -> ResponseReturnValue:
    try:
        with here().store.reading() as db:
            invited = guests.invited(db, secret, here().clock())
    except NotFound as error:
        return render_template("school/no_link.html", sentence=str(error)), 404
    return render_template("school/come_in.html", invited=invited, secret=secret)


@bp.post("/link/<token:secret>")
@access.public
def come_in(secret: str) -> ResponseReturnValue:
    try:
        came = guests.come_in(here().store, secret, session_cookie.visit(), here().policy)
    except NotFound as error:
        return render_template("school/no_link.html", sentence=str(error)), 404
    session_cookie.begin_guest(came)
    return redirect(_page_of(came.spot) + session_cookie.wanted(came.spot), 303)


def _page_of(spot: Spot) -> str:
    links = here().links
    if spot.participant_id is None:
        return f"/school/{links.school_token(spot.reference)}"
    return f"/school/person/{links.person_token(spot.reference, spot.participant_id)}"


@bp.post("/<token:token>/leave")
@access.school_session
def leave_school(token: str) -> ResponseReturnValue:
    return _leave(Spot(access.school_reference()), f"/school/{token}")


@bp.post("/person/<token:token>/leave")
@access.person_session
def leave_person(token: str) -> ResponseReturnValue:
    return _leave(Spot(*access.participant()), f"/school/person/{token}")


def _leave(spot: Spot, page: str) -> ResponseReturnValue:
    session_cookie.end_guest(spot)
    flash(_LEFT)
    return redirect(page, 303)
