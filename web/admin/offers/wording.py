"""An email of an offer in other words: written, looked at as its readers would get it, then put into use."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.admin.offers.named import named, page
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.calendar.local_time import local_day
from workflow.errors import BadInput, NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.preview.letters import PreviewedEmail, preview_emails
from workflow.preview.made_up import MadeUp
from workflow.usecases import users
from workflow.usecases.offers.rewording import Words, drafted, reword, words_of

bp = Blueprint("offer_wording", __name__, url_prefix="/admin/offers/<name:key>/emails/<name:email>")
_FORM = "email"


@bp.get("")
@access.council("admin")
def show(key: str, email: str) -> ResponseReturnValue:
    return _page(key, email, None)


@bp.post("")
@access.council("admin")
def look(key: str, email: str) -> ResponseReturnValue:
    """Writes nothing: the letters as they would be."""
    text = request.form.get("text", "")
    try:
        with here().store.reading() as db:
            draft = drafted(db, key, email, text)
    except WorkflowError as error:
        return _page(key, email, text, wrong=_told(error))
    return _page(key, email, text, draft=draft)


@bp.post("/use")
@access.council("admin", sensitive=True)
def use(key: str, email: str) -> ResponseReturnValue:
    text, actor = request.form.get("text", ""), users.actor_of(access.current_user())
    try:
        seen = int(request.form.get("seen", ""))
    except ValueError:
        raise NotFound("Open the email once more, and say again what it shall say.") from None
    try:
        done = reword(here().store, key, email, text, seen=seen, actor=actor, now=here().clock())
    except WorkflowError as error:
        return _page(key, email, text, wrong=_told(error))
    flash(f"“{email}” is corrected: this is revision {done.revision}. What went out before stays as it was.")
    return redirect(url_for("offer_emails.show", key=key), 303)


def _told(error: WorkflowError) -> Trouble:
    """All that is wrong leads to the one field."""
    if isinstance(error, BadInput) and error.problems:
        return Trouble(422, tuple(map(str, error.problems)), _FORM, at=f"{_FORM}-text")
    return form_errors.of(error, _FORM, at=f"{_FORM}-text")


def _page(
    key: str, email: str, text: str | None, *, draft: Offer | None = None, wrong: Trouble | None = None
) -> ResponseReturnValue:
    offer = named(key)
    with here().store.reading() as db:
        words: Words = words_of(db, key, email)
    html = page(
        "wording.html",
        offer,
        "emails",
        email=email,
        words=words,
        text=words.text if text is None else text,
        seen=request.form.get("seen", words.revision),
        letters=_letters(draft, email) if draft else (),
        is_same=draft == offer,
        wrong=wrong,
    )
    return html, wrong.status if wrong else 200


def _letters(offer: Offer, email: str) -> tuple[PreviewedEmail, ...]:
    return preview_emails(MadeUp(offer, local_day(here().clock(), offer.calendar.zone)), here().look, email)
