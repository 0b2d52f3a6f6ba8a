"""Where somebody is sent who would write on a page that they may only read: to the button that sends them a link."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from web.wire import kept_form


def turned_away(page: str) -> ResponseReturnValue:
    """What was sent meanwhile is not lost, but for files, which no browser puts back."""
    kept = kept_form.sent_too_late() if request.method == "POST" else None
    if kept is None:
        return redirect(page, 303)
    files = any(one.filename for one in request.files.values())
    return render_template("school/away.html", page=page, kept=kept, files=files)
