"""One line for each request, in which nobody's link can be read: the route stands in it, and not the address."""

import logging
from time import monotonic
from typing import Any

from flask import Flask, Response, g, request

from web.url_converters import LateRule

_log = logging.getLogger("recognition.requests")


class Pages(Flask):
    """Flask, whose log of what went wrong would else have the whole address in it."""

    url_rule_class = LateRule

    def log_exception(self, exc_info: Any) -> None:
        _log.error("%s went wrong", _asked(), exc_info=exc_info)


def keep(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def refused(status: str) -> None:
    """What never was a request has no route."""
    _log.info("(no request) %s", status)


def _begin() -> None:
    g.began = monotonic()


def _end(response: Response) -> Response:
    took = (monotonic() - g.began) * 1000 if "began" in g else 0
    _log.info("%s %s %.0f ms", _asked(), response.status_code, took)
    return response


def _asked() -> str:
    route = request.url_rule.rule if request.url_rule else "(no such page)"
    return f"{request.method} {route}"
