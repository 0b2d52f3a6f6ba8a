"""What a browser carries: the secret of its session inside Flask's signed cookie, and its device's secret beside it.

Neither means anything by itself. What a session is, and whether it still is one, stands in the database.
"""

import logging
from collections.abc import Collection

from flask import Response, after_this_request, current_app, request, session
from sqlalchemy.exc import OperationalError

from web.access import whence
from web.app_state import here
from workflow.store.record import new_salt
from workflow.store.tables.access.session import WebSession
from workflow.usecases.accounts import sessions
from workflow.usecases.accounts.doors import guests, readers
from workflow.usecases.accounts.doors.guests import CameIn, Spot
from workflow.usecases.accounts.doors.readers import Reading
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay, Visit
from workflow.usecases.accounts.sessions import SignedIn

_WHOLE, _HALF, _MARK, _GUESTS, _READER, _WANTED = "key", "half", "mark", "guests", "reader", "wanted"
#: The pages that one browser is in for at a time; the one that it came for first gives way.
_MOST_GUESTS = 5
#: A page that asks for itself again is not somebody using it.
BY_ITSELF = "X-By-Itself"
_log = logging.getLogger(__name__)


def visit() -> Visit:
    """Whoever sends this request, as signing in wants to know them."""
    return Visit(whence.place_of(request), request.cookies.get(_device_name()), here().clock())


def signed_in() -> SignedIn | None:
    """Whose session this request belongs to."""
    secret = session.get(_WHOLE)
    if not isinstance(secret, str):
        return None
    now = here().clock()
    with here().store.reading() as db:
        about = (request.view_args or {}).get("reference")
        found = sessions.read(db, secret, now, here().policy.idle, about=about)
    if found and BY_ITSELF not in request.headers and sessions.is_due_to_be_seen(found.session, now):
        _note(found.session.id)
    return found


def _note(number: int) -> None:
    """Nobody is kept from a page because the database is too busy to write down that they read it."""
    try:
        with here().store.writing() as db:
            sessions.seen(db, number, here().clock())
    except OperationalError as trouble:
        _log.info("That a session was used is noted next time: %s", trouble)


def half_way() -> SignedIn | None:
    """Whose second factor is still to come."""
    secret = session.get(_HALF)
    if not isinstance(secret, str):
        return None
    with here().store.reading() as db:
        return sessions.read(db, secret, here().clock(), here().policy.idle, "password")


def begin_half_way(half: HalfWay) -> None:
    _begin(_HALF, half.secret)


def begin(come: ComeIn) -> None:
    """Under a new secret: whatever was in the old cookie, perhaps put there by somebody else, is gone."""
    _begin(_WHOLE, come.secret)
    if come.device_secret is not None:
        _know_device(come.device_secret)


def guest(spot: Spot) -> WebSession | None:
    """The session under which this page may be written on, if this browser is in for it."""
    secret = _guests().get(_name(spot))
    if secret is None:
        return None
    now = here().clock()
    with here().store.reading() as db:
        found = guests.read(db, secret, spot, now, here().policy.guest_idle)
    if found and sessions.is_due_to_be_seen(found, now):
        _note(found.id)
    return found


def begin_guest(come: CameIn) -> None:
    """Beside the other pages that this browser is in for: whoever leads at a school often takes part there, too.

    Whoever was signed in with an account is so no more. The token of its forms stays, so that a page that was open in
    another window, with what somebody wrote on it, can be sent. What gives way ends, for whoever has a copy, too.
    """
    _end_account()
    held = _guests()
    others = [one for one in held.items() if one[0] != _name(come.spot)]
    session.permanent = True
    session[_GUESTS] = dict(others[1 - _MOST_GUESTS :]) | {_name(come.spot): come.secret}
    _end(set(held.values()) - set(session[_GUESTS].values()))


def end_guest(spot: Spot) -> None:
    """For this page, and for whoever has a copy of the cookie, too."""
    held = _guests()
    secret = held.pop(_name(spot), None)
    session[_GUESTS] = held
    if secret is not None:
        _end([secret])


def reading() -> Reading | None:
    """Who reads about several schools in this browser."""
    secret = session.get(_READER)
    if not isinstance(secret, str):
        return None
    now = here().clock()
    with here().store.reading() as db:
        found = readers.read(db, secret, now, here().policy.guest_idle)
    if found and sessions.is_due_to_be_seen(found.session, now):
        _note(found.session.id)
    return found


def begin_reading(secret: str) -> None:
    """Beside the pages of single schools that this browser is in for, and instead of an account."""
    _end_account()
    end_reading()
    session.permanent = True
    session[_READER] = secret


def end_reading() -> None:
    """For whoever has a copy of the cookie, too."""
    secret = session.pop(_READER, None)
    if isinstance(secret, str):
        _end([secret])


def want(spot: Spot, end: str) -> None:
    """Whoever asked for a link had come for one of the pages of a school: it is where they go on, in this browser."""
    session[_WANTED] = [_name(spot), end]


def wanted(spot: Spot) -> str:
    """The end of that page's address, once. Empty where it was none, or another school's."""
    found = session.pop(_WANTED, None)
    return str(found[1]) if isinstance(found, list) and found[:1] == [_name(spot)] else ""


def _guests() -> dict[str, str]:
    held = session.get(_GUESTS)
    return dict(held) if isinstance(held, dict) else {}


def _name(spot: Spot) -> str:
    return f"{spot.reference}/{spot.participant_id or ''}"


def _begin(kind: str, secret: str) -> None:
    end()
    session.permanent = True
    session[kind], session[_MARK] = secret, new_salt()


def renew(secret: str) -> None:
    """The same session goes on under a new secret, as its owner has just shown who they are."""
    session[_WHOLE] = secret


def end() -> None:
    """Everywhere: whoever has a copy of the cookie is signed out, too."""
    guests_too = _guests().values()
    _end_account()
    end_reading()
    session.clear()
    _end(guests_too)


def _end_account() -> None:
    session.pop(_MARK, None)
    _end([one for one in (session.pop(_WHOLE, None), session.pop(_HALF, None)) if isinstance(one, str)])


def _end(secrets: Collection[str]) -> None:
    if secrets:
        with here().store.writing() as db:
            for one in secrets:
                sessions.end(db, one, here().clock())


def mark() -> str:
    """Stands for this session where something belongs to it alone. Empty for nobody's."""
    return str(session.get(_MARK, ""))


def _device_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _know_device(secret: str) -> None:
    @after_this_request
    def _set(answer: Response) -> Response:
        answer.set_cookie(
            _device_name(),
            secret,
            max_age=here().policy.known,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return answer
