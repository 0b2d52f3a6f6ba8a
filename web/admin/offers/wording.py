"""A file of an offer in other words: written, looked at as it would be, then put into use.

What an email and a page have in common; each has its own routes.
"""

from typing import NamedTuple

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from web import access
from web.admin.offers.named import named, page
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.calendar.local_time import local_day
from workflow.errors import BadInput, NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.offer.differences.offers import differences
from workflow.preview.letters import PreviewedEmail, preview_emails
from workflow.preview.made_up import MadeUp
from workflow.usecases import users
from workflow.usecases.offers.rewording import Drafted, drafted, reword, words_of

_FORM = "words"


class Source(NamedTuple):
    """A file of an offer, as its form knows it.

    `path` is where it lies in the offer's folder, `place` which of the offer's pages leads to it, `address` where its
    form is below that of the offer. `email` is its name, where it is one.
    """

    key: str
    path: str
    called: str
    label: str
    hint: str
    place: str
    address: str
    email: str = ""


def show(source: Source) -> ResponseReturnValue:
    return _page(source, None)


def look(source: Source) -> ResponseReturnValue:
    """Writes nothing: how it would be."""
    text = request.form.get("text", "")
    try:
        with here().store.reading() as db:
            draft = drafted(db, source.key, source.path, text)
    except WorkflowError as error:
        return _page(source, text, wrong=_told(error))
    return _page(source, text, draft=draft)


def use(source: Source) -> ResponseReturnValue:
    text, actor = request.form.get("text", ""), users.actor_of(access.current_user())
    try:
        seen = int(request.form.get("seen", ""))
    except ValueError:
        raise NotFound("Open it once more, and say again what it shall say.") from None
    try:
        done = reword(here().store, source.key, source.path, text, seen=seen, actor=actor, now=here().clock())
    except WorkflowError as error:
        return _page(source, text, wrong=_told(error))
    flash(f"{source.called} is corrected: this is revision {done.revision}. What went out before stays as it was.")
    return redirect(f"/admin/offers/{source.key}/{source.place}".removesuffix("/"), 303)


def _told(error: WorkflowError) -> Trouble:
    """All that is wrong leads to the one field."""
    if isinstance(error, BadInput) and error.problems:
        return Trouble(422, tuple(map(str, error.problems)), _FORM, at=f"{_FORM}-text")
    return form_errors.of(error, _FORM, at=f"{_FORM}-text")


def _page(
    source: Source, text: str | None, *, draft: Drafted | None = None, wrong: Trouble | None = None
) -> ResponseReturnValue:
    offer = named(source.key)
    with here().store.reading() as db:
        words = words_of(db, source.key, source.path)
    html = page(
        "wording.html",
        offer,
        source.place,
        source=source,
        text=words.text if text is None else text,
        seen=request.form.get("seen", words.revision),
        letters=_letters(draft.after, source.email) if draft and source.email else (),
        changes=differences(*draft) if draft else None,
        wrong=wrong,
    )
    return html, wrong.status if wrong else 200


def _letters(offer: Offer, email: str) -> tuple[PreviewedEmail, ...]:
    return preview_emails(MadeUp(offer, local_day(here().clock(), offer.calendar.zone)), here().look, email)
