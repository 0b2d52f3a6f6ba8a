"""Council staff sign in with an email address and a password."""

import re

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.security import SESSION_LIFETIME
from web.wire import kept_form
from workflow.store.tables.user import User
from workflow.usecases import users

bp = Blueprint("auth", __name__)
#: Where somebody may be sent after signing in: the council's own pages, never another site.
_BACK = re.compile(r"/advisor/[A-Za-z0-9/_?=&%.+-]{0,300}", re.ASCII)
_WRONG = (
    "Check your email address and password. After five wrong tries in a row you have to wait a minute, then longer."
)


@bp.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    back = _safe(request.args.get("next"))
    return render_template("auth/sign_in.html", email="", trouble=None, back=back, kept=None)


@bp.post("/sign-in")
@access.public
def enter() -> ResponseReturnValue:
    email, back = request.form.get("email", ""), _safe(request.form.get("next"))
    kept = kept_form.carried(request.form)
    user = users.sign_in(here().store, email, request.form.get("password", ""), here().clock())
    if user is None:
        return render_template("auth/sign_in.html", email=email[:254], trouble=_WRONG, back=back, kept=kept), 422
    _begin(user)
    if kept is not None:
        return render_template("auth/take_up.html", kept=kept)
    return redirect(back or url_for("today.show"), 303)


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    session.clear()
    return redirect(url_for("start.start"), 303)


def _begin(user: User) -> None:
    """A new session: whatever was in the old one, perhaps put there by somebody else, is gone."""
    session.clear()
    session.permanent = True
    session["user"] = user.id
    session["until"] = (here().clock() + SESSION_LIFETIME).isoformat()


def _safe(back: str | None) -> str:
    return back if back and _BACK.fullmatch(back) else ""
