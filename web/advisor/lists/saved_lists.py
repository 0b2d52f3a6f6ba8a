"""Lists under names: what somebody filters by is kept, opened again, given another name, replaced and deleted.

What a list is filtered by stands in the address of the pages here, as it does in the list's own.
"""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from web.lists.choices import choices_of
from web.lists.list_filter import kept, told
from workflow.domain.actor import CASE_READERS
from workflow.errors import NotFound, WorkflowError
from workflow.store.tables.user import SavedList
from workflow.usecases.people import own_lists

bp = Blueprint("saved_lists", __name__, url_prefix="/advisor/lists")
_DIGITS = 9


@bp.get("")
@access.council(*CASE_READERS)
def show() -> ResponseReturnValue:
    return _page()


@bp.get("/new")
@access.council(*CASE_READERS)
def ask() -> ResponseReturnValue:
    return _form()


@bp.post("/new")
@access.council(*CASE_READERS)
def save() -> ResponseReturnValue:
    try:
        with here().store.writing() as db:
            one = _save(db, urlencode(kept(request.args, choices_of(db))))
            name, address = one.title, one.address
    except NotFound:
        raise
    except WorkflowError as error:
        return _form(form_errors.of(error, "list", at="main-content"))
    flash(f"The list is saved as “{name}”.")
    return redirect(f"/advisor/engagements?{address or 'show=all'}", 303)


@bp.post("/<number:number>/rename")
@access.council(*CASE_READERS)
def rename(number: str) -> ResponseReturnValue:
    """What was typed stays beside the list that it was meant for."""
    try:
        with here().store.writing() as db:
            name = own_lists.rename(db, access.current_user().id, int(number), request.form.get("name", "")).title
    except NotFound:
        raise
    except WorkflowError as error:
        return _page(form_errors.of(error, f"list-{number}", at="main-content"))
    flash(f"The list is called “{name}” now.")
    return redirect(url_for("saved_lists.show"), 303)


@bp.post("/<number:number>/delete")
@access.council(*CASE_READERS)
def delete(number: str) -> ResponseReturnValue:
    with here().store.writing() as db:
        name = own_lists.delete(db, access.current_user().id, int(number))
    flash(f"The list “{name}” is deleted. The engagements in it are as they were.")
    return redirect(url_for("saved_lists.show"), 303)


@bp.post("/start")
@access.council(*CASE_READERS)
def begin() -> ResponseReturnValue:
    """Which of them the page of engagements begins with."""
    with here().store.writing() as db:
        one = own_lists.begin_with(db, access.current_user().id, _number(request.form.get("which", "")))
        name = f"“{one.title}”" if one else "all engagements"
    flash(f"The page of engagements begins with {name} now.")
    return redirect(url_for("saved_lists.show"), 303)


def _save(db: Session, address: str) -> SavedList:
    user_id, replaced = access.current_user().id, _number(request.form.get("which", ""))
    if replaced:
        return own_lists.replace(db, user_id, replaced, address)
    return own_lists.save(db, user_id, request.form.get("name", ""), address)


def _number(text: str) -> int:
    """Nought for what is no number of a list."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def _page(wrong: Trouble | None = None) -> ResponseReturnValue:
    user = access.current_user()
    with here().store.reading() as db:
        lists, choices = own_lists.lists_of(db, user.id), choices_of(db)
        html = render_template(
            "advisor/lists.html",
            lists=lists,
            filters={one.id: told(dict(parse_qsl(one.address)), choices) for one in lists},
            user=user,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200


def _form(wrong: Trouble | None = None) -> ResponseReturnValue:
    user = access.current_user()
    with here().store.reading() as db:
        choices = choices_of(db)
        filters = kept(request.args, choices)
        html = render_template(
            "advisor/list_form.html",
            lists=own_lists.lists_of(db, user.id),
            filters=told(filters, choices),
            address=urlencode(filters),
            user=user,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200
