"""The one way a draft is kept or thrown away: for a script, which is answered in JSON, and for a button without one.

Nothing is read of it as the form would read it, so nothing in it can be wrong but its size.
"""

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web.app_state import here
from web.error_pages import status_of
from web.formatting import moment, short_day, time
from web.forms import drafts
from workflow.domain.actor import Actor
from workflow.errors import NotAllowed, WorkflowError
from workflow.usecases.people import drafts as own_drafts
from workflow.usecases.people.drafts import Fields, Kept, Owner, Spot

_JSON = "application/json"
#: What the pages themselves put into forms; a browser without scripts sends the names of files as words.
_OWN_FIELDS = ("csrf_token", "version", "key", "trigger", "draft", "draft_version", "throw_away", "remove")
_FILES = "files"
_NEWER = "You have written more of it elsewhere since. Look at that before you throw it away."
_NOT_YOURS = "This form was not opened by you, or not as you are now. Open its page again."


def answer(actor: Actor, engagement_id: int = 0, back: str = "") -> ResponseReturnValue:
    """For whoever the address or the session says it is. `back` leads to the page, where the draft does not say it."""
    owner = own_drafts.owner_of(actor, engagement_id)
    spot = drafts.spot_of(request.form.get("draft", ""), actor, owner)
    if spot is None:
        return _refused(NotAllowed(_NOT_YOURS), back)
    back = back or spot.page
    try:
        if request.form.get("throw_away"):
            return _throw_away(owner, spot, back)
        kept = _keep(owner, spot)
    except WorkflowError as error:
        return _refused(error, back)
    if is_script():
        return jsonify(said=_said(kept), version=kept.version)
    flash(_told(kept))
    return redirect(back, 303)


def _keep(owner: Owner, spot: Spot) -> Kept:
    with here().store.writing() as db:
        return own_drafts.keep(db, owner, spot, _given(), seen=drafts.seen() or 0, now=here().clock())


def _throw_away(owner: Owner, spot: Spot, back: str) -> ResponseReturnValue:
    """What was written elsewhere since is looked at first."""
    with here().store.writing() as db:
        own_drafts.drop(db, owner, spot.page, spot.form, drafts.seen())
        is_there = spot.form in own_drafts.on_page(db, owner, spot.page, here().clock())
    flash(_NEWER if is_there else "The draft is thrown away.")
    return redirect(back, 303)


def _refused(error: WorkflowError, back: str) -> ResponseReturnValue:
    """What was typed is told again: a browser may not keep it when one goes back."""
    if is_script():
        return jsonify(said=f"Your draft is not kept. {error}"), status_of(error)
    words = drafts.written(_given())
    return render_template("draft_refused.html", sentence=str(error), written=words, back=back), status_of(error)


def _given() -> Fields:
    names = (name for name in request.form if name not in _OWN_FIELDS and not name.startswith(_FILES))
    return {name: request.form.getlist(name) for name in names}


def _said(kept: Kept) -> str:
    """`Draft kept at 2:03pm`, and what its writer could not see of it."""
    return " ".join([f"Draft kept at {time(here().clock())}.", *_elsewhere(kept)])


def _told(kept: Kept) -> str:
    until = short_day(here().clock() + own_drafts.KEPT)
    return " ".join([f"Your draft is kept. Come back to this page to go on with it, until {until}.", *_elsewhere(kept)])


def _elsewhere(kept: Kept) -> list[str]:
    if kept.gone:
        return ["The draft that you opened was sent or thrown away elsewhere since."]
    if kept.elsewhere is None:
        return []
    when = moment(kept.elsewhere)
    return [f"It was changed elsewhere, {when}. That text is kept as well: reload the page to see it."]


def is_script() -> bool:
    """Whether the answer is read by one, and not by a person."""
    return request.accept_mimetypes.best == _JSON
