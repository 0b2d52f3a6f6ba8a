"""Somebody's own sessions and devices: ended and forgotten."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.advisor.account.ways_in import done
from web.app_state import here
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.usecases import users
from workflow.usecases.accounts import account_history, devices, sessions

bp = Blueprint("own_sessions", __name__, url_prefix="/advisor/settings/signing-in")


@bp.post("/sessions/<number:number>/end")
@access.council(*ACCOUNT_ROLES)
def end(number: str) -> ResponseReturnValue:
    _note_with("session_ended", lambda db, user_id: sessions.end_one(db, user_id, int(number)))
    return done("That session has ended.")


@bp.post("/sessions/end")
@access.council(*ACCOUNT_ROLES)
def end_others() -> ResponseReturnValue:
    """All but the one that asks."""
    this = access.current_session().session.id
    _note_with("sessions_ended", lambda db, user_id: sessions.end_all(db, user_id, but=this))
    return done("You are signed out everywhere but here.")


@bp.post("/devices/<number:number>/forget")
@access.council(*ACCOUNT_ROLES)
def forget(number: str) -> ResponseReturnValue:
    _note_with("device_forgotten", lambda db, user_id: devices.forget_one(db, user_id, int(number)))
    return done("That device is forgotten. Whoever signs in on it is asked for a code.")


def _note_with(name: str, act: Callable[[Session, int], object]) -> None:
    user = access.current_user()
    with here().store.writing() as db:
        act(db, user.id)
        account_history.note(db, user.id, name, users.actor_of(user), here().clock())
