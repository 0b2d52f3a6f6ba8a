"""One account: who has it, with which role, since when, and what can be done about it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.admin.people import READERS
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.domain.actor import ACCOUNT_ROLES, OFFER_ROLES, ROLE_TITLES, Actor, Who
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, WorkflowError
from workflow.usecases import users
from workflow.usecases.accounts import account_history, departure, factors, members, offer_roles, own, sessions
from workflow.usecases.accounts.address_change import change_address

bp = Blueprint("account", __name__, url_prefix="/admin/people/<number:number>")


class _About(NamedTuple):
    """Whom an act is about, and by whom and when it is done."""

    session: Session
    user_id: int
    who: Who


@bp.get("")
@access.council(*READERS)
def show(number: str) -> ResponseReturnValue:
    return _page(int(number))


@bp.post("/<name:act>")
@access.council("admin", sensitive=True)
def do(number: str, act: str) -> ResponseReturnValue:
    if act not in _ACTS:
        raise NotFound("There is no such page.")
    who = Who(actor=users.actor_of(access.current_user()), now=here().clock())
    try:
        with here().store.writing() as db:
            told = _ACTS[act](_About(db, int(number), who))
    except WorkflowError as error:
        return _page(int(number), form_errors.of(error, act, at="main-content"))
    flash(told)
    return redirect(url_for("account.show", number=number), 303)


def _change(about: _About) -> str:
    role, name, email = (request.form.get(one) for one in ("role", "name", "email"))
    by, now = about.who["actor"], about.who["now"]
    changed = members.change(about.session, about.user_id, by=by, now=now, role=role, name=name)
    if email is not None:
        change_address(about.session, about.user_id, email, by=by, now=now, links=here().link_maker)
    return f"The account of {changed.name} is changed."


def _close(about: _About) -> str:
    to = request.form.get("to", "").strip()
    gone = departure.close(about.session, about.user_id, to_email=to, **about.who)
    return f"The account of {gone.name} is closed, and every session of theirs has ended."


def _open(about: _About) -> str:
    back = members.enable(about.session, about.user_id, by=about.who["actor"], now=about.who["now"])
    return f"{back.name} may sign in again."


def _reset(about: _About) -> str:
    by, now = about.who["actor"], about.who["now"]
    back = members.reset(about.session, about.user_id, by=by, now=now, links=here().link_maker)
    return f"{back.name} is told by a letter how to choose a new password, and sets up a second step when they sign in."


def _invite(about: _About) -> str:
    by, now = about.who["actor"], about.who["now"]
    asked = members.invite_again(about.session, about.user_id, by=by, now=now, links=here().link_maker)
    return f"Another letter to {asked.name} is on its way. The link in the one before no longer holds."


def _sign_out(about: _About) -> str:
    user = members.of(about.session, about.user_id, lock=True)
    own.sign_out_everywhere(about.session, user, about.who["actor"], about.who["now"])
    return f"{user.name} is signed out everywhere."


def _in_offers(about: _About) -> str:
    """Of those offers that the page asked about: another may have come since it was opened."""
    asked = {code: request.form.get(f"in-{code}") for code in _offers(about.session, about.user_id)}
    given = {code: role for code, role in asked.items() if role is not None}
    changed = offer_roles.change(about.session, about.user_id, given, by=about.who["actor"], now=about.who["now"])
    return f"The roles of {changed.name} are changed."


def _offers(session: Session, user_id: int) -> dict[str, str]:
    """The titles of those that are installed, and codes of those in which they have a role of their own."""
    there = {offer.offer.code: offer.offer.title for offer in offers_of(session)}
    return {code: code for code in offer_roles.of(session, user_id)} | there


_ACTS: Mapping[str, Callable[[_About], str]] = {
    "change": _change,
    "in-offers": _in_offers,
    "close": _close,
    "open": _open,
    "reset": _reset,
    "invite": _invite,
    "sign-out": _sign_out,
}


def _page(number: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    now = here().clock()
    with here().store.reading() as db:
        one, history = members.of(db, number), account_history.latest(db, number)
        html = render_template(
            "admin/person.html",
            user=access.current_user(),
            one=one,
            has=factors.of_user(db, one),
            schools=members.schools_of(db, number),
            advisors={other.email: other.name for other in users.advisors(db) if other.id != number},
            sessions=sessions.of_user(db, number, now),
            history=[(event, Actor.of(event.by)) for event in history],
            names=users.names(db, account_history.accounts_in(history)),
            titles=account_history.TITLES,
            offers=_offers(db, number),
            in_offers=offer_roles.of(db, number),
            roles={role: ROLE_TITLES[role] for role in ACCOUNT_ROLES},
            offer_roles={role: ROLE_TITLES[role] for role in OFFER_ROLES},
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200
