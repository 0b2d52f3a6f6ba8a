"""Who may use a page. Every view says so with one of these decorators, or the application does not start.

    @bp.get("/engagements")
    @access.council(*ADVISING_ROLES)
    def engagements() -> str: ...

A school's pages take a signed token; the reference inside it is the only engagement that the view can ask for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from flask import Flask, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from web.app_state import here
from web.wire import kept_form
from workflow.domain.actor import Actor
from workflow.english import listed
from workflow.errors import NotAllowed
from workflow.store.tables.user import CalendarFeed, User
from workflow.usecases import calendar_feeds

View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(Exception):
    """These routes do not say who may use them; give each a decorator from web.access."""

    def __init__(self, routes: list[str]) -> None:
        super().__init__(f"{self.__doc__} {', '.join(routes)}")


@dataclass(frozen=True, slots=True)
class Policy:
    """`roles` are the council's roles that may come in; the others need none. Only where a page `takes_files` may more
    be sent than a form has."""

    kind: Literal["public", "council", "school", "person", "calendar"]
    roles: tuple[str, ...] = ()
    takes_files: bool = False


#: All the files of one version of somebody's evidence together; every other page takes far less.
UPLOAD_BYTES = 60_000_000
_POLICIES: dict[Callable[..., Any], Policy] = {}


def public(view: View) -> View:
    """Anybody."""
    return _declare(view, Policy("public"))


def council(*roles: str, takes_files: bool = False) -> Callable[[View], View]:
    """Somebody signed in who has one of these roles."""
    return lambda view: _declare(view, Policy("council", roles, takes_files))


def school_link(view: View) -> View:
    """Whoever holds a school's link: the view's `token`. The view reads `school_reference()`."""
    return _declare(view, Policy("school"))


def person_link(view: View) -> View:
    """Whoever holds a participant's own link: the view's `token`. The view reads `participant()`."""
    return _declare(view, Policy("person"))


def calendar_address(view: View) -> View:
    """Whoever holds a calendar's secret address: the view's `secret`. The view reads `calendar_feed()`.

    An address that was withdrawn is answered like one that never was.
    """
    return _declare(view, Policy("calendar"))


def _declare(view: View, policy: Policy) -> View:
    _POLICIES[view] = policy
    return view


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    return _POLICIES.get(app.view_functions[endpoint])


def check(app: Flask) -> None:
    """Raises Undeclared when a route does not say who may use it."""
    silent = sorted(rule.rule for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) is None)
    if silent:
        raise Undeclared(silent)


def enforce() -> ResponseReturnValue | None:
    """Before every request. A request that no route takes has no view to protect."""
    if request.endpoint is None:
        return None
    policy = policy_of(current_app, request.endpoint)
    match policy:
        case Policy("public"):
            return None
        case Policy("council", roles, takes_files):
            return _admit(roles, UPLOAD_BYTES if takes_files else None)
        case Policy("school"):
            g.school_reference = here().links.school_reference((request.view_args or {})["token"])
            return None
        case Policy("person"):
            g.participant = here().links.participant((request.view_args or {})["token"])
            request.max_content_length = UPLOAD_BYTES
            return None
        case Policy("calendar"):
            g.calendar_feed = _feed((request.view_args or {})["secret"])
            return None
        case _:
            raise Undeclared([request.path])


def _admit(roles: tuple[str, ...], most: int | None) -> ResponseReturnValue | None:
    """`most` is how many bytes may be sent by whoever is let in, where it is more than usual."""
    user = _signed_in()
    if user is None:
        return _to_sign_in()
    agree(user, roles)
    g.user = user
    if most is not None:
        request.max_content_length = most
    return None


def _to_sign_in() -> ResponseReturnValue:
    """And back again; what was sent meanwhile is not lost."""
    kept = kept_form.sent_too_late() if request.method == "POST" else None
    if kept is not None:
        return render_template("auth/sign_in.html", email="", trouble=None, back="", kept=kept)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=back), 303)


def agree(user: User, roles: Sequence[str]) -> None:
    """Raises NotAllowed for somebody who is signed in with another role."""
    if user.role not in roles:
        allowed = listed([Actor(role).title for role in roles], "or")
        raise NotAllowed(f"This page is for the {allowed}; you are signed in as {Actor(user.role).title}.")


def _signed_in() -> User | None:
    """Read from the database on every request, so a change of role or a closed account counts at once."""
    number, until = session.get("user"), session.get("until")
    if not isinstance(number, int) or not isinstance(until, str) or datetime.fromisoformat(until) <= here().clock():
        return None
    with here().store.reading() as db:
        return db.get(User, number)


def _feed(secret: str) -> CalendarFeed:
    with here().store.reading() as db:
        return calendar_feeds.by_secret(db, secret) or abort(404)


def current_user() -> User:
    """The person who is signed in, on pages of the council."""
    user = g.user
    if not isinstance(user, User):
        raise TypeError("only views with access.council have a user")
    return user


def school_reference() -> str:
    """The one engagement the school's link is for."""
    return str(g.school_reference)


def participant() -> tuple[str, int]:
    """The one engagement and the one participant that the person's link is for."""
    reference, number = g.participant
    return str(reference), int(number)


def calendar_feed() -> CalendarFeed:
    """Whose meetings the secret address is for."""
    feed = g.calendar_feed
    if not isinstance(feed, CalendarFeed):
        raise TypeError("only views with access.calendar_address have a feed")
    return feed
