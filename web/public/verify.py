"""Is this certificate genuine, and is it current? Tells no more than the certificate says."""

import re
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.formatting import short_day
from web.url_converters import SERIAL_GROUP
from workflow.calendar.local_time import local_day
from workflow.engine.catalogue import terms_of
from workflow.errors import NotFound
from workflow.store import lookups
from workflow.store.history.renewals import Renewals, renewals_of
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement

bp = Blueprint("verify", __name__, url_prefix="/verify")
_TYPED_LIMIT = 200
#: What people leave out, or put between the groups of a number, and what must not stand right before or behind it.
_BETWEEN, _OTHER = r"[\s.\u2010-\u2015\u2212-]*", "[A-Z0-9]"
_SERIAL = re.compile(rf"(?<!{_OTHER}){_BETWEEN.join([f'({SERIAL_GROUP})'] * 3)}(?!{_OTHER})")
_TROUBLE = "Enter the certificate number as it is printed, such as 7KQ2-M9RT-WX4H"


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
    return _certificate_or(422, given)


@bp.get("/<serial:serial>")
@access.public
def certificate(serial: str) -> ResponseReturnValue:
    with here().store.reading() as db:
        found = lookups.by_serial(db, serial)
        renewed, made_by = renewals_of(db, found), terms_of(db, db.get_one(Engagement, found.engagement_id))
    if found.status == "draft":
        raise NotFound("There is no certificate with this number. Check it against the certificate, letter by letter.")
    today = local_day(here().clock())
    verdict = _verdict(found, renewed, today)
    return render_template("public/verify.html", certificate=found, renewed=renewed, verdict=verdict, made_by=made_by)


@bp.get("/<path:typed>")
@access.public
def typed_address(typed: str) -> ResponseReturnValue:
    """An address that somebody typed from a certificate, or that has a full stop behind it."""
    return _certificate_or(404, typed)


def _certificate_or(status: int, given: str) -> ResponseReturnValue:
    """The way to the certificate, however its number was typed: in small letters, without hyphens, in a whole link."""
    given = given[:_TYPED_LIMIT]
    numbers = _SERIAL.findall(given.upper())
    if numbers:
        return redirect(url_for("verify.certificate", serial="-".join(numbers[-1])), 303)
    return render_template("public/verify_form.html", given=given, trouble=_TROUBLE), status


def _verdict(found: Certificate, renewed: Renewals, today: date) -> Verdict:
    match found.status:
        case "revoked":
            return Verdict("Withdrawn", "We issued this certificate and have withdrawn it since.", current=False)
        case "superseded" if renewed.after:
            ended = f"We issued this certificate. It has been superseded by {renewed.after.words}, which renews it."
            return Verdict("Superseded", ended, current=False)
        case "superseded":
            return Verdict("Replaced", "This certificate has been replaced by a newer one.", current=False)
    if found.valid_until and found.valid_until < today:
        ended = short_day(found.valid_until)
        return Verdict("No longer current", f"This certificate is genuine. It ran out on {ended}.", current=False)
    return Verdict("Genuine and current", "We issued this certificate, and it is in force today.", current=True)
