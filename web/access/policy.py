"""What views declare about who may use them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(Exception):
    """These routes do not say who may use them; give each a decorator from web.access."""

    def __init__(self, routes: list[str]) -> None:
        super().__init__(f"{self.__doc__} {', '.join(routes)}")


@dataclass(frozen=True, slots=True)
class Policy:
    """`roles` are the council's roles that may come in; the others need none. Only where a page `takes_files` may more
    be sent than a form has. What is `sensitive` asks for a factor again that was given too long ago."""

    kind: Literal[
        "public", "council", "half_way", "school", "school_session", "person", "person_session", "reader", "calendar"
    ]
    roles: tuple[str, ...] = ()
    takes_files: bool = False
    sensitive: bool = False


#: All the files of one version of somebody's evidence together; every other page takes far less.
UPLOAD_BYTES = 60_000_000
_POLICIES: dict[Callable[..., Any], Policy] = {}


def public(view: View) -> View:
    """Anybody."""
    return _declare(view, Policy("public"))


def council(*roles: str, takes_files: bool = False, sensitive: bool = False) -> Callable[[View], View]:
    """Somebody signed in who has one of these roles."""
    return lambda view: _declare(view, Policy("council", roles, takes_files, sensitive))


def half_way(view: View) -> View:
    """Somebody who gave the right password, and whose second factor is still to come. The view reads
    `current_session()`."""
    return _declare(view, Policy("half_way"))


def school_link(view: View) -> View:
    """Whoever holds a school's link, the view's `token`, for reading. The view reads `school_reference()`, and
    `is_guest()` says whether this reader may write as well."""
    return _declare(view, Policy("school"))


def school_session(view: View) -> View:
    """Whoever holds the link and is in for that school by a letter, for writing."""
    return _declare(view, Policy("school_session"))


def school_files(view: View) -> View:
    """The same, where a file is sent."""
    return _declare(view, Policy("school_session", takes_files=True))


def person_link(view: View) -> View:
    """Whoever holds a participant's own link, the view's `token`, for reading. The view reads `participant()`, and
    `is_guest()` says whether this reader may write as well."""
    return _declare(view, Policy("person"))


def person_session(view: View) -> View:
    """Whoever holds the link and is in for that participant by a letter, for writing and sending files."""
    return _declare(view, Policy("person_session", takes_files=True))


def reader_session(view: View) -> View:
    """Whoever is in by a letter as a reader of several schools. The view reads `current_reader()`."""
    return _declare(view, Policy("reader"))


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
