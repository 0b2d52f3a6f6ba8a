"""Where somebody is sent who would write on a page that they may only read: to the button that sends them a link."""

import re

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from web.wire import kept_form

#: The pages of a school that are shown to nobody without a session, by the end of their address.
_WANTED = re.compile(r"/(?:people(?:/[1-9][0-9]{0,8})?|dates|messages|certificates)", re.ASCII)


def turned_away(page: str) -> ResponseReturnValue:
    """What was sent meanwhile is not lost, but for files, which no browser puts back; and whoever came for a page is
    brought there."""
    kept = kept_form.sent_too_late() if request.method == "POST" else None
    wanted = request.path.removeprefix(page)
    if kept is None and request.method in ("GET", "HEAD") and is_page(wanted):
        return render_template("school/ask_first.html", page=page, wanted=wanted)
    if kept is None:
        return redirect(page, 303)
    files = any(one.filename for one in request.files.values())
    return render_template("school/away.html", page=page, kept=kept, files=files)


def is_page(end: str) -> bool:
    """Whether a school's page has an address that ends so."""
    return _WANTED.fullmatch(end) is not None
