"""Subscription addresses: made, shown this once, and withdrawn. Each person sees and withdraws their own."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.lists.offer_choice import choice_of
from workflow.domain.actor import CASE_READERS
from workflow.usecases import calendar_feeds

bp = Blueprint("calendar_feeds", __name__, url_prefix="/advisor/calendar/feed")


@bp.post("")
@access.council(*CASE_READERS)
def make() -> ResponseReturnValue:
    """The answer is the only page that ever shows the address, so it is not sent on to another."""
    user = access.current_user()
    whose = request.form.get("whose", "")
    with here().store.writing() as db:
        offers = choice_of(db, request.form.get("offer", ""))
        secret = calendar_feeds.make(db, user.id, whose, here().clock())
    link = here().links.calendar(secret) + (f"?{urlencode(offers.kept)}" if offers.title else "")
    return render_template(
        "advisor/calendar_address.html",
        link=link,
        webcal=f"webcal:{link.partition(':')[2]}",
        whose=whose,
        offers=offers,
        user=user,
    )


@bp.post("/<number:number>/withdraw")
@access.council(*CASE_READERS)
def withdraw(number: str) -> ResponseReturnValue:
    with here().store.writing() as db:
        calendar_feeds.withdraw(db, access.current_user().id, int(number), here().clock())
    flash("The subscription address is withdrawn. Calendars that used it show nothing new from now on.")
    return redirect(f"{url_for('calendar.show')}#subscribe", 303)
