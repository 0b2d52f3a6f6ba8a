"""Is this certificate genuine, and is it current? Tells no more than the certificate says."""

import re
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.formatting import LOCAL, short_day
from web.url_converters import SERIAL
from workflow.errors import NotFound
from workflow.store import lookups
from workflow.store.tables.certificate import Certificate

bp = Blueprint("verify", __name__, url_prefix="/verify")
_TYPED_LIMIT, _GROUP = 100, 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in a few words, and whether it is good news."""

    heading: str
    sentence: str
    current: bool


@bp.get("/")
@access.public
def form() -> ResponseReturnValue:
    """Without JavaScript a form can only ask with `?serial=`; the answer has an address of its own."""
    given = request.args.get("serial")
    if given is None:
        return render_template("public/verify_form.html", given="", trouble=None)
    serial = _tidy(given)
    if re.fullmatch(SERIAL, serial, re.ASCII):
        return redirect(url_for("verify.certificate", serial=serial), 303)
    trouble = "Enter the certificate number as it is printed, such as 7KQ2-M9RT-WX4H"
    return render_template("public/verify_form.html", given=given[:100], trouble=trouble), 422


@bp.get("/<serial:serial>")
@access.public
def certificate(serial: str) -> ResponseReturnValue:
    with here().store.reading() as db:
        found = lookups.by_serial(db, serial)
    if found.status == "draft":
        raise NotFound("There is no certificate with this number. Check it against the certificate, letter by letter.")
    today = here().clock().astimezone(LOCAL).date()
    return render_template("public/verify.html", certificate=found, verdict=_verdict(found, today))


def _tidy(given: str) -> str:
    """However it was typed: in small letters, with spaces, without its hyphens."""
    letters = re.sub(r"[^A-Z0-9]", "", given.upper()[:_TYPED_LIMIT])
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def _verdict(found: Certificate, today: date) -> Verdict:
    match found.status:
        case "revoked":
            return Verdict("Withdrawn", "We issued this certificate and have withdrawn it since.", current=False)
        case "superseded":
            return Verdict("Replaced", "This certificate has been replaced by a newer one.", current=False)
    if found.valid_until and found.valid_until < today:
        ended = short_day(found.valid_until)
        return Verdict("No longer current", f"This certificate is genuine. It ran out on {ended}.", current=False)
    return Verdict("Genuine and current", "We issued this certificate, and it is in force today.", current=True)
