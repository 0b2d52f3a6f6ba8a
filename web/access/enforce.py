"""Before every request: whoever asks is let in as the view declares, or sent to where they can prove who they are."""

from collections.abc import Mapping, Sequence

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.attributes import set_committed_value

from web.access import guest_pages, proof_page, session_cookie
from web.access.policy import UPLOAD_BYTES, Policy, Undeclared, policy_of
from web.app_state import here
from web.wire import kept_form
from workflow.domain.actor import Actor
from workflow.english import listed
from workflow.errors import NotAllowed
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.user import CalendarFeed, User
from workflow.usecases import calendar_feeds
from workflow.usecases.accounts import sessions
from workflow.usecases.accounts.doors.guests import Spot
from workflow.usecases.accounts.sessions import SignedIn


def enforce() -> ResponseReturnValue | None:
    """A request that no route takes has no view to protect."""
    if request.endpoint is None:
        return None
    policy = policy_of(current_app, request.endpoint)
    match policy:
        case Policy("council"):
            return _admit(policy)
        case Policy("half_way"):
            return _admit_half_way()
        case Policy("reader"):
            return _admit_reader()
        case Policy():
            return _look_at_link(policy, request.view_args or {})
        case _:
            raise Undeclared([request.path])


def _look_at_link(policy: Policy, given: Mapping[str, str]) -> ResponseReturnValue | None:
    """What the address itself says. Raises NotFound for one that lets nobody in."""
    match policy.kind:
        case "school" | "school_session":
            g.spot = Spot(here().links.school_reference(given["token"]))
            return _admit_guest(policy, f"/school/{given['token']}")
        case "person" | "person_session":
            g.spot = Spot(*here().links.participant(given["token"]))
            return _admit_guest(policy, f"/school/person/{given['token']}")
        case "calendar":
            g.calendar_feed = _feed(given["secret"])
    return None


def _admit_guest(policy: Policy, page: str) -> ResponseReturnValue | None:
    """A link alone lets somebody read; whoever would write with it is told how they may."""
    g.is_guest = session_cookie.guest(g.spot) is not None
    if policy.kind in ("school", "person"):
        return None
    if not g.is_guest:
        return guest_pages.turned_away(page, g.spot)
    if policy.takes_files:
        request.max_content_length = UPLOAD_BYTES
    return None


def _admit(policy: Policy) -> ResponseReturnValue | None:
    """Read from the database on every request, so that a change of role or a closed account counts at once."""
    signed = session_cookie.signed_in()
    if signed is None:
        return _to_sign_in()
    g.signed, g.account_role = signed, signed.user.role
    # Pages of one engagement ask the user's role. Set so, it is no change: nothing could write it into the account.
    set_committed_value(signed.user, "role", signed.role)
    agree(signed.user, policy.roles)
    if policy.takes_files:
        request.max_content_length = UPLOAD_BYTES
    return prove_again() if policy.sensitive else None


def _admit_half_way() -> ResponseReturnValue | None:
    signed = session_cookie.half_way()
    if signed is None:
        return redirect(url_for("auth.sign_in"), 303)
    g.signed, g.account_role = signed, signed.user.role
    return None


def _admit_reader() -> ResponseReturnValue | None:
    """Read from the database on every request, so that an invitation that is ended counts at once."""
    reading = session_cookie.reading()
    if reading is None:
        return redirect("/school/", 303)
    g.reader = reading.reader
    return None


def _to_sign_in() -> ResponseReturnValue:
    """And back again; what was sent meanwhile is not lost."""
    kept = kept_form.sent_too_late() if request.method == "POST" else None
    if kept is not None:
        return render_template("auth/sign_in.html", email="", trouble=None, back="", kept=kept)
    return redirect(url_for("auth.sign_in", next=_back()), 303)


def prove_again() -> ResponseReturnValue | None:
    """Where somebody gives a factor again before what is sensitive; None where the last one still counts."""
    if sessions.is_fresh(current_session().session, here().policy, here().clock()):
        return None
    kept = kept_form.sent_too_late() if request.method == "POST" else None
    if kept is not None:
        return proof_page.page(current_user(), "", kept)
    return redirect(url_for("again.ask", next=_back()), 303)


def _back() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def agree(user: User, roles: Sequence[str]) -> None:
    """Raises NotAllowed for somebody who is signed in with another role, or has another in this offer."""
    if user.role not in roles:
        allowed = listed([Actor(role).title for role in roles], "or")
        you = "are signed in" if user.role == account_role() else "act in this offer"
        raise NotAllowed(f"This page is for the {allowed}; you {you} as {Actor(user.role).title}.")


def _feed(secret: str) -> CalendarFeed:
    with here().store.reading() as db:
        return calendar_feeds.by_secret(db, secret) or abort(404)


def current_user() -> User:
    """The person who is signed in, on pages of the council. On those of one engagement `role` is theirs in its
    offer."""
    return current_session().user


def account_role() -> str:
    """What they are everywhere else: what is in their menu."""
    role = g.account_role
    if not isinstance(role, str):
        raise TypeError("only views with access.council or access.half_way have an account's role")
    return role


def current_session() -> SignedIn:
    """The session of the person who is signed in, or half way there."""
    signed = g.signed
    if not isinstance(signed, SignedIn):
        raise TypeError("only views with access.council or access.half_way have a session")
    return signed


def current_reader() -> InvitedReader:
    """Who reads about several schools here."""
    reader = g.reader
    if not isinstance(reader, InvitedReader):
        raise TypeError("only views with access.reader_session have a reader")
    return reader


def school_reference() -> str:
    """The one engagement the school's link is for."""
    return _spot().reference


def participant() -> tuple[str, int]:
    """The one engagement and the one participant that the person's link is for."""
    reference, number = _spot()
    if number is None:
        raise TypeError("only views with access.person_link or access.person_session have a participant")
    return reference, number


def is_guest() -> bool:
    """Whether this reader of a school's or a participant's page may write on it."""
    return bool(g.is_guest)


def _spot() -> Spot:
    spot = g.spot
    if not isinstance(spot, Spot):
        raise TypeError("only views that take a signed link have a page of their own")
    return spot


def calendar_feed() -> CalendarFeed:
    """Whose meetings the secret address is for."""
    feed = g.calendar_feed
    if not isinstance(feed, CalendarFeed):
        raise TypeError("only views with access.calendar_address have a feed")
    return feed
