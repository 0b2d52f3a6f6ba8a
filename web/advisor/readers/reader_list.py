"""Everybody who is invited to read about several schools, and one such invitation with what became of it."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from web.wire.row_number import row_number
from workflow.domain.actor import Actor
from workflow.errors import NotFound, WorkflowError
from workflow.usecases import users
from workflow.usecases.accounts.readers import history, invitations, scope
from workflow.usecases.accounts.readers.invitations import INVITERS, PAGE

bp = Blueprint("readers", __name__, url_prefix="/advisor/readers")
#: Who may read of invitations.
LOOKING = (*INVITERS, "auditor")
_NAME_LIMIT = 120


@bp.get("")
@access.council(*LOOKING)
def show() -> str:
    """Those that hold; with `which=ended` those that do not any more."""
    ended, now = request.args.get("which") == "ended", here().clock()
    with here().store.reading() as db:
        found = invitations.page(db, now, ended=ended, after=_after())
        shown = found[:PAGE]
        told = scope.told(db, shown)
        names = users.names(db, {one.invited_by for one in shown if one.invited_by})
    onward = f"{shown[-1].id}~{shown[-1].name}" if len(found) > PAGE else ""
    return render_template(
        "advisor/readers.html",
        readers=shown,
        told=told,
        names=names,
        ended=ended,
        onward=onward,
        invites=access.current_user().role in INVITERS,
        user=access.current_user(),
    )


def _after() -> tuple[str, int] | None:
    """The name and number of the last one on the page before."""
    number, _, name = request.args.get("after", "").partition("~")
    found = row_number(number)
    return (name[:_NAME_LIMIT], found) if found and name else None


@bp.get("/<number:number>")
@access.council(*LOOKING)
def one(number: str) -> ResponseReturnValue:
    return _page(int(number))


@bp.post("/<number:number>/<name:act>")
@access.council(*INVITERS)
def do(number: str, act: str) -> ResponseReturnValue:
    if act not in _ACTS:
        raise NotFound("There is no such page.")
    try:
        with here().store.writing() as db:
            told = _ACTS[act](db, int(number), users.actor_of(access.current_user()))
    except WorkflowError as error:
        return _page(int(number), form_errors.of(error, act, at="main-content"))
    flash(told)
    return redirect(url_for("readers.one", number=number), 303)


def _end(db: Session, number: int, by: Actor) -> str:
    reader = invitations.end(db, number, by=by, now=here().clock(), links=here().link_maker)
    return f"The invitation of {reader.name} has ended. They are out, and no link of theirs holds any more."


def _again(db: Session, number: int, by: Actor) -> str:
    reader = invitations.send_again(db, number, by=by, now=here().clock(), links=here().link_maker)
    return f"Another letter to {reader.name} is on its way. The link in the one before no longer holds."


_ACTS: Mapping[str, Callable[[Session, int, Actor], str]] = {"end": _end, "again": _again}


def _page(number: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    now = here().clock()
    with here().store.reading() as db:
        reader = invitations.of(db, number)
        events = history.latest(db, number)
        by = {actor.user_id for one in events if (actor := Actor.of(one.by)).user_id is not None}
        html = render_template(
            "advisor/reader.html",
            reader=reader,
            told=scope.told(db, [reader])[reader.id],
            schools=scope.engaged(db, scope.of(db, reader)),
            letter=invitations.last_letter(db, number),
            holds=reader.ended_at is None and reader.until > now,
            history=[(event, Actor.of(event.by)) for event in events],
            titles=history.TITLES,
            names=users.names(db, by | ({reader.invited_by} if reader.invited_by else set())),
            invites=access.current_user().role in INVITERS,
            user=access.current_user(),
            wrong=wrong,
            entered={},
        )
    return html, wrong.status if wrong else 200
