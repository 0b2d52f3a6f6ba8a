"""Error pages: a heading, a sentence and the way out. They ask nothing of the database, the session or the router."""

import re
from typing import NamedTuple

from flask import Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, default_exceptions
from werkzeug.wrappers import Response

from web import security
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
    431: "That is too big",
    503: "This does not work at the moment",
}
_SENTENCES = {
    400: "Check the address in your browser, then try again.",
    404: "Check the address. If you followed a link from an email, make sure it is whole.",
    405: "Go back to the page before and use its buttons.",
    413: "What you sent is too large. Make it shorter, or send fewer or smaller files, and try again.",
    431: "Your browser sent too much beside the address. Delete the cookies of this site, then try again.",
}
_STALE_FORM = "This page was open too long, or your browser keeps no cookies. Go back, reload it and try again."
#: From here on the fault is ours.
_OURS = 500
_SORRY = "There is a problem with the service"
_LATER = "Nothing was changed. Try again in a few minutes. If it happens again, tell {helper} what you did."
#: Instead of the console's sentence, which names commands.
_RESTING = (
    "This cannot be used just now: a mistake in its rules has to be mended first. Nothing is lost. "
    "If it is still so tomorrow, tell {helper}."
)


class ErrorPage(NamedTuple):
    """One that can be sent without asking the application: `status` with its words, such as `400 BAD REQUEST`."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


#: Where people go back to who have no account: the page that their link is for, or the list of their schools.
_OWN_PAGE = re.compile(r"(/school/(?:person/)?[A-Za-z0-9_.-]{20,200}|/schools)/.+", re.ASCII | re.DOTALL)
#: Whom people ask, by where they are.
_HELPERS = {"/school/": "your advisor", "/schools": "whoever invited you"}


def status_of(error: WorkflowError) -> int:
    return _STATUSES.get(type(error), 500)


def register(app: Flask) -> None:
    """What is not foreseen is logged with its traceback, and answered with a page that shows none of it."""
    app.register_error_handler(WorkflowError, _refused)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(CSRFError, _stale)


def ready_made(app: Flask) -> dict[int, ErrorPage]:
    """For what is refused before the application is asked, by status.

    Nobody knows yet whose page was meant, so their headers are those of the strictest, a school's.
    """
    with app.test_request_context("/school/", base_url=f"http://{app.config['TRUSTED_HOSTS'][0]}"):
        return {status: _ready(default_exceptions[status]()) for status in (400, 413, 431, 500)}


def _ready(error: HTTPException) -> ErrorPage:
    response = security.add_headers(make_response(_failed(error)))
    return ErrorPage(response.status, response.headers.to_wsgi_list(), response.get_data())


def _page(status: int, sentence: str) -> str:
    """What is wrong with a request and has no words of its own has those of any other."""
    usual = _HEADINGS[400] if status < _OURS else _SORRY
    own = _OWN_PAGE.fullmatch(request.path)
    back = own[1] if own else ""
    return render_template("error.html", heading=_HEADINGS.get(status, usual), sentence=sentence, back=back)


def _helped(sentence: str) -> str:
    """Schools ask their advisor, and readers of several whoever invited them; the council's people, whoever runs the
    service for them."""
    asked = (one for start, one in _HELPERS.items() if request.path.startswith(start))
    return sentence.format(helper=next(asked, "whoever looks after this service"))


def _refused(error: WorkflowError) -> ResponseReturnValue:
    status = status_of(error)
    return _page(status, _helped(_RESTING) if isinstance(error, OutOfUse) else str(error)), status


def _failed(error: HTTPException) -> Response:
    status = error.code or 500
    usual = _SENTENCES[400] if status < _OURS else _helped(_LATER)
    response = error.get_response()
    response.set_data(_page(status, _SENTENCES.get(status, usual)))
    return response


def _stale(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, _STALE_FORM), 400
