"""What somebody looked at last, for the link in the menu that leads back there.

It is kept in their own session's cookie and not in the database: to look at a page changes nothing there. It is
gone when they sign out.
"""

from flask import Flask, Response, current_app, request, session

from web import access

_KEY = "looked"
_OK = 200


def keep(app: Flask) -> None:
    """From now on these pages remember."""
    app.after_request(_remember)


def _remember(answer: Response) -> Response:
    reference = (request.view_args or {}).get("reference")
    if request.method == "GET" and answer.status_code == _OK and reference and session.get(_KEY) != reference:
        policy = access.policy_of(current_app, request.endpoint) if request.endpoint else None
        if policy and policy.kind == "council":
            session[_KEY] = reference
    return answer
