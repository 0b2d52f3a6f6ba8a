"""Where somebody goes once they are signed in, and what a page on the way there carries along."""

import re
from typing import TypedDict

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import session_cookie
from web.wire import kept_form
from web.wire.kept_form import KeptForm
from workflow.domain.actor import CASE_READERS
from workflow.store.tables.user import User
from workflow.usecases.accounts.doors.sign_in import ComeIn

#: Where somebody may be sent after signing in: the council's own pages, never another site.
_BACK = re.compile(r"/(?:advisor|admin)/[A-Za-z0-9/_?=&%.+-]{0,300}", re.ASCII)


def safe(back: str | None) -> str:
    return back if back and _BACK.fullmatch(back) else ""


class Carried(TypedDict):
    """`back` is where to go afterwards, `kept` what was typed before."""

    back: str
    kept: KeptForm | None


def carried() -> Carried:
    """What this request's form, or its address, carries along: where to go afterwards, and what was typed before."""
    sent = request.form if request.method == "POST" else request.args
    return {"back": safe(sent.get("next")), "kept": kept_form.carried(request.form)}


def arrive(come: ComeIn) -> ResponseReturnValue:
    """Signed in: back to where they were, with what they had typed."""
    session_cookie.begin(come)
    return go_on(come.user)


def arrive_at(come: ComeIn, back: str) -> ResponseReturnValue:
    """Signed in by way of another site, which carries nothing along."""
    session_cookie.begin(come)
    return redirect(back or home_of(come.user), 303)


def home_of(user: User) -> str:
    """Where somebody begins who came for no page in particular."""
    return url_for("today.show" if user.role in CASE_READERS else "people.show")


def go_on(user: User) -> ResponseReturnValue:
    kept = kept_form.carried(request.form)
    if kept is not None:
        return render_template("auth/take_up.html", kept=kept, home=home_of(user))
    return redirect(safe(request.form.get("next")) or home_of(user), 303)
