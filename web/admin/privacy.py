"""What one person may ask about themselves: an administrator finds them, hands them a copy, or erases them.

An address is typed into a form and sent, and never stands in the address of a page, where logs and browsers keep it.
"""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from web.forms.saved_file import saved
from workflow.domain.actor import Who
from workflow.errors import BadInput, NotFound, Problem, WorkflowError
from workflow.queries.privacy import copy, own_data, waiting_requests
from workflow.queries.privacy.corrections import corrections
from workflow.store.privacy.scrub import scrub
from workflow.usecases import users
from workflow.usecases.privacy import erasure, files
from workflow.usecases.privacy.erasure import Erased
from workflow.usecases.privacy.files import Found

_UNFIT = 422
bp = Blueprint("privacy", __name__, url_prefix="/admin/privacy")


@bp.get("")
@access.council("admin", sensitive=True)
def ask() -> ResponseReturnValue:
    return page()


@bp.post("/<name:act>")
@access.council("admin", sensitive=True)
def do(act: str) -> ResponseReturnValue:
    if act not in _ACTS:
        raise NotFound("There is no such page.")
    email = request.form.get("email", "").strip()
    try:
        if not email:
            raise BadInput("Nobody was looked for.", (Problem("email", "Enter an email address."),))
        return _ACTS[act](email)
    except WorkflowError as error:
        return page(form_errors.of(error, "find", at="main-content"))


def _find(email: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    """What would go and what would stay, and where what is wrong is put right."""
    now, reasons = here().clock(), ""
    with here().store.reading() as db:
        data, right = own_data.read(db, email, now), [*corrections(db, email)]
    seen: Erased | None = None
    found: Found | None = None
    try:
        with here().store.looking() as db:
            seen = erasure.erase(db, email, certificates_too=_too(), **_who())
        found = files.look(here().places, seen.words, seen.sha256s)
    except WorkflowError as error:
        reasons = str(error)
    shown = {"email": email, "data": data, "right": right, "seen": seen, "found": found, "reasons": reasons}
    user = access.current_user()
    html = render_template("admin/privacy_person.html", user=user, too=_too(), wrong=wrong, **shown)
    return html, wrong.status if wrong else 200


def _json(email: str) -> Response:
    return _copy(email, "json", copy.as_json)


def _text(email: str) -> Response:
    return _copy(email, "txt", copy.as_text)


def _copy(email: str, ending: str, write: Callable[[own_data.OwnData], str]) -> Response:
    with here().store.reading() as db:
        data = own_data.read(db, email, here().clock())
    return saved(f"everything.{ending}", write(data).encode())


def _erase(email: str) -> ResponseReturnValue:
    if request.form.get("sure") != "yes":
        return _find(email, Trouble(_UNFIT, (), "erase", {"sure": "Tick the box if you want to erase them"}))
    with here().store.writing() as db:
        done = erasure.erase(db, email, certificates_too=_too(), **_who())
    found = files.look(here().places, done.words, done.sha256s)
    files.erase(found, done.words)
    trouble = scrub(here().store.engine)
    flash(" ".join(filter(None, ("Erased.", *done.stays, trouble))))
    return redirect(url_for("privacy.ask"), 303)


def _who() -> Who:
    return Who(actor=users.actor_of(access.current_user()), now=here().clock())


def _too() -> bool:
    return request.form.get("too") == "yes"


_ACTS: Mapping[str, Callable[[str], ResponseReturnValue]] = {
    "find": _find,
    "json": _json,
    "text": _text,
    "erase": _erase,
}


def page(wrong: Trouble | None = None) -> ResponseReturnValue:
    """What was asked and waits, and the form to look for one person."""
    with here().store.reading() as db:
        asked = waiting_requests.waiting(db, here().clock())
    entered = request.form if wrong else {}
    html = render_template("admin/privacy.html", user=access.current_user(), asked=asked, wrong=wrong, entered=entered)
    return html, wrong.status if wrong else 200
