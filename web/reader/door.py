"""How a reader of several schools comes in and leaves: by the link of a letter, with a button that uses it once.

Letters are asked for at the door that schools have (`web.school.door`): nobody learns there who is known.
"""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from web import access
from web.access import session_cookie
from web.app_state import here
from workflow.errors import NotFound
from workflow.usecases.accounts.doors import readers
from workflow.usecases.accounts.readers import scope

bp = Blueprint("reader_door", __name__, url_prefix="/schools")


@bp.get("/link/<token:secret>")
@access.public
def look(secret: str) -> ResponseReturnValue:
    """To open the link uses nothing up: mail scanners open links, and some run scripts."""
    try:
        with here().store.reading() as db:
            reader = readers.invited(db, secret, here().clock())
            schools = scope.told(db, [reader])[reader.id]
    except NotFound as error:
        return render_template("school/no_link.html", sentence=str(error)), 404
    return render_template("reader/come_in.html", reader=reader, schools=schools, secret=secret)


@bp.post("/link/<token:secret>")
@access.public
def come_in(secret: str) -> ResponseReturnValue:
    try:
        began = readers.come_in(here().store, secret, session_cookie.visit(), here().policy)
    except NotFound as error:
        return render_template("school/no_link.html", sentence=str(error)), 404
    session_cookie.begin_reading(began)
    return redirect("/schools", 303)


@bp.post("/leave")
@access.reader_session
def leave() -> ResponseReturnValue:
    session_cookie.end_reading()
    return render_template("reader/left.html")
