"""Council staff sign in with an email address and a password; the second factor has a page of its own."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.access import session_cookie
from web.app_state import here
from web.auth import second_step
from web.auth.arrival import arrive, carried
from web.auth.waiting import sentence
from workflow.usecases.accounts.doors import sign_in as signing_in
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay, TurnedAway

bp = Blueprint("auth", __name__)
_WRONG = "Check your email address and password."


@bp.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    return render_template("auth/sign_in.html", email="", trouble=None, **carried())


@bp.post("/sign-in")
@access.public
def enter() -> ResponseReturnValue:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    visit = session_cookie.visit()
    match signing_in.with_password(here().store, email, password, visit, here().policy):
        case TurnedAway(until):
            trouble = sentence(_WRONG, until, visit.now)
            return render_template("auth/sign_in.html", email=email[:254], trouble=trouble, **carried()), 422
        case HalfWay() as half:
            session_cookie.begin_half_way(half)
            return second_step.go_there(half)
        case ComeIn() as come:
            return arrive(come)


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    session_cookie.end()
    return redirect(url_for("start.start"), 303)
