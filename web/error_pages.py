"""Error pages: a heading, a sentence and the way out. They ask nothing of the database, the session or the router."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, OutOfUse, Refused, WorkflowError

_STATUSES: dict[type[WorkflowError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Refused: 422,
    BadInput: 422,
    OutOfUse: 503,
}
_HEADINGS = {
    400: "We could not read that request",
    403: "You cannot do that",
    404: "We could not find that",
    405: "That is not how this page is used",
    409: "Somebody else was first",
    413: "That is too big",
    422: "That cannot be done yet",
    503: "This does not work at the moment",
}
_SENTENCES = {
    400: "Check the address in your browser, then try again.",
    404: "Check the address. If you followed a link from an email, make sure it is whole.",
    405: "Go back to the page before and use its buttons.",
    413: "What you sent is too large. Make it shorter, or send fewer or smaller files, and try again.",
}
_STALE_FORM = "This page was open too long, or your browser keeps no cookies. Go back, reload it and try again."
_SORRY = "There is a problem with the service"
_LATER = "Nothing was changed. Try again in a few minutes. If it happens again, tell {helper} what you did."
#: Instead of the console's sentence, which names commands.
_RESTING = (
    "This cannot be used just now: a mistake in its rules has to be mended first. Nothing is lost. "
    "If it is still so tomorrow, tell {helper}."
)


def status_of(error: WorkflowError) -> int:
    return _STATUSES.get(type(error), 500)


def register(app: Flask) -> None:
    """What is not foreseen is logged with its traceback, and answered with a page that shows none of it."""
    app.register_error_handler(WorkflowError, _refused)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(CSRFError, _stale)


def _page(status: int, sentence: str) -> str:
    return render_template("error.html", heading=_HEADINGS.get(status, _SORRY), sentence=sentence)


def _helped(sentence: str) -> str:
    """Schools ask their advisor; the council's people, whoever runs the service for them."""
    at_school = request.path.startswith("/school/")
    return sentence.format(helper="your advisor" if at_school else "whoever looks after this service")


def _refused(error: WorkflowError) -> ResponseReturnValue:
    status = status_of(error)
    return _page(status, _helped(_RESTING) if isinstance(error, OutOfUse) else str(error)), status


def _failed(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    response = error.get_response()
    response.set_data(_page(status, _SENTENCES.get(status) or _helped(_LATER)))
    return response


def _stale(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, _STALE_FORM), 400
